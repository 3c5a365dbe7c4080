//! Merges: members that turn out to be one, and what that brings together.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::merge::{self, MergePreview, UnmergePreview};
use waymark_domain::metric::merge::Merge;
use waymark_domain::rejection::Check;
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::community::Altered;
use crate::error::Result;
use crate::naming::{self, Names};
use crate::writing::{Shared, seen};

impl App {
    /// From now on the member counts as another one, which may itself be merged into a third. Its accounts and traits
    /// stay its own, so that the merge can be undone.
    pub async fn merge_member(&self, actor: &Actor, named: String, version: Option<u32>, into: String) -> Result<Member> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, move |tx| {
            let (named, into) = (named.clone(), into.clone());
            Box::pin(async move { merge(tx, &named, version, &into).await })
        })
        .await
    }

    /// The member stands for itself again. Unchanged where it does already.
    pub async fn unmerge_member(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<Member> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                let member = seen(version, Member::find(tx, tx.scope(), &named).await?)?;
                if member.merged_into.is_none() {
                    return Ok(member);
                }
                let unmerged = member.unmerged(member.stamp.next(tx.now()));
                tx.raise_watermark(true).await?;
                tx.replace_member(&unmerged).await?;
                Ok(unmerged)
            })
        })
        .await
    }

    /// What a merge would bring together, and which figures it would move; refused as the merge would be. A constant number of
    /// queries.
    pub async fn merge_preview(&self, actor: &Actor, named: &str, into: &str) -> Result<MergePreview> {
        require(actor, Permission::Read)?;
        let (store, scope) = (&self.store, actor.scope);
        let member = Member::find(store, scope, named).await?;
        let target = Target::find(store, scope, into).await?;
        target.take(&member, member.stamp)?;
        let survivor = target.survivor();
        let coming = ids(&store.members_below(scope, member.id).await?);
        let standing = ids(&store.members_below(scope, survivor).await?);
        let traits = store.traits_of(scope, &coming).await?;
        let overruled = merge::overruled(&traits, &store.traits_of(scope, &standing).await?);
        let identities = store.identities_of(scope, &coming).await?;
        let (effect, _) = self.effect_of(actor, Altered::Merged(Merge { member: member.number, into: target.number() })).await?;
        Ok(MergePreview { member: member.id, into: target.into, survivor, identities, traits, overruled, effect })
    }

    /// What it would part to unmerge a member, and which figures it would move. Nothing where it is not merged.
    pub async fn unmerge_preview(&self, actor: &Actor, named: &str) -> Result<UnmergePreview> {
        require(actor, Permission::Read)?;
        let (store, scope) = (&self.store, actor.scope);
        let member = Member::find(store, scope, named).await?;
        let line = store.members_above(scope, member.id).await?;
        let parting = ids(&store.members_below(scope, member.id).await?);
        let identities = store.identities_of(scope, &parting).await?;
        let traits = store.traits_of(scope, &parting).await?;
        let (effect, _) = self.effect_of(actor, Altered::Unmerged(member.number)).await?;
        Ok(UnmergePreview { member: member.id, survivor: last(&line).unwrap_or(member.id), identities, traits, effect })
    }
}

async fn merge(tx: &Transaction, named: &str, version: Option<u32>, into: &str) -> Result<Member> {
    // Two merges at once could close a loop together.
    tx.take_turn().await?;
    let member = seen(version, Member::find(tx, tx.scope(), named).await?)?;
    let target = Target::find(tx, tx.scope(), into).await?;
    if member.merged_into == Some(target.into) {
        return Ok(member);
    }
    let merged = target.take(&member, member.stamp.next(tx.now()))?;
    tx.raise_watermark(true).await?;
    tx.replace_member(&merged).await?;
    Ok(merged)
}

/// What a member is to be merged into.
struct Target {
    into: Id<Member>,
    /// It, and everyone it counts as.
    line: Vec<Member>,
}

impl Target {
    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        let mut check = Check::new();
        let into = naming::field(&mut check, "into", Names { store, scope }.member(named).await)?;
        let into = accepted(check, into)?.id;
        Ok(Self { into, line: store.members_above(scope, into).await? })
    }

    /// The member as merged into it.
    fn take(&self, member: &Member, stamp: Stamp) -> Result<Member> {
        Ok(member.merged(self.into, &ids(&self.line), stamp)?)
    }

    fn survivor(&self) -> Id<Member> {
        last(&self.line).unwrap_or(self.into)
    }

    fn number(&self) -> u32 {
        self.line.iter().find(|member| member.id == self.into).map_or(u32::MAX, |member| member.number)
    }
}

/// The one of a line of merges that counts as nobody else.
fn last(line: &[Member]) -> Option<Id<Member>> {
    line.iter().find(|member| member.merged_into.is_none()).map(|member| member.id)
}

fn ids(members: &[Member]) -> Vec<Id<Member>> {
    members.iter().map(|member| member.id).collect()
}
