//! Platforms: where the community happens.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::platform::{Platform, PlatformDraft, PlatformFilter, PlatformSort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

impl App {
    /// By id or key.
    pub async fn platform(&self, actor: &Actor, named: &str) -> Result<Platform> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.platform(named).await
    }

    pub async fn platforms_by_id(&self, actor: &Actor, ids: &[Id<Platform>]) -> Result<Vec<Platform>> {
        require(actor, Permission::Read)?;
        Ok(self.store.platforms_by_id(actor.scope, ids).await?)
    }

    pub async fn platforms(&self, actor: &Actor, filter: PlatformFilter, sort: Sort<PlatformSort>, page: Page) -> Result<Slice<Platform>> {
        require(actor, Permission::Read)?;
        Ok(self.store.platforms(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Platform {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Platform(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.platform(named).await
    }
}

impl Create for Platform {
    type New = PlatformDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: PlatformDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Platform {
    type Draft = PlatformDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> PlatformDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: PlatformDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Platform {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.platform_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut PlatformDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: PlatformDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while anything belongs to the platform.
impl Delete for Platform {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_platform(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Platform>, draft: PlatformDraft) -> Result<Platform> {
    let mut check = Check::new();
    let (id, stamp) = match existing {
        Some(platform) => (platform.id, platform.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_some_and(|platform| platform.key != draft.key) {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as events name their platform by it: it cannot change");
    }
    let platform = check.part(Platform::new(id, stamp, draft));
    let platform = accepted(check, platform)?;
    match existing {
        Some(before) if platform.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_platform(&platform).await?,
        None => tx.insert_platform(&platform).await?,
    }
    Ok(platform)
}
