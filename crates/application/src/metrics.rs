//! Metrics: figures of windows, each with what it was made from.

mod asked;
mod asking;
mod bound;
mod content;
mod effect;
mod evaluate;
mod evidence;
mod gauged;
mod health;
mod programs;
mod pushed;
mod questions;
mod ratings;
mod sources;
mod subject;
mod surveyed;

use std::time::Duration;

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::initiative::Category;
use waymark_domain::metric::Metric;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::Statistic;
use waymark_domain::metric::change::Change;
use waymark_domain::metric::evaluation::Part;
use waymark_domain::metric::figure::{Figure, Interval};
use waymark_domain::metric::setting::Given;
use waymark_domain::metric::target::Verdict;
use waymark_domain::metric::window::Window;
use waymark_domain::metric_reading::MetricReading;
use waymark_domain::metric_target::MetricTarget;
use waymark_domain::question as survey;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::wave::Wave;
use waymark_domain::{DateTime, NaiveDate, Tz, Utc};

use crate::app::{App, require};
use crate::error::{Error, Result};
use asked::Asked;
use asking::Asking;
use sources::Sources;

pub(crate) use asking::Known;
pub(crate) use bound::Question;
pub use evidence::Evidence;
pub use health::{HealthLine, HealthReport};
pub use programs::Program;

/// Most metrics that one question asks for.
pub const METRIC_COUNT: usize = 50;
/// How long a reader waits for a watermark that it asks for, and how often it looks.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_millis(50));

/// What to tell of a metric. Without days it is the last 28 that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MetricQuery {
    /// The key of the metric.
    pub metric: String,
    /// The number that is meant, of a metric that has several; its first where it is absent.
    pub statistic: Option<Statistic>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The day after the last; today where it is absent.
    pub to: Option<NaiveDate>,
    /// A figure for each of these periods.
    pub granularity: Option<Granularity>,
    /// A figure for each day, of so many days that end with it.
    pub rolling: Option<i64>,
    /// An IANA time zone, whose days are meant; the workspace's where it is absent.
    pub time_zone: Option<String>,
    pub segment: Segment,
    pub given: Given,
    pub compare: Option<Compare>,
    /// At least what was acknowledged with this watermark.
    pub min_watermark: Option<i64>,
}

/// What a metric is narrowed to: all conditions together, of which at most one is of members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Id or key.
    pub platform: Option<String>,
    /// Id.
    pub channel: Option<String>,
    /// Id or key.
    pub layer: Option<String>,
    pub organisation: Option<String>,
    /// `name=value`.
    pub property: Option<String>,
    pub tag: Option<String>,
    /// Id or external id.
    pub initiative: Option<String>,
    /// Every initiative of the category.
    pub category: Option<Category>,
}

/// What each figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Compare {
    /// The period before.
    Previous,
    /// The same period a year before.
    Year,
}

/// The figures of a metric, with where they come from.
#[derive(Clone, Debug)]
pub struct MetricSeries {
    pub metric: Metric,
    pub statistic: Statistic,
    pub time_zone: Tz,
    /// In the order of their windows.
    pub points: Vec<MetricPoint>,
    pub provenance: Provenance,
}

/// What a metric tells of one window.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricPoint {
    pub window: Window,
    /// Whether days are missing: those that were not asked for, or that are not over yet.
    pub is_partial: bool,
    pub figure: Figure,
    /// The metric's other numbers.
    pub further: Vec<(Statistic, Figure)>,
    pub parts: Vec<(Part, i64)>,
    /// Between which values it lies, whatever comes of what is pending.
    pub possible: Option<Interval>,
    pub change: Option<Change>,
    /// How it stands to what is healthy, where a source or the workspace says what is.
    pub health: Option<Verdict>,
    /// The last reading that was pushed in the window, of one of the workspace's own metrics.
    pub reading: Option<MetricReading>,
    /// The wave that it is told of by, of a metric of surveys.
    pub wave: Option<Id<Wave>>,
}

/// A metric, with what the workspace says is healthy of it.
#[derive(Clone, Debug)]
pub struct Described {
    pub metric: Metric,
    pub targets: Vec<MetricTarget>,
}

/// Where figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub as_of: DateTime<Utc>,
    /// Everything that was acknowledged with it is in the figures; none where they are as of an instant.
    pub watermark: Option<u64>,
    /// How many events they were made from.
    pub events: u64,
    /// Whether members of the staff count.
    pub includes_staff: bool,
    pub includes_bots: bool,
    /// The question whose answers they were made from, of a metric of surveys.
    pub question: Option<Id<survey::Question>>,
}

impl App {
    /// Everything that is to be said of every metric: those of the catalogue in its order, then the workspace's own by their
    /// keys.
    pub async fn metric_definitions(&self, actor: &Actor) -> Result<Vec<Described>> {
        require(actor, Permission::Read)?;
        let known = Known::everything(&self.store, actor.scope).await?;
        Ok(known.metrics().into_iter().map(|metric| Described { targets: known.targets_of(&metric), metric }).collect())
    }

    pub async fn metric_definition(&self, actor: &Actor, key: &str) -> Result<Described> {
        let found = self.metric_definitions_of(actor, &[key.to_owned()]).await?.pop();
        found.ok_or_else(|| Error::not_found("metric", key))
    }

    /// Of these metrics, by their keys, and in their order; nothing of those that there are not.
    pub async fn metric_definitions_of(&self, actor: &Actor, keys: &[String]) -> Result<Vec<Described>> {
        require(actor, Permission::Read)?;
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let known = Known::of(&self.store, actor.scope, &keys).await?;
        let metrics = keys.iter().filter_map(|key| known.metric(key));
        Ok(metrics.map(|metric| Described { targets: known.targets_of(&metric), metric }).collect())
    }

    pub async fn metric(&self, actor: &Actor, query: MetricQuery) -> Result<MetricSeries> {
        require(actor, Permission::Read)?;
        subject::refuse_past(self, std::slice::from_ref(&query))?;
        let asking = Asking::about(self, actor, &[&query.metric]).await?;
        let asked = Asked::new(&asking, &query).await?;
        self.await_watermark(actor, query.min_watermark).await?;
        Sources::of(self, actor).await?.series(&asked).await
    }

    /// Several metrics at once, all as of one watermark. What is wrong with any of the questions is named by its place.
    pub async fn metrics(&self, actor: &Actor, queries: Vec<MetricQuery>) -> Result<Vec<MetricSeries>> {
        require(actor, Permission::Read)?;
        if queries.is_empty() || queries.len() > METRIC_COUNT {
            let detail = format!("ask for 1 to {METRIC_COUNT} metrics at once");
            return Err(Violation::new(Code::OutOfRange, detail).at("metrics").into());
        }
        subject::refuse_past(self, &queries)?;
        let keys: Vec<&str> = queries.iter().map(|query| query.metric.as_str()).collect();
        let asking = Asking::about(self, actor, &keys).await?;
        let (mut check, mut asked) = (Check::new(), Vec::with_capacity(queries.len()));
        for (place, query) in queries.iter().enumerate() {
            match Asked::new(&asking, query).await {
                Ok(question) => asked.push(question),
                Err(Error::Rejected(rejection)) => {
                    check.part::<()>(Err(rejection.at(format!("metrics.{place}"))));
                }
                Err(other) => return Err(other),
            }
        }
        crate::app::accepted(check, Some(()))?;
        let wanted = queries.iter().enumerate().filter_map(|(place, query)| Some((query.min_watermark?, place))).max();
        if let Some((watermark, place)) = wanted {
            self.await_watermark(actor, Some(watermark)).await.map_err(|error| match error {
                Error::Rejected(rejection) => rejection.at(format!("metrics.{place}")).into(),
                other => other,
            })?;
        }
        let sources = Sources::of(self, actor).await?;
        let mut series = Vec::with_capacity(asked.len());
        for question in &asked {
            series.push(sources.series(question).await?);
        }
        Ok(series)
    }

    /// Waits until what was acknowledged with this watermark can be read: at once where one database serves all, and where
    /// reads go to a copy, as soon as it has caught up.
    async fn await_watermark(&self, actor: &Actor, wanted: Option<i64>) -> Result<()> {
        let Some(wanted) = wanted else { return Ok(()) };
        let (patience, pause) = PATIENCE;
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let reached = self.store.progress(actor.scope).await?.watermark;
            if i64::try_from(reached).unwrap_or(i64::MAX) >= wanted {
                return Ok(());
            }
            if tokio::time::Instant::now() >= deadline {
                let detail = format!("nothing has been acknowledged with the watermark {wanted} yet: the last one is {reached}");
                return Err(Violation::new(Code::NotFound, detail).at("minWatermark").into());
            }
            tokio::time::sleep(pause).await;
        }
    }
}
