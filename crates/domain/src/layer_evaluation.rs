//! What the rules of the layers make of the members as of a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::id::Id;
use crate::layer::Layer;
use crate::layer_assignment::{AssignedBy, LayerAssignment, Rearranged};
use crate::layer_rule::LayerRule;
use crate::member::Member;
use crate::stamp::Stamp;

/// A person as the rules see them: a member together with all who were merged into it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The one that the others were merged into.
    pub member: Id<Member>,
    /// Whether rules are for them: they are not for staff and bots.
    pub is_community: bool,
    /// The roles they have on the day.
    pub roles: BTreeSet<String>,
    /// How many activities count for each layer whose rule is a threshold; none where it is absent.
    pub activities: BTreeMap<Id<Layer>, u64>,
    /// All that ever assigned one of its members to a layer, in any order.
    pub assignments: Vec<LayerAssignment>,
}

/// How many people an evaluation moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movements {
    /// Into a layer, from none.
    pub entered: u64,
    /// Out of all layers.
    pub left: u64,
    /// To a layer further in.
    pub up: u64,
    /// To a layer further out.
    pub down: u64,
    /// Stayed where a rule had brought them.
    pub kept: u64,
    /// Stayed where somebody put them by hand, whatever the rules say.
    pub kept_by_hand: u64,
}

/// What an evaluation comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    pub movements: Movements,
    pub rearranged: Rearranged,
}

/// The assignment that counts for a person on a day: what was said by hand before what rules say, what is said of the
/// member itself before what is said of those merged into it, and of those the innermost layer.
pub fn standing(
    assignments: &[LayerAssignment],
    member: Id<Member>,
    day: NaiveDate,
    place: impl Fn(Id<Layer>) -> u32,
) -> Option<&LayerAssignment> {
    let rank = |one: &&LayerAssignment| (one.by != AssignedBy::Hand, one.member != member, place(one.layer), one.id);
    assignments.iter().filter(|one| one.holds_on(day)).min_by_key(rank)
}

impl Evaluation {
    /// Applies the rules as of a day, in the order of the layers from the core outwards: the innermost layer whose rule is
    /// met is where a person belongs. `stamp` is that of what is new.
    pub fn of(layers: &[Layer], people: &[Person], day: NaiveDate, stamp: Stamp, mut id: impl FnMut() -> Id<LayerAssignment>) -> Self {
        let mut layers: Vec<&Layer> = layers.iter().collect();
        layers.sort_unstable_by_key(|layer| layer.position);
        let mut evaluation = Self::default();
        for person in people {
            evaluation.place(&layers, person, day, stamp, &mut id);
        }
        evaluation
    }

    fn place(&mut self, layers: &[&Layer], person: &Person, day: NaiveDate, stamp: Stamp, id: &mut impl FnMut() -> Id<LayerAssignment>) {
        let place = |id: Id<Layer>| layers.iter().find(|layer| layer.id == id).map_or(u32::MAX, |layer| layer.position);
        let current = standing(&person.assignments, person.member, day, place);
        if current.is_some_and(|current| current.by == AssignedBy::Hand) {
            self.movements.kept_by_hand += 1;
            return;
        }
        let target = layers.iter().find_map(|layer| {
            let rule = layer.rule.as_ref()?;
            person.meets(layer, rule, current.is_some_and(|current| current.layer == layer.id)).then_some((layer, rule.assigns_by()))
        });
        let moved = &mut self.movements;
        match (current, target) {
            (None, None) => return,
            (Some(current), Some((layer, _))) if current.layer == layer.id => {
                moved.kept += 1;
                return;
            }
            (None, Some(_)) => moved.entered += 1,
            (Some(_), None) => moved.left += 1,
            (Some(current), Some((layer, _))) if layer.position < place(current.layer) => moved.up += 1,
            (Some(_), Some(_)) => moved.down += 1,
        }
        for old in person.assignments.iter().filter(|old| old.holds_on(day)) {
            match old.ended(day, Stamp { version: old.stamp.version.saturating_add(1), created_at: old.stamp.created_at, ..stamp }) {
                Some(ended) => self.rearranged.changed.push(ended),
                None => self.rearranged.removed.push(old.clone()),
            }
        }
        if let Some((layer, by)) = target {
            let until = person.free_until(day, current);
            let (id, member, layer) = (id(), person.member, layer.id);
            self.rearranged.added.push(LayerAssignment { id, member, layer, from: day, until, by, stamp });
        }
    }
}

impl Person {
    fn meets(&self, layer: &Layer, rule: &LayerRule, is_inside: bool) -> bool {
        self.is_community
            && match rule {
                LayerRule::Roles(roles) => roles.iter().any(|role| self.roles.contains(role)),
                LayerRule::Threshold(threshold) => threshold.is_met(self.activities.get(&layer.id).copied().unwrap_or_default(), is_inside),
            }
    }

    /// What is new ends where what it takes the place of ended, or where the next begins: later days were decided later.
    fn free_until(&self, day: NaiveDate, current: Option<&LayerAssignment>) -> Option<NaiveDate> {
        let later = self.assignments.iter().filter(|one| one.member == self.member && one.from > day).map(|one| one.from);
        later.chain(current.and_then(|current| current.until)).min()
    }
}

#[cfg(test)]
mod tests;
