//! What members do: newcomers a lot, others less from month to month.

use rand::Rng;
use rand::seq::IndexedRandom;

use super::{CORE, MONTHS, Story};
use crate::demo_data::{MENTORING, WELCOME};

/// Of a hundred members who are no newcomers, how many do something in each month.
const ACTIVE: [u32; MONTHS] = [62, 61, 59, 57, 54, 51, 46, 45];
/// Of a hundred who do something, how many contribute.
const CONTRIBUTING: [u32; MONTHS] = [44, 43, 42, 40, 36, 31, 24, 23];
/// The month in which the initiatives begin.
const BEGINNING: usize = 4;

const LIGHT: [&str; 8] = ["visit", "visit", "visit", "reaction", "reaction", "content_viewed", "reply", "topic_opened"];
/// What the core contributes: the others have no account with the code host.
const CORE_DEEP: [&str; 5] = ["code_contribution", "review", "content_published", "code_contribution", "talk"];
const DEEP: [&str; 4] = ["content_published", "content_published", "talk", "event_organised"];

impl Story {
    pub(super) fn tell_memberships(&mut self) {
        for person in 0..self.people.len() {
            let Some((joined, left)) = self.people.get(person).map(|person| (person.joined, person.left)) else { continue };
            let at = self.instant(joined.0, joined.1..=joined.1);
            self.tell(person, "member_joined", at, |_| ());
            if let Some(month) = left {
                let at = self.instant(month, 22..=27);
                self.tell(person, "member_left", at, |_| ());
            }
        }
    }

    pub(super) fn tell_activities(&mut self) {
        for month in 0..MONTHS {
            for person in self.present(month) {
                self.tell_month(person, month);
            }
        }
    }

    fn tell_month(&mut self, person: usize, month: usize) {
        let Some((joined, left)) = self.people.get(person).map(|person| (person.joined, person.left)) else { return };
        let (is_new, is_core) = (joined.0 == month, person < CORE.len());
        let first = if is_new { joined.1 + 1 } else { 0 };
        let share = match (is_core, is_new) {
            (true, _) => 100,
            (false, true) => 88,
            (false, false) => at(&ACTIVE, month),
        };
        if left == Some(month) || !self.chance(share) {
            return;
        }
        let (least, most) = if is_core { (12, 24) } else { (1, 5) };
        for _ in 0..self.dice.random_range(least..=most) {
            let activity = LIGHT.choose(&mut self.dice).copied().unwrap_or("visit");
            let instant = self.instant(month, first..=27);
            // What the team asks for first carries a tag.
            let is_prioritised = self.chance(40);
            self.tell(person, activity, instant, |event| event.tags.extend(is_prioritised.then(|| "prioritised".to_owned())));
        }
        if is_core || self.chance(at(&CONTRIBUTING, month)) {
            let deep: &[&str] = if is_core { &CORE_DEEP } else { &DEEP };
            let activity = deep.choose(&mut self.dice).copied().unwrap_or("talk");
            let instant = self.instant(month, first..=27);
            self.tell(person, activity, instant, |_| ());
        }
        if is_new && month >= BEGINNING {
            self.tell_program(person, month, WELCOME, first);
        } else if month > BEGINNING && person.is_multiple_of(9) && !is_core {
            self.tell_program(person, month, MENTORING, first);
        }
    }

    /// Somebody takes part in an initiative; two of three see it through.
    fn tell_program(&mut self, person: usize, month: usize, initiative: &str, first: u64) {
        let joined = self.instant(month, first..=23);
        self.tell(person, "program_joined", joined, |event| event.initiative = Some(initiative.to_owned()));
        if self.chance(66) {
            let completed = self.instant(month, 24..=27);
            self.tell(person, "program_completed", completed, |event| event.initiative = Some(initiative.to_owned()));
        }
    }

    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }
}

/// The number of a month.
pub(super) fn at(numbers: &[u32; MONTHS], month: usize) -> u32 {
    numbers.get(month).copied().unwrap_or(0)
}
