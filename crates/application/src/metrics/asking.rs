//! What questions about metrics share: read once for a request, however many questions and targets there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::metric::Metric;
use waymark_domain::metric::catalogue::MetricKey;
use waymark_domain::metric_target::MetricTarget;
use waymark_domain::workspace::Workspace;
use waymark_persistence::Store;

use super::asked::catalogue;
use crate::app::App;
use crate::error::{Error, Result};

/// Who asks, and what is known before the first question.
pub(super) struct Asking<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) workspace: Workspace,
    pub(super) known: Known,
}

/// The workspace's own metrics by their keys, and its targets: all of them, or those that were asked for.
pub(crate) struct Known {
    own: BTreeMap<String, Arc<CustomMetric>>,
    pub(crate) targets: Vec<MetricTarget>,
}

impl<'a> Asking<'a> {
    /// For questions about these metrics.
    pub(super) async fn about(app: &'a App, actor: &'a Actor, keys: &[&str]) -> Result<Self> {
        Ok(Self { app, actor, workspace: workspace(app, actor).await?, known: Known::of(&app.store, actor.scope, keys).await? })
    }

    /// For questions about any metric.
    pub(super) async fn about_everything(app: &'a App, actor: &'a Actor) -> Result<Self> {
        Ok(Self { app, actor, workspace: workspace(app, actor).await?, known: Known::everything(&app.store, actor.scope).await? })
    }
}

async fn workspace(app: &App, actor: &Actor) -> Result<Workspace> {
    app.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)
}

impl Known {
    /// Of these metrics, by their keys.
    pub(crate) async fn of(store: &Store, scope: WorkspaceScope, keys: &[&str]) -> Result<Self> {
        let foreign: Vec<&str> = keys.iter().copied().filter(|key| key.parse::<MetricKey>().is_err()).collect();
        let own = if foreign.is_empty() { Vec::new() } else { store.custom_metrics_by_key(scope, &foreign).await? };
        Ok(Self::new(own, store.metric_targets_of(scope, keys).await?))
    }

    pub(crate) async fn everything(store: &Store, scope: WorkspaceScope) -> Result<Self> {
        Ok(Self::new(store.every_custom_metric(scope).await?, store.every_metric_target(scope).await?))
    }

    fn new(own: Vec<CustomMetric>, targets: Vec<MetricTarget>) -> Self {
        Self { own: own.into_iter().map(|metric| (metric.key.clone(), Arc::new(metric))).collect(), targets }
    }

    /// Built in or the workspace's own.
    pub(crate) fn metric(&self, key: &str) -> Option<Metric> {
        let built_in = catalogue().find(|metric| <&str>::from(*metric) == key).map(Metric::BuiltIn);
        built_in.or_else(|| self.own.get(key).cloned().map(Metric::Own))
    }

    /// Those of the catalogue in its order, then the workspace's own by their keys.
    pub(super) fn metrics(&self) -> Vec<Metric> {
        catalogue().map(Metric::BuiltIn).chain(self.own.values().cloned().map(Metric::Own)).collect()
    }

    pub(super) fn targets_of(&self, metric: &Metric) -> Vec<MetricTarget> {
        self.targets.iter().filter(|target| target.metric == metric.key()).cloned().collect()
    }
}
