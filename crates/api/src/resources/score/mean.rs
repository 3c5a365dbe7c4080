//! Means of scores on the wire: what went in, and what did not.

use std::fmt::Display;

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::scoring;

use crate::resources::confidence::Confidence;
use crate::resources::score::Reason;
use crate::scalars::Decimal;

/// How many of the counted key results stand at each confidence.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfidenceCounts {
    /// The most cautious of the stated ones; null where none is stated.
    pub lowest: Option<Confidence>,
    pub off_track: u32,
    pub at_risk: u32,
    pub on_track: u32,
    /// Key results without any stated confidence.
    pub unstated: u32,
    /// Key results, stated or not, whose newest planned week that is over has no stated confidence.
    pub stale: u32,
}

/// How a mean of scores came about.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeanExplanation {
    /// In letters: s is a score, w a weight, n their number.
    #[schema(example = "Σ w·s / Σ w")]
    pub formula: String,
    /// The same with numbers; null without a score, and for more than 20 of them.
    #[schema(example = "(1 + 0.4 + 0.24 + 0.37) / 4")]
    pub filled: Option<String>,
    /// How the result becomes the score.
    pub rounding: String,
    pub included: Vec<IncludedPart>,
    pub excluded: Vec<ExcludedPart>,
}

/// A score that counts in a mean.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IncludedPart {
    /// The key result or objective whose score this is.
    #[schema(value_type = String)]
    pub id: ID,
    /// Its address, such as `2026-Q4.devrel.O1-KR2`.
    pub address: String,
    /// The rounded score: what is shown for the part is what counts in the whole.
    pub score: Decimal,
    /// 1 where the policy does not weigh.
    pub weight: Decimal,
    /// Its part of the mean, from 0 to 1; null where there is no mean.
    pub share: Option<Decimal>,
}

/// What does not count in a mean, and why.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExcludedPart {
    /// The key result or objective that is left out.
    #[schema(value_type = String)]
    pub id: ID,
    /// Its address, such as `2026-Q4.devrel.O1-KR2`.
    pub address: String,
    pub reason: Reason,
}

impl From<scoring::ConfidenceCounts> for ConfidenceCounts {
    fn from(counts: scoring::ConfidenceCounts) -> Self {
        let scoring::ConfidenceCounts { lowest, off_track, at_risk, on_track, unstated, stale } = counts;
        Self { lowest: lowest.map(Into::into), off_track, at_risk, on_track, unstated, stale }
    }
}

impl MeanExplanation {
    /// `address` tells where the parts of the mean stand.
    pub(super) fn of<I: Copy + Display>(mean: scoring::Mean<I>, address: impl Fn(I) -> String) -> Self {
        let scoring::Mean { formula, filled, rounding, included, excluded } = mean;
        let included = included.into_iter().map(|share| {
            let scoring::Share { id, score, weight, share } = share;
            IncludedPart {
                id: id.to_string().into(),
                address: address(id),
                score: Decimal(score),
                weight: Decimal(weight),
                share: share.map(Decimal),
            }
        });
        let excluded = excluded.into_iter().map(|exclusion| {
            let scoring::Exclusion { id, reason } = exclusion;
            ExcludedPart { id: id.to_string().into(), address: address(id), reason: reason.into() }
        });
        Self {
            formula: formula.to_owned(),
            filled,
            rounding: rounding.to_owned(),
            included: included.collect(),
            excluded: excluded.collect(),
        }
    }
}
