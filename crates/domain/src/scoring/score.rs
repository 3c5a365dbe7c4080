//! The score of a key result on a day.

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::arithmetic::{ALMOST_ONE, clamped_and_rounded, is_share};
use super::confidence::{self, StatedConfidence};
use super::explanation::{Explanation, Guarded, ROUNDING};
use super::readings::{Readings, counts_by_period};
use super::worked::{Standing, Worked};
use super::{allowed, formula, milestone, ordinal, rate, reach, sample_test, share};
use crate::check_in::{CheckIn, Reading, Zone};
use crate::key_result::{KeyResult, KeyResultStatus};
use crate::measure::{Measure, Policy};
use crate::milestone_step::MilestoneStep;

/// What is known of one key result. For a score of the past: what was known then.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub key_result: &'a KeyResult,
    /// Its check-ins in any order, each with the revision that holds.
    pub check_ins: &'a [CheckIn],
    /// Its steps in any order; empty for a milestone that is done or not.
    pub steps: &'a [MilestoneStep],
    /// What had to hold for those of its check-ins that a metric told under a guardrail, in any order.
    pub guarded: &'a [Guarded],
}

/// Why there is no number, or why the number is 0 although nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// No check-in so far has a reading that counts: the score is 0, and it does count.
    NoCheckIn,
    /// The test's sample is still too small: the score is 0, and it does count.
    Inconclusive,
    /// The metric that has to hold for the newest reading to count did not: the score is 0, and it does count.
    GuardrailNotHeld,
    /// The target, a bound or the pass threshold is missing: no score.
    NoTarget,
    /// The baseline is missing where the way from it is measured: no score.
    NoBaseline,
    /// Baseline and target are the same, so there is no way to measure: no score.
    BaselineEqualsTarget,
    /// The sample size of a test is missing: no score.
    NoSampleSize,
    /// The key result does not apply any more: it does not count.
    NotApplicable,
    /// The key result or objective is cancelled: it does not count.
    Cancelled,
    /// The key result is left out on purpose: it does not count.
    Excluded,
    /// The objective is a draft: it does not count.
    Draft,
    /// The objective is on the "not now" list: it does not count.
    Parked,
    /// The objective has no key result that counts: no score.
    NoKeyResult,
    /// The group has no objective that counts: no score.
    NoObjective,
    /// All weights are 0: no score.
    AllWeightsZero,
    /// The day lies before the start: nothing is expected yet.
    NotStarted,
    /// It is done at once, so nothing can be expected on the way to the due date.
    NotGradual,
    /// The day lies after the due date: there is nothing left to forecast.
    PastDue,
    /// Readings of this kind have no trend that leads to one value at the due date.
    NoTrend,
    /// A trend needs at least 5 readings on at least 3 days.
    TooFewPoints,
}

/// Four things apart: the raw ratio, the score, the confidence and the grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The ratio as computed, to 28 digits: below 0 when it went the wrong way, above 1 when the
    /// target is surpassed. Absent where nothing has been measured.
    pub raw: Option<Decimal>,
    /// From 0 to 1, half up to 4 decimals. Absent exactly when the key result does not count.
    pub value: Option<Decimal>,
    /// Why there is no value, or why it is 0 without a measurement.
    pub reason: Option<Reason>,
    /// The zone that has been reached. `TARGET` or `NONE` where the measure names no other value.
    /// By the `SHARE` policy it is the least zone of all planned weeks so far. Absent with `raw`.
    pub zone: Option<Zone>,
    /// Whether the target is met. Absent with `raw`: nothing has been measured that could say so.
    pub met: Option<bool>,
    /// The newest stated confidence, with the day it was stated.
    pub confidence: Option<StatedConfidence>,
    /// Whether the newest planned week that is over has no stated confidence: what stands in
    /// `confidence` is then from before that week.
    pub confidence_is_stale: bool,
    /// The final judgement of a person, from 0 to 1.
    pub grade: Option<Decimal>,
    pub explanation: Explanation,
}

/// The newest value that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    pub value: Decimal,
    /// The day that was measured.
    pub on: NaiveDate,
}

/// The newest value that counts at the end of `day`; nothing for zones and steps, which are no values.
pub fn newest(facts: &Facts<'_>, day: NaiveDate) -> Option<Newest> {
    let readings = Readings::of(facts, day);
    let measured = readings.newest()?;
    match measured.reading {
        Reading::Value(value) | Reading::Sample { value, .. } => Some(Newest { value: value.value(), on: measured.check_in.on }),
        Reading::Zone(_) => None,
    }
}

/// The score at the end of `day`: later check-ins and steps are not looked at.
///
/// A reading dated after the due date changes nothing, whatever the kind; it is listed as ignored.
/// A reading from before the start is used where only the newest reading counts and there is none
/// since the start, never for a share or a rate.
pub fn of(facts: &Facts<'_>, day: NaiveDate, week_start: Weekday) -> Score {
    let key_result = facts.key_result;
    let readings = Readings::of(facts, day);
    let worked = match not_counted(key_result.status) {
        Some(reason) => Worked::not_counted(reason),
        None => worked(facts, &readings, day, week_start),
    };
    let (confidence, confidence_is_stale) = confidence::stated(facts, day, week_start);
    let grade = key_result.grade.as_ref().map(|grade| grade.value.value());
    score(facts, worked, readings, Opinion { confidence, confidence_is_stale, grade })
}

/// What people said, as opposed to what was computed.
struct Opinion {
    confidence: Option<StatedConfidence>,
    confidence_is_stale: bool,
    grade: Option<Decimal>,
}

/// Why a key result of this status does not count.
pub(super) fn not_counted(status: KeyResultStatus) -> Option<Reason> {
    match status {
        KeyResultStatus::Active => None,
        KeyResultStatus::NotApplicable => Some(Reason::NotApplicable),
        KeyResultStatus::Cancelled => Some(Reason::Cancelled),
        KeyResultStatus::Excluded => Some(Reason::Excluded),
    }
}

fn worked(facts: &Facts<'_>, readings: &Readings<'_>, day: NaiveDate, week_start: Weekday) -> Worked {
    let key_result = facts.key_result;
    match &key_result.measure {
        Measure::Reach { baseline, target, zones } => reach::worked(*baseline, *target, zones, readings),
        measure @ (Measure::Threshold { policy, baseline, .. } | Measure::Between { policy, baseline, .. }) => {
            match (allowed::of(measure), policy) {
                (None, _) => Worked::not_counted(Reason::NoTarget),
                (Some(allowed), Policy::Latest) => allowed::worked(&allowed, *baseline, readings),
                (Some(allowed), Policy::Share) => share::worked(&allowed, key_result, readings, day, week_start),
            }
        }
        Measure::Rate { .. } => rate::worked(key_result, readings, day, week_start),
        Measure::Milestone if facts.steps.is_empty() => milestone::worked_at_once(readings),
        Measure::Milestone => milestone::worked_by_steps(facts, day),
        Measure::Ordinal { .. } => ordinal::worked(readings),
        Measure::Test { side, threshold, strict, sample_size } => sample_test::worked(*side, *strict, *threshold, *sample_size, readings),
    }
}

fn score(facts: &Facts<'_>, worked: Worked, readings: Readings<'_>, opinion: Opinion) -> Score {
    let key_result = facts.key_result;
    let measure = &key_result.measure;
    let standing = worked.standing;
    let guardrail = readings.newest().and_then(|newest| newest.guarded).cloned();
    // Periods are judged one by one, each with its own guardrail.
    let is_held = counts_by_period(measure) || guardrail.as_ref().is_none_or(Guarded::holds);
    let is_spoilt = !is_held && matches!(standing, Standing::Measured { .. });
    let (value, is_capped) = if is_spoilt { (Some(Decimal::ZERO), false) } else { value(measure, standing) };
    let mut inputs = formula::definition(key_result);
    inputs.extend(worked.inputs);
    let raw = standing.raw();
    Score {
        raw,
        value,
        reason: if is_spoilt { Some(Reason::GuardrailNotHeld) } else { standing.reason() },
        zone: standing.zone().map(|zone| if is_spoilt { Zone::None } else { zone }),
        met: standing.met().map(|met| met && !is_spoilt),
        confidence: opinion.confidence,
        confidence_is_stale: opinion.confidence_is_stale,
        grade: opinion.grade,
        explanation: Explanation {
            kind: measure.kind(),
            formula: formula::text(measure, !facts.steps.is_empty()),
            filled: worked.filled,
            inputs,
            raw,
            is_clamped: raw.is_some_and(|raw| !is_share(raw)),
            is_capped,
            rounding: ROUNDING,
            periods: worked.periods,
            steps: worked.steps,
            ignored: readings.ignored,
            guardrail,
        },
    }
}

/// The score of a standing, and whether it was kept below 1 because a threshold is not met.
pub(super) fn value(measure: &Measure, standing: Standing) -> (Option<Decimal>, bool) {
    let (raw, met) = match standing {
        Standing::NotCounted(_) => return (None, false),
        Standing::Zero(_) => return (Some(Decimal::ZERO), false),
        Standing::Measured { raw, met, .. } => (raw, met),
    };
    let rounded = clamped_and_rounded(raw);
    let is_threshold = matches!(measure, Measure::Threshold { .. } | Measure::Between { .. });
    // A threshold is met or it is not: what is not met must not look as if it were.
    let is_capped = is_threshold && !met && rounded == Decimal::ONE;
    (Some(if is_capped { ALMOST_ONE } else { rounded }), is_capped)
}
