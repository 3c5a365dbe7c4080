//! Batches of scores: those that are asked for alike are computed together.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::scoring::GroupPolicy;
use waymark_domain::{DateTime, Utc, cycle, key_result, objective, team};

use super::{Batches, Loaded};
use crate::resources::score::{CascadeScore, GroupScore, KeyResultScore, ObjectiveScore};

/// As it was known at this instant, or now.
type AsOf = Option<DateTime<Utc>>;

/// The score of a key result.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultScoreOf(pub(crate) Id<key_result::KeyResult>, pub(crate) AsOf);

/// The score of an objective.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectiveScoreOf(pub(crate) Id<objective::Objective>, pub(crate) AsOf);

/// The score of a cycle, for one team or for all.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupScoreOf(pub(crate) Id<cycle::Cycle>, pub(crate) Option<Id<team::Team>>, pub(crate) GroupPolicy, pub(crate) AsOf);

/// The score of the cascade below an objective.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CascadeScoreOf(pub(crate) Id<objective::Objective>, pub(crate) GroupPolicy, pub(crate) AsOf);

/// The id of a cycle by its id or key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CycleNamed(pub(crate) String);

impl Loader<CycleNamed> for Batches {
    type Value = Id<cycle::Cycle>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CycleNamed]) -> Loaded<CycleNamed, Id<cycle::Cycle>> {
        let named: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = self.app.cycles_named(&self.actor, &named).await?;
        Ok(found.into_iter().map(|(named, cycle)| (CycleNamed(named), cycle.id)).collect())
    }
}

/// The id of a team by its id or key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TeamNamed(pub(crate) String);

impl Loader<TeamNamed> for Batches {
    type Value = Id<team::Team>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TeamNamed]) -> Loaded<TeamNamed, Id<team::Team>> {
        let named: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = self.app.teams_named(&self.actor, &named).await?;
        Ok(found.into_iter().map(|(named, team)| (TeamNamed(named), team.id)).collect())
    }
}

impl Loader<KeyResultScoreOf> for Batches {
    type Value = KeyResultScore;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[KeyResultScoreOf]) -> Loaded<KeyResultScoreOf, KeyResultScore> {
        let mut scores = HashMap::new();
        for (as_of, ids) in alike(keys.iter().map(|key| (key.1, key.0))) {
            let standings = self.app.key_result_standings_by_id(&self.actor, &ids, as_of).await?;
            scores.extend(standings.into_iter().map(|standing| (KeyResultScoreOf(standing.key_result.id, as_of), standing.into())));
        }
        Ok(scores)
    }
}

impl Loader<ObjectiveScoreOf> for Batches {
    type Value = ObjectiveScore;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ObjectiveScoreOf]) -> Loaded<ObjectiveScoreOf, ObjectiveScore> {
        let mut scores = HashMap::new();
        for (as_of, ids) in alike(keys.iter().map(|key| (key.1, key.0))) {
            let standings = self.app.objective_standings_by_id(&self.actor, &ids, as_of).await?;
            scores.extend(standings.into_iter().map(|standing| (ObjectiveScoreOf(standing.objective.id, as_of), standing.into())));
        }
        Ok(scores)
    }
}

impl Loader<GroupScoreOf> for Batches {
    type Value = GroupScore;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[GroupScoreOf]) -> Loaded<GroupScoreOf, GroupScore> {
        let mut scores = HashMap::new();
        for ((policy, as_of), groups) in alike(keys.iter().map(|key| ((key.2, key.3), (key.0, key.1)))) {
            let standings = self.app.group_standings(&self.actor, &groups, policy, as_of).await?;
            scores.extend(
                standings.into_iter().map(|standing| (GroupScoreOf(standing.cycle, standing.team, policy, as_of), standing.into())),
            );
        }
        Ok(scores)
    }
}

impl Loader<CascadeScoreOf> for Batches {
    type Value = CascadeScore;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CascadeScoreOf]) -> Loaded<CascadeScoreOf, CascadeScore> {
        let mut scores = HashMap::new();
        for ((policy, as_of), tops) in alike(keys.iter().map(|key| ((key.1, key.2), key.0))) {
            let standings = self.app.cascade_standings(&self.actor, &tops, policy, as_of).await?;
            scores.extend(standings.into_iter().map(|standing| (CascadeScoreOf(standing.top.id, policy, as_of), standing.into())));
        }
        Ok(scores)
    }
}

/// What is asked for in the same way; one request mostly asks in one way.
fn alike<K: Eq + Hash, T>(asked: impl Iterator<Item = (K, T)>) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (way, thing) in asked {
        groups.entry(way).or_default().push(thing);
    }
    groups
}
