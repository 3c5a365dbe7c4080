//! Traits: what is true of a member for a time.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::member_trait::{MemberTrait, MemberTraitDraft, TRAIT_COUNT};
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Shared, Update};

/// A new trait of a member.
#[derive(Clone, Debug)]
pub struct NewMemberTrait {
    /// Id.
    pub member: String,
    pub draft: MemberTraitDraft,
}

impl App {
    /// By id.
    pub async fn member_trait(&self, actor: &Actor, named: &str) -> Result<MemberTrait> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.member_trait(named).await
    }

    pub async fn member_traits_by_id(&self, actor: &Actor, ids: &[Id<MemberTrait>]) -> Result<Vec<MemberTrait>> {
        require(actor, Permission::Read)?;
        Ok(self.store.traits_by_id(actor.scope, ids).await?)
    }

    /// The traits of one member, in the order they were added.
    pub async fn member_traits(&self, actor: &Actor, member: &str) -> Result<Vec<MemberTrait>> {
        require(actor, Permission::Read)?;
        let member = Names { store: &self.store, scope: actor.scope }.member(member).await?;
        Ok(self.store.traits_of(actor.scope, &[member.id]).await?)
    }

    /// The traits of these members.
    pub async fn member_traits_of(&self, actor: &Actor, members: &[Id<Member>]) -> Result<Vec<MemberTrait>> {
        require(actor, Permission::Read)?;
        Ok(self.store.traits_of(actor.scope, members).await?)
    }
}

impl Shared for MemberTrait {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::MemberTrait(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.member_trait(named).await
    }
}

impl Create for MemberTrait {
    type New = NewMemberTrait;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: NewMemberTrait) -> Result<Self> {
        let member = Names { store: tx, scope: tx.scope() }.member(&new.member).await?;
        let added = Self::new(Clock::id(), Stamp::first(tx.now()), new.draft, member.id)?;
        let others = others(tx, &added).await?;
        if others.len() >= TRAIT_COUNT {
            let detail = format!("a member has at most {TRAIT_COUNT} traits: delete some first");
            return Err(Violation::new(Code::TooMany, detail).into());
        }
        tx.insert_trait(&added).await?;
        tx.raise_watermark(true).await?;
        Ok(added)
    }
}

impl Update for MemberTrait {
    type Draft = MemberTraitDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> MemberTraitDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: MemberTraitDraft) -> Result<Self> {
        let changed = Self::new(self.id, self.stamp.next(tx.now()), draft, self.member)?;
        if changed.is_as(&self) {
            return Ok(self);
        }
        others(tx, &changed).await?;
        tx.replace_trait(&changed).await?;
        tx.raise_watermark(true).await?;
        Ok(changed)
    }
}

impl Delete for MemberTrait {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        tx.raise_watermark(true).await?;
        Ok(tx.remove_trait(self).await?)
    }
}

/// The traits of the member, none of which says otherwise of the same days. Others wait with theirs.
async fn others(tx: &Transaction, of: &MemberTrait) -> Result<Vec<MemberTrait>> {
    tx.take_turn().await?;
    let others = tx.traits_of(tx.scope(), &[of.member]).await?;
    of.beside(&others).map_err(|violation| Error::Conflict(violation.into()))?;
    Ok(others)
}
