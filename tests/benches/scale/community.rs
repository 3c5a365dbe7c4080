//! What happens in a community in over two years, the same at every run: a few do most of it, and people come and go.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, Days, NaiveDate};

use crate::dice::Dice;

/// What the series of a benchmark asks for: the last twelve months of the story.
pub(crate) const ASKED: &str = "/v1/metrics/active_rate?from=2024-02-01&to=2025-02-01&granularity=MONTH";
/// Events of one body.
const BATCH: usize = 5_000;
const DAYS: usize = 790;
const PLATFORMS: [&str; 3] = ["forum", "git", "chat"];
const CHANNELS: usize = 4;
const ACTIVITIES: [&str; 10] = [
    "visit",
    "reply",
    "content_viewed",
    "reaction",
    "topic_opened",
    "event_attended",
    "code_contribution",
    "review",
    "content_published",
    "talk",
];

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 12, 10).expect("a day")
}

/// Events in the order in which they happen.
pub(crate) struct Story {
    dice: Dice,
    members: usize,
    /// From when to when somebody is there, in days.
    stays: Vec<(usize, usize)>,
    /// By day, who comes and who goes.
    moves: BTreeMap<usize, Vec<(usize, &'static str)>>,
    deeds: usize,
    told: usize,
    day: usize,
    number: usize,
}

impl Story {
    pub(crate) fn new(members: usize, events: usize) -> Self {
        let mut dice = Dice(2_026);
        let mut moves: BTreeMap<usize, Vec<(usize, &'static str)>> = BTreeMap::new();
        let stay = |member: usize| {
            // A tenth is there from the beginning.
            let from = (member * DAYS / members).saturating_sub(DAYS / 10);
            let until = if dice.below(10) == 0 { from + 30 + dice.below(400) } else { DAYS };
            moves.entry(from).or_default().push((member, "member_joined"));
            if until < DAYS {
                moves.entry(until).or_default().push((member, "member_left"));
            }
            (from, until)
        };
        let stays = (0..members).map(stay).collect();
        let of_moves: usize = moves.values().map(Vec::len).sum();
        Self { dice, members, stays, moves, deeds: events.saturating_sub(of_moves), told: 0, day: 0, number: 0 }
    }

    /// The next events in bodies of NDJSON, at least as many; none at the end.
    pub(crate) fn bodies(&mut self, events: usize) -> Vec<String> {
        let mut lines = Vec::with_capacity(events);
        while lines.len() < events && self.day < DAYS {
            for (member, activity) in self.moves.remove(&self.day).unwrap_or_default() {
                lines.push(self.line(member, activity));
            }
            let until = self.deeds * (self.day + 1) / DAYS;
            while self.told < until {
                self.told += 1;
                let (member, activity) = (self.somebody(), self.activity());
                lines.push(self.line(member, activity));
            }
            self.day += 1;
        }
        lines.chunks(BATCH).map(<[String]>::concat).collect()
    }

    /// One of those who are there: the k-th of all is met as often as one k-th of the first.
    fn somebody(&mut self) -> usize {
        loop {
            let rank = (self.members as f64).powf(self.share()) as usize - 1;
            let member = rank * 7_919 % self.members;
            let (from, until) = self.stays[member];
            if from <= self.day && self.day < until {
                return member;
            }
        }
    }

    fn share(&mut self) -> f64 {
        self.dice.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    /// The first are ten times as frequent as the last.
    fn activity(&mut self) -> &'static str {
        ACTIVITIES[(10_f64.powf(self.share()) - 1.0) as usize]
    }

    fn line(&mut self, member: usize, activity: &str) -> String {
        let platform = PLATFORMS[member % PLATFORMS.len()];
        let channel = format!("{platform}-{}", self.dice.below(CHANNELS));
        self.number += 1;
        line((platform, &channel), &format!("e{}", self.number), activity, member, (self.day, self.dice.below(86_400)))
    }
}

/// Something that is told when the story is over, of one of its last days.
pub(crate) fn late(number: usize) -> String {
    line(("forum", "forum-0"), &format!("late-{number}"), "reply", 3, (DAYS - 2, 60 * number))
}

/// What a member did at a platform and channel, on a day and at a second of it.
fn line((platform, channel): (&str, &str), source: &str, activity: &str, member: usize, (day, second): (usize, usize)) -> String {
    let midnight = (first() + Days::new(day as u64)).and_hms_opt(0, 0, 0).expect("a midnight").and_utc();
    let at = DateTime::from_timestamp(midnight.timestamp() + second as i64, 0).expect("an instant");
    let kind = match member % 500 {
        7 => "BOT",
        rest if rest % 50 == 9 => "STAFF",
        _ => "COMMUNITY",
    };
    let mut line = String::with_capacity(240);
    write!(
        line,
        r#"{{"platform":"{platform}","sourceId":"{source}","type":"{activity}","member":{{"type":"username","value":"{}"}},"memberKind":"{kind}","occurredAt":"{}","channel":"{channel}"}}"#,
        name(member),
        at.format("%Y-%m-%dT%H:%M:%SZ"),
    )
    .expect("write to a string");
    line.push('\n');
    line
}

fn name(member: usize) -> String {
    format!("member-{member}")
}

/// Where those are found who become staff in the course of a month, and when.
pub(crate) fn turning(members: usize) -> impl Iterator<Item = (String, NaiveDate)> {
    (0..40).map(move |number| {
        let member = (number * 7_919 * 3) % members;
        let account = format!("/v1/members?identity={}/USERNAME/{}", PLATFORMS[member % PLATFORMS.len()], name(member));
        (account, first() + Days::new(430 + 8 * number as u64))
    })
}
