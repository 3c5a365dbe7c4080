//! Activity types: the catalogue of a workspace, part of it built in and part its own.

use waymark_domain::activity::{self, ActivityType, ActivityTypeDraft, ActivityTypeFilter, ActivityTypeSort, Entry, OWN_COUNT};
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

impl App {
    /// By id or key.
    pub async fn activity_type(&self, actor: &Actor, named: &str) -> Result<Entry> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.activity_type(named).await
    }

    pub async fn activity_types_by_id(&self, actor: &Actor, ids: &[Id<ActivityType>]) -> Result<Vec<Entry>> {
        require(actor, Permission::Read)?;
        let (mut entries, own) = activity::told_apart(ids);
        if !own.is_empty() {
            entries.extend(self.store.activity_types_by_id(actor.scope, &own).await?.into_iter().map(Entry::Own));
        }
        Ok(entries)
    }

    /// Those built in first, unless sorted otherwise.
    pub async fn activity_types(
        &self,
        actor: &Actor,
        filter: ActivityTypeFilter,
        sort: Sort<ActivityTypeSort>,
        page: Page,
    ) -> Result<Slice<Entry>> {
        require(actor, Permission::Read)?;
        Ok(activity::page(self.store.own_activity_types(actor.scope).await?, &filter, sort, &page))
    }
}

/// One of the workspace's own: what is built in is read alone.
impl Shared for ActivityType {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::ActivityType(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        match (Names { store, scope }).activity_type(named).await? {
            Entry::Own(own) => Ok(own),
            Entry::BuiltIn(built_in) => {
                let detail =
                    format!("`{}` is built in: it can be neither changed nor deleted; make a type of your own beside it", built_in.key);
                Err(Violation::new(Code::NotApplicable, detail).into())
            }
        }
    }
}

impl Create for ActivityType {
    type New = ActivityTypeDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: ActivityTypeDraft) -> Result<Self> {
        // Two at once could both be the last there is room for.
        tx.lock_structure().await?;
        let mut check = Check::new();
        if tx.own_activity_types(tx.scope()).await?.len() >= OWN_COUNT {
            check.refuse("", Code::TooMany, format!("a workspace has at most {OWN_COUNT} activity types of its own"));
        }
        let kind = check.part(Self::new(Clock::id(), Stamp::first(tx.now()), new));
        let kind = accepted(check, kind)?;
        tx.insert_activity_type(&kind).await?;
        Ok(kind)
    }
}

impl Update for ActivityType {
    type Draft = ActivityTypeDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> ActivityTypeDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: ActivityTypeDraft) -> Result<Self> {
        let mut check = Check::new();
        if self.key != draft.key {
            check.refuse("key", Code::InvalidTransition, "a key is given once, as events name their type by it: it cannot change");
        }
        let kind = check.part(Self::new(self.id, self.stamp.next(tx.now()), draft));
        let kind = accepted(check, kind)?;
        if kind.is_as(&self) {
            return Ok(self);
        }
        tx.replace_activity_type(&kind).await?;
        // What was done counts otherwise from now on.
        tx.raise_watermark(false).await?;
        Ok(kind)
    }
}

impl Put for ActivityType {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.activity_type_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut ActivityTypeDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: ActivityTypeDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

impl Delete for ActivityType {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        // Nobody sends another event of it meanwhile.
        tx.take_turn().await?;
        if tx.is_activity_told(&self.key).await? {
            return Err(Error::Conflict(Violation::new(Code::InUse, "there are events of this type: they would count as nothing").into()));
        }
        Ok(tx.remove_activity_type(self).await?)
    }
}
