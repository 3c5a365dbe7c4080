//! Batches of scores: those that are asked for alike are computed together.

use std::collections::HashMap;

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::scoring::GroupPolicy;
use waymark_domain::{cycle, key_result, objective, team};

use super::{Batch, Loaded, alike, single};
use crate::resources::score::{CascadeScore, GroupScore, KeyResultScore, ObjectiveScore};

/// The score of a key result.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultScoreOf(pub(crate) Id<key_result::KeyResult>);

/// The score of an objective.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectiveScoreOf(pub(crate) Id<objective::Objective>);

/// The score of a cycle, for one team or for all.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupScoreOf(pub(crate) Id<cycle::Cycle>, pub(crate) Option<Id<team::Team>>, pub(crate) GroupPolicy);

/// The score of the cascade below an objective.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CascadeScoreOf(pub(crate) Id<objective::Objective>, pub(crate) GroupPolicy);

/// The id of a cycle by its id or key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CycleNamed(pub(crate) String);

impl Batch for CycleNamed {
    type Value = Id<cycle::Cycle>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let named: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = app.cycles_named(actor, &named).await?;
        Ok(found.into_iter().map(|(named, cycle)| (CycleNamed(named), cycle.id)).collect())
    }
}

/// The id of a team by its id or key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TeamNamed(pub(crate) String);

impl Batch for TeamNamed {
    type Value = Id<team::Team>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let named: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = app.teams_named(actor, &named).await?;
        Ok(found.into_iter().map(|(named, team)| (TeamNamed(named), team.id)).collect())
    }
}

impl Batch for KeyResultScoreOf {
    type Value = KeyResultScore;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let standings = app.key_result_standings_by_id(actor, &ids).await?;
        Ok(single(standings, |standing| KeyResultScoreOf(standing.key_result.id)))
    }
}

impl Batch for ObjectiveScoreOf {
    type Value = ObjectiveScore;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let standings = app.objective_standings_by_id(actor, &ids).await?;
        Ok(single(standings, |standing| ObjectiveScoreOf(standing.objective.id)))
    }
}

impl Batch for GroupScoreOf {
    type Value = GroupScore;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut scores = HashMap::new();
        for (policy, groups) in alike(keys.iter().map(|key| (key.2, (key.0, key.1)))) {
            let standings = app.group_standings(actor, &groups, policy).await?;
            scores.extend(single(standings, |standing| GroupScoreOf(standing.cycle, standing.team, policy)));
        }
        Ok(scores)
    }
}

impl Batch for CascadeScoreOf {
    type Value = CascadeScore;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut scores = HashMap::new();
        for (policy, tops) in alike(keys.iter().map(|key| (key.1, key.0))) {
            let standings = app.cascade_standings(actor, &tops, policy).await?;
            scores.extend(single(standings, |standing| CascadeScoreOf(standing.top.id, policy)));
        }
        Ok(scores)
    }
}
