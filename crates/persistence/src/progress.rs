//! How far a workspace's community has been told: one writer at a time, and a number that counts up.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait};
use waymark_domain::actor::WorkspaceScope;

use crate::error::Error;
use crate::rows::community_progress::{Column, Entity};
use crate::store::{Store, Transaction};

/// How far a workspace's community has been told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Progress {
    /// Counts up with every transaction that changes what metrics are made of; 0 before the first.
    pub watermark: u64,
    /// The watermark at which it last changed who the members are, what they are, and since when.
    pub people: u64,
}

impl Store {
    pub async fn progress(&self, scope: WorkspaceScope) -> Result<Progress, Error> {
        let row = Entity::find_by_id(scope.workspace().uuid()).one(&self.db()).await?;
        row.map_or_else(|| Ok(Progress::default()), |row| Ok(Progress { watermark: counted(row.watermark)?, people: counted(row.people)? }))
    }
}

impl Transaction {
    /// Waits for whoever else changes the community of this workspace, and keeps others out until the transaction ends: so
    /// two of them never make the same member, or the same number of one.
    pub async fn take_turn(&self) -> Result<(), Error> {
        self.move_watermark(0, false).await?;
        Ok(())
    }

    /// Says that what metrics are made of has changed, and whether who the members are has; takes the turn too.
    pub async fn raise_watermark(&self, people: bool) -> Result<u64, Error> {
        self.move_watermark(1, people).await
    }

    async fn move_watermark(&self, by: i64, people: bool) -> Result<u64, Error> {
        let mut insert = Query::insert();
        insert.into_table(Entity).columns([Column::WorkspaceId, Column::Watermark, Column::People]);
        insert.values_panic([self.scope().workspace().uuid().into(), by.into(), if people { by } else { 0 }.into()]);
        let moved = || Expr::col((Entity, Column::Watermark)).add(by);
        let mut again = OnConflict::column(Column::WorkspaceId);
        again.value(Column::Watermark, moved());
        if people {
            again.value(Column::People, moved());
        }
        insert.on_conflict(again);
        insert.returning_col(Column::Watermark);
        let row = self.db().query_one(&insert).await?.ok_or_else(|| Error::corrupt("watermark", "none"))?;
        counted(row.try_get_by_index(0)?)
    }
}

fn counted(watermark: i64) -> Result<u64, Error> {
    u64::try_from(watermark).map_err(|_| Error::corrupt("watermark", watermark))
}
