//! Targets of workspaces on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::MetricTargetQuery;
use waymark_domain::metric_target as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::metric::{Comparator, Granularity, Statistic};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::{DateTime, Decimal};

/// What is healthy for this workspace: it takes the place of what the sources of the metric say.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct MetricTarget {
    #[schema(value_type = String, example = "tgt_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// The key of a metric, built in or custom.
    #[schema(example = "active_rate")]
    pub metric: String,
    pub statistic: Statistic,
    /// The windows that it is said of; null for every one of which nothing else is said.
    pub granularity: Option<Granularity>,
    pub comparator: Comparator,
    /// In the unit of the statistic.
    #[schema(example = 30)]
    pub value: Decimal,
    /// The key of the metric that has to hold its level for this one to count.
    pub guardrail: Option<String>,
    #[schema(example = "half of us only read, and that is fine")]
    pub why: String,
    /// The integrator's own id, unique among targets.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// What targets are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::MetricTargetSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricTargetSort {
    CreatedAt,
    UpdatedAt,
    Metric,
}

/// A new target. One number has one target for windows of one kind.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMetricTarget {
    /// The key of a metric, built in or custom.
    #[schema(example = "active_rate")]
    pub metric: String,
    /// The number that is meant, of a metric that has several; its first when absent.
    pub statistic: Option<Statistic>,
    /// The windows that it is said of; every one of which nothing else is said when absent.
    pub granularity: Option<Granularity>,
    pub comparator: Comparator,
    /// In the unit of the statistic.
    #[schema(example = 30)]
    pub value: Decimal,
    /// The key of the metric that has to hold its level for this one to count: one that is told without parameters.
    #[schema(example = "engagement_rate")]
    pub guardrail: Option<String>,
    /// Why this is healthy here; at most 1,000 characters.
    #[schema(example = "half of us only read, and that is fine")]
    pub why: String,
    /// The integrator's own id, unique among targets.
    pub external_id: Option<String>,
}

/// Changes of a target; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MetricTargetPatch {
    /// The windows that it is said of; null for every one of which nothing else is said.
    #[schema(value_type = Option<Granularity>)]
    pub granularity: MaybeUndefined<Granularity>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub comparator: Option<Comparator>,
    /// In the unit of the statistic.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub value: Option<Decimal>,
    /// The key of the metric that has to hold its level for this one to count.
    #[schema(value_type = Option<String>)]
    pub guardrail: MaybeUndefined<String>,
    /// At most 1,000 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub why: Option<String>,
    /// The integrator's own id, unique among targets.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which targets to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MetricTargetFilter {
    /// The key of a metric.
    #[param(required = false, nullable = false, value_type = String)]
    pub metric: Option<String>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::MetricTarget> for MetricTarget {
    fn from(target: domain::MetricTarget) -> Self {
        let domain::MetricTarget { id, metric, statistic, granularity, comparator, value, guardrail, why, external_id, stamp } = target;
        Self {
            id: id.to_string().into(),
            metric,
            statistic: statistic.into(),
            granularity: granularity.map(Into::into),
            comparator: comparator.into(),
            value: value.into(),
            guardrail,
            why,
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewMetricTarget> for domain::MetricTargetDraft {
    fn from(new: NewMetricTarget) -> Self {
        let NewMetricTarget { metric, statistic, granularity, comparator, value, guardrail, why, external_id } = new;
        Self {
            metric,
            statistic: statistic.map(Into::into),
            granularity: granularity.map(Into::into),
            comparator: comparator.into(),
            value: value.entered(),
            guardrail,
            why,
            external_id,
        }
    }
}

impl From<MetricTargetFilter> for MetricTargetQuery {
    fn from(filter: MetricTargetFilter) -> Self {
        let MetricTargetFilter { metric, updated_since, as_of } = filter;
        let filter = domain::MetricTargetFilter { metric, updated_since: updated_since.map(|instant| instant.0) };
        Self { filter, as_of: instant(as_of) }
    }
}

resource!(MetricTarget of domain::MetricTarget, at "/v1/metric-targets");

impl Patch<domain::MetricTargetDraft> for MetricTargetPatch {
    fn apply(self, draft: &mut domain::MetricTargetDraft) {
        let Self { granularity, comparator, value, guardrail, why, external_id } = self;
        clear(&mut draft.granularity, granularity.map_value(Into::into));
        replace(&mut draft.comparator, comparator.map(Into::into));
        replace(&mut draft.value, value.map(Decimal::entered));
        clear(&mut draft.guardrail, guardrail);
        replace(&mut draft.why, why);
        clear(&mut draft.external_id, external_id);
    }
}
