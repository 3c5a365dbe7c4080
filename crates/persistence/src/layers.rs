//! Layers in the database.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::layer::Layer;

use crate::error::Error;
use crate::rows::layer::{Column, Entity, Model};
use crate::rows::storable;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn layers_by_id(&self, scope: WorkspaceScope, ids: &[Id<Layer>]) -> Result<Vec<Layer>, Error> {
        self.layers_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn layers_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<Layer>, Error> {
        self.layers_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn layer_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Layer>, Error> {
        Ok(self.layers_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All layers of the workspace, which are few, from the core outwards.
    pub async fn all_layers(&self, scope: WorkspaceScope) -> Result<Vec<Layer>, Error> {
        self.layers_where(within(scope)).await
    }

    async fn layers_where(&self, select: Select<Entity>) -> Result<Vec<Layer>, Error> {
        select.order_by_asc(Column::Position).all(&self.db()).await?.into_iter().map(Layer::try_from).collect()
    }
}

impl Transaction {
    pub async fn insert_layers(&self, layers: &[Layer]) -> Result<(), Error> {
        self.insert_all(layers.iter().map(|layer| Model::of(self.scope(), layer)).collect::<Result<_, _>>()?).await
    }

    pub async fn replace_layer(&self, layer: &Layer) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), layer)?, |_| ()).await
    }

    /// Refused while anybody is assigned to the layer, or once was.
    pub async fn remove_layer(&self, layer: &Layer) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), layer)?).await
    }
}
