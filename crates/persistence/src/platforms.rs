//! Platforms in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::platform::{Platform, PlatformFilter, PlatformSort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::platform::{Column, Entity, Model};
use crate::rows::{spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn platforms_by_id(&self, scope: WorkspaceScope, ids: &[Id<Platform>]) -> Result<Vec<Platform>, Error> {
        self.platforms_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn platforms_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<Platform>, Error> {
        self.platforms_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn platform_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Platform>, Error> {
        Ok(self.platforms_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn platforms_where(&self, select: Select<Entity>) -> Result<Vec<Platform>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Platform::try_from).collect()
    }

    pub async fn platforms(
        &self,
        scope: WorkspaceScope,
        filter: &PlatformFilter,
        sort: Sort<PlatformSort>,
        page: &Page,
    ) -> Result<Slice<Platform>, Error> {
        let PlatformFilter { kinds, active, updated_since } = filter;
        let select = within(scope)
            .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
                select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
            })
            .apply_if(*active, |select, is_active| select.filter(Column::Active.eq(is_active)))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            PlatformSort::CreatedAt => (Column::Id, Sorted::Id),
            PlatformSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            PlatformSort::Name => (Column::Name, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                PlatformSort::CreatedAt => String::new(),
                PlatformSort::UpdatedAt => row.updated_at.to_rfc3339(),
                PlatformSort::Name => row.name.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_platform(&self, platform: &Platform) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), platform)).await
    }

    pub async fn replace_platform(&self, platform: &Platform) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), platform), |_| ()).await
    }

    /// Refused while anything belongs to the platform.
    pub async fn remove_platform(&self, platform: &Platform) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), platform)).await
    }
}
