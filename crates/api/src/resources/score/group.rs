//! Scores of cycles, teams and cascades on the wire.

use std::collections::HashMap;

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application::{CascadeStanding, GroupStanding, ObjectiveStanding};
use waymark_domain::id::Id;
use waymark_domain::objective::Objective;
use waymark_domain::scoring;

use crate::resources::objective::ObjectiveStatus;
use crate::resources::score::{ConfidenceCounts, MeanExplanation, Reason};
use crate::scalars::{Date, Decimal};

/// How the scores of objectives become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "scoring::GroupPolicy")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GroupPolicy {
    /// The plain mean: every objective counts the same, whatever its weight.
    Equal,
    /// The mean by the objectives' weights.
    Weighted,
    /// The lowest score: a group is as far as the objective that is furthest behind.
    Weakest,
}

/// What the objectives of a cycle, of one team or of all, are worth together on a day.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupScore {
    #[schema(value_type = String, example = "cyc_01h455vb4pex5vsknk084sn02q")]
    pub cycle_id: ID,
    /// The team whose objectives these are; null for all of the cycle.
    #[schema(value_type = Option<String>)]
    pub team_id: Option<ID>,
    /// The day the score is of, in the workspace's time zone.
    pub day: Date,
    pub policy: GroupPolicy,
    /// The score, from 0 to 1, half up to 4 decimals. Null where no objective counts.
    pub value: Option<Decimal>,
    /// Before it is rounded.
    pub raw: Option<Decimal>,
    /// Why there is no score.
    pub reason: Option<Reason>,
    /// Of the counted key results of the objectives that count.
    pub confidence: ConfidenceCounts,
    pub explanation: MeanExplanation,
    /// All objectives by team and number, counted or not.
    pub objectives: Vec<GroupedObjective>,
}

/// What an objective and all that support it, directly or through others, are worth together on a day.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CascadeScore {
    /// The objective at the top.
    #[schema(value_type = String, example = "obj_01h455vb4pex5vsknk084sn02q")]
    pub objective_id: ID,
    #[schema(example = "2026-Q4.acme.O1")]
    pub address: String,
    /// The day the score is of, in the workspace's time zone.
    pub day: Date,
    pub policy: GroupPolicy,
    /// The score, from 0 to 1, half up to 4 decimals. Null where no objective counts.
    pub value: Option<Decimal>,
    /// Before it is rounded.
    pub raw: Option<Decimal>,
    /// Why there is no score.
    pub reason: Option<Reason>,
    /// Of the counted key results of the objectives that count.
    pub confidence: ConfidenceCounts,
    pub explanation: MeanExplanation,
    /// The objective itself and those below it, from the top down, counted or not.
    pub objectives: Vec<GroupedObjective>,
}

/// One objective of a group, with its own score.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupedObjective {
    #[schema(value_type = String)]
    pub objective_id: ID,
    #[schema(example = "2026-Q4.devrel.O1")]
    pub address: String,
    #[schema(value_type = String)]
    pub team_id: ID,
    pub title: String,
    pub status: ObjectiveStatus,
    pub weight: Decimal,
    /// Its distance from the top of a cascade; 0 in other groups.
    pub depth: u32,
    /// Its score, from 0 to 1. Null where no key result of it counts.
    pub value: Option<Decimal>,
    /// Why there is no score.
    pub reason: Option<Reason>,
    /// The mean of the grades, once every counted key result has one.
    pub grade: Option<Decimal>,
    /// Of its counted key results.
    pub confidence: ConfidenceCounts,
}

impl From<GroupStanding> for GroupScore {
    fn from(standing: GroupStanding) -> Self {
        let GroupStanding { cycle, team, score, objectives, day } = standing;
        let scoring::GroupScore { policy, raw, value, reason, confidence, explanation } = score;
        Self {
            cycle_id: cycle.to_string().into(),
            team_id: team.map(|team| team.to_string().into()),
            day: Date(day),
            policy: policy.into(),
            value: value.map(Decimal),
            raw: raw.map(Decimal),
            reason: reason.map(Into::into),
            confidence: confidence.into(),
            explanation: explained(explanation, &objectives),
            objectives: objectives.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CascadeStanding> for CascadeScore {
    fn from(standing: CascadeStanding) -> Self {
        let CascadeStanding { top, score, objectives, day } = standing;
        let scoring::GroupScore { policy, raw, value, reason, confidence, explanation } = score;
        Self {
            objective_id: top.id.to_string().into(),
            address: top.address.to_string(),
            day: Date(day),
            policy: policy.into(),
            value: value.map(Decimal),
            raw: raw.map(Decimal),
            reason: reason.map(Into::into),
            confidence: confidence.into(),
            explanation: explained(explanation, &objectives),
            objectives: objectives.into_iter().map(Into::into).collect(),
        }
    }
}

fn explained(mean: scoring::Mean<Id<Objective>>, objectives: &[ObjectiveStanding]) -> MeanExplanation {
    let addresses: HashMap<_, _> =
        objectives.iter().map(|standing| (standing.objective.id, standing.objective.address.to_string())).collect();
    MeanExplanation::of(mean, |id| addresses.get(&id).cloned().unwrap_or_default())
}

impl From<ObjectiveStanding> for GroupedObjective {
    fn from(standing: ObjectiveStanding) -> Self {
        let ObjectiveStanding { objective, score, key_results: _, depth, day: _ } = standing;
        let scoring::ObjectiveScore { raw: _, value, reason, grade, confidence, explanation: _ } = score;
        Self {
            objective_id: objective.id.to_string().into(),
            address: objective.address.to_string(),
            team_id: objective.team.to_string().into(),
            title: objective.title,
            status: objective.status.into(),
            weight: objective.weight.into(),
            depth: u32::try_from(depth).unwrap_or(u32::MAX),
            value: value.map(Decimal),
            reason: reason.map(Into::into),
            grade: grade.map(Decimal),
            confidence: confidence.into(),
        }
    }
}
