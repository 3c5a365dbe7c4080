//! The workspace itself.

use waymark_domain::NaiveDate;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::{Permission, Role};
use waymark_domain::stamp::Stamp;
use waymark_domain::token::TokenDraft;
use waymark_domain::workspace::{Workspace, WorkspaceDraft};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, require};
use crate::authentication;
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::folding;
use crate::secret::Secret;
use crate::writing::{Shared, Update};

impl App {
    pub async fn workspace(&self, actor: &Actor) -> Result<Workspace> {
        require(actor, Permission::Read)?;
        self.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)
    }

    /// The day it is in the workspace.
    pub async fn today(&self, actor: &Actor) -> Result<NaiveDate> {
        require(actor, Permission::Read)?;
        Ok(self.day(actor).await?.date)
    }

    /// Creates a workspace with its first token, which may do everything. For the operator at the command line.
    pub async fn create_workspace(&self, draft: WorkspaceDraft) -> Result<(Workspace, Secret)> {
        let id = Clock::id();
        let actor = authentication::operator(id);
        self.detach(&actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let made = app.new_workspace(&tx, id, draft).await?;
            tx.commit().await?;
            Ok(made)
        })
        .await
    }

    /// As [`App::create_workspace`], unless there is a workspace already. Of processes that start at once on
    /// an empty database, one creates it.
    pub async fn create_first_workspace(&self, draft: WorkspaceDraft) -> Result<Option<(Workspace, Secret)>> {
        let id = Clock::id();
        let actor = authentication::operator(id);
        self.detach(&actor, move |app, actor| async move {
            let tx = app.store.begin_patiently(app.trail(&actor)).await?;
            tx.lock_first_start().await?;
            if !tx.workspaces().await?.is_empty() {
                return Ok(None);
            }
            let made = app.new_workspace(&tx, id, draft).await?;
            tx.commit().await?;
            Ok(Some(made))
        })
        .await
    }

    async fn new_workspace(
        &self,
        tx: &waymark_persistence::Transaction,
        id: waymark_domain::id::Id<Workspace>,
        draft: WorkspaceDraft,
    ) -> Result<(Workspace, Secret)> {
        let workspace = Workspace::new(id, Stamp::first(tx.now()), draft)?;
        tx.insert_workspace(&workspace).await?;
        let owner = TokenDraft { name: "owner".to_owned(), role: Role::Owner, scopes: None, expires_at: None };
        let (_, secret) = crate::tokens::issue(tx, owner).await?;
        Ok((workspace, secret))
    }

    /// All workspaces, oldest first. For the operator at the command line.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>> {
        Ok(self.store.workspaces().await?)
    }
}

impl Shared for Workspace {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Workspace(self)
    }

    /// There is but one to be found, the caller's own, whatever it is called.
    async fn find(store: &Store, scope: WorkspaceScope, _: &str) -> Result<Self> {
        store.workspace(scope).await?.ok_or(Error::Unauthenticated)
    }
}

impl Update for Workspace {
    type Draft = WorkspaceDraft;
    const UPDATE: Permission = Permission::EditWorkspace;

    fn draft(&self) -> WorkspaceDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: WorkspaceDraft) -> Result<Self> {
        let changed = Self::new(self.id, self.stamp.next(tx.now()), draft)?;
        if changed.is_as(&self) {
            return Ok(self);
        }
        tx.replace_workspace(&changed).await?;
        if changed.time_zone != self.time_zone {
            // Its days begin at other instants from now on.
            folding::forget(tx).await?;
        }
        Ok(changed)
    }
}
