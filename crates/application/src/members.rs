//! Members: the people of a community, and the bots beside them.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::identity::Account;
use waymark_domain::member::{Member, MemberDraft, MemberFilter, MemberSort, TraitOn};
use waymark_domain::member_trait::Attribute;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::Check;
use waymark_domain::stamp::Stamp;
use waymark_domain::text;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::erased::{self, Name};
use crate::error::{Current, Result};
use crate::identities::{self, NewIdentity};
use crate::naming::{self, Names};
use crate::writing::{Create, Put, Shared, Update};

/// A new member with the accounts it is known by.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub draft: MemberDraft,
    pub identities: Vec<NewIdentity>,
}

/// Which members to list.
#[derive(Clone, Debug, Default)]
pub struct MemberQuery {
    /// The one with this account, `platform/type/value`; the platform is named by key or id.
    pub identity: Option<String>,
    /// Those that have the role today.
    pub role: Option<String>,
    /// Those that belong to the organisation today.
    pub organisation: Option<String>,
    /// Everything else.
    pub filter: MemberFilter,
}

impl App {
    pub async fn member(&self, actor: &Actor, named: &str) -> Result<Member> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.member(named).await
    }

    pub async fn members_by_id(&self, actor: &Actor, ids: &[Id<Member>]) -> Result<Vec<Member>> {
        require(actor, Permission::Read)?;
        Ok(self.store.members_by_id(actor.scope, ids).await?)
    }

    /// The members that are themselves merged into these.
    pub async fn members_merged_into(&self, actor: &Actor, into: &[Id<Member>]) -> Result<Vec<Member>> {
        require(actor, Permission::Read)?;
        Ok(self.store.members_merged_into(actor.scope, into).await?)
    }

    pub async fn members(&self, actor: &Actor, query: MemberQuery, sort: Sort<MemberSort>, page: Page) -> Result<Slice<Member>> {
        require(actor, Permission::Read)?;
        let MemberQuery { identity, role, organisation, mut filter } = query;
        let mut check = Check::new();
        let names = Names { store: &self.store, scope: actor.scope };
        filter.account = naming::optional(&mut check, "identity", identity.as_deref(), async |line| account(names, line).await).await?;
        for (field, attribute, asked) in [("role", Attribute::Role, role), ("organisation", Attribute::Organisation, organisation)] {
            let Some(asked) = asked else { continue };
            if let Some(value) = check.field(field, text::label(&asked)) {
                filter.traits.push(TraitOn { attribute, value, day: self.day(actor).await?.date });
            }
        }
        accepted(check, Some(()))?;
        Ok(self.store.members(actor.scope, &filter, sort, &page).await?)
    }
}

async fn account(names: Names<'_>, line: &str) -> Result<(Id<Platform>, Account)> {
    let (platform, account) = Account::in_line(line).map_err(|violation| violation.at("identity"))?;
    Ok((names.platform(platform).await?.id, account))
}

impl Shared for Member {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Member(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.member(named).await
    }
}

impl Create for Member {
    type New = NewMember;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: NewMember) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Member {
    type Draft = MemberDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> MemberDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: MemberDraft) -> Result<Self> {
        write(tx, Some(&self), NewMember { draft, identities: Vec::new() }).await
    }
}

/// Accounts that the member has and that are not named stay: events may have brought them.
impl Put for Member {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.member_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut NewMember) -> &mut Option<String> {
        &mut new.draft.external_id
    }

    async fn equalise(self, tx: &Transaction, new: NewMember) -> Result<Self> {
        write(tx, Some(&self), new).await
    }
}

async fn write(tx: &Transaction, existing: Option<&Member>, new: NewMember) -> Result<Member> {
    let NewMember { draft, identities } = new;
    let external_id = draft.external_id.clone().filter(|new| existing.is_none_or(|before| before.external_id.as_ref() != Some(new)));
    // Numbers and names are given to one after the other; other changes need not wait for each other.
    if existing.is_none() || !identities.is_empty() || external_id.is_some() {
        tx.take_turn().await?;
    }
    let mut check = Check::new();
    if let Some(id) = &external_id
        && !erased::among(tx, vec![(0, Name::ExternalId(id.trim()))]).await?.is_empty()
    {
        check.field::<()>("externalId", Err(erased::refused()));
    }
    let member = match existing {
        Some(member) => member.changed(member.stamp.next(tx.now()), draft),
        None => Member::new(Clock::id(), tx.next_member_number().await?, Stamp::first(tx.now()), draft),
    };
    let member = check.part(member);
    let accounts = identities::listed(tx, &mut check, &identities).await?;
    let mut member = accepted(check, member)?;
    if existing.is_none_or(|before| before.kind != member.kind) {
        tx.raise_watermark(true).await?;
    }
    match existing {
        Some(before) if member.is_as(before) => member = before.clone(),
        Some(_) => tx.replace_member(&member).await?,
        None => tx.add_members(std::slice::from_ref(&member)).await?,
    }
    identities::add_listed(tx, member.id, accounts).await?;
    Ok(member)
}
