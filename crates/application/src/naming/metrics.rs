//! What names a workspace's own metrics, their readings and its targets.

use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::metric_reading::MetricReading;
use waymark_domain::metric_target::MetricTarget;

use super::{Names, as_id, one};
use crate::error::Result;

impl Names<'_> {
    /// By id or key.
    pub(crate) async fn custom_metric(self, named: &str) -> Result<CustomMetric> {
        let mut found = match as_id(named) {
            Some(id) => self.store.custom_metrics_by_id(self.scope, &[id]).await?,
            None => self.store.custom_metrics_by_key(self.scope, &[named]).await?,
        };
        one::<CustomMetric, _>(found.pop(), named)
    }

    pub(crate) async fn metric_reading(self, named: &str) -> Result<MetricReading> {
        let id = one::<MetricReading, _>(as_id(named), named)?;
        one::<MetricReading, _>(self.store.metric_readings_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn metric_target(self, named: &str) -> Result<MetricTarget> {
        let id = one::<MetricTarget, _>(as_id(named), named)?;
        one::<MetricTarget, _>(self.store.metric_targets_by_id(self.scope, &[id]).await?.pop(), named)
    }
}
