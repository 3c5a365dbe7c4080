//! The accounts of members in the database. They have no history: what names a person is kept in one place only.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::identity::{Account, Identity};
use waymark_domain::member::Member;
use waymark_domain::platform::Platform;

use crate::error::Error;
use crate::rows::identity::{Column, Entity};
use crate::rows::spelled;
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn identities_by_id(&self, scope: WorkspaceScope, ids: &[Id<Identity>]) -> Result<Vec<Identity>, Error> {
        self.identities_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The accounts of these members, those of one together.
    pub async fn identities_of(&self, scope: WorkspaceScope, members: &[Id<Member>]) -> Result<Vec<Identity>, Error> {
        self.identities_where(within(scope).filter(Column::MemberId.is_in(members.iter().map(|id| id.uuid())))).await
    }

    /// Those of these accounts that a member has.
    pub async fn identities_named(&self, scope: WorkspaceScope, accounts: &[(Id<Platform>, Account)]) -> Result<Vec<Identity>, Error> {
        let is_it = |(platform, account): &(Id<Platform>, Account)| {
            Condition::all()
                .add(Column::PlatformId.eq(platform.uuid()))
                .add(Column::Kind.eq(spelled(account.kind)))
                .add(Column::Folded.eq(account.folded()))
        };
        let any = accounts.iter().map(is_it).fold(Condition::any(), Condition::add);
        if any.is_empty() { Ok(Vec::new()) } else { self.identities_where(within(scope).filter(any)).await }
    }

    async fn identities_where(&self, select: Select<Entity>) -> Result<Vec<Identity>, Error> {
        let rows = select.order_by_asc(Column::MemberId).order_by_asc(Column::Id).all(&self.db()).await?;
        rows.into_iter().map(Identity::try_from).collect()
    }
}

impl Transaction {
    pub async fn remove_identity(&self, identity: &Identity) -> Result<(), Error> {
        let removed = Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::Id.eq(identity.id.uuid()))
            .exec(&self.db())
            .await?;
        if removed.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
    }
}
