//! What is given to bind a key result.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;
use waymark_application as application;

use super::with_gauge;
use crate::resources::activity_class::ActivityClass;
use crate::resources::initiative::Category;
use crate::resources::metric::{Comparator, Granularity, Statistic, Weights};
use crate::scalars::{Decimal, Duration};

with_gauge! {
    /// The metric that is to drive a key result, in place of the one it has. Which parameters and segments a metric takes, its
    /// definition says; its unit has to fit that of the key result.
    #[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct NewBinding {
        /// The number that is meant, of a metric that has several; its first when absent.
        pub statistic: Option<Statistic>,
        /// The calendar periods that are read; months when absent. The check-in of each stands on its last day, or on today.
        pub granularity: Option<Granularity>,
        /// So many days that end with each week, and with today, 1 to 366. Not together with `granularity`.
        pub rolling: Option<i64>,
        /// On which side of its target the key result is met; as its own measure says when absent.
        pub comparator: Option<Comparator>,
        /// A metric that has to hold for the key result to count.
        pub guardrail: Option<NewGuardrail>,
    }
}

with_gauge! {
    /// A metric that has to hold: on one side of a target, or, with neither `comparator` nor `target`, no worse than in the
    /// period before.
    #[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct NewGuardrail {
        /// The number that is meant, of a metric that has several; its first when absent.
        pub statistic: Option<Statistic>,
        /// Together with `target`.
        pub comparator: Option<Comparator>,
        /// In the unit of the metric: percent of rates, seconds of durations.
        pub target: Option<Decimal>,
    }
}

/// The gauge that such a struct names.
macro_rules! gauge {
    ($from:ident) => {{
        let given = waymark_domain::metric::setting::Given {
            min_class: $from.min_class.map(Into::into),
            activities: $from.activities,
            include_staff: $from.include_staff,
            include_bots: $from.include_bots,
            least_activities: $from.least_activities,
            least_members: $from.least_members,
            sla_seconds: $from.sla.map(|sla| sla.0.num_seconds()),
            roles: $from.roles,
            trained: $from.trained,
            properties: $from.properties,
            survey: $from.survey,
            question: $from.question,
            wave: $from.wave,
            weights: $from.weights.map(Into::into),
            population_correction: $from.population_correction,
            ..waymark_domain::metric::setting::Given::default()
        };
        let segment = application::Segment {
            platform: $from.platform,
            channel: $from.channel,
            layer: $from.layer,
            organisation: $from.organisation,
            property: $from.property,
            tag: $from.tag,
            initiative: $from.initiative,
            category: $from.category.map(Into::into),
        };
        application::GaugeDraft { metric: $from.metric, statistic: $from.statistic.map(Into::into), segment, given }
    }};
}

pub(crate) use gauge;

impl From<NewBinding> for application::NewBinding {
    fn from(new: NewBinding) -> Self {
        Self {
            granularity: new.granularity.map(Into::into),
            rolling: new.rolling,
            comparator: new.comparator.map(Into::into),
            guardrail: new.guardrail.map(Into::into),
            gauge: gauge!(new),
        }
    }
}

impl From<NewGuardrail> for application::GuardrailDraft {
    fn from(new: NewGuardrail) -> Self {
        let (comparator, target) = (new.comparator.map(Into::into), new.target.map(Decimal::entered));
        Self { comparator, target, gauge: gauge!(new) }
    }
}
