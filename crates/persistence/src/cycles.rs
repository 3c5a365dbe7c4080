//! Cycles in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::cycle::{Cycle, CycleFilter, CycleSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::cycle::{Column, Entity, Model};
use crate::rows::{spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn cycles_by_id(&self, scope: WorkspaceScope, ids: &[Id<Cycle>]) -> Result<Vec<Cycle>, Error> {
        self.cycles_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn cycles_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<Cycle>, Error> {
        self.cycles_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn cycle_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Cycle>, Error> {
        Ok(self.cycles_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All cycles right inside these.
    pub async fn cycles_inside(&self, scope: WorkspaceScope, parents: &[Id<Cycle>]) -> Result<Vec<Cycle>, Error> {
        self.cycles_where(within(scope).filter(Column::ParentId.is_in(parents.iter().map(|id| id.uuid())))).await
    }

    async fn cycles_where(&self, select: Select<Entity>) -> Result<Vec<Cycle>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Cycle::try_from).collect()
    }

    pub async fn cycles(
        &self,
        scope: WorkspaceScope,
        filter: &CycleFilter,
        sort: Sort<CycleSort>,
        page: &Page,
    ) -> Result<Slice<Cycle>, Error> {
        let CycleFilter { parent, statuses, on, updated_since } = filter;
        let select = within(scope)
            .apply_if(*parent, |select, parent| select.filter(Column::ParentId.eq(parent.uuid())))
            .apply_if((!statuses.is_empty()).then_some(statuses), |select, statuses| {
                select.filter(Column::Status.is_in(statuses.iter().map(|status| spelled(*status))))
            })
            .apply_if(*on, |select, day| select.filter(Column::StartOn.lte(day)).filter(Column::EndOn.gte(day)))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            CycleSort::CreatedAt => (Column::Id, Sorted::Id),
            CycleSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            CycleSort::Start => (Column::StartOn, Sorted::Day),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                CycleSort::CreatedAt => String::new(),
                CycleSort::UpdatedAt => row.updated_at.to_rfc3339(),
                CycleSort::Start => row.start_on.to_string(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_cycle(&self, cycle: &Cycle) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), cycle)).await
    }

    pub async fn replace_cycle(&self, cycle: &Cycle) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), cycle), |_| ()).await
    }

    /// Refused while anything belongs to the cycle.
    pub async fn remove_cycle(&self, cycle: &Cycle) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), cycle)).await
    }
}
