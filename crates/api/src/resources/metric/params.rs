//! Questions about a metric, as the parameters of its address.

use serde::Deserialize;
use utoipa::IntoParams;

use super::{Compare, Granularity, MetricQuery, Statistic, Weights};
use crate::resources::activity_class::ActivityClass;
use crate::resources::as_of::{AsOf, instant};
use crate::resources::initiative::Category;
use crate::rest::parameters::commas;
use crate::scalars::{Date, DateTime, Duration};

/// A [`MetricQuery`] whose metric stands in the path.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct MetricParams {
    /// The number that is meant, of a metric that has several; its first when absent. The others stand beside it.
    #[param(required = false, nullable = false, inline, value_type = Statistic)]
    statistic: Option<Statistic>,
    /// The first day.
    #[param(required = false, nullable = false, value_type = Date)]
    from: Option<Date>,
    /// The day after the last; today when absent.
    #[param(required = false, nullable = false, value_type = Date)]
    to: Option<Date>,
    /// A figure for each of these periods, cut to the days that are asked for.
    #[param(required = false, nullable = false, inline, value_type = Granularity)]
    granularity: Option<Granularity>,
    /// A figure for each day, of so many days that end with it, 1 to 366. Not together with `granularity`.
    #[param(required = false, nullable = false, value_type = i64)]
    rolling: Option<i64>,
    /// An IANA time zone, whose days are meant; the workspace's when absent.
    #[param(required = false, nullable = false, value_type = String, example = "Asia/Tokyo")]
    time_zone: Option<String>,
    /// Id or key of the platform where it happened.
    #[param(required = false, nullable = false, value_type = String)]
    platform: Option<String>,
    /// Id of the channel where it happened, or the keys of its platform and its own, such as `forum/help`.
    #[param(required = false, nullable = false, value_type = String)]
    channel: Option<String>,
    /// Id or key of the layer: what members did while they were in it, and who is in it at the end.
    #[param(required = false, nullable = false, value_type = String)]
    layer: Option<String>,
    /// Members of this organisation. Not together with `layer`.
    #[param(required = false, nullable = false, value_type = String)]
    organisation: Option<String>,
    /// Members with this property, as `name=value`. Not together with `layer` or `organisation`.
    #[param(required = false, nullable = false, value_type = String)]
    property: Option<String>,
    /// What carries this tag. Of `support_share` it is what the share is taken of.
    #[param(required = false, nullable = false, value_type = String)]
    tag: Option<String>,
    /// Id or external id of the initiative it belongs to.
    #[param(required = false, nullable = false, value_type = String)]
    initiative: Option<String>,
    /// What belongs to any initiative of this category.
    #[param(required = false, nullable = false, inline, value_type = Category)]
    category: Option<Category>,
    /// The lowest class that counts as doing something.
    #[param(required = false, nullable = false, value_type = ActivityClass)]
    min_class: Option<ActivityClass>,
    /// The keys of the activity types that count, at most 50, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<String>, style = Form, explode = false, min_items = 1)]
    #[serde(deserialize_with = "commas")]
    activities: Option<Vec<String>>,
    /// Whether staff count too.
    #[param(required = false, nullable = false, value_type = bool)]
    include_staff: Option<bool>,
    /// Whether bots count too.
    #[param(required = false, nullable = false, value_type = bool)]
    include_bots: Option<bool>,
    /// A channel is active from so many activities on, 1 to 1,000,000.
    #[param(required = false, nullable = false, value_type = i64)]
    least_activities: Option<i64>,
    /// A channel is active from so many members on, 1 to 1,000,000.
    #[param(required = false, nullable = false, value_type = i64)]
    least_members: Option<i64>,
    /// How long a question may take to be resolved, from a minute to 366 days.
    #[param(required = false, nullable = false, value_type = Duration)]
    sla: Option<Duration>,
    /// The roles that make a champion, at most 50, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<String>, style = Form, explode = false, min_items = 1)]
    #[serde(deserialize_with = "commas")]
    roles: Option<Vec<String>>,
    /// The property of those who are trained.
    #[param(required = false, nullable = false, value_type = String)]
    trained: Option<String>,
    /// The properties that members should have, all of them, at most 50, as `name` or `name=value`, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<String>, style = Form, explode = false, min_items = 1)]
    #[serde(deserialize_with = "commas")]
    properties: Option<Vec<String>>,
    /// Id or key of the survey; may be absent where only one has a question that feeds the metric.
    #[param(required = false, nullable = false, value_type = String)]
    survey: Option<String>,
    /// Id of the question, or its key within the survey; may be absent where only one of the survey feeds the metric.
    #[param(required = false, nullable = false, value_type = String)]
    question: Option<String>,
    /// Id of the only wave that counts, or its key within the survey; the last one that ends in a window when absent.
    #[param(required = false, nullable = false, value_type = String)]
    wave: Option<String>,
    /// By what answers weigh, of `nps`; each alike when absent. Not together with a segment.
    #[param(required = false, nullable = false, inline, value_type = Weights)]
    weights: Option<Weights>,
    /// Whether the interval of `nps` is narrowed by how many people there are: by the population of the wave, by the members of
    /// the segment, or by those of each layer.
    #[param(required = false, nullable = false, value_type = bool)]
    population_correction: Option<bool>,
    /// What each figure is compared with.
    #[param(required = false, nullable = false, inline, value_type = Compare)]
    compare: Option<Compare>,
    /// The `watermark` that events were acknowledged with: their effect is in the figures.
    #[param(required = false, nullable = false, value_type = i64)]
    min_watermark: Option<i64>,
    /// By what was known at this instant; by what is known now when absent. Not together with `minWatermark`.
    #[param(required = false, nullable = false, value_type = DateTime)]
    as_of: Option<DateTime>,
}

impl MetricParams {
    pub(crate) fn as_of(&self) -> AsOf {
        instant(self.as_of)
    }

    pub(crate) fn of(self, metric: &str) -> MetricQuery {
        let Self { statistic, from, to, granularity, rolling, time_zone, compare, min_watermark, .. } = self;
        let Self { platform, channel, layer, organisation, property, tag, initiative, category, .. } = self;
        let Self { min_class, activities, include_staff, include_bots, least_activities, least_members, .. } = self;
        let Self { sla, roles, trained, properties, .. } = self;
        let Self { survey, question, wave, weights, population_correction, .. } = self;
        MetricQuery {
            metric: metric.to_owned(),
            statistic,
            from,
            to,
            granularity,
            rolling,
            time_zone,
            platform,
            channel,
            layer,
            organisation,
            property,
            tag,
            initiative,
            category,
            min_class,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla,
            roles,
            trained,
            properties,
            survey,
            question,
            wave,
            weights,
            population_correction,
            compare,
            min_watermark,
        }
    }
}
