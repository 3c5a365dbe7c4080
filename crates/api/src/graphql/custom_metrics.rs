//! Custom metrics over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::CustomMetricQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::custom_metric as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, load_all, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::metrics::DefinitionOf;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::custom_metric::{CustomMetric, CustomMetricFilter, CustomMetricPatch, CustomMetricSort, NewCustomMetric};
use crate::resources::metric_definition::MetricDefinition;
use crate::scalars::DateTime;

#[ComplexObject]
impl CustomMetric {
    /// The metrics that move it, in the order they are named.
    async fn input_metrics(&self, ctx: &Context<'_>) -> Result<Vec<MetricDefinition>> {
        let keys: Vec<DefinitionOf> = self.inputs.iter().cloned().map(DefinitionOf).collect();
        let mut found = load_all(ctx, self.as_of, keys.clone()).await?;
        Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
    }

    /// Whether the caller may change this custom metric.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCommunity)
    }

    /// Every change, oldest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, self.as_of, Concept::CustomMetric, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct CustomMetricQueries;

#[Object]
impl CustomMetricQueries {
    /// A custom metric by id or key; null when there is none.
    async fn custom_metric(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<CustomMetric>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).custom_metric(actor(ctx), &id).await)?.map(CustomMetric::from).dated(as_of))
    }

    /// Custom metrics, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn custom_metrics(
        &self,
        ctx: &Context<'_>,
        filter: Option<CustomMetricFilter>,
        #[graphql(default_with = "CustomMetricSort::CreatedAt")] sort: CustomMetricSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<CustomMetric>> {
        let query = CustomMetricQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::CustomMetricSort::from(sort), descending };
        let fetch = async |page| {
            Ok(app(ctx).custom_metrics(actor(ctx), query.clone(), sort, page).await?.map(CustomMetric::from).dated(query.as_of))
        };
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateCustomMetricPayload, custom_metric: CustomMetric);
payload!(UpdateCustomMetricPayload, custom_metric: CustomMetric);
payload!(PutCustomMetricPayload, custom_metric: CustomMetric);
payload!(DeleteCustomMetricPayload, custom_metric: CustomMetric);

#[derive(Default)]
pub(crate) struct CustomMetricMutations;

#[Object]
impl CustomMetricMutations {
    /// Its figures are asked for by its key, wherever those of built-in metrics are. The key is given once.
    async fn create_custom_metric(&self, ctx: &Context<'_>, input: NewCustomMetric) -> Result<CreateCustomMetricPayload> {
        Ok(create::<CustomMetric>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_custom_metric(&self, ctx: &Context<'_>, input: Update<CustomMetricPatch>) -> Result<UpdateCustomMetricPayload> {
        Ok(update::<CustomMetric, _>(ctx, input).await?.into())
    }

    /// Creates the custom metric with this external id, or makes the one that has it equal to the value.
    async fn put_custom_metric(&self, ctx: &Context<'_>, input: Put<NewCustomMetric>) -> Result<PutCustomMetricPayload> {
        Ok(put::<CustomMetric, _>(ctx, input).await?.into())
    }

    /// Refused while it has readings, and while a North Star, a key result or a target names it. The payload holds the custom metric as it was.
    async fn delete_custom_metric(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteCustomMetricPayload> {
        Ok(delete::<CustomMetric>(ctx, input).await?.into())
    }
}
