//! Scores: of key results, objectives, teams and cycles.

use std::collections::HashMap;

use waymark_domain::NaiveDate;
use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::objective::{Objective, ObjectiveFilter};
use waymark_domain::scoring::group::{self, GroupPolicy, GroupScore, ScoredObjective};
use waymark_domain::scoring::objective::{self as objective_scoring, ObjectiveScore, ScoredKeyResult};
use waymark_domain::scoring::pace::{self, Pace};
use waymark_domain::scoring::score::{self, Facts, Newest, Score};
use waymark_domain::team::Team;

use crate::app::{App, Today, require};
use crate::error::{Error, Result};
use crate::known::Known;
use crate::naming::Names;

/// A key result with what it is worth on a day.
#[derive(Clone, Debug)]
pub struct KeyResultStanding {
    pub key_result: KeyResult,
    pub score: Score,
    pub pace: Pace,
    /// The newest value that counts.
    pub newest: Option<Newest>,
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

/// The objectives of a cycle, of one team or of all, with what they are worth together.
#[derive(Clone, Debug)]
pub struct GroupStanding {
    pub cycle: Id<Cycle>,
    pub team: Option<Id<Team>>,
    pub score: GroupScore,
    /// By team and number.
    pub objectives: Vec<ObjectiveStanding>,
    pub day: NaiveDate,
}

impl App {
    pub async fn key_result_standing(&self, actor: &Actor, named: &str) -> Result<KeyResultStanding> {
        let key_result = self.key_result(actor, named).await?;
        let missing = || Error::not_found("key result", named);
        self.key_result_standings(actor, vec![key_result]).await?.pop().ok_or_else(missing)
    }

    /// What these key results are worth; those that do not exist are left out.
    pub async fn key_result_standings_by_id(&self, actor: &Actor, ids: &[Id<KeyResult>]) -> Result<Vec<KeyResultStanding>> {
        require(actor, Permission::Read)?;
        let key_results = self.store.key_results_by_id(actor.scope, ids).await?;
        self.key_result_standings(actor, key_results).await
    }

    /// What these key results are worth, in the same order.
    pub async fn key_result_standings(&self, actor: &Actor, key_results: Vec<KeyResult>) -> Result<Vec<KeyResultStanding>> {
        require(actor, Permission::Read)?;
        let today = self.day(actor).await?;
        self.key_results_worked(actor, key_results, today).await
    }

    async fn key_results_worked(&self, actor: &Actor, key_results: Vec<KeyResult>, today: Today) -> Result<Vec<KeyResultStanding>> {
        let known = Known::of(&self.store, actor.scope, &key_results).await?;
        let standing = |key_result: KeyResult| {
            let id = key_result.id;
            let (check_ins, steps, guarded) = (known.check_ins(id), known.steps(id), known.guarded(id));
            let facts = Facts { key_result: &key_result, check_ins, steps, guarded };
            let score = score::of(&facts, today.date, today.week_start);
            let pace = pace::of(&facts, &score, today.date);
            let newest = score::newest(&facts, today.date);
            KeyResultStanding { score, pace, newest, day: today.date, key_result }
        };
        Ok(key_results.into_iter().map(standing).collect())
    }

    pub async fn objective_standing(&self, actor: &Actor, named: &str) -> Result<ObjectiveStanding> {
        let objective = self.objective(actor, named).await?;
        let missing = || Error::not_found("objective", named);
        self.objective_standings(actor, vec![objective]).await?.pop().ok_or_else(missing)
    }

    /// What these objectives are worth; those that do not exist are left out.
    pub async fn objective_standings_by_id(&self, actor: &Actor, ids: &[Id<Objective>]) -> Result<Vec<ObjectiveStanding>> {
        let objectives = self.objectives_by_id(actor, ids).await?;
        self.objective_standings(actor, objectives).await
    }

    /// What these objectives are worth, in the same order.
    pub async fn objective_standings(&self, actor: &Actor, objectives: Vec<Objective>) -> Result<Vec<ObjectiveStanding>> {
        require(actor, Permission::Read)?;
        let today = self.day(actor).await?;
        self.objectives_worked(actor, objectives, today).await
    }

    /// Six queries at most, however many objectives there are.
    pub(crate) async fn objectives_worked(
        &self,
        actor: &Actor,
        objectives: Vec<Objective>,
        today: Today,
    ) -> Result<Vec<ObjectiveStanding>> {
        let ids: Vec<Id<Objective>> = objectives.iter().map(|objective| objective.id).collect();
        let key_results = self.store.key_results_of(actor.scope, &ids).await?;
        let mut by_objective: HashMap<Id<Objective>, Vec<KeyResultStanding>> = HashMap::new();
        for standing in self.key_results_worked(actor, key_results, today).await? {
            by_objective.entry(standing.key_result.objective).or_default().push(standing);
        }
        let standing = |objective: Objective| {
            let key_results = by_objective.remove(&objective.id).unwrap_or_default();
            let parts: Vec<ScoredKeyResult<'_>> =
                key_results.iter().map(|standing| ScoredKeyResult { key_result: &standing.key_result, score: &standing.score }).collect();
            ObjectiveStanding { score: objective_scoring::of(&parts), key_results, depth: 0, day: today.date, objective }
        };
        Ok(objectives.into_iter().map(standing).collect())
    }

    /// The objectives of a cycle, of one team or of all, and what they are worth together.
    pub async fn cycle_standing(&self, actor: &Actor, cycle: &str, team: Option<&str>, policy: GroupPolicy) -> Result<GroupStanding> {
        require(actor, Permission::Read)?;
        let names = Names { store: &self.store, scope: actor.scope };
        let cycle = names.cycle(cycle).await?.id;
        let team = match team {
            Some(team) => Some(names.team(team).await?.id),
            None => None,
        };
        let mut standings = self.group_standings(actor, &[(cycle, team)], policy).await?;
        standings.pop().ok_or_else(|| Error::not_found("cycle", cycle))
    }

    /// What the objectives of each of these cycles, of one team or of all, are worth together; in the same order.
    pub async fn group_standings(
        &self,
        actor: &Actor,
        groups: &[(Id<Cycle>, Option<Id<Team>>)],
        policy: GroupPolicy,
    ) -> Result<Vec<GroupStanding>> {
        require(actor, Permission::Read)?;
        let cycles: Vec<Id<Cycle>> = groups.iter().map(|(cycle, _)| *cycle).collect();
        let objectives = self.store.objectives_in(actor.scope, &cycles, &ObjectiveFilter::default()).await?;
        let asked = |objective: &Objective| {
            groups.iter().any(|(cycle, team)| objective.cycle == *cycle && team.is_none_or(|team| objective.team == team))
        };
        let today = self.day(actor).await?;
        let standings = self.objectives_worked(actor, objectives.into_iter().filter(asked).collect(), today).await?;
        let group = |(cycle, team): &(Id<Cycle>, Option<Id<Team>>)| {
            let belongs = |standing: &&ObjectiveStanding| {
                standing.objective.cycle == *cycle && team.is_none_or(|team| standing.objective.team == team)
            };
            let objectives: Vec<ObjectiveStanding> = standings.iter().filter(belongs).cloned().collect();
            GroupStanding { cycle: *cycle, team: *team, score: together(&objectives, policy), objectives, day: today.date }
        };
        Ok(groups.iter().map(group).collect())
    }
}

/// What these objectives are worth by a policy.
pub(crate) fn together(objectives: &[ObjectiveStanding], policy: GroupPolicy) -> GroupScore {
    let parts: Vec<ScoredObjective<'_>> =
        objectives.iter().map(|standing| ScoredObjective { objective: &standing.objective, score: &standing.score }).collect();
    group::of(&parts, policy)
}
