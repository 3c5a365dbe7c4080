//! Who came into a population and who went, and how.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use roaring::RoaringBitmap;

use super::deed::MemberNumber;
use super::evaluation::whole;
use super::recent::Recent;
use super::stretch::{Held, of};

/// What happened to the number of members in a window: `start + joined − left = end`, always.
///
/// Somebody who comes and goes several times counts each time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flow {
    pub start: i64,
    pub joined: i64,
    /// Those of `joined` who had been members before and had left.
    pub rejoined: i64,
    /// Those of `joined` who were members all along, and now count by their kind or segment.
    pub turned_in: i64,
    pub left: i64,
    /// Those of `left` who stay members, and no longer count by their kind or segment.
    pub turned_out: i64,
    pub end: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Joins for the first time of all.
    First,
    /// Joins after having left.
    Again,
    /// Leaves.
    Leaves,
    /// Stays a member, and begins or ceases to count.
    Turns,
}

#[derive(Clone, Copy, Debug)]
struct Crossing {
    at: DateTime<Utc>,
    member: MemberNumber,
    how: How,
}

/// Every coming and going, in the order of time.
#[derive(Debug)]
pub(super) struct Crossings {
    entries: Vec<Crossing>,
    exits: Vec<Crossing>,
    stations: Vec<Station>,
    /// Who was there at an instant: each series asks for the ends of its windows again.
    known: Recent<DateTime<Utc>, KEPT>,
}

/// Who is there after so many entries and exits: so that nobody counts from the beginning who asks who is there at an instant.
#[derive(Clone, Debug)]
struct Station {
    entries: usize,
    exits: usize,
    members: RoaringBitmap,
}

/// Stations of a population, where it is large.
const STATIONS: usize = 32;
/// Fewest crossings from one station to the next.
const LEAST_CROSSINGS: usize = 1_024;
/// Most instants of which it is kept who was there.
const KEPT: usize = 64;

impl Crossings {
    /// From the spells of members, and those parts of them that count.
    pub(super) fn new(spells: &[Held<DateTime<Utc>>], counted: &[Held<DateTime<Utc>>]) -> Self {
        let entry = |&(member, part): &Held<DateTime<Utc>>| {
            let how = match of(spells, member).iter().rfind(|(_, spell)| spell.from < part.from) {
                None => How::First,
                Some((_, spell)) if spell.until <= part.from => How::Again,
                Some(_) => How::Turns,
            };
            Crossing { at: part.from, member, how }
        };
        let exit = |&(member, part): &Held<DateTime<Utc>>| {
            let leaves = of(spells, member).iter().any(|(_, spell)| spell.until == part.until);
            Crossing { at: part.until, member, how: if leaves { How::Leaves } else { How::Turns } }
        };
        let goes = counted.iter().filter(|(_, part)| part.until < DateTime::<Utc>::MAX_UTC);
        Self {
            entries: in_order(counted.iter().map(entry)),
            exits: in_order(goes.map(exit)),
            stations: Vec::new(),
            known: Recent::default(),
        }
        .with_stations()
    }

    fn with_stations(mut self) -> Self {
        let apart = ((self.entries.len() + self.exits.len()) / STATIONS).max(LEAST_CROSSINGS);
        let mut station = Station { entries: 0, exits: 0, members: RoaringBitmap::new() };
        loop {
            let (entries, exits) = (self.entries.get(station.entries..), self.exits.get(station.exits..));
            let passed = station.pass(entries.unwrap_or_default(), exits.unwrap_or_default(), apart);
            if passed < apart {
                return self;
            }
            self.stations.push(station.clone());
        }
    }

    /// Those who are there up to an instant: not yet who comes at it, and still who goes at it.
    pub(super) fn members_at(&self, instant: DateTime<Utc>) -> Arc<RoaringBitmap> {
        self.known.of(&instant, || self.found_at(instant))
    }

    fn found_at(&self, instant: DateTime<Utc>) -> RoaringBitmap {
        let before = |crossings: &[Crossing]| crossings.partition_point(|crossing| crossing.at < instant);
        let (entries, exits) = (before(&self.entries), before(&self.exits));
        let passed = self.stations.partition_point(|station| station.entries <= entries && station.exits <= exits);
        let none = || Station { entries: 0, exits: 0, members: RoaringBitmap::new() };
        let mut station = passed.checked_sub(1).and_then(|last| self.stations.get(last).cloned()).unwrap_or_else(none);
        let (entered, left) = (self.entries.get(station.entries..entries), self.exits.get(station.exits..exits));
        station.pass(entered.unwrap_or_default(), left.unwrap_or_default(), usize::MAX);
        station.members
    }

    /// Between two instants, with the numbers of members at both.
    pub(super) fn flow(&self, from: DateTime<Utc>, until: DateTime<Utc>, start: u64, end: u64) -> Flow {
        let (entries, exits) = (between(&self.entries, from, until), between(&self.exits, from, until));
        let with = |crossings: &[Crossing], how| number(crossings.iter().filter(|crossing| crossing.how == how).count());
        Flow {
            start: whole(start),
            joined: number(entries.len()),
            rejoined: with(entries, How::Again),
            turned_in: with(entries, How::Turns),
            left: number(exits.len()),
            turned_out: with(exits, How::Turns),
            end: whole(end),
        }
    }

    /// Those who came between two instants in one of some ways.
    pub(super) fn joined(&self, from: DateTime<Utc>, until: DateTime<Utc>, is_meant: impl Fn(How) -> bool) -> RoaringBitmap {
        let meant = between(&self.entries, from, until).iter().filter(|crossing| is_meant(crossing.how));
        meant.map(|crossing| crossing.member).collect()
    }

    pub(super) fn left(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> RoaringBitmap {
        between(&self.exits, from, until).iter().map(|crossing| crossing.member).collect()
    }
}

impl Station {
    /// Takes the next crossings in the order of time, at most so many, and tells how many there were. Of one instant, exits come
    /// first: nobody goes at the instant at which they come.
    fn pass(&mut self, mut entries: &[Crossing], mut exits: &[Crossing], most: usize) -> usize {
        let mut passed = 0;
        while passed < most {
            match (entries.split_first(), exits.split_first()) {
                (Some((entry, rest)), exit) if exit.is_none_or(|(exit, _)| entry.at < exit.at) => {
                    self.members.insert(entry.member);
                    self.entries += 1;
                    entries = rest;
                }
                (_, Some((exit, rest))) => {
                    self.members.remove(exit.member);
                    self.exits += 1;
                    exits = rest;
                }
                (_, None) => break,
            }
            passed += 1;
        }
        passed
    }
}

fn in_order(crossings: impl Iterator<Item = Crossing>) -> Vec<Crossing> {
    let mut crossings: Vec<Crossing> = crossings.collect();
    crossings.sort_by_key(|crossing| crossing.at);
    crossings
}

fn between(crossings: &[Crossing], from: DateTime<Utc>, until: DateTime<Utc>) -> &[Crossing] {
    let first = crossings.partition_point(|crossing| crossing.at < from);
    let end = crossings.partition_point(|crossing| crossing.at < until);
    crossings.get(first..end).unwrap_or_default()
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
