//! The score of a key result on the wire, with its pace and forecast.

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application::KeyResultStanding;
use waymark_domain::scoring;

use crate::resources::confidence::Confidence;
use crate::resources::score::{Reason, ScoreExplanation};
use crate::resources::zone::Zone;
use crate::scalars::{Date, Decimal};

/// What a key result is worth on a day. Four things apart: the raw ratio, the score, the confidence and the grade.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyResultScore {
    #[schema(value_type = String, example = "kr_01h455vb4pex5vsknk084sn02q")]
    pub key_result_id: ID,
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub address: String,
    /// The day the score is of, in the workspace's time zone.
    pub day: Date,
    /// The score, from 0 to 1, half up to 4 decimals. Null exactly when the key result does not count.
    pub value: Option<Decimal>,
    /// The ratio as computed: below 0 when it went the wrong way, above 1 when the target is surpassed. Null where
    /// nothing has been measured.
    pub raw: Option<Decimal>,
    /// Why there is no score, or why it is 0 without a measurement.
    pub reason: Option<Reason>,
    /// The zone that has been reached; null with `raw`.
    pub zone: Option<Zone>,
    /// Whether the target is met; null with `raw`.
    pub met: Option<bool>,
    /// The newest stated confidence; null where none was ever stated.
    pub confidence: Option<Confidence>,
    /// The day the confidence was stated for.
    pub confidence_on: Option<Date>,
    /// Whether the newest planned week that is over has no stated confidence: what stands in `confidence` is from before.
    pub confidence_is_stale: bool,
    /// The final judgement of a person, from 0 to 1.
    pub grade: Option<Decimal>,
    pub pace: Pace,
    pub forecast: Forecast,
    pub explanation: ScoreExplanation,
}

/// How far a key result should be, and how far ahead or behind it is.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pace {
    /// The expected ratio, to 4 decimals. Outside 0 to 1 where checkpoints are.
    pub expected_ratio: Option<Decimal>,
    /// The expected value, where there is one.
    pub expected_value: Option<Decimal>,
    /// What the expectation follows.
    pub basis: Option<PaceBasis>,
    /// The raw ratio less the expected one, to 4 decimals: below 0 when behind.
    pub gap: Option<Decimal>,
    /// Why nothing is expected.
    pub reason: Option<Reason>,
}

/// What the expected progress follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "scoring::PaceBasis")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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

/// Where the trend of the readings leads by the due date: a Theil–Sen line with a 95 % interval of the trend.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    pub expected: Option<Projection>,
    /// The lower bound by value: of a key result that goes down, the better one.
    pub low: Option<Projection>,
    /// The upper bound by value.
    pub high: Option<Projection>,
    /// Change of the value per day.
    pub slope: Option<Decimal>,
    /// Readings that were used, at most 60: the newest ones.
    pub points: u32,
    /// Why there is no forecast.
    pub reason: Option<Reason>,
}

/// A value on the due date, and what it would mean.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Projection {
    pub value: Decimal,
    /// The raw ratio of this value.
    pub raw: Decimal,
    /// The score of this value, from 0 to 1.
    pub score: Decimal,
}

impl From<KeyResultStanding> for KeyResultScore {
    fn from(standing: KeyResultStanding) -> Self {
        let KeyResultStanding { key_result, score, pace, newest: _, day } = standing;
        let scoring::Score { raw, value, reason, zone, met, confidence, confidence_is_stale, grade, explanation } = score;
        let scoring::Pace { expected, gap, reason: nothing_expected, forecast } = pace;
        Self {
            key_result_id: key_result.id.to_string().into(),
            address: key_result.address.to_string(),
            day: Date(day),
            value: value.map(Decimal),
            raw: raw.map(Decimal),
            reason: reason.map(Into::into),
            zone: zone.map(Into::into),
            met,
            confidence: confidence.map(|stated| stated.level.into()),
            confidence_on: confidence.map(|stated| Date(stated.on)),
            confidence_is_stale,
            grade: grade.map(Decimal),
            pace: Pace {
                expected_ratio: expected.map(|expected| Decimal(expected.ratio)),
                expected_value: expected.and_then(|expected| expected.value).map(Decimal),
                basis: expected.map(|expected| expected.basis.into()),
                gap: gap.map(Decimal),
                reason: nothing_expected.map(Into::into),
            },
            forecast: forecast.into(),
            explanation: explanation.into(),
        }
    }
}

impl From<scoring::Forecast> for Forecast {
    fn from(forecast: scoring::Forecast) -> Self {
        let scoring::Forecast { expected, low, high, slope, points, reason } = forecast;
        Self {
            expected: expected.map(Into::into),
            low: low.map(Into::into),
            high: high.map(Into::into),
            slope: slope.map(Decimal),
            points,
            reason: reason.map(Into::into),
        }
    }
}

impl From<scoring::Projection> for Projection {
    fn from(projection: scoring::Projection) -> Self {
        let scoring::Projection { value, raw, score } = projection;
        Self { value: Decimal(value), raw: Decimal(raw), score: Decimal(score) }
    }
}
