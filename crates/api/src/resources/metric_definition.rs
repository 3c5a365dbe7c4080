//! What each metric is, on the wire.

use async_graphql::{Enum, SimpleObject};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use waymark_domain::metric::catalogue::{self as domain, Definition, Healthy, Measured, Parameter};

use crate::resources::measure::Unit;
use crate::resources::metric::{Comparator, Granularity, MetricPart, Statistic};
use crate::scalars::{Decimal, Json};

/// A metric: what it is, how it is computed, what can be asked of it, and when it is healthy.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricDefinition {
    /// Its name in addresses and questions.
    #[schema(example = "active_rate")]
    pub key: String,
    /// Rises when the same facts would give another figure.
    pub version: u32,
    #[schema(example = "Active rate")]
    pub name: String,
    pub family: MetricFamily,
    #[schema(example = "100 * |A and T| / |T|: of the members at window end, those who did something in the window")]
    pub formula: String,
    /// What has to be known to compute it.
    pub inputs: Vec<MetricInput>,
    /// What happens where the formula alone does not say.
    pub edge_rules: Vec<String>,
    /// Of the number that is meant where no statistic is named.
    pub unit: Unit,
    /// What is counted, or `s` for seconds.
    pub unit_label: Option<String>,
    /// Null where it depends on what is measured.
    pub higher_is_better: Option<bool>,
    /// Every number that it gives, the one that is meant by default first.
    pub statistics: Vec<MeasuredStatistic>,
    /// The named whole numbers that stand beside them.
    pub parts: Vec<MetricPart>,
    pub parameters: Vec<MetricParameter>,
    /// What it can be narrowed to.
    pub segments: Vec<MetricSegment>,
    /// What its sources call healthy.
    pub healthy: Vec<HealthyTarget>,
    /// Who says that it is worth looking at.
    pub sources: Vec<String>,
}

/// One number that a metric gives.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeasuredStatistic {
    pub statistic: Statistic,
    pub unit: Unit,
    /// What is counted, or `s` for seconds.
    pub unit_label: Option<String>,
    /// Null where it depends on what is measured.
    pub higher_is_better: Option<bool>,
}

/// What a question about a metric can set.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricParameter {
    #[schema(example = "minClass")]
    pub name: String,
    pub kind: MetricParameterKind,
    /// Whether the metric cannot be told without it.
    pub is_required: bool,
    /// What stands there where nothing is given; null for nothing.
    #[schema(value_type = Json)]
    pub default: Option<Json>,
    /// Of a number; of a duration in seconds.
    pub least: Option<i64>,
    /// Of a number; of a duration in seconds.
    pub most: Option<i64>,
}

/// What can stand in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricParameterKind {
    WholeNumber,
    /// By ISO 8601, such as `PT24H`.
    Duration,
    Flag,
    ActivityClass,
    /// A list of keys.
    Keys,
    Key,
    /// By what answers weigh, such as `LAYER`.
    Weights,
}

/// Where a healthy community stands, by the source that says so.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthyTarget {
    pub statistic: Statistic,
    pub comparator: Comparator,
    /// In the unit of its statistic.
    #[schema(example = 40)]
    pub value: Decimal,
    /// The windows that it is said of; null for every one.
    pub per: Option<Granularity>,
    /// The key of the metric that has to hold its level for this one to count.
    pub guardrail: Option<String>,
    pub source: String,
}

/// What a metric is computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Family")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricFamily {
    /// From what was done.
    Activity,
    /// From who is there.
    Membership,
    /// From questions, their answers and their resolution.
    Questions,
    /// From the answers to a survey.
    Survey,
    /// From pieces of content and mentions.
    Content,
    /// From what was done in programmes, and what is said of them.
    Programs,
    /// From readings that are pushed.
    Pushed,
}

/// What has to be known to compute a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Input")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricInput {
    /// Who joined and left, and when.
    Spells,
    /// Who is of the community, of the staff or a bot, and since when.
    Kinds,
    /// What members did.
    Activities,
    Roles,
    Properties,
    Tags,
    /// Questions, their answers, ratings and resolutions.
    Questions,
    SurveyAnswers,
    /// Pieces published and retracted.
    Content,
    /// Which programme something belongs to, and of which kind that is.
    Initiatives,
    /// What programmes were worth to those who took part.
    Ratings,
    Readings,
}

/// What a metric can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::SegmentKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricSegment {
    Platform,
    Channel,
    /// What happened by the layer of its day, members by the layer at the end.
    Layer,
    Organisation,
    Property,
    Tag,
    Initiative,
    /// All initiatives of a category.
    Category,
}

impl From<&Definition> for MetricDefinition {
    fn from(definition: &Definition) -> Self {
        let Definition { key, version, name, family, formula, inputs, edge_rules, value, .. } = definition;
        let Definition { further: _, parts, parameters, segments, healthy, sources, .. } = definition;
        Self {
            key: <&str>::from(*key).to_owned(),
            version: u32::from(*version),
            name: (*name).to_owned(),
            family: (*family).into(),
            formula: (*formula).to_owned(),
            inputs: inputs.iter().map(|input| (*input).into()).collect(),
            edge_rules: texts(edge_rules),
            unit: value.unit.into(),
            unit_label: value.label.map(str::to_owned),
            higher_is_better: value.higher_is_better,
            statistics: definition.statistics().map(|measured| (*measured).into()).collect(),
            parts: parts.iter().map(|part| (*part).into()).collect(),
            parameters: parameters.iter().map(|parameter| (*parameter).into()).collect(),
            segments: segments.iter().map(|segment| (*segment).into()).collect(),
            healthy: healthy.iter().map(|healthy| (*healthy).into()).collect(),
            sources: texts(sources),
        }
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

impl From<Measured> for MeasuredStatistic {
    fn from(measured: Measured) -> Self {
        let Measured { statistic, unit, label, higher_is_better } = measured;
        Self { statistic: statistic.into(), unit: unit.into(), unit_label: label.map(str::to_owned), higher_is_better }
    }
}

impl From<Healthy> for HealthyTarget {
    fn from(healthy: Healthy) -> Self {
        let Healthy { statistic, comparator, value, per, guardrail, source } = healthy;
        Self {
            statistic: statistic.into(),
            comparator: comparator.into(),
            value: Decimal(value.into()),
            per: per.map(Into::into),
            guardrail: guardrail.map(|metric| <&str>::from(metric).to_owned()),
            source: source.to_owned(),
        }
    }
}

impl From<Parameter> for MetricParameter {
    fn from(parameter: Parameter) -> Self {
        use domain::ParameterKind as Of;
        let (kind, is_required, default, range) = match parameter.kind {
            Of::Whole { least, most, default } => {
                (MetricParameterKind::WholeNumber, default.is_none(), json!(default), Some((least, most)))
            }
            Of::Duration { least, most } => (MetricParameterKind::Duration, true, json!(null), Some((least, most))),
            Of::Flag => (MetricParameterKind::Flag, false, json!(false), None),
            Of::Class { default } => (MetricParameterKind::ActivityClass, false, json!(<&str>::from(default)), None),
            Of::Keys { default } => (MetricParameterKind::Keys, false, json!(default), None),
            Of::RequiredKeys => (MetricParameterKind::Keys, true, json!(null), None),
            Of::Key => (MetricParameterKind::Key, true, json!(null), None),
            Of::OptionalKey => (MetricParameterKind::Key, false, json!(null), None),
            Of::Weights => (MetricParameterKind::Weights, false, json!(null), None),
        };
        let (least, most) = range.unzip();
        Self {
            name: <&str>::from(parameter.name).to_owned(),
            kind,
            is_required,
            default: Some(default).filter(|default| !default.is_null()).map(Json),
            least,
            most,
        }
    }
}
