//! Workspaces and the secrets that all processes on one database share.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::workspace::Workspace;

use crate::connection;
use crate::error::Error;
use crate::history::Action;
use crate::rows::workspace::{Column, Entity, Model};
use crate::rows::{Versioned, secret};
use crate::store::{Store, Transaction};

impl Store {
    /// As it was at the instant that is looked back to; before it was there, as it is.
    pub async fn workspace(&self, scope: WorkspaceScope) -> Result<Option<Workspace>, Error> {
        let find = || Entity::find_by_id(scope.workspace().uuid());
        let row = match find().one(&self.db()).await? {
            None if self.instant().is_some() => find().one(&self.at(None).db()).await?,
            row => row,
        };
        row.map(Workspace::try_from).transpose()
    }

    /// All workspaces, oldest first: for the operator at the command line, who stands above them.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, Error> {
        Entity::find().order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Workspace::try_from).collect()
    }

    /// The secret of this name: the candidate, unless a process was first with another.
    pub async fn shared_secret(&self, name: &str, candidate: [u8; 32]) -> Result<Vec<u8>, Error> {
        match secret::Entity::find_by_id(name.to_owned()).one(&self.db()).await? {
            Some(row) => Ok(row.secret),
            None => connection::patiently(|| self.first_secret(name, candidate)).await,
        }
    }

    async fn first_secret(&self, name: &str, candidate: [u8; 32]) -> Result<Vec<u8>, Error> {
        let row = secret::ActiveModel { name: Set(name.to_owned()), secret: Set(candidate.to_vec()) };
        let unless_there = OnConflict::column(secret::Column::Name).do_nothing().to_owned();
        secret::Entity::insert(row).on_conflict(unless_there).exec_without_returning(self.writer()).await?;
        let row = secret::Entity::find_by_id(name.to_owned()).one(self.writer()).await?;
        row.map(|row| row.secret).ok_or_else(|| Error::corrupt("secrets", name))
    }
}

impl Transaction {
    pub async fn insert_workspace(&self, workspace: &Workspace) -> Result<(), Error> {
        let row = Model::of(workspace);
        Entity::insert(row.clone().into_active_model()).exec_without_returning(&self.db()).await?;
        self.remember(&row, row.version(), Action::Created).await
    }

    pub async fn replace_workspace(&self, workspace: &Workspace) -> Result<(), Error> {
        self.replace(Model::of(workspace), |_| ()).await
    }

    /// Holds back other processes that would also create the first workspace.
    pub async fn lock_first_start(&self) -> Result<(), Error> {
        if self.db().get_database_backend() == sea_orm::DbBackend::Postgres {
            self.db().execute_unprepared("LOCK TABLE workspaces IN EXCLUSIVE MODE").await?;
        }
        Ok(())
    }
}
