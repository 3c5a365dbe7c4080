//! The traits of members in the database.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::member_trait::MemberTrait;

use crate::error::Error;
use crate::rows::member_trait::{Column, Entity, Model};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn traits_by_id(&self, scope: WorkspaceScope, ids: &[Id<MemberTrait>]) -> Result<Vec<MemberTrait>, Error> {
        self.traits_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The traits of these members, those of one together and in the order they were added.
    pub async fn traits_of(&self, scope: WorkspaceScope, members: &[Id<Member>]) -> Result<Vec<MemberTrait>, Error> {
        self.traits_where(within(scope).filter(Column::MemberId.is_in(members.iter().map(|id| id.uuid())))).await
    }

    async fn traits_where(&self, select: Select<Entity>) -> Result<Vec<MemberTrait>, Error> {
        let rows = select.order_by_asc(Column::MemberId).order_by_asc(Column::Id).all(&self.db()).await?;
        rows.into_iter().map(MemberTrait::try_from).collect()
    }
}

impl Transaction {
    pub async fn insert_trait(&self, of: &MemberTrait) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), of)).await
    }

    pub async fn replace_trait(&self, of: &MemberTrait) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), of), |_| ()).await
    }

    pub async fn remove_trait(&self, of: &MemberTrait) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), of)).await
    }
}
