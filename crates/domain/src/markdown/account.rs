//! Notes, findings, and the account of what each line became.

use super::cycle_text;
use super::guard;
use super::outline::StatedStatus;
use super::placeholder::placeholders;
use super::reader::{Reader, Role, Target};
use super::report::{Became, Finding, FindingCode, OutlinedLine};
use super::score_text;
use super::tree::Node;
use crate::text::PROSE_LIMIT;

impl Reader<'_> {
    pub(super) fn keep_note(&mut self, node: &Node, target: Target) -> Role {
        if let Some((Some(score), rest)) = score_text::at_end(&node.plain.text).filter(|(_, rest)| rest.is_empty()) {
            self.set_score(target, Some(score));
            self.note(node, Became::Score, Some(target), rest);
            return Role::Note(target);
        }
        let text = guard::reveal(&node.plain.text);
        self.append_note(target, &text);
        let links = node.plain.links.clone();
        match target.key_result {
            Some(_) => self.key_result_at(target).into_iter().for_each(|found| found.links.extend(links.clone())),
            None => self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.links.extend(links.clone())),
        }
        self.note(node, Became::Metadata, Some(target), "kept as a note");
        Role::Note(target)
    }

    pub(super) fn append_note(&mut self, target: Target, text: &str) {
        let notes = match target.key_result {
            Some(_) => self.key_result_at(target).map(|found| &mut found.notes),
            None => self.outline.objectives.get_mut(target.objective).map(|found| &mut found.notes),
        };
        if let Some(notes) = notes {
            append(notes, text);
        }
    }

    pub(super) fn placeholders(&mut self, node: &Node, text: &str) {
        for found in placeholders(text) {
            self.finding(node, FindingCode::Placeholder, "a placeholder is left in", &found);
        }
    }

    pub(super) fn status_placeholder(&mut self, node: &Node, status: Option<&StatedStatus>) {
        if let Some(status) = status.filter(|status| matches!(status.text.as_str(), "WIP" | "TODO" | "TO DO" | "[WIP]" | "TBD")) {
            self.finding(node, FindingCode::Placeholder, "marked as unfinished: kept as the status", &status.text);
        }
    }

    pub(super) fn bounded(&mut self, node: &Node, text: String, limit: usize) -> String {
        if text.chars().nth(limit).is_none() {
            return text;
        }
        let detail = format!("longer than {limit} characters: cut off there");
        let kept: String = text.chars().take(limit).collect();
        self.finding(node, FindingCode::TooLong, &detail, &kept.chars().take(80).collect::<String>());
        kept
    }

    pub(super) fn finding(&mut self, node: &Node, code: FindingCode, detail: &str, text: &str) {
        self.outline.findings.push(Finding { line: node.line + 1, code, detail: detail.to_owned(), text: text.to_owned() });
    }

    /// Accounts for the lines of a node.
    pub(super) fn note(&mut self, node: &Node, became: Became, target: Option<Target>, why: &str) {
        for (index, line) in std::iter::once(&node.line).chain(&node.more).enumerate() {
            let wraps = index > 0 && matches!(became, Became::Objective | Became::KeyResult);
            let note = if wraps { "goes on with the line above" } else { why };
            self.outline.lines.push(OutlinedLine {
                line: line + 1,
                became: if wraps { Became::Metadata } else { became },
                objective: target.map(|target| target.objective),
                key_result: target.and_then(|target| target.key_result),
                note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            });
        }
    }

    /// `Cycle: 2020-Q1` and the like above all objectives, for the document as a whole.
    pub(super) fn set_document_cycle(&mut self, node: &Node, value: &str) -> bool {
        let found = cycle_text::find(value, None, node.line + 1);
        let is_found = found.is_some();
        self.cycle = self.cycle.take().filter(|known| known.line < node.line + 1 && known.key.contains("-Q")).or(found);
        is_found
    }
}

/// Adds a line to prose that may be absent, up to the limit of prose.
pub(super) fn append(prose: &mut Option<String>, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let Some(kept) = prose else {
        *prose = Some(text.chars().take(PROSE_LIMIT).collect());
        return;
    };
    if kept.len() + text.len() < PROSE_LIMIT {
        kept.push('\n');
        kept.push_str(text);
    }
}
