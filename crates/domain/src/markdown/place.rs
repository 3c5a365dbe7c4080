//! What a line belongs to: the objective or key result it stands below or beside.

use super::field::{self, Field};
use super::reader::{Reader, Role, Target};
use super::tree::{Form, Node};

impl Reader<'_> {
    /// The objective above a node: the one it stands below, the one of its number, or the last one found.
    pub(super) fn objective_of(&self, node: &Node, number: Option<u32>) -> Option<usize> {
        let above = self.above(node.parent).map(|target| target.objective).or(self.current.map(|(objective, _)| objective));
        let has_number =
            |index: &usize| number.is_some() && self.outline.objectives.get(*index).is_some_and(|found| found.number == number);
        if number.is_none()
            || above
                .is_some_and(|above| has_number(&above) || self.outline.objectives.get(above).is_some_and(|found| found.number.is_none()))
        {
            return above;
        }
        (0..self.outline.objectives.len()).rev().take(100).find(has_number).or(above)
    }

    /// The nearest objective or key result that a node stands below. Steps are few: nesting is bounded.
    pub(super) fn above(&self, mut node: Option<usize>) -> Option<Target> {
        while let Some(index) = node {
            match self.role(Some(index)) {
                Role::Objective(objective) | Role::KeyResults(Some(objective)) => return Some(Target { objective, key_result: None }),
                Role::KeyResult(target) | Role::Field(target, _) | Role::Note(target) => return Some(target),
                Role::Out | Role::Objectives => return None,
                Role::Open | Role::KeyResults(None) => node = self.nodes.get(index).and_then(|node| node.parent),
            }
        }
        None
    }

    /// A line with a known name and a colon, where there is something it can belong to.
    pub(super) fn field_line(&mut self, node: &Node, parent: Role) -> Option<Role> {
        let (field, value) = field::field(&node.plain.text)?;
        let is_in_list = matches!(parent, Role::KeyResults(Some(_))) && node.form == Form::Item;
        let above = self
            .last
            .filter(|last| last.key_result.is_some() && self.above(node.parent).is_some_and(|above| above.objective == last.objective));
        if is_in_list && (above.is_none() || !is_detail(field)) {
            return None;
        }
        let is_sibling = |last: &Target| self.current.is_some_and(|(current, _)| current == last.objective);
        let target = above
            .filter(|_| is_in_list)
            .or_else(|| self.above(node.parent))
            .or(self.last.filter(is_sibling).filter(|_| parent == Role::Open));
        let value = value.to_owned();
        let Some(target) = target else { return self.document_field(node, field, &value) };
        let target = match (parent, self.last) {
            // `**Target:** 5` right below a paragraph `KR 1: ...` is about that key result.
            (Role::Objective(objective), Some(last))
                if node.form == Form::Paragraph && last.objective == objective && !self.is_heading_role(node.parent) =>
            {
                last
            }
            _ => target,
        };
        self.apply(node, target, field, &value);
        Some(Role::Field(target, field))
    }

    pub(super) fn is_heading_role(&self, node: Option<usize>) -> bool {
        node.and_then(|node| self.nodes.get(node)).is_some_and(|node| matches!(node.form, Form::Heading(_)))
    }
}

/// Fields that stand beside the key result they belong to, in the same list.
fn is_detail(field: Field) -> bool {
    use Field::{Baseline, Confidence, Current, Due, Measure, Measurement, Note, Owner, Priority, Score, Start, Status, Target, Weight};
    matches!(
        field,
        Baseline | Confidence | Current | Due | Measure | Measurement | Note | Owner | Priority | Score | Start | Status | Target | Weight
    )
}
