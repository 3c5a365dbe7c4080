//! The health of a community on the wire.

use async_graphql::{ID, SimpleObject};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{HealthLine, HealthReport};

use crate::resources::figure::Figure;
use crate::resources::metric::Verdict;
use crate::resources::metric_definition::HealthyTarget;
use crate::rest::answer::Lasting;
use crate::rest::table::{Table, taken};
use crate::scalars::{DateTime, Month};

/// A community against what the sources of its metrics, or the workspace itself, call healthy, for one calendar month.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommunityHealth {
    pub month: Month,
    /// An IANA time zone, by whose midnights the month begins and ends.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// The instant that was asked for with `asOf`, or else when it was made: nothing that came to be known later is in it.
    pub as_of: DateTime,
    /// Everything that was acknowledged with it is in the figures; null where it was asked for with `asOf`.
    pub watermark: Option<u64>,
    /// In the order of the metrics, custom ones last.
    pub lines: Vec<MetricHealth>,
}

/// One number of a metric against its target.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricHealth {
    #[schema(example = "active_rate")]
    pub metric: String,
    pub target: HealthyTarget,
    pub figure: Figure,
    pub verdict: Verdict,
    /// Whether the metric that has to hold its level is no worse than the month before; null where there is none, or where
    /// that cannot be known.
    pub guardrail_held: Option<bool>,
    /// The question that was asked, of a metric of surveys: there is a line for each that was asked in a wave that ends in the
    /// month. Null where there was none.
    #[schema(value_type = Option<String>)]
    pub question_id: Option<ID>,
    /// The wave that the line is told of by, of a metric of surveys.
    #[schema(value_type = Option<String>)]
    pub wave_id: Option<ID>,
}

/// Which month to judge.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct HealthParams {
    /// A calendar month; the last one that is over when absent.
    #[param(required = false, nullable = false, value_type = Month)]
    pub(crate) month: Option<Month>,
    /// By what was known at this instant; by what is known now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub(crate) as_of: Option<DateTime>,
}

impl From<HealthReport> for CommunityHealth {
    fn from(report: HealthReport) -> Self {
        let HealthReport { month, time_zone, as_of, watermark, lines } = report;
        Self {
            month: Month(month.start),
            time_zone: time_zone.name().to_owned(),
            as_of: DateTime(as_of),
            watermark,
            lines: lines.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<HealthLine> for MetricHealth {
    fn from(line: HealthLine) -> Self {
        let HealthLine { metric, standard, figure, verdict, guardrail_held, question, wave } = line;
        Self {
            metric: metric.key().to_owned(),
            target: standard.into(),
            figure: figure.into(),
            verdict: verdict.into(),
            guardrail_held,
            question_id: question.map(|id| id.to_string().into()),
            wave_id: wave.map(|id| id.to_string().into()),
        }
    }
}

impl Lasting for CommunityHealth {
    fn lasting(&self) -> impl Serialize {
        let Self { month, time_zone, as_of: _, watermark, lines } = self;
        (month, time_zone, watermark, lines)
    }
}

impl Table for CommunityHealth {
    type Row = MetricHealth;

    fn rows(&self) -> &[MetricHealth] {
        &self.lines
    }

    fn columns(&self) -> Vec<String> {
        let own = ["metric", "statistic", "comparator", "target", "value", "numerator", "denominator", "low", "high", "status"];
        own.into_iter()
            .chain(["reason", "verdict", "guardrail", "guardrailHeld", "origin", "source", "why", "questionId", "waveId"])
            .map(str::to_owned)
            .collect()
    }

    fn cells(mut row: Map<String, Value>) -> Map<String, Value> {
        let (mut target, mut figure) = (row.remove("target").unwrap_or_default(), row.remove("figure").unwrap_or_default());
        let mut interval = taken(&mut figure, "interval");
        let mut put = |column: &str, value: Value| row.insert(column.to_owned(), value);
        put("target", taken(&mut target, "value"));
        for column in ["statistic", "comparator", "guardrail", "origin", "source", "why"] {
            put(column, taken(&mut target, column));
        }
        for column in ["value", "numerator", "denominator", "status", "reason"] {
            put(column, taken(&mut figure, column));
        }
        for column in ["low", "high"] {
            put(column, taken(&mut interval, column));
        }
        row
    }
}
