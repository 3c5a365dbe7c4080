//! Channels in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::{Channel, ChannelFilter, ChannelSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::platform::Platform;

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::channel::{Column, Entity, Model};
use crate::rows::storable;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn channels_by_id(&self, scope: WorkspaceScope, ids: &[Id<Channel>]) -> Result<Vec<Channel>, Error> {
        self.channels_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The channels of one platform with these keys.
    pub async fn channels_by_key(&self, scope: WorkspaceScope, platform: Id<Platform>, keys: &[&str]) -> Result<Vec<Channel>, Error> {
        let select = within(scope).filter(Column::PlatformId.eq(platform.uuid()));
        self.channels_where(select.filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn channel_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Channel>, Error> {
        Ok(self.channels_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All channels of these platforms, in the order they were created.
    pub async fn channels_of(&self, scope: WorkspaceScope, platforms: &[Id<Platform>]) -> Result<Vec<Channel>, Error> {
        self.channels_where(within(scope).filter(Column::PlatformId.is_in(platforms.iter().map(|id| id.uuid())))).await
    }

    async fn channels_where(&self, select: Select<Entity>) -> Result<Vec<Channel>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Channel::try_from).collect()
    }

    pub async fn channels(
        &self,
        scope: WorkspaceScope,
        filter: &ChannelFilter,
        sort: Sort<ChannelSort>,
        page: &Page,
    ) -> Result<Slice<Channel>, Error> {
        let ChannelFilter { platform, active, updated_since } = filter;
        let select = within(scope)
            .apply_if(*platform, |select, id| select.filter(Column::PlatformId.eq(id.uuid())))
            .apply_if(*active, |select, is_active| select.filter(Column::Active.eq(is_active)))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            ChannelSort::CreatedAt => (Column::Id, Sorted::Id),
            ChannelSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            ChannelSort::Name => (Column::Name, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                ChannelSort::CreatedAt => String::new(),
                ChannelSort::UpdatedAt => row.updated_at.to_rfc3339(),
                ChannelSort::Name => row.name.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_channel(&self, channel: &Channel) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), channel)).await
    }

    pub async fn replace_channel(&self, channel: &Channel) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), channel), |_| ()).await
    }

    /// Refused while anything happened in the channel.
    pub async fn remove_channel(&self, channel: &Channel) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), channel)).await
    }
}
