//! Key results in the database, and the addresses they answer to.

use sea_orm::ActiveValue::NotSet;
use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{FromQueryResult, IdenStatic, Iterable, JoinType, Order as Direction, QuerySelect, QueryTrait};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::address::Address;
use waymark_domain::id::Id;
use waymark_domain::key_result::{KeyResult, KeyResultFilter, KeyResultSort};
use waymark_domain::objective::Objective;
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::history::Action;
use crate::paging::{self, Order, Sorted};
use crate::rows::check_in_revision::confidence_column;
use crate::rows::key_result::{ActiveModel, Column, Entity, Model, Surroundings};
use crate::rows::{address, check_in_revision, cycle, integer, objective, spelled, storable, team};
use crate::store::{Store, Transaction};

/// A row with what its address is made of.
#[derive(FromQueryResult)]
pub(crate) struct Located {
    #[sea_orm(nested)]
    key_result: Model,
    objective_number: i32,
    cycle_key: String,
    team_key: String,
}

/// Key results of the workspace that were not deleted, with those of deleted objectives left out.
fn within(scope: WorkspaceScope) -> Select<Entity> {
    let objectives = Entity::belongs_to(objective::Entity)
        .from((Column::WorkspaceId, Column::ObjectiveId))
        .to((objective::Column::WorkspaceId, objective::Column::Id));
    let cycles = objective::Entity::belongs_to(cycle::Entity)
        .from((objective::Column::WorkspaceId, objective::Column::CycleId))
        .to((cycle::Column::WorkspaceId, cycle::Column::Id));
    let teams = objective::Entity::belongs_to(team::Entity)
        .from((objective::Column::WorkspaceId, objective::Column::TeamId))
        .to((team::Column::WorkspaceId, team::Column::Id));
    Entity::find()
        .join(JoinType::InnerJoin, objectives.into())
        .join(JoinType::InnerJoin, cycles.into())
        .join(JoinType::InnerJoin, teams.into())
        .column_as(objective::Column::Number, "objective_number")
        .column_as(cycle::Column::Key, "cycle_key")
        .column_as(team::Column::Key, "team_key")
        .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
        .filter(Column::DeletedAt.is_null())
        .filter(objective::Column::DeletedAt.is_null())
}

impl Store {
    pub async fn key_results_by_id(&self, scope: WorkspaceScope, ids: &[Id<KeyResult>]) -> Result<Vec<KeyResult>, Error> {
        self.key_results_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn key_result_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<KeyResult>, Error> {
        Ok(self.key_results_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// The key results of these objectives, in the order of their numbers.
    pub async fn key_results_of(&self, scope: WorkspaceScope, objectives: &[Id<Objective>]) -> Result<Vec<KeyResult>, Error> {
        self.key_results_where(within(scope).filter(Column::ObjectiveId.is_in(objectives.iter().map(|id| id.uuid())))).await
    }

    async fn key_results_where(&self, select: Select<Entity>) -> Result<Vec<KeyResult>, Error> {
        let mut rows = select.into_model::<Located>().all(&self.db()).await?;
        // SQLite takes quadratic time to sort rows of the past that an index gives in a part of this order.
        rows.sort_by_key(|row| (row.key_result.objective_id, row.key_result.number));
        rows.into_iter().map(KeyResult::try_from).collect()
    }

    /// What an address names now, or once named: an objective, or a key result.
    pub async fn addressed(&self, scope: WorkspaceScope, named: &Address) -> Result<Option<(Id<Objective>, Option<Id<KeyResult>>)>, Error> {
        let cycles = address::Entity::belongs_to(cycle::Entity)
            .from((address::Column::WorkspaceId, address::Column::CycleId))
            .to((cycle::Column::WorkspaceId, cycle::Column::Id));
        let teams = address::Entity::belongs_to(team::Entity)
            .from((address::Column::WorkspaceId, address::Column::TeamId))
            .to((team::Column::WorkspaceId, team::Column::Id));
        let row = address::Entity::find()
            .join(JoinType::InnerJoin, cycles.into())
            .join(JoinType::InnerJoin, teams.into())
            .filter(address::Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(cycle::Column::Key.eq(&named.cycle))
            .filter(team::Column::Key.eq(&named.team))
            .filter(address::Column::ObjectiveNumber.eq(integer(named.number.objective)))
            .filter(address::Column::KeyResultNumber.eq(named.number.key_result.map_or(address::OBJECTIVE_ITSELF, integer)))
            .one(&self.db())
            .await?;
        Ok(row.map(|row| (Id::from_uuid(row.objective_id), row.key_result_id.map(Id::from_uuid))))
    }

    pub async fn key_results(
        &self,
        scope: WorkspaceScope,
        filter: &KeyResultFilter,
        sort: Sort<KeyResultSort>,
        page: &Page,
    ) -> Result<Slice<KeyResult>, Error> {
        let (column, holds) = match sort.key {
            KeyResultSort::CreatedAt => (Column::Id, Sorted::Id),
            KeyResultSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            KeyResultSort::Title => (Column::Title, Sorted::Text),
            KeyResultSort::Due => (Column::DueOn, Sorted::Day),
        };
        let place = |row: &Located| Position {
            id: row.key_result.id,
            sorted_by: match sort.key {
                KeyResultSort::CreatedAt => String::new(),
                KeyResultSort::UpdatedAt => row.key_result.updated_at.to_rfc3339(),
                KeyResultSort::Title => row.key_result.title.clone(),
                KeyResultSort::Due => row.key_result.due_on.to_string(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Located>(self, matching(scope, filter), order, page, place).await?)
    }
}

fn matching(scope: WorkspaceScope, filter: &KeyResultFilter) -> Select<Entity> {
    let KeyResultFilter { objective, cycle, team, owner, statuses, kinds, confidences, checked_in_before, checked_in_since, updated_since } =
        filter;
    within(scope)
        .apply_if(*objective, |select, id| select.filter(Column::ObjectiveId.eq(id.uuid())))
        .apply_if(*cycle, |select, id| select.filter(objective::Column::CycleId.eq(id.uuid())))
        .apply_if(*team, |select, id| select.filter(objective::Column::TeamId.eq(id.uuid())))
        .apply_if(*owner, |select, id| select.filter(Column::OwnerId.eq(id.uuid())))
        .apply_if((!statuses.is_empty()).then_some(statuses), |select, statuses| {
            select.filter(Column::Status.is_in(statuses.iter().map(|status| spelled(*status))))
        })
        .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
            select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
        })
        .apply_if((!confidences.is_empty()).then_some(confidences), |select, confidences| {
            select.filter(Column::LastConfidence.is_in(confidences.iter().map(|confidence| confidence_column(*confidence))))
        })
        .apply_if(*checked_in_before, |select, day| select.filter(Column::LastCheckInOn.lt(day).or(Column::LastCheckInOn.is_null())))
        .apply_if(*checked_in_since, |select, day| select.filter(Column::LastCheckInOn.gte(day)))
        .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)))
}

impl TryFrom<Located> for KeyResult {
    type Error = Error;

    fn try_from(row: Located) -> Result<Self, Error> {
        let Located { key_result, objective_number, cycle_key, team_key } = row;
        key_result.key_result(Surroundings { cycle_key, team_key, objective_number })
    }
}

impl Transaction {
    pub async fn insert_key_result(&self, key_result: &KeyResult, objective: &Objective) -> Result<(), Error> {
        self.insert_key_results(&[(key_result, objective)]).await
    }

    pub async fn insert_key_results(&self, key_results: &[(&KeyResult, &Objective)]) -> Result<(), Error> {
        let rows: Vec<Model> = key_results.iter().map(|(key_result, _)| Model::of(self.scope(), key_result)).collect::<Result<_, _>>()?;
        self.insert_all(rows).await?;
        self.give_addresses(key_results.iter().map(|(key_result, objective)| (*objective, Some(*key_result))).collect()).await?;
        self.catch_dangling(&key_results.iter().map(|(key_result, _)| *key_result).collect::<Vec<_>>()).await
    }

    /// Replaces the version before each.
    pub async fn replace_key_results(&self, key_results: &[KeyResult]) -> Result<(), Error> {
        let rows: Vec<Model> = key_results.iter().map(|key_result| Model::of(self.scope(), key_result)).collect::<Result<_, _>>()?;
        let kept = [Column::WorkspaceId, Column::Id, Column::CreatedAt, Column::LastCheckInOn, Column::LastConfidence, Column::DeletedAt];
        let changed = Column::iter().filter(|column| !kept.iter().any(|kept| kept.as_str() == column.as_str()));
        // The rows are there: they conflict in any case, and the version before must be the one that is replaced.
        let before = Expr::col((Entity, Column::Version)).eq(Expr::col(("excluded", Column::Version)).sub(1));
        let conflict = OnConflict::columns([Column::WorkspaceId, Column::Id]).update_columns(changed).action_and_where(before).to_owned();
        self.replace_all(rows, conflict).await
    }

    pub async fn replace_key_result(&self, key_result: &KeyResult) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), key_result)?, keep_newest_check_in).await
    }

    /// Gives a moved key result its new address; the old ones keep naming it.
    pub async fn move_key_result(&self, key_result: &KeyResult, to: &Objective) -> Result<(), Error> {
        self.replace_key_result(key_result).await?;
        self.give_addresses(vec![(to, Some(key_result))]).await?;
        self.catch_dangling(&[key_result]).await
    }

    /// Takes the key result out of every list. Its row, its check-ins, its history and its number stay;
    /// initiatives that named it dangle.
    pub async fn remove_key_result(&self, key_result: &KeyResult) -> Result<(), Error> {
        let row = Model::of(self.scope(), key_result)?;
        self.remember(&row, row.version + 1, Action::Deleted).await?;
        let updated = Entity::update_many()
            .col_expr(Column::DeletedAt, Expr::value(self.now()))
            .col_expr(Column::Version, Expr::value(row.version + 1))
            .filter(Column::WorkspaceId.eq(row.workspace_id))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Version.eq(row.version))
            .exec(&self.db())
            .await?;
        self.let_dangle(row.id).await?;
        if updated.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
    }

    /// Keeps the day of the newest check-in and the newest confidence beside each key result, for filters.
    pub(crate) async fn note_newest(&self, key_results: &[Uuid]) -> Result<(), Error> {
        for some in key_results.chunks(AT_ONCE) {
            Entity::update_many()
                .col_expr(Column::LastCheckInOn, newest(check_in_revision::Column::Day))
                .col_expr(Column::LastConfidence, newest(check_in_revision::Column::Confidence))
                .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
                .filter(Column::Id.is_in(some.iter().copied()))
                .exec(&self.db())
                .await?;
        }
        Ok(())
    }
}

/// What the newest check-in of a key result that states this says.
fn newest(column: check_in_revision::Column) -> Expr {
    use check_in_revision::{Column as Said, Entity as CheckIns};
    let said = |column: Said| Expr::col((CheckIns, column));
    let query = Query::select()
        .expr(said(column))
        .from(CheckIns)
        .and_where(said(Said::WorkspaceId).equals((Entity, Column::WorkspaceId)))
        .and_where(said(Said::KeyResultId).equals((Entity, Column::Id)))
        .and_where(said(Said::IsCurrent).eq(true))
        .and_where(said(column).is_not_null())
        .order_by((CheckIns, Said::Day), Direction::Desc)
        .order_by((CheckIns, Said::CheckInId), Direction::Desc)
        .limit(1)
        .to_owned();
    Expr::SubQuery(None, Box::new(query.into()))
}

fn keep_newest_check_in(active: &mut ActiveModel) {
    active.last_check_in_on = NotSet;
    active.last_confidence = NotSet;
    active.deleted_at = NotSet;
}
