//! Who is there: growth, retention, coverage, champions, and where the active come from.

use super::super::evaluation::Part;
use super::super::figure::Status;
use super::super::flow::Flow;
use super::*;
use crate::member::MemberKind;

#[test]
fn a_member_joins_at_the_first_instant_of_a_day_that_has_no_midnight() {
    let joined_at = |start| {
        let census = Census { spells: vec![spell(1, start, None)], ..Census::default() };
        population(&census).flow(window(34, 61)).joined
    };

    assert_eq!(joined_at("2018-11-04T02:59:59Z"), 0);
    assert_eq!(joined_at("2018-11-04T03:00:00Z"), 1);
}

#[test]
fn a_rejoin_counts_as_a_join_and_is_shown_apart() {
    let spells = vec![
        spell(1, "2018-01-01T00:00:00Z", Some("2018-11-10T00:00:00Z")),
        spell(1, "2018-11-20T00:00:00Z", None),
        spell(2, "2018-11-05T00:00:00Z", None),
    ];

    let flow = population(&Census { spells, ..Census::default() }).flow(month(NOVEMBER));

    assert_eq!(flow, Flow { start: 1, joined: 2, rejoined: 1, turned_in: 0, left: 1, turned_out: 0, end: 2 });
}

#[test]
fn spells_of_merged_members_are_one_membership() {
    let spells = vec![
        spell(1, "2018-01-01T00:00:00Z", Some("2018-11-20T00:00:00Z")),
        spell(2, "2018-11-05T00:00:00Z", Some("2018-12-05T00:00:00Z")),
    ];
    let census = Census { spells, merges: vec![Merge { member: 2, into: 1 }], ..Census::default() };

    let flow = population(&census).flow(month(NOVEMBER));

    assert_eq!(flow, Flow { start: 1, joined: 0, rejoined: 0, turned_in: 0, left: 0, turned_out: 0, end: 1 });
    assert_eq!(population(&census).flow(month(DECEMBER)).left, 1);
}

#[test]
fn whoever_becomes_staff_leaves_the_population_and_stays_a_member() {
    let spells = vec![spell(1, "2018-01-01T00:00:00Z", None), spell(2, "2018-01-01T00:00:00Z", None)];
    let kinds = vec![(MemberKind::Staff, held(1, 40, 70))];
    let census = Census { spells, kinds, ..Census::default() };

    let (november, december) = (population(&census).flow(month(NOVEMBER)), population(&census).flow(month(DECEMBER)));

    assert_eq!(november, Flow { start: 2, joined: 0, rejoined: 0, turned_in: 0, left: 1, turned_out: 1, end: 1 });
    assert_eq!(december, Flow { start: 1, joined: 1, rejoined: 0, turned_in: 1, left: 0, turned_out: 0, end: 2 });
}

#[test]
fn growth_is_what_came_less_what_went_of_those_who_were_there() {
    let spells = vec![
        spell(1, "2018-01-01T00:00:00Z", None),
        spell(2, "2018-01-01T00:00:00Z", Some("2018-11-20T00:00:00Z")),
        spell(3, "2018-01-01T00:00:00Z", None),
        spell(4, "2018-11-05T00:00:00Z", None),
        spell(5, "2018-11-06T00:00:00Z", None),
    ];
    let population = population(&Census { spells, ..Census::default() });

    let november = population.growth_rate(month(NOVEMBER));
    assert_eq!(november.figure.value.map(|value| value.to_string()).as_deref(), Some("33.33"));
    assert_eq!((november.figure.numerator, november.figure.denominator), (Some(1), Some(3)));
    let first = population.growth_rate(Window { start: "2017-12-01".parse().expect("a day"), end: "2018-02-01".parse().expect("a day") });
    assert_eq!((first.figure.value, first.figure.status, first.part(Part::Joined)), (None, Status::NoBaseline, Some(3)));
}

#[test]
fn retention_has_three_forms() {
    let spells = vec![
        spell(1, "2018-10-05T00:00:00Z", None),
        spell(2, "2018-10-06T00:00:00Z", Some("2018-11-20T00:00:00Z")),
        spell(3, "2018-01-01T00:00:00Z", None),
    ];
    let population = population(&Census { spells, ..Census::default() });
    let record =
        record(&[did(1, 10, REPLY), did(2, 10, REPLY), did(3, 10, REPLY), did(1, 40, REPLY), did(4, 40, REPLY), did(2, 70, REPLY)]);
    let community = Community { record: &record, population: &population };
    let choice = Choice::default();
    let of = |found: super::super::evaluation::Evaluation| (found.figure.numerator, found.figure.denominator);

    assert_eq!(of(community.activity_retention(month(OCTOBER), month(NOVEMBER), &choice)), (Some(1), Some(3)));
    assert_eq!(of(population.membership_retention(month(NOVEMBER))), (Some(2), Some(3)));
    let cohort = community.cohort_retention(month(OCTOBER), &[OCTOBER, NOVEMBER, DECEMBER].map(month), &choice);
    assert_eq!(cohort.into_iter().map(of).collect::<Vec<_>>(), [(Some(2), Some(2)), (Some(1), Some(2)), (Some(1), Some(2))]);
}

#[test]
fn the_active_are_new_or_return_or_resurrect_and_the_others_are_dormant() {
    let record = record(&[did(1, 3, VISIT), did(2, 40, VISIT), did(3, 40, VISIT), did(1, 70, VISIT), did(2, 70, VISIT), did(4, 70, VISIT)]);
    let population = population(&Census::default());

    let found = Community { record: &record, population: &population }.lifecycle(
        month(OCTOBER),
        &[NOVEMBER, DECEMBER].map(month),
        &Choice::default(),
    );

    assert_eq!(found[0].parts, [(Part::New, 2), (Part::Returning, 0), (Part::Resurrected, 0), (Part::Dormant, 1)]);
    assert_eq!(found[1].parts, [(Part::New, 1), (Part::Returning, 1), (Part::Resurrected, 1), (Part::Dormant, 1)]);
}

#[test]
fn champions_are_members_and_trained_and_active_are_apart() {
    let spells = (1..=4).map(|member| spell(member, "2018-01-01T00:00:00Z", None)).collect();
    let population = population(&Census { spells, merges: vec![Merge { member: 7, into: 4 }], ..Census::default() });
    let roles = [held(1, 0, 61), held(2, 50, 90), held(3, 0, 60), held(7, 0, 90), held(9, 0, 90)];
    let trained = [held(2, 60, 90), held(3, 0, 90), held(4, 61, 90)];
    let record = record(&[did(1, 40, ANSWER), did(2, 40, ANSWER), did(9, 40, ANSWER)]);

    let found = Community { record: &record, population: &population }.champions(month(NOVEMBER), &roles, &trained, &Choice::default());

    assert_eq!(found.figure.numerator, Some(3));
    assert_eq!(found.parts, [(Part::Trained, 1), (Part::Active, 2), (Part::TrainedAndActive, 1)]);
}

#[test]
fn coverage_is_of_those_with_every_property() {
    let spells = (1..=3).map(|member| spell(member, "2018-01-01T00:00:00Z", None)).collect();
    let population = population(&Census { spells, ..Census::default() });
    let (one, other) = ([held(1, 0, 90), held(2, 0, 90)], [held(2, 0, 90), held(3, 0, 90), held(8, 0, 90)]);

    let both = population.coverage(month(NOVEMBER), &[&one, &other]).figure;

    assert_eq!((both.numerator, both.denominator), (Some(1), Some(3)));
}
