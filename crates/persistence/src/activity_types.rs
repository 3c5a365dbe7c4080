//! Activity types in the database: those of the workspace's own, as the others are built in.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use waymark_domain::activity::ActivityType;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;

use crate::error::Error;
use crate::rows::activity_type::{Column, Entity, Model};
use crate::rows::storable;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn activity_types_by_id(&self, scope: WorkspaceScope, ids: &[Id<ActivityType>]) -> Result<Vec<ActivityType>, Error> {
        self.activity_types_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn activity_types_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<ActivityType>, Error> {
        self.activity_types_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn activity_type_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<ActivityType>, Error> {
        Ok(self.activity_types_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All of the workspace's own, which are few.
    pub async fn own_activity_types(&self, scope: WorkspaceScope) -> Result<Vec<ActivityType>, Error> {
        self.activity_types_where(within(scope)).await
    }

    async fn activity_types_where(&self, select: Select<Entity>) -> Result<Vec<ActivityType>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(ActivityType::try_from).collect()
    }
}

impl Transaction {
    pub async fn insert_activity_type(&self, kind: &ActivityType) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), kind)).await
    }

    pub async fn replace_activity_type(&self, kind: &ActivityType) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), kind), |_| ()).await
    }

    pub async fn remove_activity_type(&self, kind: &ActivityType) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), kind)).await
    }
}
