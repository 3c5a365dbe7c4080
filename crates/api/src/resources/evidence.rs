//! Metrics as evidence on the wire.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::binding::Gauge;
use waymark_domain::metric::catalogue::SegmentKind;

use crate::resources::activity_class::ActivityClass;
use crate::resources::binding::{gauge, of_gauge, with_gauge};
use crate::resources::figure::Figure;
use crate::resources::initiative::Category;
use crate::resources::metric::{Statistic, Weights};
use crate::scalars::{Date, Duration};

with_gauge! {
    /// A metric that shows whether an initiative adds what is expected of it, with what it tells now. What it is narrowed to stands
    /// here by its id.
    #[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
    #[serde(rename_all = "camelCase")]
    pub struct EvidenceMetric {
        /// Which number of the metric it is.
        pub statistic: Statistic,
        /// The first of the last 28 days that are over, which it tells of.
        pub start: Option<Date>,
        /// The day after the last.
        pub end: Option<Date>,
        /// What it tells; null with a problem.
        pub figure: Option<Figure>,
        /// Why it cannot be told: what it is narrowed to is not there any more, say.
        pub problem: Option<String>,
    }
}

with_gauge! {
    /// The metric that is to be evidence. One that can be narrowed to an initiative is narrowed to that of the link, unless
    /// `initiative` or `category` says otherwise. Which parameters and segments a metric takes, its definition says.
    #[derive(Clone, Debug, InputObject, Deserialize, Serialize, ToSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct NewEvidenceMetric {
        /// The number that is meant, of a metric that has several; its first when absent.
        pub statistic: Option<Statistic>,
    }
}

impl EvidenceMetric {
    pub(crate) fn of(metric: Gauge, evidence: Option<application::Evidence>) -> Self {
        let statistic = metric.statistic.into();
        let (days, told) = evidence.map(|evidence| (evidence.window, evidence.told)).unzip();
        let (figure, problem) = match told {
            Some(Ok(figure)) => (Some(figure.into()), None),
            Some(Err(problem)) => (None, Some(problem)),
            None => (None, None),
        };
        of_gauge!(
            metric,
            EvidenceMetric {
                statistic: statistic,
                start: days.map(|days| Date(days.start)),
                end: days.map(|days| Date(days.end)),
                figure: figure,
                problem: problem,
            }
        )
    }
}

impl From<NewEvidenceMetric> for application::GaugeDraft {
    fn from(new: NewEvidenceMetric) -> Self {
        gauge!(new)
    }
}
