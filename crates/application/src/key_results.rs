//! Key results.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::key_result::{self, KeyResult, KeyResultFilter, KeyResultSort};
use waymark_domain::objective::Objective;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::error::{Current, Result};
use crate::key_result_writing::{self as writing, KeyResultChange, NewKeyResult};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which key results to list; what they are filtered by is named by id, key or address.
#[derive(Clone, Debug, Default)]
pub struct KeyResultQuery {
    pub objective: Option<String>,
    pub cycle: Option<String>,
    pub team: Option<String>,
    pub owner: Option<String>,
    /// True for those without a check-in in the last week as the workspace counts its days, false for those with one.
    pub stale: Option<bool>,
    /// Everything else.
    pub filter: KeyResultFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or any address it ever had.
    pub async fn key_result(&self, actor: &Actor, named: &str) -> Result<KeyResult> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.key_result(named).await
    }

    pub async fn key_results_by_id(&self, actor: &Actor, ids: &[Id<KeyResult>]) -> Result<Vec<KeyResult>> {
        require(actor, Permission::Read)?;
        Ok(self.store.key_results_by_id(actor.scope, ids).await?)
    }

    /// The key results of these objectives, in the order of their numbers.
    pub async fn key_results_of(&self, actor: &Actor, objectives: &[Id<Objective>]) -> Result<Vec<KeyResult>> {
        require(actor, Permission::Read)?;
        Ok(self.store.key_results_of(actor.scope, objectives).await?)
    }

    pub async fn key_results(
        &self,
        actor: &Actor,
        query: KeyResultQuery,
        sort: Sort<KeyResultSort>,
        page: Page,
    ) -> Result<Slice<KeyResult>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let objective =
            naming::optional(&mut check, "objective", query.objective.as_deref(), async |named| names.objective(named).await).await?;
        let cycle = naming::optional(&mut check, "cycle", query.cycle.as_deref(), async |named| names.cycle(named).await).await?;
        let team = naming::optional(&mut check, "team", query.team.as_deref(), async |named| names.team(named).await).await?;
        let owner = naming::optional(&mut check, "owner", query.owner.as_deref(), async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let fresh_since = match query.stale {
            Some(_) => Some(key_result::fresh_since(app.day(actor).await?.date)),
            None => None,
        };
        let filter = KeyResultFilter {
            objective: objective.map(|objective| objective.id),
            cycle: cycle.map(|cycle| cycle.id),
            team: team.map(|team| team.id),
            owner: owner.map(|team| team.id),
            checked_in_before: fresh_since.filter(|_| query.stale == Some(true)),
            checked_in_since: fresh_since.filter(|_| query.stale == Some(false)),
            ..query.filter
        };
        Ok(app.store.key_results(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for KeyResult {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::KeyResult(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.key_result(named).await
    }
}

impl Create for KeyResult {
    type New = NewKeyResult;
    const CREATE: Permission = Permission::EditOkrs;

    async fn create(tx: &Transaction, new: NewKeyResult) -> Result<Self> {
        writing::create(tx, new).await
    }
}

impl Update for KeyResult {
    type Draft = KeyResultChange;
    const UPDATE: Permission = Permission::EditOkrs;

    fn draft(&self) -> KeyResultChange {
        KeyResultChange { objective: self.objective.to_string(), draft: self.draft() }
    }

    async fn update(self, tx: &Transaction, wanted: KeyResultChange) -> Result<Self> {
        writing::update(tx, &self, wanted).await
    }
}

impl Put for KeyResult {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.key_result_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut NewKeyResult) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: NewKeyResult) -> Result<Self> {
        writing::equalise(tx, &self, new).await
    }
}

/// Takes the key result out of every list; its number is not given again, and its check-ins stay in history.
impl Delete for KeyResult {
    const DELETE: Permission = Permission::EditOkrs;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        writing::remove(tx, self).await
    }
}
