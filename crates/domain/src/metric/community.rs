//! What was done by those who count: the sets and numbers that the metrics of activity are made from.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::deed::{Choice, Deeds, MemberNumber, Record};
use super::evaluation::whole;
use super::population::Population;
use super::sieve::Sieve;
use super::window::Window;

/// What was done, and who counts. Both cover the days of every window that is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Community<'a> {
    pub record: &'a Record,
    pub population: &'a Population,
}

impl Community<'_> {
    /// A: the people who did something that is chosen in a window, members or not, while they counted.
    ///
    /// Whole months are read at once, as sets that are kept from question to question. Only those who begin or cease to count
    /// in the midst of one are looked at day by day.
    pub fn active(&self, window: Window, choice: &Choice) -> RoaringBitmap {
        let mut active = RoaringBitmap::new();
        self.population.spans(self.record.spans(window), |span, sieve, changes| {
            let members = span.members(self.record, choice);
            if changes.is_empty() {
                active |= sieve.strained(&members).as_ref();
                return;
            }
            let changing: RoaringBitmap = changes.iter().map(|change| change.member).collect();
            active |= sieve.strained(&(&*members - &changing)).as_ref();
            let mut sieve = sieve.among(&changing);
            let mut changes = changes.iter().peekable();
            for day in span.by_day() {
                while let Some(change) = changes.next_if(|change| change.day <= day.window.start) {
                    sieve.change(*change);
                }
                active |= sieve.strained(&common(&changing, &day.members(self.record, choice))).as_ref();
            }
        });
        self.population.unite(&mut active);
        active
    }

    /// How often something that is chosen was done in a window. Deeds of nobody known count where no segment is asked for.
    pub fn deeds(&self, window: Window, choice: &Choice) -> i64 {
        let mut total = 0;
        self.each(window, choice, |deeds, sieve| total += self.times(deeds, sieve));
        whole(total)
    }

    /// Shows each cell of a window that is chosen, with who counts in it.
    pub(super) fn each<'a>(&'a self, window: Window, choice: &'a Choice, mut see: impl FnMut(&'a Deeds, &Sieve)) {
        self.population.regimes(window, |days, sieve| self.record.chosen(days, choice).for_each(|deeds| see(deeds, sieve)));
    }

    /// How often those who count did what a cell tells of.
    pub(super) fn times(&self, deeds: &Deeds, sieve: &Sieve) -> u64 {
        let more = deeds.more.iter().filter(|(member, _)| sieve.passes(*member)).map(|(_, times)| u64::from(*times));
        let nameless = if self.population.is_segment() { 0 } else { deeds.nameless };
        sieve.passing(&deeds.members) + more.sum::<u64>() + nameless
    }

    /// How often each person did something that is chosen.
    pub(super) fn by_person(&self, window: Window, choice: &Choice) -> HashMap<MemberNumber, u64> {
        let mut by_member: HashMap<MemberNumber, u64> = HashMap::new();
        self.each(window, choice, |deeds, sieve| {
            sieve.strained(&deeds.members).iter().for_each(|member| *by_member.entry(member).or_default() += 1);
            let more = deeds.more.iter().filter(|(member, _)| sieve.passes(*member));
            more.for_each(|(member, times)| *by_member.entry(*member).or_default() += u64::from(*times));
        });
        let mut by_person = HashMap::with_capacity(by_member.len());
        for (member, times) in by_member {
            *by_person.entry(self.population.person(member)).or_default() += times;
        }
        by_person
    }
}

/// Those who are in both sets. A few are looked up among many; roaring would go through all of these.
fn common(few: &RoaringBitmap, many: &RoaringBitmap) -> RoaringBitmap {
    const MANY: u64 = 16;
    if few.len().saturating_mul(MANY) < many.len() { few.iter().filter(|member| many.contains(*member)).collect() } else { few & many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sets_have_in_common_does_not_depend_on_how_it_is_found() {
        let many: RoaringBitmap = (0..10_000).step_by(3).collect();

        for count in [0, 1, 50, 208, 209, 4_000] {
            let few: RoaringBitmap = (0..count).map(|number| number * 7).collect();
            assert_eq!(common(&few, &many), &few & &many, "{count}");
        }
    }
}
