//! Check-ins in the database: one row a revision.

use std::collections::BTreeSet;

use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Query, SelectStatement, WindowStatement};
use sea_orm::{Condition, IntoActiveModel, Order as Direction, QueryOrder, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::check_in::{CheckIn, CheckInFilter, CheckInSort};
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::team::Team;
use waymark_domain::{DateTime, Utc};

use crate::bulk::CONDITIONS;
use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::check_in_revision::{Column, Entity, Model, confidence_column};
use crate::rows::{integer, key_result, objective, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

/// The revisions that held at an instant, or hold now.
fn current(scope: WorkspaceScope, at: Option<DateTime<Utc>>) -> Select<Entity> {
    let Some(instant) = at else { return within(scope).filter(Column::IsCurrent.eq(true)) };
    let (later, said) = (Alias::new("later"), |column: Column| Expr::col((Entity, column)));
    let of_later = |column: Column| Expr::col((later.clone(), column));
    let corrected = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, later.clone())
        .and_where(of_later(Column::WorkspaceId).eq(said(Column::WorkspaceId)))
        .and_where(of_later(Column::CheckInId).eq(said(Column::CheckInId)))
        .and_where(of_later(Column::Revision).gt(said(Column::Revision)))
        .and_where(of_later(Column::RecordedAt).lte(instant))
        .to_owned();
    within(scope).filter(Column::RecordedAt.lte(instant)).filter(Expr::exists(corrected).not())
}

impl Store {
    /// Those of deleted key results went with them.
    pub async fn check_ins_by_id(&self, scope: WorkspaceScope, ids: &[Id<CheckIn>]) -> Result<Vec<CheckIn>, Error> {
        let rows = current(scope, self.instant())
            .filter(Column::CheckInId.is_in(ids.iter().map(|id| id.uuid())))
            .filter(Column::KeyResultId.in_subquery(standing(scope, None, None)))
            .all(&self.db())
            .await?;
        rows.into_iter().map(CheckIn::try_from).collect()
    }

    pub async fn check_in_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<CheckIn>, Error> {
        current(scope, self.instant())
            .filter(Column::ExternalId.is_in(storable(external_id)))
            .one(&self.db())
            .await?
            .map(CheckIn::try_from)
            .transpose()
    }

    /// The check-ins of these key results, oldest day first.
    pub async fn check_ins_of(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<Vec<CheckIn>, Error> {
        let rows = current(scope, self.instant())
            .filter(Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid())))
            .order_by_asc(Column::KeyResultId)
            .order_by_asc(Column::Day)
            .order_by_asc(Column::CheckInId)
            .all(&self.db())
            .await?;
        rows.into_iter().map(CheckIn::try_from).collect()
    }

    /// The newest `limit` check-ins of each key result, newest first.
    pub async fn last_check_ins_of(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>], limit: u32) -> Result<Vec<CheckIn>, Error> {
        let newest_first = WindowStatement::partition_by(Column::KeyResultId)
            .order_by(Column::Day, Direction::Desc)
            .order_by(Column::CheckInId, Direction::Desc)
            .to_owned();
        let mut ranked = current(scope, self.instant())
            .select_only()
            .columns([Column::CheckInId, Column::Revision])
            .filter(Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid())))
            .into_query();
        ranked.expr_window_as(Expr::cust("ROW_NUMBER()"), newest_first, Alias::new("place"));
        let newest = Query::select()
            .column(Alias::new("check_in_id"))
            .from_subquery(ranked, Alias::new("ranked"))
            .and_where(Expr::col(Alias::new("place")).lte(integer(limit)))
            .to_owned();
        let rows = current(scope, self.instant())
            .filter(Column::CheckInId.in_subquery(newest))
            .order_by_asc(Column::KeyResultId)
            .order_by_desc(Column::Day)
            .order_by_desc(Column::CheckInId)
            .all(&self.db())
            .await?;
        rows.into_iter().map(CheckIn::try_from).collect()
    }

    /// Every state of a check-in, first to last.
    pub async fn revisions_of(&self, scope: WorkspaceScope, check_ins: &[Id<CheckIn>]) -> Result<Vec<CheckIn>, Error> {
        let rows = within(scope)
            .apply_if(self.instant(), |select, instant| select.filter(Column::RecordedAt.lte(instant)))
            .filter(Column::CheckInId.is_in(check_ins.iter().map(|id| id.uuid())))
            .order_by_asc(Column::CheckInId)
            .order_by_asc(Column::Revision)
            .all(&self.db())
            .await?;
        rows.into_iter().map(CheckIn::try_from).collect()
    }

    pub async fn check_ins(
        &self,
        scope: WorkspaceScope,
        filter: &CheckInFilter,
        sort: Sort<CheckInSort>,
        page: &Page,
    ) -> Result<Slice<CheckIn>, Error> {
        let (column, holds) = match sort.key {
            CheckInSort::Day => (Column::Day, Sorted::Day),
            CheckInSort::UpdatedAt => (Column::RecordedAt, Sorted::Instant),
        };
        let place = |row: &Model| Position {
            id: row.check_in_id,
            sorted_by: match sort.key {
                CheckInSort::Day => row.day.to_string(),
                CheckInSort::UpdatedAt => row.recorded_at.to_rfc3339(),
            },
        };
        let order = Order { column, id: Column::CheckInId, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, matching(scope, filter, self.instant()), order, page, place).await?)
    }
}

fn matching(scope: WorkspaceScope, filter: &CheckInFilter, at: Option<DateTime<Utc>>) -> Select<Entity> {
    let CheckInFilter { key_result, cycle, team, confidences, since, until, updated_since } = filter;
    current(scope, at)
        .filter(Column::KeyResultId.in_subquery(standing(scope, *cycle, *team)))
        .apply_if(*key_result, |select, id| select.filter(Column::KeyResultId.eq(id.uuid())))
        .apply_if((!confidences.is_empty()).then_some(confidences), |select, confidences| {
            select.filter(Column::Confidence.is_in(confidences.iter().map(|confidence| confidence_column(*confidence))))
        })
        .apply_if(*since, |select, day| select.filter(Column::Day.gte(day)))
        .apply_if(*until, |select, day| select.filter(Column::Day.lte(day)))
        .apply_if(*updated_since, |select, instant| select.filter(Column::RecordedAt.gte(instant)))
}

/// Ids of the key results, in this cycle and of this team, that were not deleted.
fn standing(scope: WorkspaceScope, cycle: Option<Id<Cycle>>, team: Option<Id<Team>>) -> SelectStatement {
    Query::select()
        .column((key_result::Entity, key_result::Column::Id))
        .from(key_result::Entity)
        .inner_join(
            objective::Entity,
            Expr::col((objective::Entity, objective::Column::Id)).equals((key_result::Entity, key_result::Column::ObjectiveId)).and(
                Expr::col((objective::Entity, objective::Column::WorkspaceId))
                    .equals((key_result::Entity, key_result::Column::WorkspaceId)),
            ),
        )
        .and_where(Expr::col((key_result::Entity, key_result::Column::WorkspaceId)).eq(scope.workspace().uuid()))
        .and_where(Expr::col((key_result::Entity, key_result::Column::DeletedAt)).is_null())
        .and_where(Expr::col((objective::Entity, objective::Column::DeletedAt)).is_null())
        .and_where_option(cycle.map(|id| Expr::col((objective::Entity, objective::Column::CycleId)).eq(id.uuid())))
        .and_where_option(team.map(|id| Expr::col((objective::Entity, objective::Column::TeamId)).eq(id.uuid())))
        .to_owned()
}

impl Transaction {
    pub async fn insert_check_in(&self, check_in: &CheckIn) -> Result<(), Error> {
        self.insert_check_ins(std::slice::from_ref(check_in)).await
    }

    pub async fn insert_check_ins(&self, check_ins: &[CheckIn]) -> Result<(), Error> {
        let rows = check_ins.iter().map(|check_in| Model::of(self.scope(), check_in).into_active_model()).collect();
        self.insert_rows::<Entity>(rows).await?;
        let key_results: BTreeSet<Uuid> = check_ins.iter().map(|check_in| check_in.key_result.uuid()).collect();
        self.note_newest(&key_results.into_iter().collect::<Vec<_>>()).await
    }

    /// Adds a revision after the one that held until now, which stays readable.
    pub async fn correct_check_in(&self, check_in: &CheckIn) -> Result<(), Error> {
        self.correct_check_ins(std::slice::from_ref(check_in)).await
    }

    /// As [`Transaction::correct_check_in`], for several, each once.
    pub async fn correct_check_ins(&self, check_ins: &[CheckIn]) -> Result<(), Error> {
        for some in check_ins.chunks(CONDITIONS) {
            let before = |check_in: &CheckIn| {
                Column::CheckInId.eq(check_in.id.uuid()).and(Column::Revision.eq(integer(check_in.revision.number) - 1))
            };
            let retired = Entity::update_many()
                .col_expr(Column::IsCurrent, Expr::value(false))
                .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
                .filter(some.iter().map(before).fold(Condition::any(), Condition::add))
                .filter(Column::IsCurrent.eq(true))
                .exec(&self.db())
                .await?;
            if retired.rows_affected != u64::try_from(some.len()).unwrap_or(u64::MAX) {
                return Err(Error::Stale);
            }
        }
        self.insert_check_ins(check_ins).await
    }
}
