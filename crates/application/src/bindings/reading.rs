//! What the metrics of bindings tell now.

use waymark_domain::actor::Actor;
use waymark_domain::binding::reading::{Guard, Reading};
use waymark_domain::binding::schedule::windows;
use waymark_domain::binding::{Binding, Gauge, Guardrail};
use waymark_domain::key_result::KeyResult;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::SegmentKind;
use waymark_domain::metric::series::Bucket;
use waymark_domain::metric::target::Target;
use waymark_domain::metric::window::Window;
use waymark_domain::rejection::Check;

use super::GaugeDraft;
use crate::app::{App, Today};
use crate::error::{Error, Result};
use crate::metrics::{MetricPoint, MetricQuery, MetricSeries, Question, Segment};

/// A binding that is to be read, and the windows that it was read of before.
pub(super) struct Due {
    pub(super) binding: Binding,
    pub(super) key_result: KeyResult,
    pub(super) known: Vec<Window>,
}

/// The gauge that is wanted; what is wrong with it is named below `inside`.
pub(super) async fn checked(
    app: &App,
    actor: &Actor,
    check: &mut Check,
    inside: &str,
    draft: GaugeDraft,
    (granularity, rolling): (Option<Granularity>, Option<i64>),
) -> Result<Option<Gauge>> {
    let GaugeDraft { metric, statistic, segment, given } = draft;
    let query = MetricQuery { metric, statistic, segment, given, granularity, rolling, ..MetricQuery::default() };
    match app.checked_metric(actor, &query).await {
        Ok((metric, statistic, given)) => Ok(Some(Gauge { metric, statistic, segment: kept(query.segment), given })),
        Err(Error::Rejected(rejection)) => {
            for violation in rejection.into_violations() {
                check.field::<()>(inside, Err(violation));
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What a segment is narrowed to, by the kinds.
fn kept(segment: Segment) -> Vec<(SegmentKind, String)> {
    let Segment { platform, channel, layer, organisation, property, tag, initiative, category } = segment;
    let named = [
        (SegmentKind::Platform, platform),
        (SegmentKind::Channel, channel),
        (SegmentKind::Layer, layer),
        (SegmentKind::Organisation, organisation),
        (SegmentKind::Property, property),
        (SegmentKind::Tag, tag),
        (SegmentKind::Initiative, initiative),
        (SegmentKind::Category, category.map(|category| <&str>::from(category).to_owned())),
    ];
    named.into_iter().filter_map(|(kind, name)| name.map(|name| (kind, name))).collect()
}

/// The other way round.
fn segment(kept: &[(SegmentKind, String)]) -> Segment {
    let of = |wanted| kept.iter().find(|(kind, _)| *kind == wanted).map(|(_, name)| name.clone());
    Segment {
        platform: of(SegmentKind::Platform),
        channel: of(SegmentKind::Channel),
        layer: of(SegmentKind::Layer),
        organisation: of(SegmentKind::Organisation),
        property: of(SegmentKind::Property),
        tag: of(SegmentKind::Tag),
        initiative: of(SegmentKind::Initiative),
        category: of(SegmentKind::Category).and_then(|category| category.parse().ok()),
    }
}

fn query(gauge: &Gauge) -> MetricQuery {
    let metric = <&str>::from(gauge.metric).to_owned();
    let (segment, given) = (segment(&gauge.segment), gauge.given.clone());
    MetricQuery { metric, statistic: Some(gauge.statistic), segment, given, ..MetricQuery::default() }
}

impl App {
    /// What the metric of a binding tells of each of its windows, as first revisions: none where its key result has
    /// not begun. Rejected where something that it names is gone.
    pub(super) async fn taken(&self, actor: &Actor, due: &Due, today: Today) -> Result<Vec<Reading>> {
        let Due { binding, key_result, known } = due;
        let last = today.date.min(key_result.due);
        let buckets = windows(binding.step, key_result.start, last, today.week_start, known);
        if buckets.is_empty() {
            return Ok(Vec::new());
        }
        let mut questions = vec![Question { query: query(&binding.gauge), buckets: buckets.clone() }];
        questions.extend(binding.guardrail.as_ref().map(|guardrail| guarding(guardrail, &buckets)));
        let mut told = self.tell(actor, questions).await?.into_iter();
        let Some(series) = told.next() else { return Ok(Vec::new()) };
        let guards = match (&binding.guardrail, told.next()) {
            (Some(guardrail), Some(series)) => guards(guardrail, &series, buckets.len()),
            _ => Vec::new(),
        };
        let reading = |(place, point): (usize, &MetricPoint)| reading(binding, &series, point, guards.get(place).copied());
        Ok(series.points.iter().enumerate().map(reading).collect())
    }
}

fn reading(binding: &Binding, series: &MetricSeries, point: &MetricPoint, guard: Option<Guard>) -> Reading {
    Reading {
        binding: binding.id,
        binding_version: binding.stamp.version,
        window: point.window,
        revision: 1,
        is_partial: point.is_partial,
        figure: point.figure.clone(),
        guard,
        // Readings are taken of now, which has one.
        watermark: series.provenance.watermark.unwrap_or_default(),
        definition_version: series.definition.version.into(),
        check_in: None,
        taken_at: series.provenance.as_of,
    }
}

/// The windows themselves, and behind them those right before each, where they are held against those.
fn guarding(guardrail: &Guardrail, buckets: &[Bucket]) -> Question {
    let before = |bucket: &Bucket| Bucket { window: bucket.previous(), period: bucket.previous(), step: bucket.step };
    let mut all = buckets.to_vec();
    if guardrail.target.is_none() {
        all.extend(buckets.iter().map(before));
    }
    Question { query: query(&guardrail.gauge), buckets: all }
}

/// A guard for each of so many windows. A window that is not whole is never compared with one that is.
fn guards(guardrail: &Guardrail, series: &MetricSeries, windows: usize) -> Vec<Guard> {
    let guard = |(place, point): (usize, &MetricPoint)| match guardrail.target {
        Some(limit) => {
            let target = Target { comparator: limit.comparator, value: limit.value.value() };
            Guard { value: point.figure.value, before: None, verdict: target.verdict(&point.figure) }
        }
        None => {
            let earlier = series.points.get(windows + place).and_then(|before| before.figure.value);
            let before = earlier.filter(|_| !point.is_partial);
            Guard::no_worse(point.figure.value, before, guardrail.gauge.lower_is_better())
        }
    };
    series.points.iter().take(windows).enumerate().map(guard).collect()
}
