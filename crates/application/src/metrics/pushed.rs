//! Figures of the workspace's own metrics, from the readings that were pushed.

use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::metric::evaluation::Evaluation;
use waymark_domain::metric::pushed::Readings;
use waymark_domain::metric::series::Bucket;
use waymark_domain::metric::window::Window;
use waymark_domain::metric_reading::MetricReading;

use super::asked::Asked;
use super::evaluate::Told;
use super::sources::{Sources, point};
use super::{MetricPoint, MetricSeries, Provenance};
use crate::error::Result;

impl Sources<'_> {
    /// One query, of the readings of the windows alone.
    pub(super) async fn pushed_series(&self, asked: &Asked, own: &CustomMetric) -> Result<MetricSeries> {
        let readings = self.store.metric_readings_within(self.actor.scope, &[own.id], &spans(asked), asked.zone).await?;
        Ok(self.pushed(asked, own, &readings))
    }

    /// From readings that have been read already, maybe of other metrics too.
    pub(super) fn pushed(&self, asked: &Asked, own: &CustomMetric, readings: &[MetricReading]) -> MetricSeries {
        let readings = Readings::new(readings.iter().filter(|reading| reading.pushed.metric == own.id), asked.zone);
        let standard = asked.standard();
        let tell = |window: Window, _: Window| Told::from(Evaluation::from(readings.figure(window, own.aggregation)));
        let told = |bucket: &Bucket| MetricPoint {
            reading: readings.last(bucket.window).cloned(),
            ..point(asked, *bucket, standard.as_ref(), tell)
        };
        let points = asked.buckets.iter().map(told).collect();
        let whole = span(asked.buckets.iter().map(|bucket| bucket.window));
        let provenance = Provenance {
            as_of: asked.now,
            watermark: self.watermark,
            events: whole.map_or(0, |whole| u64::try_from(readings.count(whole)).unwrap_or(u64::MAX)),
            includes_staff: false,
            includes_bots: false,
            question: None,
        };
        MetricSeries { metric: asked.metric.clone(), statistic: asked.statistic, time_zone: asked.zone, points, provenance }
    }
}

/// The days of the windows, and those of the windows that they are compared with.
pub(super) fn spans(asked: &Asked) -> Vec<Window> {
    let windows = span(asked.buckets.iter().map(|bucket| bucket.window));
    let before = span(asked.buckets.iter().filter_map(|bucket| asked.before(*bucket)));
    windows.into_iter().chain(before).collect()
}

fn span(windows: impl Iterator<Item = Window>) -> Option<Window> {
    windows.reduce(|one, other| Window { start: one.start.min(other.start), end: one.end.max(other.end) })
}
