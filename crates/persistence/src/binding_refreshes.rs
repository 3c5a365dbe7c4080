//! How far the bindings of workspaces have been read, and who is at it.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ExprTrait, QuerySelect};
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::rows::binding_refresh::{ActiveModel, Column, Entity};
use crate::rows::community_progress;
use crate::store::{Store, Transaction};

impl Store {
    /// Workspaces whose bindings wait to be read and that nobody is at: those whose events changed, unless they were read
    /// after `fresh`, and those that were last read before `stale`, as days end without events too.
    pub async fn unrefreshed_workspaces(&self, now: DateTime<Utc>, fresh: DateTime<Utc>, stale: DateTime<Utc>) -> Result<Vec<Uuid>, Error> {
        use community_progress::{Column as Told, Entity as Progress};
        let changed = Query::select()
            .expr(Expr::val(1))
            .from(Progress)
            .and_where(Expr::col((Progress, Told::WorkspaceId)).equals((Entity, Column::WorkspaceId)))
            .and_where(Expr::col((Progress, Told::Watermark)).gt(Expr::col((Entity, Column::Watermark))))
            .to_owned();
        let waits = Expr::exists(changed).and(Column::RefreshedAt.lte(fresh)).or(Column::RefreshedAt.lte(stale));
        let due = Entity::find().select_only().column(Column::WorkspaceId).filter(Column::LeasedUntil.lte(now)).filter(waits);
        Ok(due.into_tuple().all(&self.db()).await?)
    }
}

impl Transaction {
    /// From now on the bindings of the workspace are among those that are read again and again.
    pub async fn expect_refresh(&self) -> Result<(), Error> {
        let row = ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            watermark: Set(0),
            refreshed_at: Set(self.now()),
            leased_until: Set(DateTime::UNIX_EPOCH),
        };
        let known = OnConflict::column(Column::WorkspaceId).do_nothing().to_owned();
        Entity::insert(row).on_conflict(known).exec_without_returning(&self.db()).await?;
        Ok(())
    }

    /// Whether the caller reads the bindings now, and nobody else until then.
    pub async fn lease_refresh(&self, until: DateTime<Utc>) -> Result<bool, Error> {
        let leased = Entity::update_many()
            .col_expr(Column::LeasedUntil, Expr::value(until))
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::LeasedUntil.lte(self.now()))
            .exec(&self.db())
            .await?;
        Ok(leased.rows_affected == 1)
    }

    /// Says what was read under a lease, unless that ended and somebody else has one.
    pub async fn end_refresh(&self, lease: DateTime<Utc>, watermark: u64) -> Result<(), Error> {
        Entity::update_many()
            .col_expr(Column::Watermark, Expr::value(i64::try_from(watermark).unwrap_or(i64::MAX)))
            .col_expr(Column::RefreshedAt, Expr::value(self.now()))
            .col_expr(Column::LeasedUntil, Expr::value(DateTime::<Utc>::UNIX_EPOCH))
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::LeasedUntil.eq(lease))
            .exec(&self.db())
            .await?;
        Ok(())
    }
}
