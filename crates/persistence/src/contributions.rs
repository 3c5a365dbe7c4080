//! Which key results initiatives contribute to.

use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Contribution, Initiative};
use waymark_domain::key_result::KeyResult;

use crate::error::Error;
use crate::rows::contribution::{Column, Entity, Model};
use crate::store::{Store, Transaction};

impl Store {
    /// The links of these initiatives, in their order.
    pub async fn contributions_of(&self, scope: WorkspaceScope, initiatives: &[Id<Initiative>]) -> Result<Vec<Contribution>, Error> {
        self.contributions_where(scope, Column::InitiativeId.is_in(initiatives.iter().map(|id| id.uuid()))).await
    }

    /// The links to these key results.
    pub async fn contributions_to(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<Vec<Contribution>, Error> {
        self.contributions_where(scope, Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid()))).await
    }

    async fn contributions_where(&self, scope: WorkspaceScope, condition: Expr) -> Result<Vec<Contribution>, Error> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(condition)
            .order_by_asc(Column::InitiativeId)
            .order_by_asc(Column::Position)
            .all(&self.db())
            .await?;
        Ok(rows.into_iter().map(Contribution::from).collect())
    }
}

impl Transaction {
    /// Replaces all links of an initiative.
    pub async fn write_contributions(&self, initiative: Id<Initiative>, contributions: &[Contribution]) -> Result<(), Error> {
        Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::InitiativeId.eq(initiative.uuid()))
            .exec(&self.db())
            .await?;
        let rows = contributions
            .iter()
            .zip(0_u32..)
            .map(|(contribution, position)| Model::of(self.scope(), contribution, position).into_active_model());
        if !contributions.is_empty() {
            Entity::insert_many(rows).exec_without_returning(&self.db()).await?;
        }
        Ok(())
    }
}
