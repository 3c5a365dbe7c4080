//! Targets of a workspace: what is healthy for it, whatever the sources of its metrics say.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::metric::Metric;
use crate::metric::calendar::Granularity;
use crate::metric::catalogue::Statistic;
use crate::metric::target::Comparator;
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// What a number of a metric should be, by what the workspace says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricTarget {
    pub id: Id<MetricTarget>,
    /// The key of a metric, built in or custom.
    pub metric: String,
    pub statistic: Statistic,
    /// The windows that it is said of; none stands for every one.
    pub granularity: Option<Granularity>,
    pub comparator: Comparator,
    /// In the unit of the statistic.
    pub value: Quantity,
    /// The key of the metric that has to hold its level for this one to count.
    pub guardrail: Option<String>,
    pub why: String,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for MetricTarget {
    const PREFIX: &'static str = "tgt";
    const WORD: &'static str = "metric target";
}

/// What is given to create or change a target; the metric's first statistic where none is named.
#[derive(Clone, Debug)]
pub struct MetricTargetDraft {
    pub metric: String,
    pub statistic: Option<Statistic>,
    pub granularity: Option<Granularity>,
    pub comparator: Comparator,
    pub value: Quantity,
    pub guardrail: Option<String>,
    pub why: String,
    pub external_id: Option<String>,
}

/// The metrics that a target names, where they are there.
#[derive(Clone, Copy, Debug)]
pub struct NamedMetrics<'a> {
    pub metric: Option<&'a Metric>,
    pub guardrail: Option<&'a Metric>,
}

impl MetricTarget {
    pub fn new(id: Id<Self>, stamp: Stamp, named: NamedMetrics<'_>, draft: MetricTargetDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let MetricTargetDraft { metric, statistic, granularity, comparator, value, guardrail, why, external_id } = draft;
        let found = check.field("metric", named.metric.ok_or_else(|| missing(&metric)));
        let statistic = found.and_then(|found| check.field("statistic", found.statistic(statistic)));
        let guardrail = check.field("guardrail", guardrail.map(|key| guard(key, &metric, named.guardrail)).transpose());
        let why = check.field("why", text::title(&why));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let built = statistic.zip(guardrail).zip(why).zip(external_id).map(|(((statistic, guardrail), why), external_id)| Self {
            id,
            metric,
            statistic,
            granularity,
            comparator,
            value,
            guardrail,
            why,
            external_id,
            stamp,
        });
        check.finish(built)
    }

    pub fn draft(&self) -> MetricTargetDraft {
        let Self { metric, statistic, granularity, comparator, value, guardrail, why, external_id, .. } = self.clone();
        MetricTargetDraft { metric, statistic: Some(statistic), granularity, comparator, value, guardrail, why, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// Whether another target speaks of the same number in the same windows: then both could not hold.
    pub fn contradicts(&self, other: &Self) -> bool {
        (&self.metric, self.statistic, self.granularity) == (&other.metric, other.statistic, other.granularity) && self.id != other.id
    }

    /// Whether it cannot be told without this metric.
    pub fn names(&self, key: &str) -> bool {
        self.metric == key || self.guardrail.as_deref() == Some(key)
    }
}

/// No metric has this key.
pub fn missing(key: &str) -> Violation {
    Violation::new(Code::NotFound, format!("there is no metric `{key}`: `/v1/metric-definitions` lists them"))
}

fn guard(key: String, metric: &str, found: Option<&Metric>) -> Result<String, Violation> {
    if key == metric {
        return Err(Violation::new(Code::Loop, "a metric does not guard itself"));
    }
    found.ok_or_else(|| missing(&key))?.told_alone()?;
    Ok(key)
}

/// Which targets a list holds: all conditions together.
#[derive(Clone, Debug, Default)]
pub struct MetricTargetFilter {
    /// The key of a metric.
    pub metric: Option<String>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What targets are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricTargetSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Metric,
}
