//! Metrics, their readings and targets in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::{custom_metric, metric_reading, metric_target};

use super::{Batch, Loaded, single};
use crate::resources::custom_metric::CustomMetric;
use crate::resources::metric_definition::MetricDefinition;
use crate::resources::metric_reading::MetricReading;
use crate::resources::metric_target::MetricTarget;

/// A custom metric by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CustomMetricById(pub(crate) Id<custom_metric::CustomMetric>);

/// A reading of a custom metric by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MetricReadingById(pub(crate) Id<metric_reading::MetricReading>);

/// A target of the workspace by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MetricTargetById(pub(crate) Id<metric_target::MetricTarget>);

/// What is to be said of a metric, by its key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct DefinitionOf(pub(crate) String);

impl Batch for CustomMetricById {
    type Value = CustomMetric;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.custom_metrics_by_id(actor, &ids).await?, |metric| CustomMetricById(metric.id)))
    }
}

impl Batch for MetricReadingById {
    type Value = MetricReading;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.metric_readings_by_id(actor, &ids).await?, |reading| MetricReadingById(reading.id)))
    }
}

impl Batch for MetricTargetById {
    type Value = MetricTarget;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.metric_targets_by_id(actor, &ids).await?, |target| MetricTargetById(target.id)))
    }
}

impl Batch for DefinitionOf {
    type Value = MetricDefinition;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let named: Vec<_> = keys.iter().map(|key| key.0.clone()).collect();
        Ok(single(app.metric_definitions_of(actor, &named).await?, |described| DefinitionOf(described.metric.key().to_owned())))
    }
}
