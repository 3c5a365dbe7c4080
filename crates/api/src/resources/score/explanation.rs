//! How the score of a key result came about, on the wire.

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::binding::Guardrail;
use waymark_domain::binding::reading::Guard;
use waymark_domain::scoring;

use crate::resources::measure::KeyResultKind;
use crate::resources::metric::{Comparator, Statistic, Verdict};
use crate::resources::provenance::Provenance;
use crate::resources::zone::Zone;
use crate::scalars::{Date, Decimal};

/// The way from a key result's numbers to its score.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreExplanation {
    pub kind: KeyResultKind,
    /// In letters: v is the value, b the baseline, t the target, l and u the bounds, n the sample size.
    #[schema(example = "(v − b) / (t − b)")]
    pub formula: String,
    /// The same with numbers; null where nothing was computed.
    #[schema(example = "(4.1 − 2) / (5 − 2)")]
    pub filled: Option<String>,
    /// The numbers of the definition, then the readings that were used. By the `SHARE` policy and for
    /// a `RATE` the readings stand in `periods`, for a milestone of steps in `steps`.
    pub inputs: Vec<ExplainedNumber>,
    /// The ratio as computed: below 0 when it went the wrong way, above 1 when the target is surpassed.
    pub raw: Option<Decimal>,
    /// Whether the raw ratio lies outside 0 to 1.
    pub is_clamped: bool,
    /// Whether the score is 0.9999 because the threshold is not met although the ratio rounds to 1.
    pub is_capped: bool,
    /// How the raw ratio becomes the score.
    #[schema(example = "clamped to 0 and 1, then rounded half up to 4 decimals")]
    pub rounding: String,
    /// The planned weeks of a share, or the weeks or months of a rate, so far, in order.
    pub periods: Vec<PeriodReading>,
    /// The steps of a milestone, in the order of their positions.
    pub steps: Vec<StepShare>,
    /// Readings up to the day that count for nothing, in order.
    pub ignored: Vec<IgnoredReading>,
    /// The guardrail of the newest reading; null where no metric told it, or none has to hold for it. Where it did not hold
    /// the score is 0, whatever the ratio. By the `SHARE` policy and for a `RATE` each period has its own.
    pub guardrail: Option<ExplainedGuardrail>,
}

/// A metric that had to hold for a reading to count: growth counts only if engagement held.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedGuardrail {
    /// Whether the reading counts; where nothing can be said of the guardrail, it does.
    pub is_held: bool,
    /// UNKNOWN where there is no value, or none before it to be held against, as while the window runs.
    pub verdict: Verdict,
    /// The key of the metric.
    #[schema(example = "engagement_rate")]
    pub metric: String,
    pub statistic: Statistic,
    /// On which side of the target it had to be; null where it had to be no worse than in the period before.
    pub comparator: Option<Comparator>,
    /// In the unit of the metric.
    pub target: Option<Decimal>,
    /// In the window of the reading.
    pub value: Option<Decimal>,
    /// In the period before, where it is held against that.
    pub before: Option<Decimal>,
    /// The check-in that the reading became.
    #[schema(value_type = String)]
    pub check_in_id: ID,
}

/// One number that went into a score.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedNumber {
    pub name: NumberName,
    /// Null where the definition lacks it, and for a zone.
    pub value: Option<Decimal>,
    pub zone: Option<Zone>,
    /// Where the number comes from; null with the number itself.
    pub provenance: Option<Provenance>,
    /// The check-in it was read from.
    #[schema(value_type = Option<String>)]
    pub check_in_id: Option<ID>,
    /// The day that was measured.
    pub on: Option<Date>,
}

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "scoring::InputName")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberName {
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

/// A week or month, and the newest reading in it.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodReading {
    /// First day, within start and due date.
    pub first: Date,
    /// Last day, itself included, within start and due date.
    pub last: Date,
    pub value: Option<Decimal>,
    /// The check-in it was read from.
    #[schema(value_type = Option<String>)]
    pub check_in_id: Option<ID>,
    /// The day that was measured.
    pub on: Option<Date>,
    pub provenance: Option<Provenance>,
    /// By the `SHARE` policy: whether the week counts as met. A missed week does not.
    pub is_met: Option<bool>,
    /// For a `RATE`: the ratio this period alone would have.
    pub ratio: Option<Decimal>,
    /// Whether the period is over and has no reading.
    pub is_missed: bool,
    /// Whether the guardrail of the reading held: where it did not, the period is not met, and no better than the baseline.
    /// Null where it has none.
    pub guardrail_held: Option<bool>,
}

/// One step of a milestone.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepShare {
    #[schema(value_type = String)]
    pub step_id: ID,
    pub weight: Decimal,
    pub due: Option<Date>,
    /// The day it was done, where that is known by the day of the score.
    pub done_on: Option<Date>,
    /// Whether its weight counts as done: not when it was done after the key result's due date.
    pub is_counted: bool,
}

/// A reading that has no part in the score.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredReading {
    #[schema(value_type = String)]
    pub check_in_id: ID,
    /// The day that was measured.
    pub on: Date,
    pub because: Ignoring,
}

/// Why a reading has no part in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "scoring::Ignoring")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ignoring {
    /// It was measured after the due date.
    AfterDue,
    /// It was measured before the start, where weeks or months from the start on count.
    BeforeStart,
    /// It is not a reading of this measure: the kind has changed since, or steps decide.
    OtherKind,
}

impl From<scoring::Explanation> for ScoreExplanation {
    fn from(explanation: scoring::Explanation) -> Self {
        let scoring::Explanation { kind, formula, filled, inputs, raw, is_clamped, is_capped, rounding, .. } = explanation;
        let scoring::Explanation { periods, steps, ignored, guardrail, .. } = explanation;
        Self {
            kind: kind.into(),
            formula,
            filled,
            inputs: inputs.into_iter().map(Into::into).collect(),
            raw: raw.map(Decimal),
            is_clamped,
            is_capped,
            rounding: rounding.to_owned(),
            periods: periods.into_iter().map(Into::into).collect(),
            steps: steps.into_iter().map(Into::into).collect(),
            ignored: ignored.into_iter().map(Into::into).collect(),
            guardrail: guardrail.map(Into::into),
        }
    }
}

impl From<scoring::Guarded> for ExplainedGuardrail {
    fn from(guarded: scoring::Guarded) -> Self {
        let is_held = guarded.holds();
        let scoring::Guarded { check_in, guardrail, guard } = guarded;
        let (Guardrail { gauge, target }, Guard { value, before, verdict }) = (guardrail, guard);
        Self {
            is_held,
            verdict: verdict.into(),
            metric: <&str>::from(gauge.metric).to_owned(),
            statistic: gauge.statistic.into(),
            comparator: target.map(|limit| limit.comparator.into()),
            target: target.map(|limit| limit.value.into()),
            value: value.map(Decimal),
            before: before.map(Decimal),
            check_in_id: check_in.to_string().into(),
        }
    }
}

impl From<scoring::Input> for ExplainedNumber {
    fn from(input: scoring::Input) -> Self {
        let scoring::Input { name, value, zone, provenance, check_in, on } = input;
        Self {
            name: name.into(),
            value: value.map(Decimal),
            zone: zone.map(Into::into),
            provenance: provenance.map(Into::into),
            check_in_id: check_in.map(|id| id.to_string().into()),
            on: on.map(Date),
        }
    }
}

impl From<scoring::PeriodReading> for PeriodReading {
    fn from(period: scoring::PeriodReading) -> Self {
        let scoring::PeriodReading { first, last, value, check_in, on, provenance, is_met, ratio, is_missed, guardrail_held } = period;
        Self {
            first: Date(first),
            last: Date(last),
            value: value.map(Decimal),
            check_in_id: check_in.map(|id| id.to_string().into()),
            on: on.map(Date),
            provenance: provenance.map(Into::into),
            is_met,
            ratio: ratio.map(Decimal),
            is_missed,
            guardrail_held,
        }
    }
}

impl From<scoring::StepShare> for StepShare {
    fn from(share: scoring::StepShare) -> Self {
        let scoring::StepShare { step, weight, due, done_on, is_counted } = share;
        Self { step_id: step.to_string().into(), weight: Decimal(weight), due: due.map(Date), done_on: done_on.map(Date), is_counted }
    }
}

impl From<scoring::IgnoredReading> for IgnoredReading {
    fn from(reading: scoring::IgnoredReading) -> Self {
        let scoring::IgnoredReading { check_in, on, because } = reading;
        Self { check_in_id: check_in.to_string().into(), on: Date(on), because: because.into() }
    }
}
