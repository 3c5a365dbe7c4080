//! Readings of custom metrics on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{MetricReadingQuery, PushedBatch, Pushing};
use waymark_domain::metric_reading as domain;
use waymark_domain::rejection::Rejection;

use crate::resources::as_of::instant;
use crate::resources::batch::{BatchItem, BatchStatus, count};
use crate::resources::resource;
use crate::scalars::{Date, DateTime, Decimal};

/// What was read of a custom metric, as its source pushed it last.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricReading {
    /// Made of the metric and the source's own id.
    #[schema(value_type = String, example = "rdg_2x4q8hcvw5bn7f2p9s3k6jy0dm")]
    pub id: ID,
    #[schema(value_type = String, example = "met_01h455vb4pex5vsknk084sn02q")]
    pub metric_id: ID,
    /// The source's own id of it, unique in the metric.
    #[schema(example = "crm-2026-03")]
    pub source_id: String,
    /// When it was read; null of a day as a whole.
    pub at: Option<DateTime>,
    /// The day as a whole that it is of, whatever the time zone; null of an instant.
    pub on: Option<Date>,
    /// In the unit of the metric; of a share in percent, rounded half away from zero to 2 places.
    pub value: Decimal,
    /// Of a share.
    pub numerator: Option<i64>,
    /// Of a share.
    pub denominator: Option<i64>,
    /// What it rests on.
    pub evidence: Option<String>,
    /// Where that can be seen.
    pub evidence_url: Option<String>,
    /// Whether it was taken back: then it counts for nothing, until its source pushes it again.
    pub is_retracted: bool,
    /// 1 when it was first pushed, one more whenever it was pushed with other content or taken back.
    pub version: u32,
    /// When this content was first pushed, or taken back.
    pub recorded_at: DateTime,
    /// The name of the token that did so.
    pub author: String,
}

/// What readings are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::MetricReadingSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricReadingSort {
    At,
}

/// A reading: of an instant, `at`, or of a day, `on`; a `value`, or a share of a metric in percent; with evidence, as nobody can
/// compute it again.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMetricReading {
    /// Id or key of the custom metric.
    #[schema(example = "advocacy_revenue")]
    pub metric: String,
    /// The source's own id of it, unique in the metric: the same again with other content corrects the reading.
    #[schema(example = "crm-2026-03")]
    pub source_id: String,
    /// In 1980 or later, and at most 24 hours ahead of the server's clock. Not together with `on`.
    pub at: Option<DateTime>,
    /// A day as a whole, which stands at its end. Not together with `at`.
    #[schema(example = "2026-03-31")]
    pub on: Option<Date>,
    /// In the unit of the metric.
    #[schema(example = 42_500)]
    pub value: Option<Decimal>,
    /// So many; with `denominator`, in place of a value.
    pub numerator: Option<i64>,
    /// Of so many, 1 or more.
    pub denominator: Option<i64>,
    /// What it rests on; this, `evidenceUrl` or both.
    #[schema(example = "the closed deals of March whose first touch was an advocate")]
    pub evidence: Option<String>,
    /// Where that can be seen.
    #[schema(example = "https://crm.example.org/reports/2026-03")]
    pub evidence_url: Option<String>,
}

/// What became of a batch of readings.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricReadingBatch {
    /// A read that asks for at least this one sees everything the batch changed.
    pub watermark: u64,
    /// How many readings are new.
    pub created: u32,
    /// How many were pushed before and said the same.
    pub unchanged: u32,
    /// How many were pushed before and said something else, or had been taken back.
    pub updated: u32,
    /// How many were not taken in.
    pub rejected: u32,
    /// One for each reading, in the order in which they were sent.
    pub items: Vec<BatchItem>,
}

/// Which readings to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MetricReadingFilter {
    /// Id or key of a custom metric.
    #[param(required = false, nullable = false, value_type = String)]
    pub metric: Option<String>,
    /// Only those that were taken back, or only the others.
    #[param(required = false, nullable = false, value_type = bool)]
    pub is_retracted: Option<bool>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::MetricReading> for MetricReading {
    fn from(reading: domain::MetricReading) -> Self {
        let domain::MetricReading { id, pushed, is_retracted, revision, recorded_at, author } = reading;
        let domain::Pushed { metric, source_id, at, amount, evidence, evidence_url } = pushed;
        let (at, on) = match at {
            domain::Moment::At(instant) => (Some(DateTime(instant)), None),
            domain::Moment::Day(day) => (None, Some(Date(day))),
        };
        let (numerator, denominator) = match amount {
            domain::Amount::Value(_) => (None, None),
            domain::Amount::Share { numerator, denominator } => (Some(numerator), Some(denominator)),
        };
        Self {
            id: id.to_string().into(),
            metric_id: metric.to_string().into(),
            source_id,
            at,
            on,
            value: Decimal(amount.value()),
            numerator,
            denominator,
            evidence,
            evidence_url,
            is_retracted,
            version: revision,
            recorded_at: DateTime(recorded_at),
            author,
        }
    }
}

impl From<NewMetricReading> for domain::MetricReadingDraft {
    fn from(new: NewMetricReading) -> Self {
        let NewMetricReading { metric, source_id, at, on, value, numerator, denominator, evidence, evidence_url } = new;
        Self {
            metric,
            source_id,
            at: at.map(|at| at.0),
            on: on.map(|on| on.0),
            value: value.map(Decimal::entered),
            numerator,
            denominator,
            evidence,
            evidence_url,
        }
    }
}

impl From<MetricReadingFilter> for MetricReadingQuery {
    fn from(filter: MetricReadingFilter) -> Self {
        let MetricReadingFilter { metric, is_retracted, as_of } = filter;
        Self { metric, is_retracted, as_of: instant(as_of) }
    }
}

resource!(MetricReading of domain::MetricReading, at "/v1/metric-readings");

/// The readings as the application takes them in.
pub(crate) fn pushing(readings: Vec<Result<NewMetricReading, Rejection>>, atomic: bool) -> Pushing {
    Pushing { readings: readings.into_iter().map(|reading| reading.map(Into::into)).collect(), atomic }
}

impl From<PushedBatch> for MetricReadingBatch {
    fn from(PushedBatch { watermark, items }: PushedBatch) -> Self {
        let items: Vec<BatchItem> = items.into_iter().enumerate().map(|(place, one)| BatchItem::of(place, one.id, one.outcome)).collect();
        Self {
            watermark,
            created: count(&items, BatchStatus::Created),
            unchanged: count(&items, BatchStatus::Unchanged),
            updated: count(&items, BatchStatus::Updated),
            rejected: count(&items, BatchStatus::Rejected),
            items,
        }
    }
}
