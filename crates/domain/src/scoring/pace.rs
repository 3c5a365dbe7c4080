//! Pace: how far a key result should be on a day, and how far ahead or behind it is.

use std::iter;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::arithmetic::{add, div, mul, quantity_rounded, rounded, sub, way};
use super::forecast::{self, Forecast};
use super::score::{Facts, Reason, Score, not_counted};
use super::{allowed, milestone, ordinal, reach};
use crate::check_in::Zone;
use crate::checkpoint::Checkpoint;
use crate::key_result::KeyResult;
use crate::measure::Measure;
use crate::number::Quantity;

/// What the expected progress follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum PaceBasis {
    /// A straight line from the start to the due date.
    Linear,
    /// Straight lines from the baseline over the checkpoints to the target.
    Checkpoints,
    /// The weights of the steps that are due.
    Steps,
    /// Kept all the time: thresholds and rates are expected to be met from the start on.
    Kept,
    /// Done at once: the target is expected on the due date.
    AtDue,
}

/// How far a key result should be at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The expected ratio, half up to 4 decimals. Outside 0 to 1 where checkpoints are.
    pub ratio: Decimal,
    /// The expected value, where there is one, rounded to 12 decimals.
    pub value: Option<Decimal>,
    pub basis: PaceBasis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    pub expected: Option<Expected>,
    /// The raw ratio less the expected one, rounded to 4 decimals (halves away from 0): below 0 when
    /// behind. Where nothing has been measured, the score of 0 stands for the raw ratio.
    pub gap: Option<Decimal>,
    /// Why nothing is expected.
    pub reason: Option<Reason>,
    pub forecast: Forecast,
}

/// The pace at the end of `day`; `score` is the key result's score on that day.
pub fn of(facts: &Facts<'_>, score: &Score, day: NaiveDate) -> Pace {
    let forecast = forecast::of(facts, day);
    let expected = match score.value {
        None => Err(score.reason.unwrap_or(Reason::Excluded)),
        Some(_) => exact(facts, day),
    };
    match expected {
        Ok(exact) => {
            // What does not count for its guardrail is as far as its score of 0.
            let raw = score.raw.filter(|_| score.reason != Some(Reason::GuardrailNotHeld));
            let gap = raw.or(score.value).map(|ratio| rounded(sub(ratio, exact.ratio)));
            Pace { expected: Some(exact.rounded()), gap, reason: None, forecast }
        }
        Err(reason) => Pace { expected: None, gap: None, reason: Some(reason), forecast },
    }
}

/// What is expected at the end of `day`, for drawing the line of the plan: on any day from the start on,
/// after the due date the same as on it.
///
/// Linear between start and due date: on day d, `(d − start) / (due − start)` of the way. A `REACH`
/// with checkpoints follows straight lines through (start, baseline), the checkpoints strictly between
/// start and due date, and (due, target). A milestone follows the dates of its steps when each has one,
/// and a straight line otherwise.
pub fn expected_on(facts: &Facts<'_>, day: NaiveDate) -> Result<Expected, Reason> {
    exact(facts, day).map(Expected::rounded)
}

impl Expected {
    fn rounded(self) -> Self {
        Self { ratio: rounded(self.ratio), value: self.value.map(quantity_rounded), basis: self.basis }
    }
}

fn exact(facts: &Facts<'_>, day: NaiveDate) -> Result<Expected, Reason> {
    let key_result = facts.key_result;
    if let Some(reason) = not_counted(key_result.status) {
        return Err(reason);
    }
    if day < key_result.start {
        return Err(Reason::NotStarted);
    }
    let day = day.min(key_result.due);
    match &key_result.measure {
        Measure::Reach { baseline, target, zones: _ } => {
            let (baseline, target) = reach::ends(*baseline, *target)?;
            reach_on(key_result, baseline, target, day)
        }
        Measure::Rate { baseline, target, .. } => {
            let (_, target) = reach::ends(*baseline, *target)?;
            Ok(Expected { ratio: Decimal::ONE, value: Some(target), basis: PaceBasis::Kept })
        }
        measure @ (Measure::Threshold { .. } | Measure::Between { .. }) => match allowed::of(measure) {
            None => Err(Reason::NoTarget),
            Some(_) => Ok(Expected { ratio: Decimal::ONE, value: border(measure), basis: PaceBasis::Kept }),
        },
        Measure::Milestone if facts.steps.is_empty() => at_due(key_result, Decimal::ONE, day),
        Measure::Milestone => Ok(match milestone::due_by(facts.steps, day) {
            Some(ratio) => Expected { ratio, value: None, basis: PaceBasis::Steps },
            None => Expected { ratio: elapsed(key_result, day), value: None, basis: PaceBasis::Linear },
        }),
        Measure::Ordinal { .. } => at_due(key_result, ordinal::ratio(Zone::Target), day),
        Measure::Test { .. } => at_due(key_result, Decimal::ONE, day),
    }
}

fn border(measure: &Measure) -> Option<Decimal> {
    match measure {
        Measure::Threshold { target, .. } => target.map(Quantity::value),
        _ => None,
    }
}

fn at_due(key_result: &KeyResult, ratio: Decimal, day: NaiveDate) -> Result<Expected, Reason> {
    if day < key_result.due {
        return Err(Reason::NotGradual);
    }
    Ok(Expected { ratio, value: None, basis: PaceBasis::AtDue })
}

/// The part of the time from start to due date that is over: 1 from the due date on.
fn elapsed(key_result: &KeyResult, day: NaiveDate) -> Decimal {
    if day >= key_result.due {
        return Decimal::ONE;
    }
    way(days(key_result, day), Decimal::ZERO, days(key_result, key_result.due)).unwrap_or(Decimal::ONE)
}

fn days(key_result: &KeyResult, day: NaiveDate) -> Decimal {
    Decimal::from((day - key_result.start).num_days())
}

fn reach_on(key_result: &KeyResult, baseline: Decimal, target: Decimal, day: NaiveDate) -> Result<Expected, Reason> {
    let between = |checkpoint: &&Checkpoint| key_result.start < checkpoint.on && checkpoint.on < key_result.due;
    let mut checkpoints = key_result.checkpoints.iter().filter(between).peekable();
    let basis = if checkpoints.peek().is_some() { PaceBasis::Checkpoints } else { PaceBasis::Linear };
    let corners = checkpoints.map(|checkpoint| (checkpoint.on, checkpoint.value.value())).chain(iter::once((key_result.due, target)));
    let mut from = (key_result.start, baseline);
    for to in corners {
        if day < to.0 {
            let value = between_corners(key_result, from, to, day);
            let ratio = way(value, baseline, target).ok_or(Reason::BaselineEqualsTarget)?;
            return Ok(Expected { ratio, value: Some(value), basis });
        }
        from = to;
    }
    Ok(Expected { ratio: Decimal::ONE, value: Some(target), basis })
}

fn between_corners(key_result: &KeyResult, from: (NaiveDate, Decimal), to: (NaiveDate, Decimal), day: NaiveDate) -> Decimal {
    let (passed, whole) = (sub(days(key_result, day), days(key_result, from.0)), sub(days(key_result, to.0), days(key_result, from.0)));
    add(from.1, div(mul(sub(to.1, from.1), passed), whole).unwrap_or_default())
}
