//! Custom metrics in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::custom_metric::{CustomMetric, CustomMetricFilter, CustomMetricSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::custom_metric::{Column, Entity, Model};
use crate::rows::storable;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    /// All of the workspace, by their keys.
    pub async fn every_custom_metric(&self, scope: WorkspaceScope) -> Result<Vec<CustomMetric>, Error> {
        self.custom_metrics_where(within(scope)).await
    }

    pub async fn custom_metrics_by_id(&self, scope: WorkspaceScope, ids: &[Id<CustomMetric>]) -> Result<Vec<CustomMetric>, Error> {
        self.custom_metrics_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn custom_metrics_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<CustomMetric>, Error> {
        self.custom_metrics_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn custom_metric_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<CustomMetric>, Error> {
        Ok(self.custom_metrics_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn custom_metrics_where(&self, select: Select<Entity>) -> Result<Vec<CustomMetric>, Error> {
        select.order_by_asc(Column::Key).all(&self.db()).await?.into_iter().map(CustomMetric::try_from).collect()
    }

    pub async fn custom_metrics(
        &self,
        scope: WorkspaceScope,
        filter: &CustomMetricFilter,
        sort: Sort<CustomMetricSort>,
        page: &Page,
    ) -> Result<Slice<CustomMetric>, Error> {
        let CustomMetricFilter { is_north_star, updated_since } = filter;
        let select = within(scope)
            .apply_if(*is_north_star, |select, is_north_star| select.filter(Column::IsNorthStar.eq(is_north_star)))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            CustomMetricSort::CreatedAt => (Column::Id, Sorted::Id),
            CustomMetricSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            CustomMetricSort::Name => (Column::Name, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                CustomMetricSort::CreatedAt => String::new(),
                CustomMetricSort::UpdatedAt => row.updated_at.to_rfc3339(),
                CustomMetricSort::Name => row.name.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_custom_metric(&self, metric: &CustomMetric) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), metric)?).await
    }

    pub async fn replace_custom_metric(&self, metric: &CustomMetric) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), metric)?, |_| ()).await
    }

    /// Refused while it has readings.
    pub async fn remove_custom_metric(&self, metric: &CustomMetric) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), metric)?).await
    }
}
