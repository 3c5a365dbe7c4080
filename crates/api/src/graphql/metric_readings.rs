//! Readings of custom metrics over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result};
use waymark_application::{Error, MetricReadingQuery, Pushing};
use waymark_domain::metric_reading as domain;
use waymark_domain::page::Sort;
use waymark_domain::rejection::{Code, Violation};

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, failure, optional};
use crate::graphql::mutation::{Delete, delete, payload, plain};
use crate::resources::metric_reading::{
    MetricReading, MetricReadingBatch, MetricReadingFilter, MetricReadingSort, NewMetricReading, pushing,
};

/// Most readings of one mutation.
const MOST: usize = 500;

#[derive(Default)]
pub(crate) struct MetricReadingQueries;

#[Object]
impl MetricReadingQueries {
    /// A reading by id, as it was pushed last; null when there is none.
    async fn metric_reading(&self, ctx: &Context<'_>, id: ID) -> Result<Option<MetricReading>> {
        Ok(optional(app(ctx).metric_reading(actor(ctx), &id).await)?.map(MetricReading::from))
    }

    /// Everything that a reading ever said, oldest first.
    async fn metric_reading_revisions(&self, ctx: &Context<'_>, id: ID) -> Result<Vec<MetricReading>> {
        let revisions = app(ctx).metric_reading_revisions(actor(ctx), &id).await.map_err(|error| failure(&error))?;
        Ok(revisions.into_iter().map(Into::into).collect())
    }

    /// Readings of custom metrics, in the order of their times.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn metric_readings(
        &self,
        ctx: &Context<'_>,
        filter: Option<MetricReadingFilter>,
        #[graphql(default_with = "MetricReadingSort::At")] sort: MetricReadingSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<MetricReading>> {
        let query = MetricReadingQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::MetricReadingSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).metric_readings(actor(ctx), query.clone(), sort, page).await?.map(MetricReading::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

/// Readings to push.
#[derive(InputObject)]
struct PushReadingsInput {
    /// At most 500; REST takes 5,000 at once.
    readings: Vec<NewMetricReading>,
    /// Take in all of the readings, or none where one of them is refused.
    #[graphql(default = false)]
    atomic: bool,
}

impl PushReadingsInput {
    fn pushing(self) -> Result<Pushing, Error> {
        if self.readings.len() > MOST {
            let detail = format!("a mutation takes at most {MOST} readings: send them in several, or in one batch over REST");
            return Err(Violation::new(Code::TooMany, detail).into());
        }
        Ok(pushing(self.readings.into_iter().map(Ok).collect(), self.atomic))
    }
}

payload!(PushReadingsPayload, batch: MetricReadingBatch);
payload!(RetractReadingPayload, metric_reading: MetricReading);

#[derive(Default)]
pub(crate) struct MetricReadingMutations;

#[Object]
impl MetricReadingMutations {
    /// Pushes readings of custom metrics. Each is taken in or rejected by itself, unless they are atomic. Pushing the same
    /// again changes nothing; other content under the same `sourceId` corrects the reading.
    async fn push_readings(&self, ctx: &Context<'_>, input: PushReadingsInput) -> Result<PushReadingsPayload> {
        let pushed = match input.pushing() {
            Ok(pushing) => app(ctx).push_readings(actor(ctx), pushing).await,
            Err(error) => Err(error),
        };
        Ok(plain(pushed, &["input", "readings"])?.into())
    }

    /// Takes a reading back: it counts for nothing, until its source pushes it again. The payload holds it as it was.
    async fn retract_reading(&self, ctx: &Context<'_>, input: Delete) -> Result<RetractReadingPayload> {
        Ok(delete::<MetricReading>(ctx, input).await?.into())
    }
}
