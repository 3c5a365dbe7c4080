//! Custom metrics.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::binding::{Binding, Gauge};
use waymark_domain::custom_metric::{CUSTOM_METRIC_COUNT, CustomMetric, CustomMetricDraft, CustomMetricFilter, CustomMetricSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::bindings::refuse_unfit_metric;
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which custom metrics to list.
#[derive(Clone, Debug, Default)]
pub struct CustomMetricQuery {
    pub filter: CustomMetricFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or key.
    pub async fn custom_metric(&self, actor: &Actor, named: &str) -> Result<CustomMetric> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.custom_metric(named).await
    }

    pub async fn custom_metrics_by_id(&self, actor: &Actor, ids: &[Id<CustomMetric>]) -> Result<Vec<CustomMetric>> {
        require(actor, Permission::Read)?;
        Ok(self.store.custom_metrics_by_id(actor.scope, ids).await?)
    }

    pub async fn custom_metrics(
        &self,
        actor: &Actor,
        query: CustomMetricQuery,
        sort: Sort<CustomMetricSort>,
        page: Page,
    ) -> Result<Slice<CustomMetric>> {
        require(actor, Permission::Read)?;
        Ok(self.at(query.as_of).store.custom_metrics(actor.scope, &query.filter, sort, &page).await?)
    }
}

impl Shared for CustomMetric {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::CustomMetric(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.custom_metric(named).await
    }
}

impl Create for CustomMetric {
    type New = CustomMetricDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: CustomMetricDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for CustomMetric {
    type Draft = CustomMetricDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> CustomMetricDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: CustomMetricDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for CustomMetric {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.custom_metric_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut CustomMetricDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: CustomMetricDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while it has readings, and while a North Star, a key result or a target names it.
impl Delete for CustomMetric {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        // Whoever names a metric takes the turn too: nobody begins to need it meanwhile.
        tx.take_turn().await?;
        let others = tx.every_custom_metric(tx.scope()).await?;
        let star = others.iter().find(|other| other.inputs.contains(&self.key)).map(|star| format!("it is an input of `{}`", star.key));
        let bound = tx.bindings(tx.scope()).await?.iter().any(|binding| gauges(binding).any(|gauge| gauge.metric.key() == self.key));
        let targets = tx.every_metric_target(tx.scope()).await?;
        let needed = star
            .or_else(|| bound.then(|| "it drives or guards a key result".to_owned()))
            .or_else(|| targets.iter().any(|target| target.names(&self.key)).then(|| "a target names it".to_owned()));
        if let Some(needed) = needed {
            return Err(Error::Conflict(Violation::new(Code::InUse, format!("{needed}: change that first")).into()));
        }
        Ok(tx.remove_custom_metric(self).await?)
    }
}

/// What a binding reads.
fn gauges(binding: &Binding) -> impl Iterator<Item = &Gauge> {
    std::iter::once(&binding.gauge).chain(binding.guardrail.as_ref().map(|guardrail| &guardrail.gauge))
}

async fn write(tx: &Transaction, existing: Option<&CustomMetric>, draft: CustomMetricDraft) -> Result<CustomMetric> {
    // Two writers who make each other's metrics their inputs at once would make a loop.
    tx.take_turn().await?;
    let own = tx.every_custom_metric(tx.scope()).await?;
    let mut check = Check::new();
    let (id, stamp) = match existing {
        Some(metric) => (metric.id, metric.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_none() && own.len() >= CUSTOM_METRIC_COUNT {
        check.refuse("", Code::TooMany, format!("a workspace has at most {CUSTOM_METRIC_COUNT} custom metrics"));
    }
    let metric = check.part(CustomMetric::new(id, stamp, existing, draft));
    if let Some(metric) = &metric {
        check.part(metric.check_inputs(&own));
        if existing.is_some_and(|before| before.unit != metric.unit) {
            refuse_unfit_metric(tx, &mut check, metric).await?;
        }
    }
    let metric = accepted(check, metric)?;
    match existing {
        Some(before) if metric.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_custom_metric(&metric).await?,
        None => tx.insert_custom_metric(&metric).await?,
    }
    if existing.is_some_and(|before| before.definition_version != metric.definition_version) {
        // The same readings give other figures now: whoever waits for figures reads them again.
        tx.raise_watermark(false).await?;
    }
    Ok(metric)
}
