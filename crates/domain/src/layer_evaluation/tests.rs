use chrono::DateTime;
use uuid::Uuid;

use super::*;
use crate::activity_class::Class;
use crate::layer::LayerDraft;
use crate::layer_rule::{LayerRuleDraft, ThresholdDraft};

const FIRST: Stamp = Stamp { version: 1, created_at: DateTime::UNIX_EPOCH, updated_at: DateTime::UNIX_EPOCH };

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
}

fn layer(position: i64, rule: Option<LayerRuleDraft>) -> Layer {
    let (key, name) = (format!("l{position}"), format!("Layer {position}"));
    let draft = LayerDraft { key, name, position, least: None, most: None, rule, external_id: None };
    Layer::new(Id::from_uuid(Uuid::from_u128(position.unsigned_abs().into())), FIRST, draft).unwrap()
}

fn threshold(enter: i64, stay: i64) -> Option<LayerRuleDraft> {
    let threshold = ThresholdDraft { class: Class::Participation, days: 30, enter, stay: Some(stay) };
    Some(LayerRuleDraft { roles: None, threshold: Some(threshold) })
}

/// A core by role, a middle from ten activities on that is kept until there are less than five, and an edge from one on.
fn layers() -> [Layer; 3] {
    let core = LayerRuleDraft { roles: Some(vec!["champion".to_owned()]), threshold: None };
    [layer(1, Some(core)), layer(2, threshold(10, 5)), layer(3, threshold(1, 1))]
}

fn member(number: u128) -> Id<Member> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn assigned(layer: u128, by: AssignedBy, from: u32, until: Option<u32>) -> LayerAssignment {
    let id = Id::from_uuid(Uuid::from_u128(u128::from(from) + 100));
    let layer = Id::from_uuid(Uuid::from_u128(layer));
    LayerAssignment { id, member: member(1), layer, from: day(from), until: until.map(day), by, stamp: FIRST }
}

fn person(activities: u64, assignments: Vec<LayerAssignment>) -> Person {
    let activities = layers().iter().map(|layer| (layer.id, activities)).collect();
    Person { member: member(1), is_community: true, roles: BTreeSet::new(), activities, assignments }
}

fn evaluated(person: Person) -> Evaluation {
    Evaluation::of(&layers(), &[person], day(15), FIRST, || Id::from_uuid(Uuid::from_u128(999)))
}

/// Where the person is put anew, if anywhere, with the last day of it.
fn put(evaluation: &Evaluation) -> Option<(u128, Option<NaiveDate>)> {
    evaluation.rearranged.added.first().map(|added| (added.layer.uuid().as_u128(), added.until))
}

#[test]
fn the_innermost_layer_whose_rule_is_met_is_where_a_person_belongs() {
    let champion = Person { roles: BTreeSet::from(["champion".to_owned()]), ..person(10, Vec::new()) };

    assert_eq!(put(&evaluated(champion)), Some((1, None)));
    assert_eq!(put(&evaluated(person(10, Vec::new()))), Some((2, None)));
    assert_eq!(put(&evaluated(person(9, Vec::new()))), Some((3, None)));
    assert_eq!(evaluated(person(0, Vec::new())), Evaluation::default());
}

#[test]
fn whoever_is_inside_stays_with_less_than_it_takes_to_come_in() {
    let inside = || vec![assigned(2, AssignedBy::Threshold, 1, None)];

    assert_eq!(evaluated(person(5, inside())).movements, Movements { kept: 1, ..Movements::default() });
    let down = evaluated(person(4, inside()));
    assert_eq!((down.movements, put(&down)), (Movements { down: 1, ..Movements::default() }, Some((3, None))));
    assert_eq!(down.rearranged.changed[0].until, Some(day(15)));
    assert_eq!(down.rearranged.changed[0].stamp.version, 2);
    let left = evaluated(person(0, inside()));
    assert_eq!((left.movements, put(&left)), (Movements { left: 1, ..Movements::default() }, None));
}

#[test]
fn a_hand_beats_the_rules_until_it_ends() {
    let by_hand = |until| vec![assigned(3, AssignedBy::Hand, 1, until)];

    let kept = evaluated(person(10, by_hand(Some(16))));
    assert_eq!(kept, Evaluation { movements: Movements { kept_by_hand: 1, ..Movements::default() }, ..Evaluation::default() });
    assert_eq!(put(&evaluated(person(10, by_hand(Some(15))))), Some((2, None)));
}

#[test]
fn what_was_decided_of_later_days_stays() {
    let later = assigned(3, AssignedBy::Hand, 20, None);

    let entered = evaluated(person(10, vec![later.clone()]));
    let up = evaluated(person(10, vec![assigned(3, AssignedBy::Threshold, 1, Some(18)), later]));

    assert_eq!(put(&entered), Some((2, Some(day(20)))));
    assert_eq!((up.movements.up, put(&up)), (1, Some((2, Some(day(18))))));
}

#[test]
fn a_second_evaluation_of_a_day_replaces_the_first() {
    let today = assigned(3, AssignedBy::Threshold, 15, None);

    let again = evaluated(person(10, vec![today.clone()]));

    assert_eq!((&again.rearranged.removed, put(&again)), (&vec![today], Some((2, None))));
    assert_eq!(again.rearranged.changed, []);
}

#[test]
fn rules_are_not_for_staff_and_bots() {
    let inside = vec![assigned(2, AssignedBy::Threshold, 1, None)];

    let staff = evaluated(Person { is_community: false, ..person(10, inside) });

    assert_eq!(staff.movements, Movements { left: 1, ..Movements::default() });
}

#[test]
fn a_layer_that_lost_its_rule_keeps_nobody_whom_a_rule_brought() {
    let [core, middle, edge] = layers();
    let layers = [core, Layer { rule: None, ..middle }, edge];
    let inside = person(0, vec![assigned(2, AssignedBy::Threshold, 1, None)]);

    let evaluation = Evaluation::of(&layers, &[inside], day(15), FIRST, || Id::from_uuid(Uuid::nil()));

    assert_eq!(evaluation.movements.left, 1);
}

#[test]
fn of_merged_members_one_assignment_counts() {
    let own = assigned(3, AssignedBy::Threshold, 2, None);
    let merged = LayerAssignment { member: member(2), ..assigned(2, AssignedBy::Threshold, 1, None) };
    let by_hand = LayerAssignment { member: member(2), ..assigned(3, AssignedBy::Hand, 3, None) };
    let place = |layer: Id<Layer>| u32::try_from(layer.uuid().as_u128()).unwrap();
    let counts = |assignments: &[LayerAssignment]| standing(assignments, member(1), day(15), place).cloned();

    assert_eq!(counts(&[merged.clone(), own.clone()]), Some(own.clone()));
    assert_eq!(counts(&[merged.clone(), by_hand.clone(), own.clone()]), Some(by_hand));
    assert_eq!(counts(std::slice::from_ref(&merged)), Some(merged.clone()));
    let gone = evaluated(person(0, vec![own, merged]));
    assert_eq!((gone.movements.left, gone.rearranged.changed.len()), (1, 2));
}
