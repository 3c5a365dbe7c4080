//! The workspace itself.

use waymark_domain::NaiveDate;
use waymark_domain::actor::Actor;
use waymark_domain::authorization::{Permission, Role};
use waymark_domain::stamp::Stamp;
use waymark_domain::workspace::{Workspace, WorkspaceDraft};

use crate::app::{App, require};
use crate::authentication;
use crate::clock::Clock;
use crate::error::{Current, Error, Result, seen};
use crate::tokens::Secret;

impl App {
    pub async fn workspace(&self, actor: &Actor) -> Result<Workspace> {
        require(actor, Permission::Read)?;
        self.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)
    }

    /// The day it is in the workspace.
    pub async fn today(&self, actor: &Actor) -> Result<NaiveDate> {
        require(actor, Permission::Read)?;
        Ok(self.day(&self.store, actor).await?.date)
    }

    pub async fn update_workspace(
        &self,
        actor: &Actor,
        version: Option<u32>,
        change: impl FnOnce(&mut WorkspaceDraft) + Send + 'static,
    ) -> Result<Workspace> {
        require(actor, Permission::EditWorkspace)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let workspace = tx.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)?;
            seen(version, workspace.stamp.version, || Current::Workspace(workspace.clone()))?;
            let mut draft = workspace.draft();
            change(&mut draft);
            let changed = Workspace::new(workspace.id, workspace.stamp.next(tx.now()), draft)?;
            tx.replace_workspace(&changed).await?;
            tx.commit().await?;
            Ok(changed)
        })
        .await
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
            let tx = app.begin(&actor).await?;
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
        let (_, secret) = crate::tokens::issue(tx, "owner", Role::Owner, None).await?;
        Ok((workspace, secret))
    }

    /// All workspaces, oldest first. For the operator at the command line.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>> {
        Ok(self.store.workspaces().await?)
    }
}
