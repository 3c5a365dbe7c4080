//! Scores: of key results, objectives, teams, cycles and cascades, now or as of an instant.

use std::collections::HashMap;

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::objective::{Objective, ObjectiveFilter};
use waymark_domain::scoring::group::{self, GroupPolicy, GroupScore, ScoredObjective};
use waymark_domain::scoring::objective::{self as objective_scoring, ObjectiveScore, ScoredKeyResult};
use waymark_domain::scoring::pace::{self, Pace};
use waymark_domain::scoring::score::{self, Facts, Score};
use waymark_domain::team::Team;
use waymark_domain::{DateTime, NaiveDate, Utc};

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::known::Known;
use crate::naming::Names;

/// A key result with what it is worth on a day.
#[derive(Clone, Debug)]
pub struct KeyResultStanding {
    pub key_result: KeyResult,
    pub score: Score,
    pub pace: Pace,
    pub day: NaiveDate,
}

/// An objective with what it and its key results are worth.
#[derive(Clone, Debug)]
pub struct ObjectiveStanding {
    pub objective: Objective,
    pub score: ObjectiveScore,
    pub key_results: Vec<KeyResultStanding>,
    /// Its distance from the top of a cascade; 0 elsewhere.
    pub depth: usize,
    pub day: NaiveDate,
}

/// Objectives with what they are worth together.
#[derive(Clone, Debug)]
pub struct GroupStanding {
    pub score: GroupScore,
    /// By team and number; in a cascade from the top down.
    pub objectives: Vec<ObjectiveStanding>,
    pub day: NaiveDate,
}

impl App {
    pub async fn key_result_standing(&self, actor: &Actor, named: &str, as_of: Option<DateTime<Utc>>) -> Result<KeyResultStanding> {
        let key_result = self.key_result(actor, named, as_of).await?;
        let missing = || Error::not_found("key result", named);
        self.key_result_standings(actor, vec![key_result], as_of).await?.pop().ok_or_else(missing)
    }

    /// What these key results are worth, in the same order.
    pub async fn key_result_standings(
        &self,
        actor: &Actor,
        key_results: Vec<KeyResult>,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Vec<KeyResultStanding>> {
        require(actor, Permission::Read)?;
        let today = self.day(&self.store, actor, as_of).await?;
        let known = Known::of(&self.store, actor.scope, &key_results, as_of).await?;
        let standing = |key_result: KeyResult| {
            let facts = Facts { key_result: &key_result, check_ins: known.check_ins(key_result.id), steps: known.steps(key_result.id) };
            let score = score::of(&facts, today.date, today.week_start);
            let pace = pace::of(&facts, &score, today.date);
            KeyResultStanding { score, pace, day: today.date, key_result }
        };
        Ok(key_results.into_iter().map(standing).collect())
    }

    pub async fn objective_standing(&self, actor: &Actor, named: &str, as_of: Option<DateTime<Utc>>) -> Result<ObjectiveStanding> {
        let objective = self.objective_as_of(actor, named, as_of).await?;
        let missing = || Error::not_found("objective", named);
        self.objective_standings(actor, vec![objective], as_of).await?.pop().ok_or_else(missing)
    }

    /// What these objectives are worth, in the same order.
    pub async fn objective_standings(
        &self,
        actor: &Actor,
        objectives: Vec<Objective>,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Vec<ObjectiveStanding>> {
        require(actor, Permission::Read)?;
        let day = self.day(&self.store, actor, as_of).await?.date;
        let ids: Vec<Id<Objective>> = objectives.iter().map(|objective| objective.id).collect();
        let key_results = match as_of {
            None => self.store.key_results_of(actor.scope, &ids).await?,
            Some(instant) => self.store.key_results_of_as_of(actor.scope, &objectives, instant).await?,
        };
        let mut by_objective: HashMap<Id<Objective>, Vec<KeyResultStanding>> = HashMap::new();
        for standing in self.key_result_standings(actor, key_results, as_of).await? {
            by_objective.entry(standing.key_result.objective).or_default().push(standing);
        }
        let standing = |objective: Objective| {
            let key_results = by_objective.remove(&objective.id).unwrap_or_default();
            let parts: Vec<ScoredKeyResult<'_>> =
                key_results.iter().map(|standing| ScoredKeyResult { key_result: &standing.key_result, score: &standing.score }).collect();
            ObjectiveStanding { score: objective_scoring::of(&parts), key_results, depth: 0, day, objective }
        };
        Ok(objectives.into_iter().map(standing).collect())
    }

    /// The objectives of a cycle, of one team or of all, and what they are worth together.
    pub async fn cycle_standing(
        &self,
        actor: &Actor,
        cycle: &str,
        team: Option<&str>,
        policy: GroupPolicy,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<GroupStanding> {
        require(actor, Permission::Read)?;
        let names = Names { store: &self.store, scope: actor.scope };
        let cycle = names.cycle(cycle).await?.id;
        let team = match team {
            Some(team) => Some(names.team(team).await?.id),
            None => None,
        };
        let mut standings = self.group_standings(actor, &[(cycle, team)], policy, as_of).await?;
        standings.pop().ok_or_else(|| Error::not_found("cycle", cycle))
    }

    /// What the objectives of each of these cycles, of one team or of all, are worth together; in the same order.
    pub async fn group_standings(
        &self,
        actor: &Actor,
        groups: &[(Id<Cycle>, Option<Id<Team>>)],
        policy: GroupPolicy,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Vec<GroupStanding>> {
        require(actor, Permission::Read)?;
        let cycles: Vec<Id<Cycle>> = groups.iter().map(|(cycle, _)| *cycle).collect();
        let objectives = match as_of {
            None => self.store.objectives_in(actor.scope, &cycles, &ObjectiveFilter::default()).await?,
            Some(instant) => self.store.objectives_in_as_of(actor.scope, &cycles, instant).await?,
        };
        let asked = |objective: &Objective| {
            groups.iter().any(|(cycle, team)| objective.cycle == *cycle && team.is_none_or(|team| objective.team == team))
        };
        let standings = self.objective_standings(actor, objectives.into_iter().filter(asked).collect(), as_of).await?;
        let day = self.day(&self.store, actor, as_of).await?.date;
        let group = |(cycle, team): &(Id<Cycle>, Option<Id<Team>>)| {
            let belongs = |standing: &&ObjectiveStanding| {
                standing.objective.cycle == *cycle && team.is_none_or(|team| standing.objective.team == team)
            };
            together(standings.iter().filter(belongs).cloned().collect(), policy, day)
        };
        Ok(groups.iter().map(group).collect())
    }

    /// An objective with all that support it, directly or through others, and what they are worth together.
    pub async fn cascade_standing(
        &self,
        actor: &Actor,
        objective: &str,
        policy: GroupPolicy,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<GroupStanding> {
        require(actor, Permission::Read)?;
        let top = self.objective_as_of(actor, objective, as_of).await?;
        let depths: HashMap<Id<Objective>, usize> = self.store.cascade_below(actor.scope, top.id).await?.into_iter().collect();
        let ids: Vec<Id<Objective>> = depths.keys().copied().collect();
        let objectives = match as_of {
            None => self.store.objectives_by_id(actor.scope, &ids).await?,
            Some(instant) => self.store.objectives_by_id_as_of(actor.scope, &ids, instant).await?,
        };
        let mut standings = self.objective_standings(actor, objectives, as_of).await?;
        for standing in &mut standings {
            standing.depth = depths.get(&standing.objective.id).copied().unwrap_or_default();
        }
        standings.sort_by_key(|standing| standing.depth);
        let day = self.day(&self.store, actor, as_of).await?.date;
        Ok(together(standings, policy, day))
    }

    /// An objective as it is, or as it stood at an instant.
    pub async fn objective_as_of(&self, actor: &Actor, named: &str, as_of: Option<DateTime<Utc>>) -> Result<Objective> {
        let Some(instant) = as_of else { return self.objective(actor, named).await };
        require(actor, Permission::Read)?;
        let missing = || Error::not_found("objective", named);
        // One that was deleted since is still found at an instant before.
        let id = Names { store: &self.store, scope: actor.scope }.objective_id(named).await?.ok_or_else(missing)?;
        self.store.objectives_by_id_as_of(actor.scope, &[id], instant).await?.pop().ok_or_else(missing)
    }
}

fn together(objectives: Vec<ObjectiveStanding>, policy: GroupPolicy, day: NaiveDate) -> GroupStanding {
    let parts: Vec<ScoredObjective<'_>> =
        objectives.iter().map(|standing| ScoredObjective { objective: &standing.objective, score: &standing.score }).collect();
    GroupStanding { score: group::of(&parts, policy), objectives, day }
}
