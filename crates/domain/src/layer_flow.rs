//! Flows: who came into a layer and who went from it, and which way.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::id::Id;
use crate::layer::{BandHealth, Layer};
use crate::layer_assignment::LayerAssignment;
use crate::layer_evaluation::standing;
use crate::member::Member;

/// What happened to the people of a layer in a window of days:
/// `start + entered + arrived_up + arrived_down − left − departed_up − departed_down = end`, always.
/// Who comes and goes several times counts each time. Up is towards the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerFlow {
    pub layer: Id<Layer>,
    /// People in it before the first day.
    pub start: u64,
    /// Who were in no layer before.
    pub entered: u64,
    /// From a layer further out.
    pub arrived_up: u64,
    /// From a layer further in.
    pub arrived_down: u64,
    /// Who were in no layer afterwards.
    pub left: u64,
    /// To a layer further in.
    pub departed_up: u64,
    /// To a layer further out.
    pub departed_down: u64,
    /// People in it on the last day.
    pub end: u64,
    /// How `end` stands to the layer's band.
    pub health: BandHealth,
}

/// A person: the member that others were merged into, with all assignments of either that touch the window.
#[derive(Clone, Debug, Default)]
pub struct Path {
    pub assignments: Vec<LayerAssignment>,
}

/// The flows of all layers, from the core outwards, from a day to another, which is not included.
pub fn flows(layers: &[Layer], people: &BTreeMap<Id<Member>, Path>, from: NaiveDate, to: NaiveDate) -> Vec<LayerFlow> {
    let mut layers: Vec<&Layer> = layers.iter().collect();
    layers.sort_unstable_by_key(|layer| layer.position);
    let mut flows: Vec<LayerFlow> = layers.iter().map(|layer| nothing(layer.id)).collect();
    let index = |layer: Id<Layer>| layers.iter().position(|one| one.id == layer);
    for (member, path) in people {
        let place = |layer: Id<Layer>| index(layer).and_then(|index| u32::try_from(index).ok()).unwrap_or(u32::MAX);
        let on = |day: NaiveDate| standing(&path.assignments, *member, day, place).and_then(|one| index(one.layer));
        let mut before = from.pred_opt().and_then(on);
        count(&mut flows, before, |flow| flow.start += 1);
        for day in path.turns(from, to) {
            let after = on(day);
            cross(&mut flows, before, after);
            before = after;
        }
        count(&mut flows, before, |flow| flow.end += 1);
    }
    for (flow, layer) in flows.iter_mut().zip(&layers) {
        flow.health = layer.band.health(flow.end);
    }
    flows
}

impl Path {
    /// The days of the window on which something begins or ends.
    fn turns(&self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let ends = self.assignments.iter().flat_map(|one| [Some(one.from), one.until]).flatten();
        let mut days: Vec<NaiveDate> = ends.filter(|day| (from..to).contains(day)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn cross(flows: &mut [LayerFlow], before: Option<usize>, after: Option<usize>) {
    match (before, after) {
        (None, to) => count(flows, to, |flow| flow.entered += 1),
        (from, None) => count(flows, from, |flow| flow.left += 1),
        (Some(from), Some(to)) if to < from => {
            count(flows, before, |flow| flow.departed_up += 1);
            count(flows, after, |flow| flow.arrived_up += 1);
        }
        (Some(from), Some(to)) if to > from => {
            count(flows, before, |flow| flow.departed_down += 1);
            count(flows, after, |flow| flow.arrived_down += 1);
        }
        (Some(_), Some(_)) => {}
    }
}

fn count(flows: &mut [LayerFlow], index: Option<usize>, add: impl FnOnce(&mut LayerFlow)) {
    if let Some(flow) = index.and_then(|index| flows.get_mut(index)) {
        add(flow);
    }
}

fn nothing(layer: Id<Layer>) -> LayerFlow {
    LayerFlow {
        layer,
        start: 0,
        entered: 0,
        arrived_up: 0,
        arrived_down: 0,
        left: 0,
        departed_up: 0,
        departed_down: 0,
        end: 0,
        health: BandHealth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::layer::{LayerDraft, default_set};
    use crate::layer_assignment::AssignedBy;
    use crate::stamp::Stamp;

    const FIRST: Stamp = Stamp { version: 1, created_at: DateTime::UNIX_EPOCH, updated_at: DateTime::UNIX_EPOCH };

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(number)).unwrap()
    }

    /// Four layers, of which the first is healthy with one or two people.
    fn layers() -> Vec<Layer> {
        let layer = |(number, draft): (u128, LayerDraft)| {
            let draft = LayerDraft { least: Some(1), most: Some(2), ..draft };
            Layer::new(Id::from_uuid(Uuid::from_u128(number)), FIRST, draft).unwrap()
        };
        (1..).zip(default_set()).map(layer).collect()
    }

    /// One after the other, each from a day on: a layer by its number, or none.
    fn path(member: u128, steps: &[(u64, u128)]) -> (Id<Member>, Path) {
        let member = Id::from_uuid(Uuid::from_u128(member));
        let ends = steps.iter().skip(1).map(|(from, _)| Some(day(*from))).chain([None]);
        let assignments = steps.iter().zip(ends).filter(|((_, layer), _)| *layer > 0).map(|((from, layer), until)| LayerAssignment {
            id: Id::from_uuid(Uuid::from_u128(u128::from(*from))),
            member,
            layer: Id::from_uuid(Uuid::from_u128(*layer)),
            from: day(*from),
            until,
            by: AssignedBy::Hand,
            stamp: FIRST,
        });
        (member, Path { assignments: assignments.collect() })
    }

    #[test]
    fn what_happened_is_told_by_where_it_led() {
        let people = [path(1, &[(5, 3), (12, 2), (15, 1)]), path(2, &[(5, 1), (12, 4)]), path(3, &[(10, 1)]), path(4, &[(2, 2), (19, 0)])];

        let told = flows(&layers(), &BTreeMap::from(people), day(10), day(20));

        let core = LayerFlow { start: 1, entered: 1, arrived_up: 1, departed_down: 1, end: 2, health: BandHealth::Inside, ..told[0] };
        let advocates = LayerFlow { start: 1, arrived_up: 1, departed_up: 1, left: 1, end: 0, health: BandHealth::Below, ..told[1] };
        let participants = LayerFlow { start: 1, departed_up: 1, end: 0, health: BandHealth::Below, ..told[2] };
        let casual = LayerFlow { arrived_down: 1, end: 1, health: BandHealth::Inside, ..told[3] };
        assert_eq!(told, [core, advocates, participants, casual]);
        assert_eq!((told[0].arrived_down, told[0].left, told[0].departed_up), (0, 0, 0));
    }

    #[test]
    fn what_happens_on_the_day_after_the_last_belongs_to_the_next_window() {
        let people = BTreeMap::from([path(1, &[(10, 1), (20, 2)])]);

        let told = flows(&layers(), &people, day(10), day(20));

        assert_eq!((told[0].entered, told[0].departed_down, told[0].end), (1, 0, 1));
    }

    proptest! {
        #[test]
        fn what_came_and_went_explains_the_difference(
            paths in prop::collection::vec(prop::collection::btree_map(0_u64..40, 0_u128..5, 0..6), 0..8),
            from in 0_u64..40,
            length in 1_u64..20,
        ) {
            let people = paths.iter().zip(1..).map(|(steps, member)| path(member, &steps.iter().map(|(day, layer)| (*day, *layer)).collect::<Vec<_>>()));

            let told = flows(&layers(), &people.collect(), day(from), day(from + length));

            for flow in &told {
                let came = flow.start + flow.entered + flow.arrived_up + flow.arrived_down;
                prop_assert_eq!(came, flow.end + flow.left + flow.departed_up + flow.departed_down);
            }
            let sum = |count: fn(&LayerFlow) -> u64| told.iter().map(count).sum::<u64>();
            prop_assert_eq!(sum(|flow| flow.arrived_up), sum(|flow| flow.departed_up));
            prop_assert_eq!(sum(|flow| flow.arrived_down), sum(|flow| flow.departed_down));
        }
    }
}
