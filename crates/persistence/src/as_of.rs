//! OKRs as they stood at an instant, from the history of their states.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{ExprTrait, QueryOrder};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::address::Address;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{self, Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::{Objective, Support};
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::history::{Action, of_concept};
use crate::rows::history::{Column, Entity};
use crate::rows::{Versioned, key_result, milestone_step, objective, spelled};
use crate::store::Store;

/// Which things: all, by their own ids, or by what they belonged to.
#[derive(Clone, Copy)]
enum Of<'a> {
    All,
    These(&'a [Uuid]),
    About(&'a [Uuid]),
}

impl Store {
    /// All objectives of the workspace.
    pub async fn objectives_as_of(&self, scope: WorkspaceScope, at: DateTime<Utc>) -> Result<Vec<Objective>, Error> {
        let rows = self.rows_as_of(scope, Of::All, at).await?;
        self.objectives_from(scope, rows).await
    }

    pub async fn objectives_by_id_as_of(
        &self,
        scope: WorkspaceScope,
        ids: &[Id<Objective>],
        at: DateTime<Utc>,
    ) -> Result<Vec<Objective>, Error> {
        let rows = self.rows_as_of(scope, Of::These(&uuids(ids)), at).await?;
        self.objectives_from(scope, rows).await
    }

    pub async fn objectives_in_as_of(
        &self,
        scope: WorkspaceScope,
        cycles: &[Id<Cycle>],
        at: DateTime<Utc>,
    ) -> Result<Vec<Objective>, Error> {
        let rows = self.rows_as_of(scope, Of::About(&uuids(cycles)), at).await?;
        self.objectives_from(scope, rows).await
    }

    pub async fn key_results_by_id_as_of(
        &self,
        scope: WorkspaceScope,
        ids: &[Id<KeyResult>],
        at: DateTime<Utc>,
    ) -> Result<Vec<KeyResult>, Error> {
        let rows: Vec<key_result::Model> = self.rows_as_of(scope, Of::These(&uuids(ids)), at).await?;
        let parents: Vec<Id<Objective>> = rows.iter().map(|row| Id::from_uuid(row.objective_id)).collect();
        let objectives = self.objectives_by_id_as_of(scope, &parents, at).await?;
        key_results_from(rows, &objectives)
    }

    /// The key results that these objectives had.
    pub async fn key_results_of_as_of(
        &self,
        scope: WorkspaceScope,
        objectives: &[Objective],
        at: DateTime<Utc>,
    ) -> Result<Vec<KeyResult>, Error> {
        let ids: Vec<Uuid> = objectives.iter().map(|objective| objective.id.uuid()).collect();
        key_results_from(self.rows_as_of(scope, Of::About(&ids), at).await?, objectives)
    }

    pub async fn steps_of_as_of(
        &self,
        scope: WorkspaceScope,
        key_results: &[Id<KeyResult>],
        at: DateTime<Utc>,
    ) -> Result<Vec<MilestoneStep>, Error> {
        let rows: Vec<milestone_step::Model> = self.rows_as_of(scope, Of::About(&uuids(key_results)), at).await?;
        let mut steps = rows.into_iter().map(MilestoneStep::try_from).collect::<Result<Vec<_>, _>>()?;
        steps.sort_by_key(|step| (step.key_result, step.position));
        Ok(steps)
    }

    /// The newest state each had by then, unless it was deleted or had gone elsewhere.
    async fn rows_as_of<R: Versioned>(&self, scope: WorkspaceScope, of: Of<'_>, at: DateTime<Utc>) -> Result<Vec<R>, Error> {
        let mut known = Query::select()
            .column(Column::EntityId)
            .expr(Expr::col(Column::Version).max())
            .from(Entity)
            .and_where(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .and_where(Column::Concept.eq(spelled(R::CONCEPT)))
            .and_where(Column::RecordedAt.lte(at))
            .group_by_col(Column::EntityId)
            .to_owned();
        match of {
            Of::All => &mut known,
            Of::These(ids) => known.and_where(Column::EntityId.is_in(ids.iter().copied())),
            Of::About(subjects) => known.and_where(Column::EntityId.in_subquery(ever_about::<R>(scope, subjects))),
        };
        let key = Expr::tuple([Expr::col(Column::EntityId), Expr::col(Column::Version)]);
        let rows = of_concept(scope, R::CONCEPT)
            .filter(key.in_subquery(known))
            .filter(Column::Action.ne(spelled(Action::Deleted)))
            .order_by_asc(Column::EntityId)
            .all(&self.db())
            .await?;
        let still_there = |row: &R| match of {
            Of::All | Of::These(_) => true,
            Of::About(subjects) => row.about().is_some_and(|subject| subjects.contains(&subject)),
        };
        let states = rows.iter().map(|row| serde_json::from_str(&row.state).map_err(|error| Error::corrupt("state", error)));
        states.filter(|state| state.as_ref().map_or(true, still_there)).collect()
    }

    /// Keys never change, so that the present ones serve for any instant.
    async fn objectives_from(&self, scope: WorkspaceScope, rows: Vec<objective::Model>) -> Result<Vec<Objective>, Error> {
        let cycles = self.cycles_by_id(scope, &distinct(rows.iter().map(|row| row.cycle_id))).await?;
        let teams = self.teams_by_id(scope, &distinct(rows.iter().map(|row| row.team_id))).await?;
        let cycle_keys: HashMap<Uuid, String> = cycles.into_iter().map(|cycle| (cycle.id.uuid(), cycle.key)).collect();
        let team_keys: HashMap<Uuid, String> = teams.into_iter().map(|team| (team.id.uuid(), team.key)).collect();
        let mut objectives = Vec::with_capacity(rows.len());
        for row in rows {
            let (Some(cycle), Some(team)) = (cycle_keys.get(&row.cycle_id), team_keys.get(&row.team_id)) else { continue };
            let parent = row.parent.as_deref().map(support).transpose()?;
            let alignments = row.alignments.iter().map(|text| support(text)).collect::<Result<_, _>>()?;
            let around = objective::Surroundings { cycle_key: cycle.clone(), team_key: team.clone(), parent, alignments };
            objectives.push(row.objective(around)?);
        }
        objectives.sort_by(|a, b| a.address.cmp(&b.address));
        Ok(objectives)
    }
}

fn ever_about<R: Versioned>(scope: WorkspaceScope, subjects: &[Uuid]) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(Column::EntityId)
        .from(Entity)
        .and_where(Column::WorkspaceId.eq(scope.workspace().uuid()))
        .and_where(Column::Concept.eq(spelled(R::CONCEPT)))
        .and_where(Column::AboutId.is_in(subjects.iter().copied()))
        .to_owned()
}

fn key_results_from(rows: Vec<key_result::Model>, objectives: &[Objective]) -> Result<Vec<KeyResult>, Error> {
    let addresses: HashMap<Uuid, &Address> = objectives.iter().map(|objective| (objective.id.uuid(), &objective.address)).collect();
    let mut key_results = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(address) = addresses.get(&row.objective_id) else { continue };
        let around = key_result::Surroundings {
            cycle_key: address.cycle.clone(),
            team_key: address.team.clone(),
            objective_number: crate::rows::integer(address.number.objective),
        };
        key_results.push(row.key_result(around)?);
    }
    key_results.sort_by(|a, b| a.address.cmp(&b.address));
    Ok(key_results)
}

fn support(text: &str) -> Result<Support, Error> {
    match id::parts(text) {
        Some((prefix, uuid)) if prefix == Objective::PREFIX => Ok(Support::Objective(Id::from_uuid(uuid))),
        Some((prefix, uuid)) if prefix == KeyResult::PREFIX => Ok(Support::KeyResult(Id::from_uuid(uuid))),
        _ => Err(Error::corrupt("parent", text)),
    }
}

fn uuids<T: Named>(ids: &[Id<T>]) -> Vec<Uuid> {
    ids.iter().map(|id| id.uuid()).collect()
}

fn distinct<T: Named>(uuids: impl Iterator<Item = Uuid>) -> Vec<Id<T>> {
    let set: std::collections::BTreeSet<Uuid> = uuids.collect();
    set.into_iter().map(Id::from_uuid).collect()
}
