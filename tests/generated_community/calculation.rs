//! The months of a community, calculated without any set, rollup or rule of the program.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

pub(super) struct Account {
    pub(super) person: u32,
    pub(super) platform: &'static str,
    pub(super) name: String,
    pub(super) kind: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) struct Deed {
    pub(super) activity: &'static str,
    pub(super) is_contribution: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum What {
    Joined,
    Left,
    Did(Deed),
}

pub(super) struct Event {
    /// A place in the list of accounts.
    pub(super) account: usize,
    pub(super) at: DateTime<Utc>,
    pub(super) what: What,
}

#[derive(Debug, PartialEq)]
pub(super) struct Month {
    pub(super) start: String,
    pub(super) end: String,
    pub(super) active: i64,
    /// Of the members at its end, those who did something, and those who contributed.
    pub(super) active_members: i64,
    pub(super) contributing_members: i64,
    pub(super) members: i64,
    pub(super) members_before: i64,
    pub(super) joined: i64,
    pub(super) left: i64,
}

impl What {
    pub(super) fn activity(self) -> &'static str {
        match self {
            Self::Joined => "member_joined",
            Self::Left => "member_left",
            Self::Did(deed) => deed.activity,
        }
    }
}

/// From November to April, by the clocks of a zone.
pub(super) fn figures(accounts: &[Account], events: &[Event], zone: &str) -> Vec<Month> {
    let zone: Tz = zone.parse().expect("a zone");
    let november = NaiveDate::from_ymd_opt(2025, 11, 1).expect("a day");
    (0..6).map(|months| month(accounts, events, november + Months::new(months), zone)).collect()
}

fn month(accounts: &[Account], events: &[Event], first: NaiveDate, zone: Tz) -> Month {
    let next = first + Months::new(1);
    let midnight = |day: NaiveDate| {
        zone.with_ymd_and_hms(day.year(), day.month(), day.day(), 0, 0, 0).earliest().expect("a midnight").with_timezone(&Utc)
    };
    let (start, end) = (midnight(first), midnight(next));
    let doing = |wanted: &dyn Fn(Deed) -> bool| -> BTreeSet<u32> {
        let is_meant = |event: &&Event| start <= event.at && event.at < end && matches!(event.what, What::Did(deed) if wanted(deed));
        let accounts = events.iter().filter(is_meant).map(|event| &accounts[event.account]);
        accounts.filter(|account| account.kind == "COMMUNITY").map(|account| account.person).collect()
    };
    let (active, contributing) = (doing(&|_| true), doing(&|deed| deed.is_contribution));
    let people: BTreeSet<u32> = accounts.iter().filter(|account| account.kind == "COMMUNITY").map(|account| account.person).collect();
    let members = |at| -> BTreeSet<u32> { people.iter().copied().filter(|person| is_member(accounts, events, *person, at)).collect() };
    let (before, after) = (members(start), members(end));
    let (mut joined, mut left) = (0, 0);
    for person in &people {
        // Every instant of the month at which anything can have changed for them, in order.
        let mut instants: Vec<_> = events.iter().filter(|event| accounts[event.account].person == *person).map(|event| event.at).collect();
        instants.retain(|at| start <= *at && *at < end);
        instants.sort_unstable();
        let mut is_in = before.contains(person);
        for at in instants {
            let is_in_now = is_member(accounts, events, *person, at + chrono::TimeDelta::microseconds(1));
            joined += i64::from(is_in_now && !is_in);
            left += i64::from(is_in && !is_in_now);
            is_in = is_in_now;
        }
    }
    let number = |count: usize| i64::try_from(count).expect("few people");
    Month {
        start: first.to_string(),
        end: next.to_string(),
        active: number(active.len()),
        active_members: number(active.intersection(&after).count()),
        contributing_members: number(contributing.intersection(&after).count()),
        members: number(after.len()),
        members_before: number(before.len()),
        joined,
        left,
    }
}

/// Whether any of a person's accounts belongs to its platform just before an instant.
fn is_member(accounts: &[Account], events: &[Event], person: u32, before: DateTime<Utc>) -> bool {
    (0..accounts.len()).filter(|account| accounts[*account].person == person).any(|account| {
        let mut of_account: Vec<&Event> = events.iter().filter(|event| event.account == account).collect();
        of_account.sort_by_key(|event| event.at);
        let (mut is_in, mut was_active) = (false, false);
        for event in of_account.into_iter().filter(|event| event.at < before) {
            match event.what {
                What::Joined => is_in = true,
                What::Left => is_in = false,
                // Only the first thing that somebody does makes them a member.
                What::Did(_) => {
                    is_in |= !was_active;
                    was_active = true;
                }
            }
        }
        is_in
    })
}
