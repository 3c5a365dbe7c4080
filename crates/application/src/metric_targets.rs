//! Targets of workspaces: what is healthy for them.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::metric_target::{MetricTarget, MetricTargetDraft, MetricTargetFilter, MetricTargetSort, NamedMetrics, missing};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::metrics::Known;
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which targets to list.
#[derive(Clone, Debug, Default)]
pub struct MetricTargetQuery {
    pub filter: MetricTargetFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id.
    pub async fn metric_target(&self, actor: &Actor, named: &str) -> Result<MetricTarget> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.metric_target(named).await
    }

    pub async fn metric_targets_by_id(&self, actor: &Actor, ids: &[Id<MetricTarget>]) -> Result<Vec<MetricTarget>> {
        require(actor, Permission::Read)?;
        Ok(self.store.metric_targets_by_id(actor.scope, ids).await?)
    }

    pub async fn metric_targets(
        &self,
        actor: &Actor,
        query: MetricTargetQuery,
        sort: Sort<MetricTargetSort>,
        page: Page,
    ) -> Result<Slice<MetricTarget>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        if let Some(key) = &query.filter.metric {
            let known = Known::of(&app.store, actor.scope, &[key]).await?;
            known.metric(key).ok_or_else(|| missing(key).at("metric"))?;
        }
        Ok(app.store.metric_targets(actor.scope, &query.filter, sort, &page).await?)
    }
}

impl Shared for MetricTarget {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::MetricTarget(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.metric_target(named).await
    }
}

impl Create for MetricTarget {
    type New = MetricTargetDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: MetricTargetDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for MetricTarget {
    type Draft = MetricTargetDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> MetricTargetDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: MetricTargetDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for MetricTarget {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.metric_target_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut MetricTargetDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: MetricTargetDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

impl Delete for MetricTarget {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_metric_target(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&MetricTarget>, draft: MetricTargetDraft) -> Result<MetricTarget> {
    // Of two writers of one number the second sees what the first has said, and no metric goes meanwhile.
    tx.take_turn().await?;
    let keys: Vec<&str> = std::iter::once(draft.metric.as_str()).chain(draft.guardrail.as_deref()).collect();
    let known = Known::of(tx, tx.scope(), &keys).await?;
    let (metric, guardrail) = (known.metric(&draft.metric), draft.guardrail.as_deref().and_then(|key| known.metric(key)));
    let (id, stamp) = match existing {
        Some(target) => (target.id, target.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    let named = NamedMetrics { metric: metric.as_ref(), guardrail: guardrail.as_ref() };
    let mut check = Check::new();
    let target = check.part(MetricTarget::new(id, stamp, named, draft));
    let target = accepted(check, target)?;
    if let Some(other) = known.targets.iter().find(|other| target.contradicts(other)) {
        let detail = format!("the target {} says what this number should be in these windows: change that one", other.id);
        return Err(Error::Conflict(Violation::new(Code::AlreadyExists, detail).at("metric").into()));
    }
    match existing {
        Some(before) if target.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_metric_target(&target).await?,
        None => tx.insert_metric_target(&target).await?,
    }
    Ok(target)
}
