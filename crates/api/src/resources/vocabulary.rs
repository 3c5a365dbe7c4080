//! Closed sets of words that several resources share.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::{check_in, key_result, measure, objective, unit};

/// How sure the owner is that the key result will be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "check_in::Confidence")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Confidence {
    /// 0 in documents.
    OffTrack,
    /// 1 in documents.
    AtRisk,
    /// 2 in documents.
    OnTrack,
}

/// How a key result is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "measure::Kind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultKind {
    /// Move from the baseline to the target, up or down by their order.
    Reach,
    /// Keep the value at or above the target.
    AtLeast,
    /// Keep the value at or below the target.
    AtMost,
    /// Stay inside a band, bounds inclusive.
    Between,
    /// The average over the periods matters, not the end value.
    Rate,
    /// Done or not, or weighted steps with dates.
    Milestone,
    /// Commit, target and stretch described in words.
    Ordinal,
    /// An assumption, a sample size and a pass threshold.
    Test,
}

/// Whether a key result counts in its objective's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "key_result::KeyResultStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultStatus {
    /// It counts.
    Active,
    /// It does not apply any more.
    NotApplicable,
    Cancelled,
    /// It is left out on purpose.
    Excluded,
}

/// Where an objective stands in its life. Drafts, parked and cancelled ones do not count in scores of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "objective::ObjectiveStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveStatus {
    Draft,
    Published,
    /// On the "not now" list.
    Parked,
    Cancelled,
    Closed,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "check_in::Provenance")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    /// By a person or a script.
    Entered,
    Computed,
    /// From a document.
    Imported,
    /// From a metric.
    Metric,
    Overridden,
}

/// What the numbers of a key result count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "unit::UnitKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitKind {
    Number,
    Percent,
    /// With an ISO 4217 code such as `EUR` as label.
    Currency,
    /// With `ms`, `s`, `min`, `h`, `d` or `w` as label.
    Duration,
    Score,
    Count,
    /// With a label of its own.
    Custom,
}

/// The zone that has been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "check_in::Zone")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Zone {
    /// Not even the commitment.
    None,
    Commit,
    Target,
    Stretch,
}
