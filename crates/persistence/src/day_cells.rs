//! What was done each day of a workspace, kept as sets of members. The events stay the truth: what is new is added to the cells of
//! its day in the same transaction, and a day of which something was told otherwise or taken back is marked, and its cells are
//! made anew from its events.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait, IntoActiveModel, QueryOrder, QuerySelect};
use waymark_domain::NaiveDate;
use waymark_domain::actor::WorkspaceScope;

use crate::bulk::AT_ONCE;
use crate::deeds::{Cell, CellPlace, DeedFilter, Slice};
use crate::error::Error;
use crate::rows::{day_cell, day_mark};
use crate::store::{Store, Transaction};

/// When a day's events last changed, and when its cells were last made from them, by the watermark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayMark {
    pub day: NaiveDate,
    pub touched: u64,
    pub folded: u64,
}

impl DayMark {
    /// Whether its cells tell all that its events tell.
    pub fn is_folded(self) -> bool {
        self.folded >= self.touched
    }
}

impl Store {
    /// The marks of all days on which something happened, or of those that changed after a watermark, in order.
    pub async fn day_marks(&self, scope: WorkspaceScope, after: u64) -> Result<Vec<DayMark>, Error> {
        use day_mark::{Column, Entity};
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::Touched.gt(signed(after)))
            .order_by_asc(Column::Day)
            .all(&self.db())
            .await?;
        rows.into_iter().map(|row| Ok(DayMark { day: row.day, touched: unsigned(row.touched)?, folded: unsigned(row.folded)? })).collect()
    }

    /// The workspaces with days whose cells are to be made anew.
    pub async fn unfolded_workspaces(&self) -> Result<Vec<Uuid>, Error> {
        use day_mark::{Column, Entity};
        Ok(Entity::find().select_only().column(Column::WorkspaceId).distinct().filter(waits()).into_tuple().all(&self.db()).await?)
    }

    /// Those of these days whose cells are to be made anew.
    pub async fn waiting_days(&self, scope: WorkspaceScope, days: &BTreeSet<NaiveDate>) -> Result<Vec<NaiveDate>, Error> {
        use day_mark::{Column, Entity};
        let waiting = Entity::find().select_only().column(Column::Day).filter(waits());
        let of_days = Column::WorkspaceId.eq(scope.workspace().uuid()).and(Column::Day.is_in(days.iter().copied()));
        Ok(waiting.filter(of_days).into_tuple().all(&self.db()).await?)
    }

    /// The cells of these days, in the order of the days.
    pub async fn day_cells(&self, scope: WorkspaceScope, days: &[NaiveDate]) -> Result<Vec<Cell>, Error> {
        let mut cells = Vec::new();
        for some in days.chunks(AT_ONCE) {
            cells.append(&mut self.cells(scope, day_cell::Column::Day.is_in(some.iter().copied())).await?);
        }
        Ok(cells)
    }

    async fn cells(&self, scope: WorkspaceScope, condition: Expr) -> Result<Vec<Cell>, Error> {
        use day_cell::{Column, Entity};
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(condition)
            .order_by_asc(Column::Day)
            .order_by_asc(Column::PlatformId)
            .order_by_asc(Column::ChannelId)
            .order_by_asc(Column::Activity)
            .all(&self.db())
            .await?;
        rows.into_iter().map(Cell::try_from).collect()
    }
}

impl Transaction {
    /// Marks the days whose events have changed, with the watermark of the change.
    pub async fn touch_days(&self, days: &BTreeSet<NaiveDate>, watermark: u64) -> Result<(), Error> {
        self.mark_days(days, watermark, 0, &[day_mark::Column::Touched]).await
    }

    /// Days that are marked already get what `again` names.
    async fn mark_days(&self, days: &BTreeSet<NaiveDate>, touched: u64, folded: u64, again: &[day_mark::Column]) -> Result<(), Error> {
        use day_mark::{ActiveModel, Column, Entity};
        let rows = days.iter().map(|day| ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            day: Set(*day),
            touched: Set(signed(touched)),
            folded: Set(signed(folded)),
        });
        let again = OnConflict::columns([Column::WorkspaceId, Column::Day]).update_columns(again.iter().copied()).to_owned();
        self.write_rows::<Entity>(rows.collect(), Some(&again)).await?;
        Ok(())
    }

    /// Adds what was done anew on days to the cells of these days, none of which waits, and marks the days with the watermark of
    /// the change. Whoever does has the turn (see [`Transaction::take_turn`]).
    pub async fn add_to_cells(&self, mut added: Vec<Cell>, watermark: u64) -> Result<(), Error> {
        use day_cell::{Column, Entity};
        let days: BTreeSet<NaiveDate> = added.iter().map(|cell| cell.day).collect();
        let activities: BTreeSet<&str> = added.iter().map(|cell| cell.activity.as_str()).collect();
        let beside = Column::Day.is_in(days.iter().copied()).and(Column::Activity.is_in(activities));
        let known = self.cells(self.scope(), beside).await?;
        let known: HashMap<CellPlace<'_>, &Cell> = known.iter().map(|cell| (cell.place(), cell)).collect();
        for cell in &mut added {
            if let Some(known) = known.get(&cell.place()) {
                cell.absorb(known);
            }
        }
        let rows = added.into_iter().map(|cell| Ok(day_cell::Model::of(self.scope(), cell)?.into_active_model()));
        let key = [Column::WorkspaceId, Column::Day, Column::PlatformId, Column::ChannelId, Column::Activity];
        let replace = OnConflict::columns(key).update_columns([Column::Members, Column::More, Column::Nameless]).to_owned();
        self.write_rows::<Entity>(rows.collect::<Result<_, Error>>()?, Some(&replace)).await?;
        self.mark_days(&days, watermark, watermark, &[day_mark::Column::Touched, day_mark::Column::Folded]).await
    }

    /// Marks days whose events have gone, as [`Transaction::touch_days`] does, and forgets their cells at once.
    pub async fn clear_days(&self, days: &BTreeSet<NaiveDate>, watermark: u64) -> Result<(), Error> {
        use day_cell::{Column, Entity};
        let all: Vec<NaiveDate> = days.iter().copied().collect();
        for some in all.chunks(AT_ONCE) {
            let of_days = Column::WorkspaceId.eq(self.scope().workspace().uuid()).and(Column::Day.is_in(some.iter().copied()));
            Entity::delete_many().filter(of_days).exec(&self.db()).await?;
        }
        self.touch_days(days, watermark).await
    }

    /// Forgets all marks and cells of the workspace, as when its days begin at other instants.
    pub async fn forget_days(&self) -> Result<(), Error> {
        let workspace = self.scope().workspace().uuid();
        day_cell::Entity::delete_many().filter(day_cell::Column::WorkspaceId.eq(workspace)).exec(&self.db()).await?;
        day_mark::Entity::delete_many().filter(day_mark::Column::WorkspaceId.eq(workspace)).exec(&self.db()).await?;
        Ok(())
    }

    /// Makes the cells of these days anew from their events. Whoever does has the turn (see [`Transaction::take_turn`]), so
    /// that no event comes in between.
    pub async fn fold_days(&self, slices: &[Slice]) -> Result<(), Error> {
        let cells = self.deeds(self.scope(), slices, &DeedFilter::default()).await?;
        let days: Vec<NaiveDate> = slices.iter().map(|slice| slice.day).collect();
        let rows = cells.into_iter().map(|cell| Ok(day_cell::Model::of(self.scope(), cell)?.into_active_model()));
        let rows: Vec<day_cell::ActiveModel> = rows.collect::<Result<_, Error>>()?;
        let workspace = self.scope().workspace().uuid();
        for some in days.chunks(AT_ONCE) {
            let of_days = day_cell::Column::Day.is_in(some.iter().copied());
            day_cell::Entity::delete_many().filter(day_cell::Column::WorkspaceId.eq(workspace)).filter(of_days).exec(&self.db()).await?;
        }
        self.insert_rows::<day_cell::Entity>(rows).await?;
        for some in days.chunks(AT_ONCE) {
            let mut update = Query::update();
            update
                .table(day_mark::Entity)
                .value(day_mark::Column::Folded, Expr::col(day_mark::Column::Touched))
                .and_where(day_mark::Column::WorkspaceId.eq(workspace))
                .and_where(day_mark::Column::Day.is_in(some.iter().copied()));
            self.db().execute(&update).await?;
        }
        Ok(())
    }
}

/// That the cells of a day are to be made anew.
fn waits() -> Expr {
    Expr::col(day_mark::Column::Folded).lt(Expr::col(day_mark::Column::Touched))
}

pub(crate) fn signed(watermark: u64) -> i64 {
    i64::try_from(watermark).unwrap_or(i64::MAX)
}

fn unsigned(watermark: i64) -> Result<u64, Error> {
    u64::try_from(watermark).map_err(|_| Error::corrupt("watermark", watermark))
}
