//! What a stated field changes on the objective or key result it stands with.

use super::field::Field;
use super::guard;
use super::measure_field;
use super::measure_text;
use super::outline::{Became, FindingCode, StatedGrade, StatedScore};
use super::placeholder::placeholders;
use super::reader::{Reader, Role, Target};
use super::tree::Node;
use super::{build, cycle_text, date_text, score_text, status_text};
use crate::check_in::Confidence;
use crate::key_result::{Indicator, KeyResultStatus};
use crate::measure::Kind;
use crate::number::Quantity;
use crate::objective::{ObjectiveKind, ObjectiveStatus};
use crate::team::TeamKind;
use crate::unit::{Unit, UnitKind};

impl Reader<'_> {
    pub(super) fn apply(&mut self, node: &Node, target: Target, field: Field, value: &str) {
        let shown = guard::reveal(value).trim().to_owned();
        for found in placeholders(&shown).into_iter().filter(|_| !matches!(field, Field::Note | Field::Status) && !shown.is_empty()) {
            self.finding(node, FindingCode::Placeholder, "a placeholder is left in", &found);
        }
        let became = match field {
            Field::Score | Field::Grade | Field::Progress => Became::Score,
            Field::Result => Became::Result,
            _ => Became::Metadata,
        };
        self.note(node, became, Some(target), "");
        let is_read = shown.is_empty() || self.set(node, target, field, value, &shown);
        if !is_read {
            let detail = "the value of this field cannot be read: kept as a note";
            self.finding(node, FindingCode::UnreadableField, detail, &shown);
            self.append_note(target, &guard::reveal(&node.plain.text));
        }
    }

    /// Whether the value was understood.
    fn set(&mut self, node: &Node, target: Target, field: Field, value: &str, shown: &str) -> bool {
        if self.set_shared(node, target, field, value, shown) {
            return true;
        }
        match target.key_result {
            Some(_) => self.set_on_key_result(node, target, field, value, shown),
            None => self.set_on_objective(target, field, shown),
        }
    }

    /// Fields that objectives and key results both have.
    fn set_shared(&mut self, node: &Node, target: Target, field: Field, value: &str, shown: &str) -> bool {
        match field {
            Field::Note => self.append_note(target, &guard::reveal(&node.plain.text)),
            Field::Links => self.add_links(target, &node.plain.links, shown),
            Field::Owner => self.set_owner(target, shown),
            Field::Score | Field::Progress => {
                let stated = leading_score(value);
                if stated.is_none() && field == Field::Progress {
                    self.append_note(target, &guard::reveal(&node.plain.text));
                }
                let is_known = stated.is_some() || score_text::is_no_score(value) || field == Field::Progress;
                self.set_score(target, stated);
                return is_known;
            }
            Field::Status => return self.set_status(target, value),
            Field::Confidence => return self.set_confidence(node, target, shown),
            Field::Due | Field::End | Field::Start => return self.set_day(target, field, shown),
            Field::Weight => {
                let Ok(weight) = shown.parse::<Quantity>() else { return false };
                match self.key_result_at(target) {
                    Some(found) => found.weight = Some(weight),
                    None => self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.weight = Some(weight)),
                }
            }
            Field::Result => {
                let result = match self.key_result_at(target) {
                    Some(found) => Some(&mut found.result),
                    None => self.outline.objectives.get_mut(target.objective).map(|found| &mut found.result),
                };
                result.into_iter().for_each(|result| build::append(result, shown));
            }
            Field::Priority => match self.key_result_at(target) {
                Some(found) => found.priority = Some(shown.to_owned()),
                None => {
                    self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.priority = Some(shown.to_owned()))
                }
            },
            Field::Cycle if target.key_result.is_none() => {
                let Some(cycle) = cycle_text::find(shown, None, node.line + 1) else { return false };
                self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.cycle = Some(cycle.clone()));
            }
            _ => return false,
        }
        true
    }

    fn set_on_objective(&mut self, target: Target, field: Field, shown: &str) -> bool {
        let Some(found) = self.outline.objectives.get_mut(target.objective) else { return false };
        match field {
            Field::WhyNow => build::append(&mut found.why_now, shown),
            Field::Pillar => found.pillar = Some(shown.to_owned()),
            Field::Supports | Field::Parent => found.supports = Some(shown.to_owned()),
            Field::Alignments => found.alignments = shown.split(',').map(|address| address.trim().to_owned()).collect(),
            Field::Team => found.team = Some(shown.to_owned()),
            Field::Kind => match shown.to_lowercase().as_str() {
                "impact" => found.kind = Some(ObjectiveKind::Impact),
                "enabler" => found.kind = Some(ObjectiveKind::Enabler),
                _ => build::append(&mut found.notes, shown),
            },
            _ => build::append(&mut found.notes, shown),
        }
        true
    }

    fn set_on_key_result(&mut self, node: &Node, target: Target, field: Field, value: &str, shown: &str) -> bool {
        let cycle = self.outline.objectives.get(target.objective).and_then(|above| above.cycle.clone());
        let Some(found) = self.key_result_at(target) else { return false };
        match field {
            Field::Measurement => build::append(&mut found.measurement, shown),
            Field::Measure => match measure_field::read(shown) {
                Some((measure, unit)) => {
                    found.measure = measure;
                    found.unit = unit.unwrap_or(Unit::plain(UnitKind::Number));
                    found.is_measure_stated = true;
                }
                None => build::append(&mut found.measurement, shown),
            },
            Field::Unit => match measure_field::unit(shown) {
                Some(unit) => found.unit = unit,
                None => return false,
            },
            Field::Commit if found.measure.kind == Kind::Ordinal => found.measure.commit_words = Some(shown.to_owned()),
            Field::Target if found.measure.kind == Kind::Ordinal => found.measure.target_words = Some(shown.to_owned()),
            Field::Stretch if found.measure.kind == Kind::Ordinal => found.measure.stretch_words = Some(shown.to_owned()),
            Field::Target | Field::Baseline | Field::Current | Field::Commit | Field::Stretch => {
                if found.due.is_none() && field == Field::Target {
                    found.due = date_text::due(shown, cycle.as_ref());
                }
                if let Some(left) = measure_text::state(found, field, shown) {
                    build::append(&mut found.notes, &left);
                }
            }
            Field::Proxy => build::append(&mut found.proxy_for, shown),
            Field::Assumption => build::append(&mut found.assumption, shown),
            Field::Guardrail => found.is_guardrail = Some(matches!(shown.to_lowercase().as_str(), "yes" | "true")),
            Field::StatusReason => build::append(&mut found.status_reason, shown),
            Field::Indicator | Field::Kind => match shown.to_lowercase().split_whitespace().next() {
                Some("leading") => found.indicator = Some(Indicator::Leading),
                Some("lagging") => found.indicator = Some(Indicator::Lagging),
                _ => build::append(&mut found.notes, &guard::reveal(&node.plain.text)),
            },
            Field::Checkpoints => match measure_field::checkpoints(shown) {
                Some(checkpoints) => found.checkpoints = checkpoints,
                None => return false,
            },
            Field::Grade => match (grade(shown), leading_score(value)) {
                (Some(value), _) => found.grade = Some(StatedGrade { value, reason: None }),
                (None, Some(score)) => found.score = Some(score),
                (None, None) => return false,
            },
            Field::Reason => match &mut found.grade {
                Some(grade) => build::append(&mut grade.reason, shown),
                None => build::append(&mut found.notes, &guard::reveal(&node.plain.text)),
            },
            Field::CheckIn => match measure_field::check_in(shown) {
                Some(check_in) => found.check_ins.push(check_in),
                None => return false,
            },
            Field::Evidence | Field::Risks | Field::Blockers | Field::NextActions => match found.check_ins.last_mut() {
                Some(check_in) => measure_field::say(check_in, field, shown),
                None => build::append(&mut found.notes, &guard::reveal(&node.plain.text)),
            },
            _ => build::append(&mut found.notes, &guard::reveal(&node.plain.text)),
        }
        true
    }

    fn set_owner(&mut self, target: Target, shown: &str) {
        let owner = shown.trim_start_matches('@').to_owned();
        let (people, slot) = match target.key_result {
            Some(_) => match self.key_result_at(target) {
                Some(found) => (&mut found.people, &mut found.owner),
                None => return,
            },
            None => match self.outline.objectives.get_mut(target.objective) {
                Some(found) => (&mut found.people, &mut found.owner),
                None => return,
            },
        };
        if shown.starts_with('@') {
            people.extend(shown.split([',', ' ']).filter_map(|part| part.strip_prefix('@')).map(str::to_owned));
        }
        *slot = Some(owner);
    }

    pub(super) fn set_score(&mut self, target: Target, score: Option<StatedScore>) {
        let Some(score) = score else { return };
        match self.key_result_at(target) {
            Some(found) => found.score = Some(score),
            None => self.outline.objectives.get_mut(target.objective).into_iter().for_each(|found| found.score = Some(score.clone())),
        }
    }

    fn set_status(&mut self, target: Target, value: &str) -> bool {
        let shown = guard::reveal(value).to_lowercase();
        let stated = status_text::status(value);
        match self.key_result_at(target) {
            Some(found) => {
                let own = match shown.as_str() {
                    "active" => Some(KeyResultStatus::Active),
                    "not applicable" => Some(KeyResultStatus::NotApplicable),
                    "excluded" => Some(KeyResultStatus::Excluded),
                    _ => stated.as_ref().and_then(|stated| build::key_result_status(stated.progress)),
                };
                let is_known = own.is_some() || stated.is_some();
                found.status = own.or(found.status);
                found.stated_status = stated.or(found.stated_status.take());
                is_known
            }
            None => {
                let Some(found) = self.outline.objectives.get_mut(target.objective) else { return false };
                let own = match shown.as_str() {
                    "draft" => Some(ObjectiveStatus::Draft),
                    "published" => Some(ObjectiveStatus::Published),
                    "closed" => Some(ObjectiveStatus::Closed),
                    _ => stated.as_ref().and_then(|stated| build::objective_status(stated.progress)),
                };
                let is_known = own.is_some() || stated.is_some();
                found.status = own.or(found.status);
                found.stated_status = stated.or(found.stated_status.take());
                is_known
            }
        }
    }

    fn set_confidence(&mut self, node: &Node, target: Target, shown: &str) -> bool {
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

    fn set_day(&mut self, target: Target, field: Field, shown: &str) -> bool {
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

    fn add_links(&mut self, target: Target, links: &[String], shown: &str) {
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

/// A grade is a plain number from 0 to 1.
fn grade(shown: &str) -> Option<Quantity> {
    shown.parse().ok().filter(|value: &Quantity| !value.is_negative() && *value <= Quantity::ONE)
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

/// The score at the start of a value such as `0.7 (late)`.
fn leading_score(value: &str) -> Option<StatedScore> {
    score_text::score(value).or_else(|| {
        let first = value.split_whitespace().next()?;
        score_text::score(first).filter(|_| first.contains(['.', '%', '/']))
    })
}

pub(super) fn confidence(shown: &str) -> Option<Confidence> {
    let lower = shown.to_lowercase();
    let word = lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or_default();
    match word {
        "0" | "low" | "off-track" | "red" => Some(Confidence::OffTrack),
        "1" | "medium" | "at-risk" | "yellow" => Some(Confidence::AtRisk),
        "2" | "high" | "on-track" | "green" => Some(Confidence::OnTrack),
        _ => None,
    }
}
