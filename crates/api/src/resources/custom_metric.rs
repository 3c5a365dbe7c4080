//! Custom metrics on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::CustomMetricQuery;
use waymark_domain::custom_metric as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::measure::Unit;
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::DateTime;

/// A metric of the workspace's own, whose readings are pushed with evidence, for what no event can show.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct CustomMetric {
    #[schema(value_type = String, example = "met_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: questions, readings and bindings name it by it, as they do the built-in metrics.
    #[schema(example = "advocacy_revenue")]
    pub key: String,
    #[schema(example = "Revenue from advocacy")]
    pub name: String,
    pub description: Option<String>,
    /// How its readings come about, in words.
    #[schema(example = "what deals bring in whose first touch was an advocate")]
    pub formula: String,
    pub unit: Unit,
    /// What is counted, the currency, or `s` for seconds.
    pub unit_label: Option<String>,
    pub higher_is_better: bool,
    pub aggregation: Aggregation,
    pub is_north_star: bool,
    /// The keys of the metrics that move a North Star.
    pub inputs: Vec<String>,
    /// Rises when the formula, the unit or the aggregation changes.
    pub definition_version: u32,
    /// The integrator's own id, unique among custom metrics.
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

/// Which of a window's readings its figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Aggregation")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Aggregation {
    /// The last one by its time; of two of one time the one that was recorded later.
    #[default]
    Last,
    /// All of them together; not of `PERCENT` and `SCORE`.
    Sum,
    /// Their mean, to 2 places, each weighing the same.
    Mean,
}

/// What custom metrics are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::CustomMetricSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomMetricSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new custom metric, of which a workspace has at most 200.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCustomMetric {
    /// Letters, digits, `-` and `_`; given once, unique among metrics, the built-in ones included.
    #[schema(example = "advocacy_revenue")]
    pub key: String,
    #[schema(example = "Revenue from advocacy")]
    pub name: String,
    pub description: Option<String>,
    /// How its readings come about, in words; at most 1,000 characters.
    #[schema(example = "what deals bring in whose first touch was an advocate")]
    pub formula: String,
    #[serde(default)]
    #[graphql(default_with = "Unit::Number")]
    #[schema(default = "NUMBER")]
    pub unit: Unit,
    /// As the unit asks for it. Metrics tell durations in seconds, `s`.
    #[schema(example = "EUR")]
    pub unit_label: Option<String>,
    #[serde(default = "yes")]
    #[graphql(default = true)]
    #[schema(default = true)]
    pub higher_is_better: bool,
    #[serde(default)]
    #[graphql(default_with = "Aggregation::Last")]
    #[schema(default = "LAST")]
    pub aggregation: Aggregation,
    /// Marks it as a North Star.
    #[serde(default)]
    #[graphql(default = false)]
    #[schema(default = false)]
    pub is_north_star: bool,
    /// The keys of the metrics that move a North Star, at most 20: built in or custom, each told without parameters, and none
    /// of them moved by it.
    #[serde(default)]
    #[graphql(default)]
    pub inputs: Vec<String>,
    /// The integrator's own id, unique among custom metrics.
    pub external_id: Option<String>,
}

fn yes() -> bool {
    true
}

/// Changes of a custom metric; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CustomMetricPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    #[schema(value_type = Option<String>)]
    pub description: MaybeUndefined<String>,
    /// At most 1,000 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub formula: Option<String>,
    /// Key results that it drives have to fit.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub unit: Option<Unit>,
    #[schema(value_type = Option<String>)]
    pub unit_label: MaybeUndefined<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub higher_is_better: Option<bool>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub aggregation: Option<Aggregation>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub is_north_star: Option<bool>,
    /// All of them; an empty list clears.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub inputs: Option<Vec<String>>,
    /// The integrator's own id, unique among custom metrics.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which custom metrics to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CustomMetricFilter {
    /// Only those that are a North Star, or only the others.
    #[param(required = false, nullable = false, value_type = bool)]
    pub is_north_star: Option<bool>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::CustomMetric> for CustomMetric {
    fn from(metric: domain::CustomMetric) -> Self {
        let domain::CustomMetric { id, key, name, description, formula, unit, higher_is_better, .. } = metric;
        let domain::CustomMetric { aggregation, is_north_star, inputs, definition_version, external_id, stamp, .. } = metric;
        Self {
            id: id.to_string().into(),
            key,
            name,
            description,
            formula,
            unit: unit.kind().into(),
            unit_label: unit.label().map(str::to_owned),
            higher_is_better,
            aggregation: aggregation.into(),
            is_north_star,
            inputs,
            definition_version,
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewCustomMetric> for domain::CustomMetricDraft {
    fn from(new: NewCustomMetric) -> Self {
        let NewCustomMetric { key, name, description, formula, unit, unit_label, .. } = new;
        let NewCustomMetric { higher_is_better, aggregation, is_north_star, inputs, external_id, .. } = new;
        Self {
            key,
            name,
            description,
            formula,
            unit: unit.into(),
            unit_label,
            higher_is_better,
            aggregation: aggregation.into(),
            is_north_star,
            inputs,
            external_id,
        }
    }
}

impl From<CustomMetricFilter> for CustomMetricQuery {
    fn from(filter: CustomMetricFilter) -> Self {
        let CustomMetricFilter { is_north_star, updated_since, as_of } = filter;
        let filter = domain::CustomMetricFilter { is_north_star, updated_since: updated_since.map(|instant| instant.0) };
        Self { filter, as_of: instant(as_of) }
    }
}

resource!(CustomMetric of domain::CustomMetric, at "/v1/custom-metrics");

impl Patch<domain::CustomMetricDraft> for CustomMetricPatch {
    fn apply(self, draft: &mut domain::CustomMetricDraft) {
        let Self { name, description, formula, unit, unit_label, .. } = self;
        let Self { higher_is_better, aggregation, is_north_star, inputs, external_id, .. } = self;
        replace(&mut draft.name, name);
        clear(&mut draft.description, description);
        replace(&mut draft.formula, formula);
        replace(&mut draft.unit, unit.map(Into::into));
        clear(&mut draft.unit_label, unit_label);
        replace(&mut draft.higher_is_better, higher_is_better);
        replace(&mut draft.aggregation, aggregation.map(Into::into));
        replace(&mut draft.is_north_star, is_north_star);
        replace(&mut draft.inputs, inputs);
        clear(&mut draft.external_id, external_id);
    }
}
