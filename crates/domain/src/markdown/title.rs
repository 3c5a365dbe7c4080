//! A title with everything taken off that people write before and behind it.

use super::guard;
use super::outline::{StatedScore, StatedStatus};
use super::{score_text, status_text};

#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    pub(super) title: String,
    pub(super) result: Option<String>,
    pub(super) score: Option<StatedScore>,
    pub(super) status: Option<StatedStatus>,
    pub(super) people: Vec<String>,
    pub(super) priority: Option<String>,
    /// Where the rest of the line states an owner: `@owner - text`.
    pub(super) is_not_applicable: bool,
}

/// How many marks before or behind a title are taken off.
const MARK_LIMIT: usize = 12;

pub(super) fn title(text: &str) -> Title {
    let mut found = Title::default();
    let (text, result) = split_result(text);
    let (result, score) = match result.and_then(score_text::at_end) {
        Some((score @ Some(_), rest)) if !rest.is_empty() => (Some(rest), score),
        _ => (result, None),
    };
    found.result = result.map(guard::reveal).filter(|result| !result.is_empty());
    found.score = score;
    let mut rest = text.trim();
    for _ in 0..MARK_LIMIT {
        let before = rest;
        rest = found.take_start(rest);
        rest = found.take_end(rest);
        if rest == before {
            break;
        }
    }
    found.title = guard::reveal(rest.trim());
    found
}

/// `text => result`. A thin arrow often goes from one thing to another: it counts only behind a sentence
/// or before a status.
fn split_result(text: &str) -> (&str, Option<&str>) {
    for arrow in ["==>", "=>", " --> ", " → ", " ⇒ "] {
        let Some((before, after)) = text.split_once(arrow) else { continue };
        let is_thick = arrow.contains('=') || arrow == " ⇒ ";
        // `21% → 28%` is a way from one number to another.
        let ends_in_number = before.trim_end().trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit());
        if !is_thick && ends_in_number && after.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let states = score_text::score(after).is_some() || status_text::whole(after).is_some() || status_text::at_start(after).is_some();
        let is_result = is_thick || before.trim_end().ends_with('.') || states || arrow == " --> " && !after.contains(arrow);
        if is_result && !before.trim().is_empty() {
            return (before, Some(after.trim()));
        }
    }
    (text, None)
}

impl Title {
    fn take_start<'t>(&mut self, text: &'t str) -> &'t str {
        if self.priority.is_none()
            && let Some((priority, rest)) = priority(text)
        {
            self.priority = Some(priority.to_owned());
            return rest;
        }
        if let Some((name, rest)) = bracketed_name(text) {
            self.people.push(name.to_owned());
            return rest;
        }
        if let Some((handles, rest)) = leading_handles(text) {
            self.people.extend(handles);
            return rest;
        }
        if self.status.is_none()
            && let Some((status, rest)) = status_text::at_start(text)
        {
            self.status = Some(status);
            return rest;
        }
        text
    }

    fn take_end<'t>(&mut self, text: &'t str) -> &'t str {
        if self.score.is_none()
            && let Some((score, rest)) = score_text::at_end(text)
            && !rest.is_empty()
        {
            self.is_not_applicable |= score.is_none();
            self.score = score;
            return rest;
        }
        if let Some((handles, rest)) = trailing_handles(text)
            && !rest.is_empty()
        {
            self.people.extend(handles);
            return rest;
        }
        if self.status.is_none()
            && let Some((status, rest)) = status_text::at_end(text)
            && !rest.is_empty()
        {
            self.status = Some(status);
            return rest;
        }
        text.trim_end_matches(['|', ' ']).trim_end_matches(" -")
    }
}

/// `P0 - text`, `[P1] text`, `(P2) text`.
fn priority(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_start_matches(['[', '(']);
    let priority = bare.get(..2).filter(|code| matches!(code.as_bytes(), [b'P', b'0'..=b'9' | b'X']))?;
    let rest = bare.get(2..)?;
    let after = rest.trim_start_matches([']', ')']);
    let is_bracketed = text.len() > bare.len() && after.len() < rest.len();
    let separated = after.starts_with([' ', ':', '-', '–', '|']) && (is_bracketed || text.len() == bare.len());
    separated.then(|| (priority, after.trim_start_matches([' ', ':', '-', '–', '—', '|'])))
}

/// `[jane42] text`: a handle in brackets.
fn bracketed_name(text: &str) -> Option<(&str, &str)> {
    let (inside, rest) = text.strip_prefix('[')?.split_once("] ")?;
    let is_handle = (3..=30).contains(&inside.len()) && inside.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let is_plain = status_text::whole(inside).is_none() && super::placeholder::placeholders(&format!("[{inside}]")).is_empty();
    (is_handle && is_plain).then_some((inside, rest.trim_start()))
}

/// `@owner - text`, `@a, @b: text`.
fn leading_handles(text: &str) -> Option<(Vec<String>, &str)> {
    let mut handles = Vec::new();
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix('@') {
        let length = handle_length(after)?;
        handles.push(after.get(..length)?.to_owned());
        rest = after.get(length..)?.trim_start_matches([' ', ',', '&', '/', '+']);
        rest = rest.strip_prefix("and @").and_then(|_| rest.get(4..)).unwrap_or(rest);
    }
    let text = rest.trim_start_matches([':', '-', '–', '—']);
    (!handles.is_empty() && text.len() < rest.len()).then(|| (handles, text.trim_start()))
}

fn handle_length(text: &str) -> Option<usize> {
    let length = text.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')).count();
    let length = text.get(..length)?.trim_end_matches(['.', '-', '/']).len();
    (length > 0).then_some(length)
}

/// `text (@a, @b)`, `text [@a]`, `text - @a @b`, `text @a`.
fn trailing_handles(text: &str) -> Option<(Vec<String>, &str)> {
    let text = text.trim_end().trim_end_matches('.');
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, inside)) = text.strip_suffix(close).and_then(|text| text.rsplit_once(open)) {
            let handles: Option<Vec<String>> =
                inside.split([',', ' ', '&', '/']).filter(|part| !part.is_empty() && *part != "and").map(handle).collect();
            return handles.filter(|handles| !handles.is_empty()).map(|handles| (handles, before.trim_end()));
        }
    }
    let mut handles = Vec::new();
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ') {
        let Some(handle) = handle(last.trim_end_matches([',', ';'])) else { break };
        handles.insert(0, handle);
        rest = before.trim_end().trim_end_matches(" and").trim_end_matches([',', '&']).trim_end();
        if handles.len() >= 20 {
            break;
        }
    }
    (!handles.is_empty()).then(|| (handles, rest.trim_end_matches(['-', '–', '—', ':', '|', ' '])))
}

fn handle(text: &str) -> Option<String> {
    let name = text.trim().strip_prefix('@')?;
    (handle_length(name)? == name.len()).then(|| name.to_owned())
}
