//! Who counts from day to day: those on a roll, or all others.

use std::borrow::Cow;

use chrono::NaiveDate;
use roaring::RoaringBitmap;

use super::deed::MemberNumber;
use super::month::Span;
use super::roll::{Change, Roll};
use super::window::Window;

/// Who counts on which days.
#[derive(Clone, Debug)]
pub(super) struct SieveRoll {
    roll: Roll,
    /// Whether those on the roll count, or all others.
    only_these: bool,
}

impl SieveRoll {
    /// Those on the roll count.
    pub(super) fn of_those(roll: Roll) -> Self {
        Self { roll, only_these: true }
    }

    /// All but those on the roll count.
    pub(super) fn of_others(roll: Roll) -> Self {
        Self { roll, only_these: false }
    }

    pub(super) fn only_these(&self) -> bool {
        self.only_these
    }

    /// Gives the parts of a window in which nothing changes on the roll, each with who counts in it.
    pub(super) fn regimes(&self, window: Window, mut each: impl FnMut(Window, &Sieve)) {
        let Self { roll, only_these } = self;
        let mut sieve = Sieve { members: roll.on(window.start), only_these: *only_these };
        let mut start = window.start;
        for changes in roll.changes(window.start, window.end).chunk_by(|one, other| one.day == other.day) {
            let end = changes.first().map_or(start, |change| change.day);
            each(Window { start, end }, &sieve);
            changes.iter().for_each(|change| sieve.change(*change));
            start = end;
        }
        each(Window { start, end: window.end }, &sieve);
    }

    /// Gives spans, which come in order, each with who counts when it begins and what changes on the roll before it ends.
    pub(super) fn spans<'a>(&self, spans: impl Iterator<Item = Span<'a>>, mut each: impl FnMut(Span<'a>, &Sieve, &[Change])) {
        let Self { roll, only_these } = self;
        let mut known: Option<(NaiveDate, Sieve)> = None;
        for span in spans {
            let Window { start, end } = span.window;
            let sieve = match known.take() {
                None => Sieve { members: roll.on(start), only_these: *only_these },
                Some((day, mut sieve)) => {
                    let until = start.succ_opt().unwrap_or(NaiveDate::MAX);
                    roll.changes(day, until).iter().for_each(|change| sieve.change(*change));
                    sieve
                }
            };
            each(span, &sieve, roll.changes(start, end));
            known = Some((start, sieve));
        }
    }
}

/// Lets those members pass who count.
#[derive(Debug)]
pub(super) struct Sieve {
    members: RoaringBitmap,
    /// Whether these members pass, or all others.
    only_these: bool,
}

impl Sieve {
    pub(super) fn passes(&self, member: MemberNumber) -> bool {
        self.members.contains(member) == self.only_these
    }

    /// How many of them pass.
    pub(super) fn passing(&self, members: &RoaringBitmap) -> u64 {
        if self.only_these { members.intersection_len(&self.members) } else { members.difference_len(&self.members) }
    }

    /// Leaves those who pass.
    pub(super) fn strain(&self, members: &mut RoaringBitmap) {
        if self.only_these {
            *members &= &self.members;
        } else {
            *members -= &self.members;
        }
    }

    /// Those who pass; the same set where all of them do.
    pub(super) fn strained<'a>(&self, members: &'a RoaringBitmap) -> Cow<'a, RoaringBitmap> {
        if self.only_these {
            Cow::Owned(members & &self.members)
        } else if members.is_disjoint(&self.members) {
            Cow::Borrowed(members)
        } else {
            Cow::Owned(members - &self.members)
        }
    }

    /// The same for these members; what it says of others does not matter.
    pub(super) fn among(&self, members: &RoaringBitmap) -> Self {
        Self { members: &self.members & members, only_these: self.only_these }
    }

    pub(super) fn change(&mut self, change: Change) {
        if change.begins {
            self.members.insert(change.member);
        } else {
            self.members.remove(change.member);
        }
    }
}
