//! The health of a community: every metric of which a source says what is healthy, against what it says.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::{Healthy, MetricKey, Statistic};
use waymark_domain::metric::figure::Figure;
use waymark_domain::metric::setting::Given;
use waymark_domain::metric::target::Verdict;
use waymark_domain::metric::window::Window;
use waymark_domain::question::{Question, QuestionKind};
use waymark_domain::wave::Wave;
use waymark_domain::{DateTime, NaiveDate, Tz, Utc};

use super::MetricQuery;
use super::asked::{Asked, catalogue};
use super::sources::Sources;
use super::surveyed::Surveyed;
use crate::app::{App, require};
use crate::error::Result;

/// A community against what its sources call healthy, for one calendar month.
#[derive(Clone, Debug)]
pub struct HealthReport {
    pub month: Window,
    pub time_zone: Tz,
    /// In the order of the catalogue.
    pub lines: Vec<HealthLine>,
    pub as_of: DateTime<Utc>,
    /// Everything that was acknowledged with it is in the figures; none where they are as of an instant.
    pub watermark: Option<u64>,
}

/// One number of a metric against its target.
#[derive(Clone, Debug)]
pub struct HealthLine {
    pub metric: MetricKey,
    pub statistic: Statistic,
    pub healthy: Healthy,
    pub figure: Figure,
    pub verdict: Verdict,
    /// Whether the metric that has to hold its level does, where there is one: whether it is no lower than the month before.
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
        let sources = Sources::of(self, actor).await?;
        let mut lines = Vec::new();
        for metric in catalogue().filter(|metric| !metric.definition().healthy.is_empty() && can_be_asked(*metric)) {
            if let Some(kind) = QuestionKind::feeding(metric) {
                // What people said is always told as of now, so a report of the past does without.
                if self.instant().is_none() {
                    lines.extend(of_surveys(metric, &sources.every_surveyed(kind, month).await?, month));
                }
                continue;
            }
            for healthy in metric.definition().healthy {
                let series = sources.series(&Asked::new(self, actor, &query(metric, healthy.statistic, month)).await?).await?;
                let Some(point) = series.points.into_iter().next() else { continue };
                let guardrail_held = match healthy.guardrail {
                    Some(guardrail) => self.held(actor, &sources, guardrail, month).await?,
                    None => None,
                };
                let verdict = healthy.target().verdict(&point.figure);
                lines.push(HealthLine {
                    metric,
                    statistic: healthy.statistic,
                    healthy: *healthy,
                    figure: point.figure,
                    verdict,
                    guardrail_held,
                    question: None,
                    wave: None,
                });
            }
        }
        Ok(HealthReport { month, time_zone: sources.community.zone, as_of: self.now(), watermark: sources.watermark, lines })
    }

    /// Whether a metric is no lower than in the month before; none where one of the two has no value.
    async fn held(&self, actor: &Actor, sources: &Sources<'_>, metric: MetricKey, month: Window) -> Result<Option<bool>> {
        let before = Window { start: Granularity::Month.earlier(month.start, 1), end: month.end };
        let asked = Asked::new(self, actor, &query(metric, metric.definition().value.statistic, before)).await?;
        let points = sources.series(&asked).await?.points;
        let values: Vec<_> = points.into_iter().filter_map(|point| point.figure.value).collect();
        Ok(match values.as_slice() {
            [earlier, later] => Some(later >= earlier),
            _ => None,
        })
    }
}

/// A line for each question that feeds the metric and was asked in a wave that ends in the month: so nobody has to guess which
/// survey is meant. Where there is none, a line says so.
fn of_surveys(metric: MetricKey, surveyed: &[Surveyed], month: Window) -> Vec<HealthLine> {
    let line = |healthy: &Healthy, surveyed: &Surveyed| {
        let figure = surveyed.figure(metric, healthy.statistic, month);
        let (statistic, verdict, wave) = (healthy.statistic, healthy.target().verdict(&figure), surveyed.wave(month));
        let question = surveyed.question.filter(|_| wave.is_some());
        HealthLine { metric, statistic, healthy: *healthy, figure, verdict, guardrail_held: None, question, wave }
    };
    let healthy = metric.definition().healthy.iter();
    healthy.flat_map(|healthy| surveyed.iter().map(move |surveyed| line(healthy, surveyed))).collect()
}

/// Metrics that have to be told something are not in the report: nobody can guess it.
fn can_be_asked(metric: MetricKey) -> bool {
    waymark_domain::metric::setting::Settings::new(metric.definition(), Given::default()).is_ok()
}

fn query(metric: MetricKey, statistic: Statistic, days: Window) -> MetricQuery {
    MetricQuery {
        metric: <&str>::from(metric).to_owned(),
        statistic: Some(statistic),
        from: Some(days.start),
        to: Some(days.end),
        granularity: Some(Granularity::Month),
        ..MetricQuery::default()
    }
}
