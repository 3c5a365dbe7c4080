//! When bindings are read: when somebody asks for it, and in the background after events have come in.

use std::collections::HashMap;

use waymark_domain::TimeDelta;
use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::Binding;
use waymark_domain::id::{Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::metric::window::Window;

use super::reading::Due;
use super::recording::{Moved, record, refusal};
use super::{Bound, bound};
use crate::app::{App, Today, require};
use crate::authentication;
use crate::error::{Error, Result};

/// Bindings are read in the background at least this often: days end without events too.
const AT_LEAST_EVERY: TimeDelta = TimeDelta::hours(1);
/// How long one process keeps the others from reading the same: longer than it takes.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// What came of reading a binding.
#[derive(Clone, Debug)]
pub struct Refreshed {
    pub bound: Bound,
    /// The windows that are told otherwise than before, in the order of their ends.
    pub moved: Vec<Moved>,
}

impl App {
    /// Reads the binding of a key result now: every window since the key result began. Refused in a closed cycle, and where
    /// the key result has been graded.
    pub async fn refresh_binding(&self, actor: &Actor, key_result: &str) -> Result<Refreshed> {
        require(actor, Permission::RecordProgress)?;
        let (found, binding) = bound(&self.store, actor.scope, key_result).await?;
        if let Some(refused) = refusal(&found) {
            return Err(refused.into());
        }
        self.cycle_of(actor, &found).await?.take_changes()?;
        let moved = self.read_bound(actor, binding).await?;
        Ok(Refreshed { bound: self.binding(actor, key_result).await?, moved })
    }

    /// Reads one binding, where its key result takes readings.
    pub(super) async fn read_bound(&self, actor: &Actor, binding: Binding) -> Result<Vec<Moved>> {
        let today = self.day(actor).await?;
        match self.due(actor, vec![binding]).await?.pop() {
            Some(due) => self.read_binding(actor, due, today).await,
            None => Ok(Vec::new()),
        }
    }

    /// Reads the bindings of all workspaces whose events have changed since they were last read, and tells how many windows
    /// moved. The server does so again and again; any number of processes may. A workspace is read at most once in `pause`, so
    /// that a day of many events is a few corrections and not thousands.
    pub async fn refresh_bindings(&self, pause: TimeDelta) -> Result<usize> {
        let now = self.clock.now();
        let mut moved = 0;
        for workspace in self.store.unrefreshed_workspaces(now, now - pause, now - AT_LEAST_EVERY).await? {
            let actor = authentication::reader_of_metrics(Id::from_uuid(workspace));
            let lease = self.clock.now() + LEASE;
            if !self.write(&actor, move |tx| Box::pin(async move { Ok(tx.lease_refresh(lease).await?) })).await? {
                continue;
            }
            let watermark = self.store.progress(actor.scope).await?.watermark;
            let bindings = self.store.bindings(actor.scope).await?;
            moved += self.read_bindings(&actor, bindings).await?;
            self.write(&actor, move |tx| Box::pin(async move { Ok(tx.end_refresh(lease, watermark).await?) })).await?;
        }
        Ok(moved)
    }

    /// Reads bindings one after the other. One that cannot be read, as when a platform that it names is gone, does not keep
    /// the others from being read.
    async fn read_bindings(&self, actor: &Actor, bindings: Vec<Binding>) -> Result<usize> {
        let today = self.day(actor).await?;
        let mut moved = 0;
        for due in self.due(actor, bindings).await? {
            let binding = due.binding.id;
            match self.read_binding(actor, due, today).await {
                Ok(some) => moved += some.len(),
                Err(Error::Rejected(rejection)) => tracing::warn!(%binding, %rejection, "a bound metric cannot be read"),
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }

    /// Reads one, and records it in a transaction of its own: others need not wait for the reading.
    async fn read_binding(&self, actor: &Actor, due: Due, today: Today) -> Result<Vec<Moved>> {
        let taken = self.taken(actor, &due, today).await?;
        self.write(actor, move |tx| {
            let (binding, taken) = (due.binding.clone(), taken.clone());
            Box::pin(async move { record(tx, &binding, &taken).await })
        })
        .await
    }

    /// Those whose key results take readings, each with what it was read of before.
    async fn due(&self, actor: &Actor, bindings: Vec<Binding>) -> Result<Vec<Due>> {
        let ids: Vec<Id<KeyResult>> = bindings.iter().map(|binding| binding.key_result).collect();
        let found = self.store.key_results_by_id(actor.scope, &ids).await?;
        let mut key_results: HashMap<Id<KeyResult>, KeyResult> = found.into_iter().map(|one| (one.id, one)).collect();
        let mut known: HashMap<Id<Binding>, Vec<Window>> = HashMap::new();
        for reading in self.store.readings_of(actor.scope, &bindings.iter().collect::<Vec<_>>()).await? {
            known.entry(reading.binding).or_default().push(reading.window);
        }
        let due = |binding: Binding| {
            let key_result = key_results.remove(&binding.key_result).filter(|found| refusal(found).is_none())?;
            Some(Due { known: known.remove(&binding.id).unwrap_or_default(), key_result, binding })
        };
        Ok(bindings.into_iter().filter_map(due).collect())
    }

    async fn cycle_of(&self, actor: &Actor, key_result: &KeyResult) -> Result<waymark_domain::cycle::Cycle> {
        let missing = || Error::not_found(KeyResult::WORD, key_result.id);
        let objective = self.store.objectives_by_id(actor.scope, &[key_result.objective]).await?.pop().ok_or_else(missing)?;
        self.store.cycles_by_id(actor.scope, &[objective.cycle]).await?.pop().ok_or_else(missing)
    }
}
