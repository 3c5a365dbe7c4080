//! Questions about metrics on the wire.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::metric::setting::Given;

use super::{Compare, Granularity, Statistic, Weights};
use crate::resources::activity_class::ActivityClass;
use crate::resources::as_of::{AsOf, instant};
use crate::resources::initiative::Category;
use crate::scalars::{Date, DateTime, Duration};

/// What to tell of a metric: a figure for each window. Without days it is the last 28 that are over; with a first day it
/// is each month. Which parameters and segments a metric takes, its definition says.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricQuery {
    /// The key of the metric.
    #[schema(example = "active_rate")]
    pub metric: String,
    /// The number that is meant, of a metric that has several; its first when absent. The others stand beside it.
    pub statistic: Option<Statistic>,
    /// The first day.
    pub from: Option<Date>,
    /// The day after the last; today when absent.
    pub to: Option<Date>,
    /// A figure for each of these periods, cut to the days that are asked for.
    pub granularity: Option<Granularity>,
    /// A figure for each day, of so many days that end with it, 1 to 366. Not together with `granularity`.
    pub rolling: Option<i64>,
    /// An IANA time zone, whose days are meant; the workspace's when absent.
    pub time_zone: Option<String>,
    /// Id or key of the platform where it happened.
    pub platform: Option<String>,
    /// Id of the channel where it happened, or the keys of its platform and its own, such as `forum/help`.
    pub channel: Option<String>,
    /// Id or key of the layer: what members did while they were in it, and who is in it at the end.
    pub layer: Option<String>,
    /// Members of this organisation. Not together with `layer`.
    pub organisation: Option<String>,
    /// Members with this property, as `name=value`. Not together with `layer` or `organisation`.
    pub property: Option<String>,
    /// What carries this tag. Of `support_share` it is what the share is taken of.
    pub tag: Option<String>,
    /// Id or external id of the initiative it belongs to.
    pub initiative: Option<String>,
    /// What belongs to any initiative of this category.
    pub category: Option<Category>,
    /// The lowest class that counts as doing something.
    pub min_class: Option<ActivityClass>,
    /// The keys of the activity types that count, at most 50.
    pub activities: Option<Vec<String>>,
    /// Whether staff count too.
    pub include_staff: Option<bool>,
    /// Whether bots count too.
    pub include_bots: Option<bool>,
    /// A channel is active from so many activities on, 1 to 1,000,000.
    pub least_activities: Option<i64>,
    /// A channel is active from so many members on, 1 to 1,000,000.
    pub least_members: Option<i64>,
    /// How long a question may take to be resolved, from a minute to 366 days.
    pub sla: Option<Duration>,
    /// The roles that make a champion, at most 50.
    pub roles: Option<Vec<String>>,
    /// The property of those who are trained.
    pub trained: Option<String>,
    /// The properties that members should have, all of them, at most 50, as `name` or `name=value`.
    pub properties: Option<Vec<String>>,
    /// Id or key of the survey; may be absent where only one has a question that feeds the metric.
    pub survey: Option<String>,
    /// Id of the question, or its key within the survey; may be absent where only one of the survey feeds the metric.
    pub question: Option<String>,
    /// Id of the only wave that counts, or its key within the survey; the last one that ends in a window when absent.
    pub wave: Option<String>,
    /// By what answers weigh, of `nps`; each alike when absent. Not together with a segment.
    pub weights: Option<Weights>,
    /// Whether the interval of `nps` is narrowed by how many people there are: by the population of the wave, by the members of
    /// the segment, or by those of each layer.
    pub population_correction: Option<bool>,
    /// What each figure is compared with.
    pub compare: Option<Compare>,
    /// The `watermark` that events were acknowledged with: their effect is in the figures.
    pub min_watermark: Option<i64>,
}

/// Several questions about metrics.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricBatch {
    /// From 1 to 50, all answered as of one watermark.
    pub metrics: Vec<MetricQuery>,
    /// By what was known at this instant; by what is known now when absent. Not together with `minWatermark`.
    pub as_of: Option<DateTime>,
}

impl MetricBatch {
    pub(crate) fn as_of(&self) -> AsOf {
        instant(self.as_of)
    }

    pub(crate) fn queries(self) -> Vec<application::MetricQuery> {
        self.metrics.into_iter().map(Into::into).collect()
    }
}

impl From<MetricQuery> for application::MetricQuery {
    fn from(query: MetricQuery) -> Self {
        let MetricQuery { metric, statistic, from, to, granularity, rolling, time_zone, compare, min_watermark, .. } = query;
        let MetricQuery { platform, channel, layer, organisation, property, tag, initiative, category, .. } = query;
        let MetricQuery { min_class, activities, include_staff, include_bots, least_activities, least_members, .. } = query;
        let MetricQuery { sla, roles, trained, properties, .. } = query;
        let MetricQuery { survey, question, wave, weights, population_correction, .. } = query;
        let given = Given {
            min_class: min_class.map(Into::into),
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds: sla.map(|sla| sla.0.num_seconds()),
            roles,
            trained,
            properties,
            survey,
            question,
            wave,
            weights: weights.map(Into::into),
            population_correction,
            ..Given::default()
        };
        Self {
            metric,
            statistic: statistic.map(Into::into),
            from: from.map(|day| day.0),
            to: to.map(|day| day.0),
            granularity: granularity.map(Into::into),
            rolling,
            time_zone,
            segment: application::Segment {
                platform,
                channel,
                layer,
                organisation,
                property,
                tag,
                initiative,
                category: category.map(Into::into),
            },
            given,
            compare: compare.map(Into::into),
            min_watermark,
        }
    }
}
