//! Days, links and confidence, and the fields that stand above all objectives.

use super::field::Field;
use super::outline::Progress;
use super::placeholder::placeholders;
use super::reader::{Reader, Role, Target};
use super::report::Became;
use super::tree::Node;
use super::{date_text, guard, status_text};
use crate::check_in::Confidence;
use crate::team::TeamKind;

impl Reader<'_> {
    pub(super) fn set_confidence(&mut self, node: &Node, target: Target, shown: &str) -> bool {
        let stated = confidence(shown);
        if stated.is_none() {
            self.append_note(target, &guard::reveal(&node.plain.text));
            return true;
        }
        match self.key_result_at(target) {
            Some(found) => match found.check_ins.last_mut() {
                Some(check_in) => check_in.confidence = stated,
                None => found.confidence = stated,
            },
            None => self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.confidence = stated),
        }
        true
    }

    pub(super) fn set_day(&mut self, target: Target, field: Field, shown: &str) -> bool {
        let cycle = self.outline.objectives.get(target.objective).and_then(|above| above.cycle.clone());
        let Some(day) = date_text::day(shown, cycle.as_ref()).filter(|day| crate::cycle::sensible(*day).is_ok()) else { return false };
        let (start, due) = match target.key_result {
            Some(_) => match self.key_result_at(target) {
                Some(found) => (&mut found.start, &mut found.due),
                None => return false,
            },
            None => match self.outline.objectives.get_mut(target.objective) {
                Some(found) => (&mut found.start, &mut found.due),
                None => return false,
            },
        };
        *(if field == Field::Start { start } else { due }) = Some(day);
        true
    }

    pub(super) fn add_links(&mut self, target: Target, links: &[String], shown: &str) {
        if shown.starts_with("http") && !shown.contains(char::is_whitespace) && links.is_empty() {
            return self.add_links(target, &[shown.to_owned()], "");
        }
        let bare = shown.split_whitespace().filter(|word| word.starts_with("http://") || word.starts_with("https://"));
        let mut found: Vec<String> = links.to_vec();
        found.extend(bare.map(|link| link.trim_end_matches(',').to_owned()).filter(|link| !links.contains(link)));
        match self.key_result_at(target) {
            Some(key_result) => key_result.links.extend(found),
            None => {
                self.outline.objectives.get_mut(target.objective).into_iter().for_each(|objective| objective.links.extend(found.clone()))
            }
        }
    }

    /// A field that stands above all objectives: of a declared team, or of the document.
    pub(super) fn document_field(&mut self, node: &Node, field: Field, value: &str) -> Option<Role> {
        let shown = guard::reveal(value).trim().to_owned();
        let heading = node.heading.and_then(|heading| self.nodes.get(heading)).map(|heading| heading.line + 1);
        let team = self.outline.teams.last_mut().filter(|team| Some(team.line) == heading);
        let is_read = match (field, team) {
            (Field::Key, Some(_)) => true,
            (Field::Kind, Some(team)) => {
                team.kind = team_kind(&shown);
                team.kind.is_some()
            }
            (Field::Parent, Some(team)) => {
                team.parent = Some(shown);
                true
            }
            (Field::Cycle, _) => self.set_document_cycle(node, &shown),
            (Field::Owner | Field::Team, _)
                if self.outline.objectives.is_empty() && placeholders(&shown).is_empty() && !shown.is_empty() =>
            {
                self.owner = Some(shown);
                true
            }
            _ => false,
        };
        is_read.then(|| {
            self.note(node, Became::Metadata, None, "holds for what stands below it");
            Role::Open
        })
    }
}

fn team_kind(shown: &str) -> Option<TeamKind> {
    match shown {
        "company" => Some(TeamKind::Company),
        "group" => Some(TeamKind::Group),
        "team" => Some(TeamKind::Team),
        "individual" => Some(TeamKind::Individual),
        _ => None,
    }
}

pub(super) fn confidence(shown: &str) -> Option<Confidence> {
    let lower = shown.to_lowercase();
    let word = lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or_default();
    match word {
        "0" | "low" | "off-track" | "red" => Some(Confidence::OffTrack),
        "1" | "medium" | "at-risk" | "yellow" => Some(Confidence::AtRisk),
        "2" | "high" | "on-track" | "green" => Some(Confidence::OnTrack),
        _ => match status_text::status(shown)?.progress {
            Progress::OffTrack => Some(Confidence::OffTrack),
            Progress::AtRisk => Some(Confidence::AtRisk),
            Progress::OnTrack => Some(Confidence::OnTrack),
            _ => None,
        },
    }
}
