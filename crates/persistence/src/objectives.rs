//! Objectives in the database.

use sea_orm::ActiveValue::NotSet;
use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{FromQueryResult, IntoActiveModel, JoinType, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::objective::{Objective, ObjectiveFilter, ObjectiveSort, Support};
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::team::Team;

use crate::error::Error;
use crate::history::Action;
use crate::paging::{self, Order, Sorted};
use crate::rows::objective::{ActiveModel, Column, Entity, Model, Surroundings};
use crate::rows::{address, cycle, integer, spelled, storable, support, team};
use crate::store::{Store, Transaction};

/// A row with the keys its address is made of.
#[derive(FromQueryResult)]
pub(crate) struct Located {
    #[sea_orm(nested)]
    objective: Model,
    cycle_key: String,
    team_key: String,
}

/// Objectives of the workspace that were not deleted.
pub(crate) fn within(scope: WorkspaceScope) -> Select<Entity> {
    located(Entity::find()).filter(Column::WorkspaceId.eq(scope.workspace().uuid())).filter(Column::DeletedAt.is_null())
}

fn located(select: Select<Entity>) -> Select<Entity> {
    let cycles =
        Entity::belongs_to(cycle::Entity).from((Column::WorkspaceId, Column::CycleId)).to((cycle::Column::WorkspaceId, cycle::Column::Id));
    let teams =
        Entity::belongs_to(team::Entity).from((Column::WorkspaceId, Column::TeamId)).to((team::Column::WorkspaceId, team::Column::Id));
    select
        .join(JoinType::InnerJoin, cycles.into())
        .join(JoinType::InnerJoin, teams.into())
        .column_as(cycle::Column::Key, "cycle_key")
        .column_as(team::Column::Key, "team_key")
}

impl Store {
    pub async fn objectives_by_id(&self, scope: WorkspaceScope, ids: &[Id<Objective>]) -> Result<Vec<Objective>, Error> {
        self.objectives_where(scope, within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn objective_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Objective>, Error> {
        Ok(self.objectives_where(scope, within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// The objectives of these cycles that fit the filter, by address.
    pub async fn objectives_in(
        &self,
        scope: WorkspaceScope,
        cycles: &[Id<Cycle>],
        filter: &ObjectiveFilter,
    ) -> Result<Vec<Objective>, Error> {
        self.objectives_where(scope, matching(scope, filter).filter(Column::CycleId.is_in(cycles.iter().map(|id| id.uuid())))).await
    }

    /// The objectives of these teams that fit the filter, by address.
    pub async fn objectives_of(
        &self,
        scope: WorkspaceScope,
        teams: &[Id<Team>],
        filter: &ObjectiveFilter,
    ) -> Result<Vec<Objective>, Error> {
        self.objectives_where(scope, matching(scope, filter).filter(Column::TeamId.is_in(teams.iter().map(|id| id.uuid())))).await
    }

    /// The objectives whose parent is one of these objectives, or one of their key results.
    pub async fn objectives_supporting(&self, scope: WorkspaceScope, parents: &[Support]) -> Result<Vec<Objective>, Error> {
        let (mut objectives, mut key_results) = (Vec::new(), Vec::new());
        for parent in parents {
            match parent {
                Support::Objective(id) => objectives.push(id.uuid()),
                Support::KeyResult(id) => key_results.push(id.uuid()),
            }
        }
        let named = support::Column::ToObjectiveId.is_in(objectives).or(support::Column::ToKeyResultId.is_in(key_results));
        self.objectives_where(scope, within(scope).filter(Column::Id.in_subquery(children(scope, named)))).await
    }

    async fn objectives_where(&self, scope: WorkspaceScope, select: Select<Entity>) -> Result<Vec<Objective>, Error> {
        let rows = select
            .order_by_asc(cycle::Column::Key)
            .order_by_asc(team::Column::Key)
            .order_by_asc(Column::Number)
            .order_by_asc(Column::Id)
            .into_model()
            .all(&self.db())
            .await?;
        self.with_supports(scope, rows).await
    }

    async fn with_supports(&self, scope: WorkspaceScope, rows: Vec<Located>) -> Result<Vec<Objective>, Error> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = rows.iter().map(|row| row.objective.id).collect();
        let mut supports = self.supports_of(scope, &ids).await?;
        rows.into_iter()
            .map(|row| {
                let (parent, alignments) = supports.remove(&row.objective.id).unwrap_or_default();
                row.objective.objective(Surroundings { cycle_key: row.cycle_key, team_key: row.team_key, parent, alignments })
            })
            .collect()
    }

    pub async fn objectives(
        &self,
        scope: WorkspaceScope,
        filter: &ObjectiveFilter,
        sort: Sort<ObjectiveSort>,
        page: &Page,
    ) -> Result<Slice<Objective>, Error> {
        let (column, holds) = match sort.key {
            ObjectiveSort::CreatedAt => (Column::Id, Sorted::Id),
            ObjectiveSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            ObjectiveSort::Title => (Column::Title, Sorted::Text),
        };
        let place = |row: &Located| Position {
            id: row.objective.id,
            sorted_by: match sort.key {
                ObjectiveSort::CreatedAt => String::new(),
                ObjectiveSort::UpdatedAt => row.objective.updated_at.to_rfc3339(),
                ObjectiveSort::Title => row.objective.title.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        let slice = paging::cut::<Entity, Located>(self, matching(scope, filter), order, page, place).await?;
        let (rows, positions) = slice.items.into_iter().map(|placed| (placed.item, placed.at)).unzip::<_, _, Vec<_>, Vec<_>>();
        let objectives = self.with_supports(scope, rows).await?;
        let items = objectives.into_iter().zip(positions).map(|(item, at)| waymark_domain::page::Placed { item, at }).collect();
        Ok(Slice { items, has_next: slice.has_next, has_previous: slice.has_previous, total: slice.total })
    }
}

fn matching(scope: WorkspaceScope, filter: &ObjectiveFilter) -> Select<Entity> {
    let ObjectiveFilter { cycle, team, owner, statuses, kinds, supports, updated_since } = filter;
    within(scope)
        .apply_if(*cycle, |select, cycle| select.filter(Column::CycleId.eq(cycle.uuid())))
        .apply_if(*team, |select, team| select.filter(Column::TeamId.eq(team.uuid())))
        .apply_if(*owner, |select, owner| select.filter(Column::OwnerId.eq(owner.uuid())))
        .apply_if((!statuses.is_empty()).then_some(statuses), |select, statuses| {
            select.filter(Column::Status.is_in(statuses.iter().map(|status| spelled(*status))))
        })
        .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
            select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
        })
        .apply_if(*supports, |select, parent| {
            let named = match parent {
                Support::Objective(id) => support::Column::ToObjectiveId.eq(id.uuid()),
                Support::KeyResult(id) => support::Column::ToKeyResultId.eq(id.uuid()),
            };
            select.filter(Column::Id.in_subquery(children(scope, named)))
        })
        .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)))
}

/// The ids of the objectives whose parent fits the condition.
fn children(scope: WorkspaceScope, parent: impl sea_orm::sea_query::IntoCondition) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(support::Column::ObjectiveId)
        .from(support::Entity)
        .and_where(support::Column::WorkspaceId.eq(scope.workspace().uuid()))
        .and_where(support::Column::Position.eq(support::PARENT))
        .cond_where(parent)
        .to_owned()
}

impl Transaction {
    pub async fn insert_objective(&self, objective: &Objective) -> Result<(), Error> {
        self.insert_objectives(&[objective]).await?;
        self.insert_supports(&[objective]).await
    }

    /// Without what they support: see [`Transaction::insert_supports`].
    pub async fn insert_objectives(&self, objectives: &[&Objective]) -> Result<(), Error> {
        self.insert_all(objectives.iter().map(|objective| Model::of(self.scope(), objective, 0)).collect()).await?;
        self.give_addresses(objectives.iter().map(|objective| (*objective, None)).collect()).await
    }

    /// What these objectives support, once all of it is there.
    pub async fn insert_supports(&self, objectives: &[&Objective]) -> Result<(), Error> {
        let rows = objectives.iter().flat_map(|objective| support::Model::of(self.scope(), objective));
        self.insert_rows::<support::Entity>(rows.map(IntoActiveModel::into_active_model).collect()).await
    }

    pub async fn replace_objective(&self, objective: &Objective) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), objective, 0), keep_counters).await?;
        self.write_supports(objective).await
    }

    /// Takes the objective out of every list. Its row, its history and its number stay.
    pub async fn remove_objective(&self, objective: &Objective) -> Result<(), Error> {
        let row = Model::of(self.scope(), objective, 0);
        self.remember(&row, row.version + 1, Action::Deleted).await?;
        let mut update = Entity::update_many();
        update = update.col_expr(Column::DeletedAt, Expr::value(self.now())).col_expr(Column::Version, Expr::value(row.version + 1));
        let updated = update
            .filter(Column::WorkspaceId.eq(row.workspace_id))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Version.eq(row.version))
            .exec(&self.db())
            .await?;
        let gone = Objective { parent: None, alignments: Vec::new(), ..objective.clone() };
        self.write_supports(&gone).await?;
        if updated.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
    }

    /// Writes down, for ever, that the address of each names the objective, or the key result of it.
    pub(crate) async fn give_addresses(&self, named: Vec<(&Objective, Option<&KeyResult>)>) -> Result<(), Error> {
        use sea_orm::ActiveValue::Set;
        let address = |(objective, key_result): (&Objective, Option<&KeyResult>)| {
            let number = key_result.map_or(objective.address.number, |key_result| key_result.address.number);
            address::ActiveModel {
                workspace_id: Set(self.scope().workspace().uuid()),
                cycle_id: Set(objective.cycle.uuid()),
                team_id: Set(objective.team.uuid()),
                objective_number: Set(integer(number.objective)),
                key_result_number: Set(number.key_result.map_or(address::OBJECTIVE_ITSELF, integer)),
                objective_id: Set(objective.id.uuid()),
                key_result_id: Set(key_result.map(|key_result| key_result.id.uuid())),
            }
        };
        self.insert_rows::<address::Entity>(named.into_iter().map(address).collect()).await
    }
}

fn keep_counters(active: &mut ActiveModel) {
    active.last_key_result = NotSet;
    active.deleted_at = NotSet;
}
