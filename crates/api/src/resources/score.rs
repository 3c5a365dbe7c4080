//! Scores on the wire: of key results, objectives, groups and cascades, each with its explanation.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::scoring;

use crate::scalars;

mod explanation;
mod group;
mod key_result;
mod line;
mod mean;
mod objective;

pub use explanation::{
    ExplainedGuardrail, ExplainedNumber, IgnoredReading, Ignoring, NumberName, PeriodReading, ScoreExplanation, StepShare,
};
pub use group::{CascadeScore, GroupPolicy, GroupScore, GroupedObjective};
pub use key_result::{Forecast, KeyResultScore, Pace, PaceBasis, Projection};
pub use line::{CycleScoresOf, ScoreFilter, ScoreRow, ScoreSort};
pub use mean::{ConfidenceCounts, ExcludedPart, IncludedPart, MeanExplanation};
pub use objective::ObjectiveScore;

/// Why there is no number, or why the number is 0 although nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "scoring::Reason")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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

/// What the score of a cycle is asked by.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CycleScoreParams {
    /// How the scores of objectives become one; `EQUAL` when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, inline, value_type = GroupPolicy)]
    pub policy: Option<GroupPolicy>,
    /// Id or key of a team, for its objectives alone.
    #[serde(default)]
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// As it was known at this instant; now when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, value_type = scalars::DateTime)]
    pub as_of: Option<scalars::DateTime>,
}

/// What the score of a team is asked by.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamScoreParams {
    /// Id or key of the cycle.
    #[param(example = "2026-Q4")]
    pub cycle: String,
    /// How the scores of objectives become one; `EQUAL` when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, inline, value_type = GroupPolicy)]
    pub policy: Option<GroupPolicy>,
    /// As it was known at this instant; now when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, value_type = scalars::DateTime)]
    pub as_of: Option<scalars::DateTime>,
}

/// What the score of a cascade is asked by.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CascadeScoreParams {
    /// How the scores of objectives become one; `EQUAL` when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, inline, value_type = GroupPolicy)]
    pub policy: Option<GroupPolicy>,
    /// As it was known at this instant; now when absent.
    #[serde(default)]
    #[param(required = false, nullable = false, value_type = scalars::DateTime)]
    pub as_of: Option<scalars::DateTime>,
}

/// The policy that was asked for.
pub(crate) fn policy(asked: Option<GroupPolicy>) -> scoring::GroupPolicy {
    asked.map_or(scoring::GroupPolicy::Equal, Into::into)
}
