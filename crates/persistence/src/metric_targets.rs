//! Targets of workspaces in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::metric_target::{MetricTarget, MetricTargetFilter, MetricTargetSort};
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::metric_target::{Column, Entity, Model};
use crate::rows::storable;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    /// All of the workspace, in the order they were made.
    pub async fn every_metric_target(&self, scope: WorkspaceScope) -> Result<Vec<MetricTarget>, Error> {
        self.metric_targets_where(within(scope)).await
    }

    pub async fn metric_targets_by_id(&self, scope: WorkspaceScope, ids: &[Id<MetricTarget>]) -> Result<Vec<MetricTarget>, Error> {
        self.metric_targets_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// Those of these metrics, by their keys.
    pub async fn metric_targets_of(&self, scope: WorkspaceScope, metrics: &[&str]) -> Result<Vec<MetricTarget>, Error> {
        self.metric_targets_where(within(scope).filter(Column::Metric.is_in(metrics.iter().copied().filter_map(storable)))).await
    }

    pub async fn metric_target_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<MetricTarget>, Error> {
        Ok(self.metric_targets_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn metric_targets_where(&self, select: Select<Entity>) -> Result<Vec<MetricTarget>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(MetricTarget::try_from).collect()
    }

    pub async fn metric_targets(
        &self,
        scope: WorkspaceScope,
        filter: &MetricTargetFilter,
        sort: Sort<MetricTargetSort>,
        page: &Page,
    ) -> Result<Slice<MetricTarget>, Error> {
        let MetricTargetFilter { metric, updated_since } = filter;
        let select = within(scope)
            .apply_if(metric.as_deref(), |select, metric| select.filter(Column::Metric.is_in(storable(metric))))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            MetricTargetSort::CreatedAt => (Column::Id, Sorted::Id),
            MetricTargetSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            MetricTargetSort::Metric => (Column::Metric, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                MetricTargetSort::CreatedAt => String::new(),
                MetricTargetSort::UpdatedAt => row.updated_at.to_rfc3339(),
                MetricTargetSort::Metric => row.metric.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_metric_target(&self, target: &MetricTarget) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), target)).await
    }

    pub async fn replace_metric_target(&self, target: &MetricTarget) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), target), |_| ()).await
    }

    pub async fn remove_metric_target(&self, target: &MetricTarget) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), target)).await
    }
}
