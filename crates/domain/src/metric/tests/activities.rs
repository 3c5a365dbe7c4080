//! Who is active, where, and how much.

use super::super::channel::InUse;
use super::super::evaluation::Part;
use super::super::figure::{Reason, Status};
use super::super::roll::as_held_on;
use super::*;
use crate::member::MemberKind;

fn active(events: &[Event], population: &Population, asked: Window) -> Vec<MemberNumber> {
    let record = record(events);
    Community { record: &record, population }.active(asked, &Choice::default()).iter().collect()
}

#[test]
fn only_the_days_of_the_window_count() {
    let events = [did(1, 30, VISIT), did(2, 31, VISIT), did(3, 60, VISIT), did(4, 61, VISIT)];

    assert_eq!(active(&events, &population(&Census::default()), month(NOVEMBER)), [2, 3]);
}

#[test]
fn a_deed_counts_by_the_kind_of_its_day() {
    let kinds = vec![(MemberKind::Staff, held(1, 40, 50)), (MemberKind::Bot, held(2, 0, 100))];
    let census = Census { kinds, ..Census::default() };
    let on = |day: u64| active(&[did(1, day, VISIT), did(2, day, VISIT)], &population(&census), month(NOVEMBER));

    assert_eq!([on(39), on(40), on(49), on(50)], [vec![1], vec![], vec![], vec![1]]);
    let all = Population::new(ZONE, &census, Including { staff: true, bots: true }, None);
    assert_eq!(active(&[did(1, 45, VISIT), did(2, 45, VISIT)], &all, month(NOVEMBER)), [1, 2]);
}

#[test]
fn a_person_of_two_members_counts_once_and_is_staff_by_either() {
    let events = [did(1, 40, ANSWER), did(2, 41, ANSWER), did(3, 41, ANSWER)];
    let merges = vec![Merge { member: 1, into: 2 }];
    let census = Census { merges, ..Census::default() };

    assert_eq!(active(&events, &population(&census), month(NOVEMBER)), [2, 3]);
    let census = Census { kinds: vec![(MemberKind::Staff, held(1, 41, 42))], ..census };
    assert_eq!(active(&events[1..], &population(&census), month(NOVEMBER)), [3]);
    assert_eq!(active(&events, &population(&census), month(NOVEMBER)), [2, 3]);
}

#[test]
fn a_segment_is_of_the_day_of_the_deed_unless_asked_otherwise() {
    let layer = [held(1, 0, 40), held(2, 40, 100)];
    let events = [did(1, 35, VISIT), did(2, 35, VISIT), did(3, 35, VISIT)];
    let census = Census::default();
    let of = |holdings: &[Holding]| Population::new(ZONE, &census, Including::default(), Some(holdings));

    assert_eq!(active(&events, &of(&layer), month(NOVEMBER)), [1]);
    assert_eq!(active(&events, &of(&as_held_on(&layer, month(NOVEMBER).last_day())), month(NOVEMBER)), [2]);
}

#[test]
fn rates_are_of_members_at_the_end_and_engagement_is_of_contributions() {
    let spells = vec![
        spell(1, "2018-01-01T00:00:00Z", None),
        spell(2, "2018-01-01T00:00:00Z", None),
        spell(3, "2018-11-30T00:00:00Z", None),
        spell(4, "2018-01-01T00:00:00Z", Some("2018-11-20T00:00:00Z")),
    ];
    let population = population(&Census { spells, ..Census::default() });
    let record = record(&[did(1, 40, REPLY), did(2, 40, TALK), did(4, 40, ANSWER), did(5, 40, ANSWER)]);
    let community = Community { record: &record, population: &population };

    let active = community.active_rate(month(NOVEMBER), &Choice::default()).figure;
    assert_eq!((active.value.map(|value| value.to_string()).as_deref(), active.denominator), (Some("66.67"), Some(3)));
    let engaged = community.engagement_rate(month(NOVEMBER), &Choice::default()).figure;
    assert_eq!((engaged.numerator, engaged.denominator), (Some(1), Some(3)));
    assert_eq!(community.active_members(month(NOVEMBER), &Choice::default()).figure.numerator, Some(4));
}

#[test]
fn nobody_at_all_gives_no_rate_but_a_count_of_zero() {
    let (record, population) = (record(&[]), population(&Census::default()));
    let community = Community { record: &record, population: &population };

    let rate = community.active_rate(month(NOVEMBER), &Choice::default()).figure;
    assert_eq!((rate.value, rate.status, rate.reason), (None, Status::NoData, Some(Reason::ZeroDenominator)));
    assert_eq!(community.active_members(month(NOVEMBER), &Choice::default()).figure.numerator, Some(0));
    assert_eq!(community.concentration(month(NOVEMBER), &Choice::default()).figure.reason, Some(Reason::NoEvents));
}

#[test]
fn a_channel_is_active_by_so_many_deeds_of_so_many_people() {
    let at = |member, channel| Event { channel: Some(channel), ..did(member, 40, REPLY) };
    let events = [at(1, 7), at(1, 7), at(2, 7), at(3, 8), at(3, 8), at(3, 8), did(4, 40, REPLY)];
    let (record, population) = (record(&events), population(&Census { merges: vec![Merge { member: 9, into: 3 }], ..Census::default() }));
    let community = Community { record: &record, population: &population };
    let channels = |deeds, people| {
        let found = community.active_channels(month(NOVEMBER), &Choice::default(), InUse { deeds, people });
        (found.figure.numerator, found.part(Part::Platforms))
    };

    assert_eq!(channels(1, 1), (Some(2), Some(1)));
    assert_eq!(channels(3, 2), (Some(1), Some(1)));
    assert_eq!(channels(4, 1), (Some(0), Some(1)));
    assert_eq!(channels(4, 5), (Some(0), Some(0)));
}

#[test]
fn mentions_by_nobody_known_count_but_in_no_segment() {
    let mut mentions = cells(&[did(1, 40, REPLY)]);
    mentions.iter_mut().for_each(|cell| cell.nameless = 5);
    let record = Record::new(activities(), mentions);
    let census = Census::default();
    let layer = Population::new(ZONE, &census, Including::default(), Some(&[held(1, 0, 100)]));
    let number =
        |population: &Population| Community { record: &record, population }.done(month(NOVEMBER), &Choice::default()).figure.numerator;

    assert_eq!(number(&population(&census)), Some(6));
    assert_eq!(number(&layer), Some(1));
}

#[test]
fn knowledge_is_told_apart_by_what_is_done_with_it() {
    let events = [did(1, 40, ANSWER), did(1, 40, ANSWER), did(1, 41, TALK), did(2, 41, VISIT), did(2, 41, REPLY)];
    let (record, population) = (record(&events), population(&Census::default()));

    let found = Community { record: &record, population: &population }.knowledge_velocity(month(NOVEMBER), &Choice::default());

    assert_eq!(found.figure.numerator, Some(4));
    assert_eq!(found.parts, [(Part::Created, 2), (Part::Shared, 1), (Part::Consumed, 1)]);
}

#[test]
fn the_fewest_with_half_of_the_contributions() {
    let answers = |member, times| vec![did(member, 40, ANSWER); times];
    let fewest = |people: &[(MemberNumber, usize)]| {
        let events: Vec<Event> = people.iter().flat_map(|&(member, times)| answers(member, times)).collect();
        let (record, population) =
            (record(&events), population(&Census { merges: vec![Merge { member: 8, into: 9 }], ..Census::default() }));
        Community { record: &record, population: &population }.concentration(month(NOVEMBER), &Choice::default()).figure.numerator
    };

    assert_eq!(fewest(&[(1, 3), (2, 2), (3, 1)]), Some(1));
    assert_eq!(fewest(&[(1, 2), (2, 2), (3, 1)]), Some(2));
    assert_eq!(fewest(&[(8, 2), (9, 1), (3, 3)]), Some(1));
    assert_eq!(fewest(&[(8, 2), (2, 2), (9, 2), (3, 4)]), Some(2));
}

#[test]
fn support_is_the_share_of_deeds_that_carry_the_tag() {
    let all = [did(1, 40, REPLY), did(1, 40, REPLY), did(2, 40, ANSWER), did(3, 70, ANSWER)];
    let (record, tagged) = (record(&all), record(&all[1..3]));
    let population = population(&Census::default());

    let share = Community { record: &record, population: &population }.support_share(&tagged, month(NOVEMBER), &Choice::default());

    assert_eq!((share.figure.numerator, share.figure.denominator), (Some(2), Some(3)));
}
