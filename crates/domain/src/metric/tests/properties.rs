//! What always holds, whoever comes, goes, changes and merges.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::super::channel::InUse;
use super::super::evaluation::Part;
use super::oracle::World;
use super::*;
use crate::member::MemberKind;

const PEOPLE: MemberNumber = 7;
const DAYS: u64 = 60;

pub(super) fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = (0..DAYS, 0..PEOPLE, 0..4_u16, 0..2_u32, option::of(0..2_u32)).prop_map(|(day, member, activity, platform, channel)| {
        Event { day, member, activity: ActivityNumber(activity), platform, channel }
    });
    vec(event, 0..40)
}

fn holding() -> impl Strategy<Value = Holding> {
    (0..PEOPLE, option::of(0..DAYS), option::of(0..DAYS)).prop_map(|(member, from, until)| Holding {
        member,
        from: from.map(day),
        until: until.map(day),
    })
}

fn spells() -> impl Strategy<Value = Vec<Spell>> {
    // Every sixth hour, so that some are at the very beginning of a day.
    let spell = (0..PEOPLE, 0..DAYS as i64 * 4, option::of(0..100_i64)).prop_map(|(member, start, length)| {
        let start = at("2018-10-01T03:00:00Z") + TimeDelta::hours(start * 6);
        Spell { member, start, end: length.map(|length| start + TimeDelta::hours(length * 6)) }
    });
    vec(spell, 0..12)
}

fn census() -> impl Strategy<Value = Census> {
    let kinds = vec((prop_oneof![Just(MemberKind::Staff), Just(MemberKind::Bot), Just(MemberKind::Community)], holding()), 0..4);
    let merges = vec((1..PEOPLE).prop_flat_map(|member| (Just(member), 0..member)), 0..3);
    (spells(), kinds, merges).prop_map(|(spells, kinds, merges)| {
        let merges = merges.into_iter().map(|(member, into)| Merge { member, into }).collect();
        Census { spells, kinds, merges }
    })
}

pub(super) fn world() -> impl Strategy<Value = World> {
    let including = (any::<bool>(), any::<bool>()).prop_map(|(staff, bots)| Including { staff, bots });
    (events(), census(), including, option::of(vec(holding(), 0..5))).prop_map(|(events, census, including, segment)| World {
        events,
        census,
        including,
        segment,
    })
}

pub(super) fn asked() -> impl Strategy<Value = Window> {
    (0..DAYS, 1..40_u64).prop_map(|(start, length)| window(start, start + length))
}

/// The events in cells of which some tell of the same day, place and activity.
fn torn(events: &[Event]) -> Record {
    let (some, rest) = events.split_at(events.len() / 2);
    Record::new(activities(), [cells(some), cells(rest)].concat())
}

proptest! {
    #[test]
    fn flows_add_up_and_follow_each_other(world in world(), asked in asked(), cut in 0..40_u64) {
        let population = world.population();
        let flow = population.flow(asked);

        prop_assert_eq!(flow.start + flow.joined - flow.left, flow.end);
        prop_assert!(flow.rejoined + flow.turned_in <= flow.joined && flow.turned_out <= flow.left);
        let (before, after) = (population.members_at_start(asked), population.members_at_end(asked));
        let (joined, left) = (population.joined(asked), population.left(asked));
        prop_assert!(after.is_subset(&(&*before | &joined)) && (&*before - &left).is_subset(&after));
        prop_assert!(population.rejoined(asked).is_subset(&joined) && population.newcomers(asked).is_subset(&joined));
        prop_assert!(joined.len() as i64 <= flow.joined && left.len() as i64 <= flow.left);
        let middle = (asked.start + Days::new(cut)).min(asked.end);
        let first = population.flow(Window { end: middle, ..asked });
        let second = population.flow(Window { start: middle, ..asked });
        prop_assert_eq!(first.end, second.start);
        prop_assert_eq!((first.joined + second.joined, first.left + second.left), (flow.joined, flow.left));
    }

    #[test]
    fn members_are_those_that_each_spell_and_each_day_give(world in world(), asked in asked()) {
        let population = world.population();

        prop_assert!(population.members_at_start(asked).iter().eq(world.members(asked.start)));
        prop_assert!(population.members_at_end(asked).iter().eq(world.members(asked.end)));
    }

    #[test]
    fn the_active_and_what_they_did_are_those_that_each_event_gives(world in world(), asked in asked()) {
        let (record, population) = (torn(&world.events), world.population());
        let community = Community { record: &record, population: &population };
        let (events, all) = (world.events(asked), Choice::default());

        prop_assert!(community.active(asked, &all).iter().eq(world.active(asked)));
        prop_assert_eq!(community.deeds(asked, &all), events.len() as i64);
        let places: BTreeSet<_> = events.iter().filter_map(|event| event.channel.map(|channel| (event.platform, channel))).collect();
        let platforms: BTreeSet<_> = events.iter().map(|event| event.platform).collect();
        let channels = community.active_channels(asked, &all, InUse::default());
        prop_assert_eq!(channels.figure.numerator, Some(places.len() as i64));
        prop_assert_eq!(channels.part(Part::Platforms), Some(platforms.len() as i64));
        let talks = Choice { min_class: Class::Leadership, ..all };
        prop_assert_eq!(community.deeds(asked, &talks), events.iter().filter(|event| event.activity == TALK).count() as i64);
    }

    #[test]
    fn one_fewer_would_have_less_than_half_of_the_contributions(world in world(), asked in asked()) {
        let (record, population) = (torn(&world.events), world.population());
        let fewest = Community { record: &record, population: &population }.concentration(asked, &Choice::default()).figure.numerator;
        let contributions: Vec<MemberNumber> =
            world.events(asked).iter().filter(|event| event.activity >= ANSWER).map(|event| event.member).collect();
        let by = |person: &u32| contributions.iter().filter(|other| *other == person).count();
        let mut shares: Vec<usize> = contributions.iter().collect::<BTreeSet<_>>().into_iter().map(by).collect();
        shares.sort_unstable();
        shares.reverse();

        let have = |people: usize| shares.iter().take(people).sum::<usize>() * 2;
        let expected = (1..=shares.len()).find(|people| have(*people) >= contributions.len());
        prop_assert_eq!(fewest, expected.map(|people| people as i64));
    }

    #[test]
    fn everybody_active_is_new_or_returns_or_resurrects(world in world(), asked in asked()) {
        let (record, population) = (torn(&world.events), world.population());
        let previous = Window { start: asked.start - Days::new(10), end: asked.start };
        let next = Window { start: asked.end, end: asked.end + Days::new(10) };
        let community = Community { record: &record, population: &population };

        let found = community.lifecycle(previous, &[asked, next], &Choice::default());

        for (evaluation, (before, window)) in found.iter().zip([(previous, asked), (asked, next)]) {
            let (active, before_that) = (world.active(window), world.active(before));
            let ever = world.active(Window { start: day(0), end: window.start });
            let part = |part| evaluation.part(part).expect("a part");
            prop_assert_eq!(part(Part::New) + part(Part::Returning) + part(Part::Resurrected), active.len() as i64);
            prop_assert_eq!(evaluation.figure.numerator, Some(active.len() as i64));
            prop_assert_eq!(part(Part::New), active.difference(&ever).count() as i64);
            prop_assert_eq!(part(Part::Returning), active.intersection(&before_that).count() as i64);
            prop_assert_eq!(part(Part::Dormant), before_that.difference(&active).count() as i64);
        }
    }
}
