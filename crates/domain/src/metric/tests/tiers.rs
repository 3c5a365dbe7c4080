//! What is read by months is what is read by days, and what is kept is what would be found anew.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use roaring::MultiOps;

use super::properties::{asked, events, world};
use super::*;

/// The plain way: the cells of every day, between the changes of who counts.
fn by_days(community: &Community<'_>, window: Window, choice: &Choice) -> RoaringBitmap {
    let mut active = RoaringBitmap::new();
    community.population.regimes(window, |days, sieve| {
        let mut members = community.record.chosen(days, choice).map(|deeds| &deeds.members).union();
        sieve.strain(&mut members);
        active |= members;
    });
    community.population.unite(&mut active);
    active
}

fn choice() -> impl Strategy<Value = Choice> {
    let class = prop_oneof![Just(Class::Passive), Just(Class::Participation), Just(Class::Contribution), Just(Class::Leadership)];
    let activities = option::of(proptest::collection::btree_set((0..4_u16).prop_map(ActivityNumber), 1..3));
    (class, activities, option::of((0..2_u32).prop_map(PlatformNumber)), option::of(0..2_u32))
        .prop_map(|(min_class, activities, platform, channel)| Choice { min_class, activities, platform, channel })
}

proptest! {
    #[test]
    fn whole_months_are_their_days(world in world(), choices in vec(choice(), 1..12), windows in vec(asked(), 1..4)) {
        let (record, population) = (record(&world.events), world.population());
        let community = Community { record: &record, population: &population };
        let months = [OCTOBER, NOVEMBER, DECEMBER, (0, 92), (17, 70)].map(month);

        // Twice: what is kept the first time is told the second time.
        for (choice, asked) in choices.iter().chain(&choices).flat_map(|choice| windows.iter().chain(&months).map(move |asked| (choice, *asked))) {
            prop_assert_eq!(community.active(asked, choice), by_days(&community, asked, choice));
        }
    }

    #[test]
    fn what_was_kept_of_a_month_is_found_anew_when_a_day_of_it_changes(
        world in world(),
        later in events(),
        days in vec(0..60_u64, 0..6),
        choice in choice(),
        is_demoted in any::<bool>(),
    ) {
        let population = world.population();
        let known = record(&world.events);
        let whole = window(0, 92);
        let before = Community { record: &known, population: &population }.active(whole, &choice);
        let changed: Vec<Event> = later.into_iter().filter(|event| days.contains(&event.day)).collect();
        let rest = world.events.iter().filter(|event| !days.contains(&event.day)).copied();
        let mut activities = activities();
        activities.truncate(if is_demoted { 3 } else { 4 });
        if is_demoted {
            activities.push(Activity { class: Some(Class::Passive), knowledge: None });
        }

        let dates: Vec<NaiveDate> = days.iter().map(|number| day(*number)).collect();
        let brought_up = known.with(activities.clone(), &dates, cells(&changed));

        let fresh = Record::new(activities, cells(&rest.chain(changed).collect::<Vec<_>>()));
        let active = |record: &Record, asked| Community { record, population: &population }.active(asked, &choice);
        for asked in [month(OCTOBER), month(NOVEMBER), whole, window(3, 40)] {
            prop_assert_eq!(active(&brought_up, asked), active(&fresh, asked));
            prop_assert_eq!(brought_up.events(asked), fresh.events(asked));
        }
        // What others still hold is as it was.
        prop_assert_eq!(active(&known, whole), before);
    }
}

/// Enough people that nobody counts from the beginning who is there.
#[test]
fn members_of_a_large_community_are_those_whose_spells_hold_the_instant() {
    let hour = |hours: i64| at("2018-01-01T00:00:00Z") + chrono::TimeDelta::hours(hours);
    let stays = |member: MemberNumber| {
        let from = i64::from(member * 7_919 % 8_000);
        let stays = 1 + i64::from(member % 900);
        let first = Spell { member, start: hour(from), end: (!member.is_multiple_of(3)).then(|| hour(from + stays)) };
        let again = Spell { member, start: hour(from + 901), end: None };
        [Some(first), (member % 6 == 1).then_some(again)].into_iter().flatten()
    };
    let spells: Vec<Spell> = (0..6_000).flat_map(stays).collect();
    let population = population(&Census { spells: spells.clone(), ..Census::default() });

    for instant in (-5..9_500).step_by(97).map(hour) {
        let is_in = |spell: &&Spell| spell.start < instant && spell.end.is_none_or(|end| instant <= end);
        let expected: RoaringBitmap = spells.iter().filter(is_in).map(|spell| spell.member).collect();
        assert_eq!(*population.members_at(instant), expected, "{instant}");
    }
}
