//! How a score came about: every number that went into it, and where that number comes from.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::binding::Guardrail;
use crate::binding::reading::Guard;
use crate::check_in::{CheckIn, Provenance, Zone};
use crate::id::Id;
use crate::measure::Kind;
use crate::metric::target::Verdict;
use crate::milestone_step::MilestoneStep;

/// How raw ratios become scores.
pub const ROUNDING: &str = "clamped to 0 and 1, then rounded half up to 4 decimals";

/// The way from a key result's numbers to its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub kind: Kind,
    /// In letters, such as `(v − b) / (t − b)`: v is the value, b the baseline, t the target, l and
    /// u the bounds, n the sample size.
    pub formula: String,
    /// The same with numbers, such as `(4.1 − 2) / (5 − 2)`. Absent where nothing was computed.
    pub filled: Option<String>,
    /// The numbers of the definition, then the readings that were used. By the `SHARE` policy and for
    /// a `RATE` the readings stand in `periods`, for a milestone of steps in `steps`.
    pub inputs: Vec<Input>,
    pub raw: Option<Decimal>,
    /// Whether the raw ratio lies outside 0 to 1.
    pub is_clamped: bool,
    /// Whether the score is 0.9999 because the threshold is not met although the ratio rounds to 1.
    pub is_capped: bool,
    /// Always [`ROUNDING`].
    pub rounding: &'static str,
    /// The planned weeks of a share, or the weeks or months of a rate, so far, in order.
    pub periods: Vec<PeriodReading>,
    /// The steps of a milestone, in the order of their positions.
    pub steps: Vec<StepShare>,
    /// Readings up to the day that count for nothing, in order.
    pub ignored: Vec<IgnoredReading>,
    /// What had to hold for the newest reading, where a metric told it under a guardrail.
    pub guardrail: Option<Guarded>,
}

/// What a guardrail told of the window of a reading, and what it had to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// The check-in that the reading became.
    pub check_in: Id<CheckIn>,
    pub guardrail: Guardrail,
    pub guard: Guard,
}

impl Guarded {
    /// Whether what is read counts: where nothing can be said of the guardrail, it does.
    pub fn holds(&self) -> bool {
        self.guard.verdict != Verdict::NotMet
    }
}

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum InputName {
    Baseline,
    /// The target; of a test its pass threshold.
    Target,
    Lower,
    Upper,
    Commit,
    Stretch,
    /// The sample size a test needs.
    SampleSize,
    /// The reading that decides. Of an ordinal key result it is a zone.
    Value,
    /// The size of the sample so far.
    SamplesSoFar,
}

/// One number that went into a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: InputName,
    /// Absent where the definition lacks it, and for a zone.
    pub value: Option<Decimal>,
    pub zone: Option<Zone>,
    /// Where the number comes from; absent with the number itself. Numbers of the definition are entered, or imported and
    /// unchanged since.
    pub provenance: Option<Provenance>,
    /// The check-in it was read from, and the day that was measured.
    pub check_in: Option<Id<CheckIn>>,
    pub on: Option<NaiveDate>,
}

/// A week or month, and the newest reading in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodReading {
    /// First and last day, both included, within start and due date.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub value: Option<Decimal>,
    pub check_in: Option<Id<CheckIn>>,
    pub on: Option<NaiveDate>,
    pub provenance: Option<Provenance>,
    /// By the `SHARE` policy: whether the week counts as met. A missed week does not.
    pub is_met: Option<bool>,
    /// For a `RATE`: the ratio this period alone would have.
    pub ratio: Option<Decimal>,
    /// Whether the period is over and has no reading.
    pub is_missed: bool,
    /// Whether the guardrail of the reading held: where it did not, the period is not met, and no better than the baseline.
    /// None where it has none.
    pub guardrail_held: Option<bool>,
}

/// One step of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepShare {
    pub step: Id<MilestoneStep>,
    pub weight: Decimal,
    pub due: Option<NaiveDate>,
    /// The day it was done, where that is known by the day of the score.
    pub done_on: Option<NaiveDate>,
    /// Whether its weight counts as done: not when it was done after the key result's due date.
    pub is_counted: bool,
}

/// A reading that has no part in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IgnoredReading {
    pub check_in: Id<CheckIn>,
    pub on: NaiveDate,
    pub because: Ignoring,
}

/// Why a reading has no part in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Ignoring {
    /// It was measured after the due date.
    AfterDue,
    /// It was measured before the start, where weeks or months from the start on count.
    BeforeStart,
    /// It is not a reading of this measure: the kind has changed since, or steps decide.
    OtherKind,
}
