//! Cycles.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::{self, Cycle, CycleDraft, CycleFilter, CycleSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which cycles to list; cycles are named by id or key.
#[derive(Clone, Debug, Default)]
pub struct CycleQuery {
    pub parent: Option<String>,
    /// Everything but the parent.
    pub filter: CycleFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or key.
    pub async fn cycle(&self, actor: &Actor, named: &str) -> Result<Cycle> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.cycle(named).await
    }

    pub async fn cycles_by_id(&self, actor: &Actor, ids: &[Id<Cycle>]) -> Result<Vec<Cycle>> {
        require(actor, Permission::Read)?;
        Ok(self.store.cycles_by_id(actor.scope, ids).await?)
    }

    /// Cycles by id or key, each with what it was named by; those that do not exist are left out.
    pub async fn cycles_named(&self, actor: &Actor, named: &[String]) -> Result<Vec<(String, Cycle)>> {
        require(actor, Permission::Read)?;
        let (ids, keys) = naming::ids_and_keys::<Cycle>(named);
        let mut found = Vec::new();
        if !ids.is_empty() {
            found.extend(self.store.cycles_by_id(actor.scope, &ids).await?.into_iter().map(|cycle| (cycle.id.to_string(), cycle)));
        }
        if !keys.is_empty() {
            found.extend(self.store.cycles_by_key(actor.scope, &keys).await?.into_iter().map(|cycle| (cycle.key.clone(), cycle)));
        }
        Ok(found)
    }

    /// The cycles right inside these.
    pub async fn cycles_inside(&self, actor: &Actor, parents: &[Id<Cycle>]) -> Result<Vec<Cycle>> {
        require(actor, Permission::Read)?;
        Ok(self.store.cycles_inside(actor.scope, parents).await?)
    }

    pub async fn cycles(&self, actor: &Actor, query: CycleQuery, sort: Sort<CycleSort>, page: Page) -> Result<Slice<Cycle>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let parent = naming::optional(&mut check, "parent", query.parent.as_deref(), async |named| names.cycle(named).await).await?;
        accepted(check, Some(()))?;
        let filter = CycleFilter { parent: parent.map(|cycle| cycle.id), ..query.filter };
        Ok(app.store.cycles(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Cycle {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Cycle(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.cycle(named).await
    }
}

impl Create for Cycle {
    type New = CycleDraft;
    const CREATE: Permission = Permission::EditCycles;

    async fn create(tx: &Transaction, new: CycleDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Cycle {
    type Draft = CycleDraft;
    const UPDATE: Permission = Permission::EditCycles;

    fn draft(&self) -> CycleDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: CycleDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Cycle {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.cycle_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut CycleDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: CycleDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while anything belongs to the cycle.
impl Delete for Cycle {
    const DELETE: Permission = Permission::EditCycles;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_cycle(self).await?)
    }
}

/// Checks and saves a new cycle, or the next version of an existing one.
pub(crate) async fn write(tx: &Transaction, existing: Option<&Cycle>, draft: CycleDraft) -> Result<Cycle> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let parent = naming::optional(&mut check, "parent", draft.parent.as_deref(), async |named| names.cycle(named).await).await?;
    let (id, stamp) = match existing {
        Some(cycle) => (cycle.id, cycle.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if let Some(cycle) = existing {
        if cycle.key != draft.key {
            check.refuse("key", Code::InvalidTransition, "a key is given once, as addresses are made of it: it cannot change");
        }
        check.field("", cycle.may_become(draft.status));
        let (start, end) = (draft.start, draft.end);
        let sticks_out = |inner: &Cycle| inner.start < start || end < inner.end;
        if let Some(inner) = tx.cycles_inside(tx.scope(), &[cycle.id]).await?.into_iter().find(sticks_out) {
            check.refuse("end", Code::OutOfRange, format!("the cycle `{}` inside it would have days outside", inner.key));
        }
    }
    let cycle = check.part(Cycle::new(id, stamp, draft, parent.as_ref().map(|parent| parent.id)));
    if let (Some(cycle), Some(parent)) = (&cycle, &parent) {
        check.field("", cycle.fit_into(parent));
        place_inside(tx, &mut check, cycle, parent).await?;
    }
    let cycle = accepted(check, cycle)?;
    match existing {
        Some(before) if cycle.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_cycle(&cycle).await?,
        None => tx.insert_cycle(&cycle).await?,
    }
    Ok(cycle)
}

/// A cycle lies neither inside itself nor too deep.
async fn place_inside(tx: &Transaction, check: &mut Check, cycle: &Cycle, parent: &Cycle) -> Result<()> {
    tx.lock_structure().await?;
    let mut holder = Some(parent.clone());
    let mut depth = 1;
    while let Some(outer) = holder {
        depth += 1;
        if outer.id == cycle.id {
            check.refuse("parent", Code::Loop, "the cycle would lie inside itself");
            return Ok(());
        }
        if depth > cycle::DEPTH_LIMIT {
            check.refuse("parent", Code::TooDeep, format!("cycles lie at most {} levels inside each other", cycle::DEPTH_LIMIT));
            return Ok(());
        }
        holder = match outer.parent {
            Some(id) => tx.cycles_by_id(tx.scope(), &[id]).await?.pop(),
            None => None,
        };
    }
    Ok(())
}
