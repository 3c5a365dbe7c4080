//! Objectives, key results, notes and findings as they enter the outline.

use super::date_text;
use super::guard;
use super::mark::{Id, Mark};
use super::measure_text;
use super::outline::{CycleName, OutlinedKeyResult, OutlinedObjective, OutlinedTeam, Progress, StatedStatus};
use super::owner;
use super::reader::{Reader, Role, Target};
use super::report::Became;
use super::title::{self, Title};
use super::tree::{Form, Node};
use crate::key_result::KeyResultStatus;
use crate::objective::ObjectiveStatus;
use crate::text::TITLE_LIMIT;

impl Reader<'_> {
    pub(super) fn objective(&mut self, index: usize, node: &Node, id: Option<Id>, rest: &str, owner: Option<String>) -> Role {
        let (owner, rest) = self.owner_of(node, owner, rest);
        let parent = self.above(node.parent);
        let objective = self.outline.objectives.len();
        let level = match node.form {
            Form::Heading(level) => level,
            _ => self.level_of(node.heading) + 1,
        };
        let (team, is_declared) = self.team_above(node);
        let inherited = parent.and_then(|parent| self.outline.objectives.get(parent.objective)).and_then(|parent| parent.owner.clone());
        let label = id.as_ref().map(|id| guard::reveal(&id.label)).filter(|label| label.chars().any(|c| c.is_ascii_digit()));
        let number = id.as_ref().and_then(|id| id.objective);
        self.outline.objectives.push(OutlinedObjective {
            line: node.line + 1,
            number,
            label,
            cycle: self.cycle_of(index),
            owner: owner.or_else(|| team.clone().or(inherited).or_else(|| self.owner.clone()).filter(|_| !is_declared)),
            team,
            parent: parent.map(|parent| parent.objective),
            parent_key_result: parent.and_then(|parent| parent.key_result),
            ..OutlinedObjective::default()
        });
        let target = Target { objective, key_result: None };
        let is_numbered = id.is_none() && matches!(node.form, Form::Heading(_));
        let stated = title::title(if is_numbered { without_ordinal(&rest) } else { &rest });
        self.current = Some((objective, level));
        self.last = Some(target);
        let is_untitled = stated.title.is_empty();
        self.untitled = is_untitled.then_some(objective);
        let shown = if is_untitled { Title { title: id.map(|id| guard::reveal(&id.label)).unwrap_or_default(), ..stated } } else { stated };
        if is_untitled {
            self.empty.push(objective);
            // Its words may follow on the next line; until then its mark stands for them.
            self.set_title(objective, shown, node);
        } else {
            self.entitle(objective, node, shown);
        }
        self.note(node, Became::Objective, Some(target), "");
        Role::Objective(objective)
    }

    /// Gives an objective its title and what stood around it.
    pub(super) fn entitle(&mut self, objective: usize, node: &Node, stated: Title) {
        self.placeholders(node, &stated.title);
        self.status_placeholder(node, stated.status.as_ref());
        self.set_title(objective, stated, node);
    }

    fn set_title(&mut self, objective: usize, stated: Title, node: &Node) {
        let text = self.bounded(node, stated.title, TITLE_LIMIT);
        let Some(found) = self.outline.objectives.get_mut(objective) else { return };
        found.title = text;
        found.result = stated.result;
        found.score = stated.score;
        found.people.extend(stated.people);
        found.priority = stated.priority;
        found.links.extend(node.plain.links.iter().cloned());
        found.stated_status = stated.status.or_else(|| struck(node));
        found.status = found.stated_status.as_ref().and_then(|status| objective_status(status.progress));
    }

    pub(super) fn key_result(&mut self, node: &Node, objective: usize, id: Option<Id>, rest: &str, owner: Option<String>) -> Role {
        let (owner, rest) = self.owner_of(node, owner, rest);
        let stated = title::title(rest.as_str());
        let found = self.key_result_of(node, objective, id, owner, stated);
        self.add_key_result(node, objective, found)
    }

    pub(super) fn key_result_of(
        &mut self,
        node: &Node,
        objective: usize,
        id: Option<Id>,
        owner: Option<String>,
        stated: Title,
    ) -> OutlinedKeyResult {
        let label = id.as_ref().map(|id| guard::reveal(&id.label));
        let title = if stated.title.is_empty() { label.clone().unwrap_or_default() } else { stated.title };
        let title = self.bounded(node, title, TITLE_LIMIT);
        self.placeholders(node, &title);
        self.status_placeholder(node, stated.status.as_ref());
        let above = self.outline.objectives.get(objective);
        let cycle = above.and_then(|above| above.cycle.clone());
        let is_declared = above
            .and_then(|above| above.team.as_ref())
            .is_some_and(|team| self.outline.teams.iter().rev().take(50).any(|known| known.key == *team));
        let inherited = above.and_then(|above| above.owner.clone()).filter(|_| !is_declared);
        let found = measure_text::measure(&title);
        let is_done = node.checked.and_then(|checked| checked.then(|| StatedStatus { text: "[x]".to_owned(), progress: Progress::Done }));
        let stated_status = stated.status.or_else(|| struck(node)).or(is_done);
        let status = match stated_status.as_ref().and_then(|status| key_result_status(status.progress)) {
            None if stated.is_not_applicable => Some(KeyResultStatus::NotApplicable),
            status => status,
        };
        if let Some(why) = &found.note {
            self.finding(node, found.code, why, &title);
        }
        OutlinedKeyResult {
            line: node.line + 1,
            due: date_text::due(&title, cycle.as_ref().or(self.cycle.as_ref())),
            title,
            number: id.as_ref().and_then(|id| id.key_result),
            label: label.filter(|label| label.chars().any(|c| c.is_ascii_digit())),
            measure: found.measure,
            unit: found.unit,
            owner: owner.or(inherited),
            people: stated.people,
            priority: stated.priority,
            links: node.plain.links.clone(),
            result: stated.result,
            score: stated.score,
            status,
            stated_status,
            ..OutlinedKeyResult::default()
        }
    }

    pub(super) fn add_key_result(&mut self, node: &Node, objective: usize, found: OutlinedKeyResult) -> Role {
        self.untitled = None;
        if matches!(node.marked.mark, Mark::KeyResult(_)) {
            self.with_marks.insert(objective);
        }
        let Some(above) = self.outline.objectives.get_mut(objective) else { return Role::Out };
        above.key_results.push(found);
        let target = Target { objective, key_result: Some(above.key_results.len() - 1) };
        self.last = Some(target);
        self.note(node, Became::KeyResult, Some(target), "");
        Role::KeyResult(target)
    }

    pub(super) fn key_result_at(&mut self, target: Target) -> Option<&mut OutlinedKeyResult> {
        self.outline.objectives.get_mut(target.objective)?.key_results.get_mut(target.key_result?)
    }

    /// The owner on the line, and the line without it.
    fn owner_of(&self, node: &Node, owner: Option<String>, rest: &str) -> (Option<String>, String) {
        let prefix = node.marked.prefix.as_deref().filter(|prefix| owner.is_none() && self.evidence.is_owner(prefix));
        let without = prefix.and_then(|prefix| rest.trim_start().strip_prefix(prefix)?.trim_start().strip_prefix(':'));
        match (prefix, without) {
            (Some(prefix), Some(without)) => (Some(guard::reveal(prefix)), without.trim().to_owned()),
            _ => (owner.map(|owner| guard::reveal(&owner)), rest.to_owned()),
        }
    }

    fn level_of(&self, heading: Option<usize>) -> usize {
        match heading.and_then(|heading| self.nodes.get(heading)).map(|node| node.form) {
            Some(Form::Heading(level)) => level,
            _ => 0,
        }
    }

    fn cycle_of(&self, node: usize) -> Option<CycleName> {
        let stated = self.cycle.clone();
        if self.is_cycle_exact { stated } else { self.evidence.section(self.nodes, node).cycle.or(stated) }
    }

    /// The key of the declared team, or the name in the nearest heading that has one.
    fn team_above(&self, node: &Node) -> (Option<String>, bool) {
        let mut heading = node.parent.filter(|_| matches!(node.form, Form::Heading(_))).or(node.heading);
        while let Some(index) = heading {
            let Some(above) = self.nodes.get(index) else { break };
            if let Some(team) = self.outline.teams.iter().rev().take(50).find(|team| team.line == above.line + 1) {
                return (Some(team.key.clone()), true);
            }
            let is_data = self.evidence.sections.get(&index).is_some_and(|section| section.is_data_itself);
            let is_mark = above.marked.mark != Mark::None || matches!(self.role(Some(index)), Role::Objective(_));
            if let Some(team) = owner::team(&above.plain.text, is_data, true).filter(|_| !is_mark) {
                return (Some(guard::reveal(&team)), false);
            }
            heading = above.parent;
        }
        (None, false)
    }

    /// A heading over `- Key: devrel` declares a team.
    pub(super) fn declared_team(&mut self, node: &Node) {
        let Some(line) = self.lines.get(node.line + 1..).and_then(|lines| lines.iter().find(|line| !line.text.is_empty())) else { return };
        let Some(key) = line.text.strip_prefix("Key: ").and_then(|key| crate::text::key(key.trim().trim_matches('`')).ok()) else { return };
        let name = guard::reveal(&node.plain.text);
        self.outline.teams.push(OutlinedTeam { line: node.line + 1, key, name, kind: None, parent: None });
    }
}

/// `1. Ship it` and `2) Ship it` without the number.
fn without_ordinal(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match rest.strip_prefix(')').unwrap_or(rest).strip_prefix(' ') {
        Some(title) if rest.len() < text.len() && text.len() - rest.len() <= 4 => title,
        _ => text,
    }
}

fn struck(node: &Node) -> Option<StatedStatus> {
    node.plain.is_struck.then(|| StatedStatus { text: "~~".to_owned(), progress: Progress::Dropped })
}

pub(super) fn objective_status(progress: Progress) -> Option<ObjectiveStatus> {
    match progress {
        Progress::Dropped => Some(ObjectiveStatus::Cancelled),
        Progress::Deferred => Some(ObjectiveStatus::Parked),
        _ => None,
    }
}

pub(super) fn key_result_status(progress: Progress) -> Option<KeyResultStatus> {
    match progress {
        Progress::Dropped => Some(KeyResultStatus::Cancelled),
        Progress::Deferred => Some(KeyResultStatus::Excluded),
        Progress::NotApplicable => Some(KeyResultStatus::NotApplicable),
        _ => None,
    }
}
