//! The confidence people stated, with the day they did: it is never carried forward in silence.

use chrono::{NaiveDate, Weekday};

use super::score::{Facts, Score};
use super::spans;
use crate::check_in::{CheckIn, Confidence};
use crate::id::Id;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedConfidence {
    pub level: Confidence,
    pub on: NaiveDate,
    pub check_in: Id<CheckIn>,
}

/// How many of the counted key results stand at each confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConfidenceCounts {
    /// The most cautious of the stated ones; absent where none is stated.
    pub lowest: Option<Confidence>,
    pub off_track: u32,
    pub at_risk: u32,
    pub on_track: u32,
    /// Key results without any stated confidence.
    pub unstated: u32,
    /// Key results, stated or not, whose newest planned week that is over has no stated confidence.
    pub stale: u32,
}

/// The newest confidence by the end of `day`, and whether it is older than the newest planned week that is over.
pub(super) fn stated(facts: &Facts<'_>, day: NaiveDate, week_start: Weekday) -> (Option<StatedConfidence>, bool) {
    let newest = facts
        .check_ins
        .iter()
        .filter(|check_in| check_in.on <= day)
        .filter_map(|check_in| check_in.revision.confidence.map(|level| (check_in, level)))
        .max_by_key(|(check_in, _)| (check_in.on, check_in.created_at, check_in.id))
        .map(|(check_in, level)| StatedConfidence { level, on: check_in.on, check_in: check_in.id });
    let key_result = facts.key_result;
    let is_stale = spans::planned_weeks(key_result.start, key_result.due, week_start)
        .take_while(|week| week.last <= day)
        .last()
        .is_some_and(|week| newest.is_none_or(|stated| stated.on < week.first));
    (newest, is_stale)
}

impl ConfidenceCounts {
    /// Counts one key result.
    pub(super) fn add(&mut self, score: &Score) {
        self.stale = self.stale.saturating_add(u32::from(score.confidence_is_stale));
        let level = score.confidence.map(|stated| stated.level);
        let count = match level {
            None => &mut self.unstated,
            Some(Confidence::OffTrack) => &mut self.off_track,
            Some(Confidence::AtRisk) => &mut self.at_risk,
            Some(Confidence::OnTrack) => &mut self.on_track,
        };
        *count = count.saturating_add(1);
        self.lowest = lower(self.lowest, level);
    }

    /// Counts all that `other` counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.lowest = lower(self.lowest, other.lowest);
        self.off_track = self.off_track.saturating_add(other.off_track);
        self.at_risk = self.at_risk.saturating_add(other.at_risk);
        self.on_track = self.on_track.saturating_add(other.on_track);
        self.unstated = self.unstated.saturating_add(other.unstated);
        self.stale = self.stale.saturating_add(other.stale);
    }
}

fn lower(one: Option<Confidence>, other: Option<Confidence>) -> Option<Confidence> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
