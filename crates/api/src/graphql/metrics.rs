//! Metrics over GraphQL.

use async_graphql::{Context, Object, Result};

use crate::graphql::context::{actor, app, failure, optional};
use crate::resources::as_of::instant;
use crate::resources::community_health::CommunityHealth;
use crate::resources::metric::{MetricQuery, MetricSeries};
use crate::resources::metric_definition::MetricDefinition;
use crate::scalars::{DateTime, Month};

#[derive(Default)]
pub(crate) struct MetricQueries;

#[Object]
impl MetricQueries {
    /// Every metric with its formula, its edge rules, its parameters and what is healthy.
    async fn metric_definitions(&self, ctx: &Context<'_>) -> Result<Vec<MetricDefinition>> {
        let definitions = app(ctx).metric_definitions(actor(ctx)).map_err(|error| failure(&error))?;
        Ok(definitions.into_iter().map(Into::into).collect())
    }

    /// A metric by its key; null when there is none.
    async fn metric_definition(&self, ctx: &Context<'_>, key: String) -> Result<Option<MetricDefinition>> {
        Ok(optional(app(ctx).metric_definition(actor(ctx), &key))?.map(Into::into))
    }

    /// The figures of a metric, now or by what was known at an instant; null only with an error, which leaves other metrics of
    /// the same document as they are.
    async fn metric(&self, ctx: &Context<'_>, query: MetricQuery, as_of: Option<DateTime>) -> Result<Option<MetricSeries>> {
        let series = app(ctx).at(instant(as_of)).metric(actor(ctx), query.into()).await.map_err(|error| failure(&error))?;
        Ok(Some(series.into()))
    }

    /// The figures of 1 to 50 metrics, all as of one watermark or by what was known at one instant, in the order of the questions.
    async fn metrics(&self, ctx: &Context<'_>, queries: Vec<MetricQuery>, as_of: Option<DateTime>) -> Result<Vec<MetricSeries>> {
        let queries = queries.into_iter().map(Into::into).collect();
        let series = app(ctx).at(instant(as_of)).metrics(actor(ctx), queries).await.map_err(|error| failure(&error))?;
        Ok(series.into_iter().map(Into::into).collect())
    }

    /// The community against what the sources of its metrics call healthy, for a month, or for the last one that is over;
    /// now or by what was known at an instant.
    async fn community_health(&self, ctx: &Context<'_>, month: Option<Month>, as_of: Option<DateTime>) -> Result<CommunityHealth> {
        let report = app(ctx).at(instant(as_of)).health_report(actor(ctx), month.map(|month| month.0)).await;
        Ok(report.map_err(|error| failure(&error))?.into())
    }
}
