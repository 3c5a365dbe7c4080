//! What a key result measures, on the wire.

use async_graphql::{Enum, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::{checkpoint, measure as domain, unit};

use crate::scalars::{Date, Decimal};

/// How a key result is measured; each kind uses numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Kind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultKind {
    /// Move from `baseline` to `target`, up or down by their order.
    Reach,
    /// Keep the value at or above `target`.
    AtLeast,
    /// Keep the value at or below `target`.
    AtMost,
    /// Stay inside the band from `lower` to `upper`, bounds inclusive.
    Between,
    /// The average of the values over the periods matters, not the end value.
    Rate,
    /// Done or not, or weighted steps with dates.
    Milestone,
    /// `commitWords`, `targetWords` and `stretchWords` say what is reached at 0.3, 0.7 and 1.0.
    Ordinal,
    /// An assumption that passes or fails: `sampleSize`, and `target` as the threshold.
    Test,
}

/// How `AT_LEAST`, `AT_MOST` and `BETWEEN` turn check-ins into a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Policy")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ThresholdPolicy {
    /// The newest value decides.
    Latest,
    /// The share of planned check-ins that met the threshold; a missed week did not.
    Share,
}

/// What one value of a `RATE` covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Period")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Period {
    Week,
    Month,
}

/// On which side of its threshold a `TEST` passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Side")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Side {
    AtLeast,
    AtMost,
}

/// What the numbers of a key result count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "unit::UnitKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Unit {
    #[default]
    Number,
    Percent,
    /// `unitLabel` is an ISO 4217 code such as `EUR`.
    Currency,
    /// `unitLabel` is one of `ms`, `s`, `min`, `h`, `d` and `w`.
    Duration,
    Score,
    /// `unitLabel` may say what is counted, such as `members`.
    Count,
    /// `unitLabel` says which.
    Custom,
}

/// The value that is expected on a day, where the way from baseline to target is not linear.
#[derive(Clone, Copy, Debug, SimpleObject, InputObject, Serialize, Deserialize, ToSchema)]
#[graphql(input_name = "CheckpointInput")]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// A day after the start and before the due date.
    pub on: Date,
    pub value: Decimal,
}

impl From<checkpoint::Checkpoint> for Checkpoint {
    fn from(checkpoint: checkpoint::Checkpoint) -> Self {
        let checkpoint::Checkpoint { on, value } = checkpoint;
        Self { on: Date(on), value: value.into() }
    }
}

impl From<Checkpoint> for checkpoint::Checkpoint {
    fn from(checkpoint: Checkpoint) -> Self {
        let Checkpoint { on, value } = checkpoint;
        Self { on: on.0, value: value.entered() }
    }
}
