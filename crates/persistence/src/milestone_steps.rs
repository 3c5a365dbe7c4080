//! Milestone steps in the database.

use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::milestone_step::MilestoneStep;

use crate::error::Error;
use crate::rows::milestone_step::{Column, Entity, Model};
use crate::store::{Store, Transaction};

impl Store {
    pub async fn steps_by_id(&self, scope: WorkspaceScope, ids: &[Id<MilestoneStep>]) -> Result<Vec<MilestoneStep>, Error> {
        self.steps_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The steps of these key results, in their order.
    pub async fn steps_of(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<Vec<MilestoneStep>, Error> {
        self.steps_where(within(scope).filter(Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid())))).await
    }

    async fn steps_where(&self, select: Select<Entity>) -> Result<Vec<MilestoneStep>, Error> {
        let mut rows = select.all(&self.db()).await?;
        rows.sort_by_key(|row| (row.key_result_id, row.position));
        rows.into_iter().map(MilestoneStep::try_from).collect()
    }
}

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Transaction {
    pub async fn insert_steps(&self, steps: &[MilestoneStep]) -> Result<(), Error> {
        self.insert_all(steps.iter().map(|step| Model::of(self.scope(), step)).collect()).await
    }

    pub async fn replace_step(&self, step: &MilestoneStep) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), step), |_| ()).await
    }

    pub async fn remove_step(&self, step: &MilestoneStep) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), step)).await
    }
}
