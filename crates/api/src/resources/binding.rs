//! Bindings on the wire: which metric drives a key result, and how it stands by it.

mod new;
mod reading;

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application as application;
use waymark_application::Current;
use waymark_domain::binding as domain;
use waymark_domain::metric::catalogue::SegmentKind;
use waymark_domain::metric::series::Step;

pub(crate) use new::gauge;
pub use new::{NewBinding, NewGuardrail};
pub use reading::{BindingReading, BindingRefresh, GuardrailReading, Movement};

use crate::resources::activity_class::ActivityClass;
use crate::resources::as_of::AsOf;
use crate::resources::initiative::Category;
use crate::resources::metric::{Comparator, Granularity, Statistic, Weights};
use crate::resources::{Resource, Tagged};
use crate::rest::answer::digest;
use crate::scalars::{DateTime, Decimal, Duration};

/// A struct that names a number of a metric beside its own fields: with the segments and parameters of the metric, by the
/// names that questions about metrics have for them.
macro_rules! with_gauge {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$of:meta])* pub $field:ident: $type:ty,)* } $($(#[$last:meta])* pub(crate) $hidden:ident: $kind:ty,)?) => {
        $(#[$about])*
        pub struct $name {
            $($(#[$of])* pub $field: $type,)*
            /// The key of the metric.
            #[schema(example = "engagement_rate")]
            pub metric: String,
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
            $($(#[$last])* pub(crate) $hidden: $kind,)?
        }
    };
}

pub(crate) use with_gauge;

with_gauge! {
    /// That a metric drives a key result: what it tells of each window becomes a check-in with the provenance `METRIC`.
    #[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
    #[graphql(complex)]
    #[serde(rename_all = "camelCase")]
    pub struct Binding {
        #[schema(value_type = String, example = "bnd_01h455vb4pex5vsknk084sn02q")]
        pub id: ID,
        #[schema(value_type = String, example = "kr_01h455vb4pex5vsknk084sn02q")]
        pub key_result_id: ID,
        /// Which number of the metric it is.
        pub statistic: Statistic,
        /// The calendar periods that are read; null where it is days that roll.
        pub granularity: Option<Granularity>,
        /// So many days that end with each week, and with today.
        pub rolling: Option<i64>,
        /// On which side of its target the key result is met, where its own measure is not to say so.
        pub comparator: Option<Comparator>,
        /// What has to hold for it to count.
        pub guardrail: Option<Guardrail>,
        /// How the key result stands by the newest window, which may be running; null before the first reading.
        pub standing: Option<BindingReading>,
        /// How it stands by the newest window that is over; null before there is one.
        pub last_whole: Option<BindingReading>,
        /// Counts up with every change; changes name the version they were made from.
        pub version: u32,
        pub created_at: DateTime,
        pub updated_at: DateTime,
    }
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

with_gauge! {
    /// A metric that has to hold for a key result to count: growth counts only if engagement held.
    #[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
    #[serde(rename_all = "camelCase")]
    pub struct Guardrail {
        /// Which number of the metric it is.
        pub statistic: Statistic,
        /// On which side of the target it has to be; null where it has to be no worse than in the period before.
        pub comparator: Option<Comparator>,
        /// In the unit of the metric.
        pub target: Option<Decimal>,
    }
}

/// Such a struct, with its own fields and those of a gauge.
macro_rules! of_gauge {
    ($gauge:expr, $name:ident { $($field:ident: $value:expr,)* }) => {{
        let waymark_domain::binding::Gauge { metric, segment, given, statistic: _ } = $gauge;
        let of = |wanted| segment.iter().find(|(kind, _)| *kind == wanted).map(|(_, name)| name.clone());
        $name {
            $($field: $value,)*
            metric: <&str>::from(metric).to_owned(),
            platform: of(SegmentKind::Platform),
            channel: of(SegmentKind::Channel),
            layer: of(SegmentKind::Layer),
            organisation: of(SegmentKind::Organisation),
            property: of(SegmentKind::Property),
            tag: of(SegmentKind::Tag),
            initiative: of(SegmentKind::Initiative),
            category: of(SegmentKind::Category).and_then(|name| name.parse::<waymark_domain::initiative::Category>().ok()).map(Into::into),
            sla: given.sla_seconds.and_then(waymark_domain::TimeDelta::try_seconds).map(Duration),
            min_class: given.min_class.map(Into::into),
            activities: given.activities,
            include_staff: given.include_staff,
            include_bots: given.include_bots,
            least_activities: given.least_activities,
            least_members: given.least_members,
            roles: given.roles,
            trained: given.trained,
            properties: given.properties,
            survey: given.survey,
            question: given.question,
            wave: given.wave,
            weights: given.weights.map(Into::into),
            population_correction: given.population_correction,
        }
    }};
}

pub(crate) use of_gauge;

impl From<domain::Binding> for Binding {
    fn from(binding: domain::Binding) -> Self {
        let domain::Binding { id, key_result, gauge, step, comparator, guardrail, stamp } = binding;
        let (granularity, rolling) = match step {
            Step::Calendar(granularity) => (Some(granularity.into()), None),
            Step::Rolling(days) => (None, Some(days.days().into())),
        };
        let statistic = gauge.statistic.into();
        of_gauge!(
            gauge,
            Binding {
                id: id.to_string().into(),
                key_result_id: key_result.to_string().into(),
                statistic: statistic,
                granularity: granularity,
                rolling: rolling,
                comparator: comparator.map(Into::into),
                guardrail: guardrail.map(Into::into),
                standing: None,
                last_whole: None,
                version: stamp.version,
                created_at: DateTime(stamp.created_at),
                updated_at: DateTime(stamp.updated_at),
                as_of: None,
            }
        )
    }
}

impl From<domain::Guardrail> for Guardrail {
    fn from(guardrail: domain::Guardrail) -> Self {
        let domain::Guardrail { gauge, target } = guardrail;
        let statistic = gauge.statistic.into();
        of_gauge!(
            gauge,
            Guardrail {
                statistic: statistic,
                comparator: target.map(|limit| limit.comparator.into()),
                target: target.map(|limit| limit.value.into()),
            }
        )
    }
}

impl From<application::Bound> for Binding {
    fn from(bound: application::Bound) -> Self {
        let application::Bound { binding, newest, whole } = bound;
        Self { standing: newest.map(Into::into), last_whole: whole.map(Into::into), ..binding.into() }
    }
}

impl Tagged for Binding {
    fn version(&self) -> u32 {
        self.version
    }

    /// A reading is no change, and is seen all the same.
    fn state(&self) -> String {
        match serde_json::to_vec(&(&self.standing, &self.last_whole)) {
            Ok(standing) if self.standing.is_some() => format!("{}-{}", self.version, digest(&standing)),
            _ => self.version.to_string(),
        }
    }
}

impl Resource for Binding {
    type Of = domain::Binding;
    /// It stands below the key result that it binds.
    const PATH: &'static str = "/v1/key-results";

    fn id(&self) -> &ID {
        &self.id
    }

    fn of(current: Current) -> Option<Self> {
        match current {
            Current::Binding(binding) => Some(binding.into()),
            _ => None,
        }
    }
}
