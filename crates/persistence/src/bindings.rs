//! Bindings in the database.

use std::sync::Arc;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::Binding;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;

use crate::error::Error;
use crate::rows::binding::{Column, Entity, Model};
use crate::rows::key_result;
use crate::store::{Store, Transaction};

/// Bindings of key results that were not deleted.
fn within(scope: WorkspaceScope) -> Select<Entity> {
    let standing = Query::select()
        .column(key_result::Column::Id)
        .from(key_result::Entity)
        .and_where(key_result::Column::WorkspaceId.eq(scope.workspace().uuid()))
        .and_where(key_result::Column::DeletedAt.is_null())
        .to_owned();
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid())).filter(Column::KeyResultId.in_subquery(standing))
}

impl Store {
    /// All of the workspace, in the order they were made.
    pub async fn bindings(&self, scope: WorkspaceScope) -> Result<Vec<Binding>, Error> {
        self.bindings_where(scope, within(scope)).await
    }

    pub async fn bindings_by_id(&self, scope: WorkspaceScope, ids: &[Id<Binding>]) -> Result<Vec<Binding>, Error> {
        self.bindings_where(scope, within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The bindings of these key results, of which each has one at most.
    pub async fn bindings_of(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<Vec<Binding>, Error> {
        self.bindings_where(scope, within(scope).filter(Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid())))).await
    }

    /// One query more where the workspace's own metrics are bound.
    async fn bindings_where(&self, scope: WorkspaceScope, select: Select<Entity>) -> Result<Vec<Binding>, Error> {
        let rows = select.order_by_asc(Column::Id).all(&self.db()).await?;
        let mut names = Vec::new();
        for row in &rows {
            names.extend(row.own_metrics()?);
        }
        let keys: Vec<&str> = names.iter().map(String::as_str).collect();
        let own = if keys.is_empty() { Vec::new() } else { self.custom_metrics_by_key(scope, &keys).await? };
        let own = own.into_iter().map(|metric| (metric.key.clone(), Arc::new(metric))).collect();
        rows.into_iter().map(|row| row.binding(&own)).collect()
    }
}

impl Transaction {
    pub async fn insert_binding(&self, binding: &Binding) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), binding)?).await
    }

    pub async fn replace_binding(&self, binding: &Binding) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), binding)?, |_| ()).await
    }

    pub async fn remove_binding(&self, binding: &Binding) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), binding)?).await
    }
}
