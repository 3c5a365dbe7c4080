//! How far a workspace's community has been told: one writer at a time, and a number that counts up.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait};
use waymark_domain::actor::WorkspaceScope;

use crate::error::Error;
use crate::rows::community_progress::{Column, Entity};
use crate::store::{Store, Transaction};

impl Store {
    /// Counts up with every transaction that changes what metrics are made of; 0 before the first.
    pub async fn watermark(&self, scope: WorkspaceScope) -> Result<u64, Error> {
        let row = Entity::find_by_id(scope.workspace().uuid()).one(&self.db()).await?;
        row.map_or(Ok(0), |row| counted(row.watermark))
    }
}

impl Transaction {
    /// Waits for whoever else changes the community of this workspace, and keeps others out until the transaction ends: so
    /// two of them never make the same member, or the same number of one.
    pub async fn take_turn(&self) -> Result<(), Error> {
        self.move_watermark(0).await?;
        Ok(())
    }

    /// Says that what metrics are made of has changed; takes the turn too.
    pub async fn raise_watermark(&self) -> Result<u64, Error> {
        self.move_watermark(1).await
    }

    async fn move_watermark(&self, by: i64) -> Result<u64, Error> {
        let mut insert = Query::insert();
        insert.into_table(Entity).columns([Column::WorkspaceId, Column::Watermark]);
        insert.values_panic([self.scope().workspace().uuid().into(), by.into()]);
        let moved = Expr::col((Entity, Column::Watermark)).add(by);
        insert.on_conflict(OnConflict::column(Column::WorkspaceId).value(Column::Watermark, moved).to_owned());
        insert.returning_col(Column::Watermark);
        let row = self.db().query_one(&insert).await?.ok_or_else(|| Error::corrupt("watermark", "none"))?;
        counted(row.try_get_by_index(0)?)
    }
}

fn counted(watermark: i64) -> Result<u64, Error> {
    u64::try_from(watermark).map_err(|_| Error::corrupt("watermark", watermark))
}
