//! A community of a few people around the November of 2018 in São Paulo, whose fourth day has no midnight.

mod activities;
mod memberships;
mod oracle;
mod properties;
mod scale;
mod targets;
mod tiers;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use roaring::RoaringBitmap;

use super::community::Community;
use super::deed::{Activity, ActivityNumber, Choice, Deeds, MemberNumber, PlatformNumber, Record};
use super::merge::Merge;
use super::population::{Census, Including, Population, Spell};
use super::roll::Holding;
use super::window::Window;
use crate::activity_class::{Class, Knowledge};

const ZONE: Tz = Tz::America__Sao_Paulo;

const VISIT: ActivityNumber = ActivityNumber(0);
const REPLY: ActivityNumber = ActivityNumber(1);
const ANSWER: ActivityNumber = ActivityNumber(2);
const TALK: ActivityNumber = ActivityNumber(3);

/// Days are counted from the first of October 2018: 31 is the first of November, 34 the day without a midnight.
fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 10, 1).and_then(|first| first.checked_add_days(Days::new(number))).expect("a day")
}

fn window(start: u64, end: u64) -> Window {
    Window { start: day(start), end: day(end) }
}

const OCTOBER: (u64, u64) = (0, 31);
const NOVEMBER: (u64, u64) = (31, 61);
const DECEMBER: (u64, u64) = (61, 92);

fn month((start, end): (u64, u64)) -> Window {
    window(start, end)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Somebody did something once.
#[derive(Clone, Copy, Debug)]
struct Event {
    day: u64,
    member: MemberNumber,
    activity: ActivityNumber,
    platform: u32,
    channel: Option<u32>,
}

fn did(member: MemberNumber, day: u64, activity: ActivityNumber) -> Event {
    Event { day, member, activity, platform: 0, channel: None }
}

fn activities() -> Vec<Activity> {
    let activity = |class, knowledge| Activity { class: Some(class), knowledge };
    vec![
        activity(Class::Passive, Some(Knowledge::Consumed)),
        activity(Class::Participation, None),
        activity(Class::Contribution, Some(Knowledge::Created)),
        activity(Class::Leadership, Some(Knowledge::Shared)),
    ]
}

fn cells(events: &[Event]) -> Vec<Deeds> {
    let mut cells: BTreeMap<_, (Deeds, BTreeMap<MemberNumber, u32>)> = BTreeMap::new();
    for event in events {
        let empty = Deeds {
            day: day(event.day),
            platform: PlatformNumber(event.platform),
            channel: event.channel,
            activity: event.activity,
            members: RoaringBitmap::new(),
            more: Box::default(),
            nameless: 0,
        };
        let (cell, more) = cells.entry((event.day, event.platform, event.channel, event.activity)).or_insert((empty, BTreeMap::new()));
        if !cell.members.insert(event.member) {
            *more.entry(event.member).or_default() += 1;
        }
    }
    cells.into_values().rev().map(|(cell, more)| Deeds { more: more.into_iter().collect(), ..cell }).collect()
}

fn record(events: &[Event]) -> Record {
    Record::new(activities(), cells(events))
}

fn held(member: MemberNumber, from: u64, until: u64) -> Holding {
    Holding { member, from: Some(day(from)), until: Some(day(until)) }
}

fn spell(member: MemberNumber, start: &str, end: Option<&str>) -> Spell {
    Spell { member, start: at(start), end: end.map(at) }
}

fn population(census: &Census) -> Population {
    Population::new(ZONE, census, Including::default(), None)
}
