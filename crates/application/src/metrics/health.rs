//! The health of a community: every metric of which somebody says what is healthy, against what they say.

use std::collections::{BTreeMap, BTreeSet};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::reading::Guard;
use waymark_domain::id::Id;
use waymark_domain::metric::Metric;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::MetricKey;
use waymark_domain::metric::figure::Figure;
use waymark_domain::metric::standard::Standard;
use waymark_domain::metric::target::Verdict;
use waymark_domain::metric::window::Window;
use waymark_domain::question::{Question, QuestionKind};
use waymark_domain::wave::Wave;
use waymark_domain::{DateTime, NaiveDate, Tz, Utc};

use super::asked::Asked;
use super::asking::{Asking, Known};
use super::sources::Sources;
use super::surveyed::Surveyed;
use super::{MetricQuery, MetricSeries};
use crate::app::{App, require};
use crate::error::Result;

/// A community against what its sources, or the workspace itself, call healthy, for one calendar month.
#[derive(Clone, Debug)]
pub struct HealthReport {
    pub month: Window,
    pub time_zone: Tz,
    /// In the order of the catalogue, the workspace's own metrics last.
    pub lines: Vec<HealthLine>,
    pub as_of: DateTime<Utc>,
    /// Everything that was acknowledged with it is in the figures; none where they are as of an instant.
    pub watermark: Option<u64>,
}

/// One number of a metric against its target.
#[derive(Clone, Debug)]
pub struct HealthLine {
    pub metric: Metric,
    pub standard: Standard,
    pub figure: Figure,
    pub verdict: Verdict,
    /// Whether the metric that has to hold its level does, where there is one: whether it is no worse than the month before.
    pub guardrail_held: Option<bool>,
    /// The question that was asked, and the wave that it is told of by, of a metric of surveys.
    pub question: Option<Id<Question>>,
    pub wave: Option<Id<Wave>>,
}

impl App {
    /// The report of a month, by default the last one that is over.
    pub async fn health_report(&self, actor: &Actor, month: Option<NaiveDate>) -> Result<HealthReport> {
        require(actor, Permission::Read)?;
        let today = self.day(actor).await?.date;
        let last = Granularity::Month.earlier(Granularity::Month.first_day(today, waymark_domain::Weekday::Mon), 1);
        let start = Granularity::Month.first_day(month.unwrap_or(last), waymark_domain::Weekday::Mon);
        let month = Window { start, end: Granularity::Month.later(start, 1) };
        let asking = Asking::about_everything(self, actor).await?;
        let judged = judged(&asking.known);
        let sources = Sources::of(self, actor).await?;
        let told = sources.of_month(&asking, &judged, month).await?;
        let mut lines = Vec::new();
        for (metric, standards) in &judged {
            let Some((key, kind)) = asked_of_people(metric) else {
                lines.extend(standards.iter().filter_map(|standard| line(&told, metric, standard)));
                continue;
            };
            // What people said is always told as of now, so a report of the past does without.
            if self.instant().is_none() {
                let surveyed = sources.every_surveyed(kind, month).await?;
                lines.extend(standards.iter().flat_map(|standard| of_surveys(&told, key, standard, &surveyed, month)));
            }
        }
        Ok(HealthReport { month, time_zone: sources.community.zone, as_of: self.now(), watermark: sources.watermark, lines })
    }
}

/// What the metrics of a report tell, by their keys.
type Told = BTreeMap<String, MetricSeries>;

/// The metrics of which somebody says what is healthy. Those that have to be told something are not among them: nobody can guess
/// it. Of a metric of surveys every question is told.
fn judged(known: &Known) -> Vec<(Metric, Vec<Standard>)> {
    let standards = |metric: Metric| (Standard::all(&metric, &known.targets, Granularity::Month), metric);
    let judged =
        known.metrics().into_iter().filter(|metric| asked_of_people(metric).is_some() || metric.told_alone().is_ok()).map(standards);
    judged.filter(|(standards, _)| !standards.is_empty()).map(|(standards, metric)| (metric, standards)).collect()
}

impl Sources<'_> {
    /// What is told of a month, and of metrics that guard others of the month before it too. However many of the workspace's
    /// own metrics are judged, their readings are one query.
    async fn of_month(&self, asking: &Asking<'_>, judged: &[(Metric, Vec<Standard>)], month: Window) -> Result<Told> {
        let guards: BTreeSet<&str> = judged.iter().flat_map(|(_, standards)| standards).filter_map(Standard::guardrail).collect();
        let told_alone = judged.iter().map(|(metric, _)| metric).filter(|metric| asked_of_people(metric).is_none());
        let keys: BTreeSet<&str> = told_alone.map(Metric::key).chain(guards.iter().copied()).collect();
        let metrics: Vec<Metric> = keys.into_iter().filter_map(|key| asking.known.metric(key)).collect();
        let both = Window { start: Granularity::Month.earlier(month.start, 1), end: month.end };
        let own: Vec<_> = metrics.iter().filter_map(Metric::own).map(|own| own.id).collect();
        let readings = self.store.metric_readings_within(self.actor.scope, &own, &[both], asking.workspace.time_zone).await?;
        let mut told = Told::new();
        for metric in &metrics {
            let days = if guards.contains(metric.key()) { both } else { month };
            let asked = Asked::new(asking, &query(metric, days)).await?;
            let series = match metric {
                Metric::Own(own) => self.pushed(&asked, own, &readings),
                Metric::BuiltIn(_) => self.series(&asked).await?,
            };
            told.insert(metric.key().to_owned(), series);
        }
        Ok(told)
    }
}

fn line(told: &Told, metric: &Metric, standard: &Standard) -> Option<HealthLine> {
    let series = told.get(metric.key())?;
    let point = series.points.last()?;
    let further = || point.further.iter().find(|(statistic, _)| *statistic == standard.statistic()).map(|(_, figure)| figure);
    let figure = if series.statistic == standard.statistic() { &point.figure } else { further()? }.clone();
    Some(HealthLine {
        metric: metric.clone(),
        verdict: standard.target().verdict(&figure),
        figure,
        guardrail_held: standard.guardrail().and_then(|key| held(told.get(key)?)),
        standard: standard.clone(),
        question: None,
        wave: None,
    })
}

/// A line for each question that feeds the metric and was asked in a wave that ends in the month: so nobody has to guess which
/// survey is meant. Where there is none, a line says so.
fn of_surveys(told: &Told, metric: MetricKey, standard: &Standard, surveyed: &[Surveyed], month: Window) -> Vec<HealthLine> {
    let line = |surveyed: &Surveyed| {
        let (figure, wave) = (surveyed.figure(metric, standard.statistic(), month), surveyed.wave(month));
        HealthLine {
            metric: Metric::BuiltIn(metric),
            verdict: standard.target().verdict(&figure),
            figure,
            guardrail_held: standard.guardrail().and_then(|key| held(told.get(key)?)),
            standard: standard.clone(),
            question: surveyed.question.filter(|_| wave.is_some()),
            wave,
        }
    };
    surveyed.iter().map(line).collect()
}

/// What kind of question feeds the metric, of a metric of surveys.
fn asked_of_people(metric: &Metric) -> Option<(MetricKey, QuestionKind)> {
    let Metric::BuiltIn(key) = metric else { return None };
    QuestionKind::feeding(*key).map(|kind| (*key, kind))
}

/// Whether a metric is no worse than in the month before; none where one of the two has no value.
fn held(series: &MetricSeries) -> Option<bool> {
    let [before, now] = series.points.as_slice() else { return None };
    let lower_is_better = series.metric.lower_is_better(series.statistic);
    match Guard::no_worse(now.figure.value, before.figure.value, lower_is_better).verdict {
        Verdict::Met | Verdict::MetNotSignificant => Some(true),
        Verdict::NotMet => Some(false),
        Verdict::Unknown => None,
    }
}

fn query(metric: &Metric, days: Window) -> MetricQuery {
    MetricQuery {
        metric: metric.key().to_owned(),
        from: Some(days.start),
        to: Some(days.end),
        granularity: Some(Granularity::Month),
        ..MetricQuery::default()
    }
}
