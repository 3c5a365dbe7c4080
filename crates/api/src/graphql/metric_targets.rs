//! Targets of workspaces over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::MetricTargetQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::metric_target as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, optional};
use crate::graphql::history::history;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::metric_target::{MetricTarget, MetricTargetFilter, MetricTargetPatch, MetricTargetSort, NewMetricTarget};
use crate::scalars::DateTime;

#[ComplexObject]
impl MetricTarget {
    /// Whether the caller may change this target.
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
        history(ctx, self.as_of, Concept::MetricTarget, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct MetricTargetQueries;

#[Object]
impl MetricTargetQueries {
    /// A target of the workspace by id; null when there is none.
    async fn metric_target(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<MetricTarget>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).metric_target(actor(ctx), &id).await)?.map(MetricTarget::from).dated(as_of))
    }

    /// Targets of the workspace, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn metric_targets(
        &self,
        ctx: &Context<'_>,
        filter: Option<MetricTargetFilter>,
        #[graphql(default_with = "MetricTargetSort::CreatedAt")] sort: MetricTargetSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<MetricTarget>> {
        let query = MetricTargetQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::MetricTargetSort::from(sort), descending };
        let fetch = async |page| {
            Ok(app(ctx).metric_targets(actor(ctx), query.clone(), sort, page).await?.map(MetricTarget::from).dated(query.as_of))
        };
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateMetricTargetPayload, metric_target: MetricTarget);
payload!(UpdateMetricTargetPayload, metric_target: MetricTarget);
payload!(PutMetricTargetPayload, metric_target: MetricTarget);
payload!(DeleteMetricTargetPayload, metric_target: MetricTarget);

#[derive(Default)]
pub(crate) struct MetricTargetMutations;

#[Object]
impl MetricTargetMutations {
    /// From now on it takes the place of what the sources of the metric call healthy.
    async fn create_metric_target(&self, ctx: &Context<'_>, input: NewMetricTarget) -> Result<CreateMetricTargetPayload> {
        Ok(create::<MetricTarget>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_metric_target(&self, ctx: &Context<'_>, input: Update<MetricTargetPatch>) -> Result<UpdateMetricTargetPayload> {
        Ok(update::<MetricTarget, _>(ctx, input).await?.into())
    }

    /// Creates the target with this external id, or makes the one that has it equal to the value.
    async fn put_metric_target(&self, ctx: &Context<'_>, input: Put<NewMetricTarget>) -> Result<PutMetricTargetPayload> {
        Ok(put::<MetricTarget, _>(ctx, input).await?.into())
    }

    /// From now on the sources of the metric say again what is healthy. The payload holds the target as it was.
    async fn delete_metric_target(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteMetricTargetPayload> {
        Ok(delete::<MetricTarget>(ctx, input).await?.into())
    }
}
