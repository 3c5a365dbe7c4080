//! The score of an objective on the wire.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application::ObjectiveStanding;
use waymark_domain::scoring;

use crate::resources::score::{ConfidenceCounts, KeyResultScore, MeanExplanation, Reason};
use crate::scalars::{Date, Decimal};

/// What an objective is worth on a day: the weighted mean of its key results.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveScore {
    #[schema(value_type = String, example = "obj_01h455vb4pex5vsknk084sn02q")]
    pub objective_id: ID,
    #[schema(example = "2026-Q4.devrel.O1")]
    pub address: String,
    /// The day the score is of, in the workspace's time zone.
    pub day: Date,
    /// The score, from 0 to 1, half up to 4 decimals. Null where no key result counts.
    pub value: Option<Decimal>,
    /// The mean before it is rounded.
    pub raw: Option<Decimal>,
    /// Why there is no score.
    pub reason: Option<Reason>,
    /// The mean of the grades by the same weights, once every counted key result has one.
    pub grade: Option<Decimal>,
    /// Of the counted key results.
    pub confidence: ConfidenceCounts,
    pub explanation: MeanExplanation,
    /// All key results of the objective in the order of their numbers, counted or not.
    pub key_results: Vec<KeyResultScore>,
}

impl From<ObjectiveStanding> for ObjectiveScore {
    fn from(standing: ObjectiveStanding) -> Self {
        let ObjectiveStanding { objective, score, key_results, depth: _, day } = standing;
        let scoring::ObjectiveScore { raw, value, reason, grade, confidence, explanation } = score;
        let addresses: HashMap<_, _> =
            key_results.iter().map(|standing| (standing.key_result.id, standing.key_result.address.to_string())).collect();
        Self {
            objective_id: objective.id.to_string().into(),
            address: objective.address.to_string(),
            day: Date(day),
            value: value.map(Decimal),
            raw: raw.map(Decimal),
            reason: reason.map(Into::into),
            grade: grade.map(Decimal),
            confidence: confidence.into(),
            explanation: MeanExplanation::of(explanation, |id| addresses.get(&id).cloned().unwrap_or_default()),
            key_results: key_results.into_iter().map(Into::into).collect(),
        }
    }
}
