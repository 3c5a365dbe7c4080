//! Who holds something on which days: a kind, a layer, a role, a property.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use roaring::RoaringBitmap;

use super::calendar::first_instant;
use super::deed::MemberNumber;
use super::stretch::{Held, Stretch, united, without};

/// A member holds something from a day up to but without another; an end that is absent is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holding {
    pub member: MemberNumber,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Holding {
    pub fn is_on(self, day: NaiveDate) -> bool {
        self.days().holds(day)
    }

    fn days(self) -> Stretch<NaiveDate> {
        Stretch { from: self.from.unwrap_or(NaiveDate::MIN), until: self.until.unwrap_or(NaiveDate::MAX) }
    }
}

/// Holdings for all time of those who have one on a day: for whoever asks by what people are now, not by what they were.
pub fn as_held_on(holdings: &[Holding], day: NaiveDate) -> Vec<Holding> {
    let held = holdings.iter().filter(|holding| holding.is_on(day));
    held.map(|holding| Holding { from: None, until: None, ..*holding }).collect()
}

/// Holdings by member and by day, so that one day is read at once and the changes after it one by one.
#[derive(Clone, Debug, Default)]
pub(super) struct Roll {
    held: Vec<Held<NaiveDate>>,
    /// In the order of their days. A member has at most one on a day, since stretches that touch are one.
    changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) day: NaiveDate,
    pub(super) member: MemberNumber,
    pub(super) begins: bool,
}

impl Roll {
    pub(super) fn new(holdings: impl Iterator<Item = Holding>) -> Self {
        Self::of(united(holdings.map(|holding| (holding.member, holding.days())).collect()))
    }

    /// The same, but for the days on which a member is on another roll.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self::of(without(&self.held, &other.held))
    }

    fn of(held: Vec<Held<NaiveDate>>) -> Self {
        let ends = |&(member, days): &Held<NaiveDate>| {
            [Change { day: days.from, member, begins: true }, Change { day: days.until, member, begins: false }]
        };
        let mut changes: Vec<Change> = held.iter().flat_map(ends).collect();
        changes.sort_by_key(|change| change.day);
        Self { held, changes }
    }

    pub(super) fn on(&self, day: NaiveDate) -> RoaringBitmap {
        self.held.iter().filter(|(_, days)| days.holds(day)).map(|(member, _)| *member).collect()
    }

    /// What changes on the days after one and before another.
    pub(super) fn changes(&self, after: NaiveDate, before: NaiveDate) -> &[Change] {
        let first = self.changes.partition_point(|change| change.day <= after);
        let end = self.changes.partition_point(|change| change.day < before);
        self.changes.get(first..end).unwrap_or_default()
    }

    /// The same stretches by the clocks of a zone.
    pub(super) fn instants(&self, zone: Tz) -> Vec<Held<DateTime<Utc>>> {
        let begin = |day: NaiveDate| match day {
            NaiveDate::MIN => DateTime::<Utc>::MIN_UTC,
            NaiveDate::MAX => DateTime::<Utc>::MAX_UTC,
            day => first_instant(day, zone),
        };
        self.held.iter().map(|(member, days)| (*member, Stretch { from: begin(days.from), until: begin(days.until) })).collect()
    }
}
