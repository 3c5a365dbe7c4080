//! Identities: the accounts by which platforms know a member.

use std::collections::{HashMap, HashSet};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::{Id, Named};
use waymark_domain::identity::{Account, IDENTITY_COUNT, Identity, IdentityType};
use waymark_domain::member::Member;
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_persistence::Transaction;

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::erased::{self, Name};
use crate::error::{Error, Result};
use crate::naming::{self, Names};

/// A new account of a member.
#[derive(Clone, Debug)]
pub struct NewIdentity {
    /// Id or key.
    pub platform: String,
    pub kind: IdentityType,
    pub value: String,
}

/// An account with its platform.
pub(crate) type Place = (Id<Platform>, Account);

impl App {
    pub async fn identity(&self, actor: &Actor, named: &str) -> Result<Identity> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.identity(named).await
    }

    pub async fn identities_by_id(&self, actor: &Actor, ids: &[Id<Identity>]) -> Result<Vec<Identity>> {
        require(actor, Permission::Read)?;
        Ok(self.store.identities_by_id(actor.scope, ids).await?)
    }

    /// The accounts of one member, in the order they were added.
    pub async fn identities(&self, actor: &Actor, member: &str) -> Result<Vec<Identity>> {
        require(actor, Permission::Read)?;
        let member = Names { store: &self.store, scope: actor.scope }.member(member).await?;
        Ok(self.store.identities_of(actor.scope, &[member.id]).await?)
    }

    /// The accounts of these members.
    pub async fn identities_of(&self, actor: &Actor, members: &[Id<Member>]) -> Result<Vec<Identity>> {
        require(actor, Permission::Read)?;
        Ok(self.store.identities_of(actor.scope, members).await?)
    }

    pub async fn add_identity(&self, actor: &Actor, member: String, new: NewIdentity) -> Result<Identity> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, move |tx| {
            let (member, new) = (member.clone(), new.clone());
            Box::pin(async move { add(tx, &member, new).await })
        })
        .await
    }

    /// Gives the account as it was. Events that name it later make a member of their own.
    pub async fn remove_identity(&self, actor: &Actor, named: String) -> Result<Identity> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                let identity = Names { store: tx, scope: tx.scope() }.identity(&named).await?;
                tx.remove_identity(&identity).await?;
                Ok(identity)
            })
        })
        .await
    }
}

async fn add(tx: &Transaction, member: &str, new: NewIdentity) -> Result<Identity> {
    tx.take_turn().await?;
    let names = Names { store: tx, scope: tx.scope() };
    let member = names.member(member).await?;
    let mut check = Check::new();
    let platform = naming::field(&mut check, "platform", names.platform(&new.platform).await)?;
    let account = check.part(Account::new(new.kind, &new.value));
    let (platform, account) = accepted(check, platform.zip(account))?;
    if !erased::among(tx, vec![(0, Name::of(&platform, &account))]).await?.is_empty() {
        return Err(erased::refused().at("value").into());
    }
    let place = (platform.id, account);
    if let Some(taken) = tx.identities_named(tx.scope(), std::slice::from_ref(&place)).await?.first() {
        return Err(Error::Conflict(is_taken(taken).into()));
    }
    make_room(tx, member.id, 1).await?;
    let identity = identity(member.id, place);
    tx.add_identities(std::slice::from_ref(&identity)).await?;
    Ok(identity)
}

/// The accounts of a list below `identities`, with whatever is wrong with each at its place. One query for all of their
/// platforms' ids and one for their keys.
pub(crate) async fn listed(tx: &Transaction, check: &mut Check, new: &[NewIdentity]) -> Result<Vec<Place>> {
    if new.len() > IDENTITY_COUNT {
        check.refuse("identities", Code::TooMany, format!("a member has at most {IDENTITY_COUNT} accounts"));
        return Ok(Vec::new());
    }
    let platforms = platforms(tx, new).await?;
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for (index, NewIdentity { platform, kind, value }) in new.iter().enumerate() {
        let mut one = Check::new();
        let on = platforms.get(platform).ok_or_else(|| naming::missing(Platform::WORD, platform));
        let on = one.field("platform", on);
        let account = one.part(Account::new(*kind, value));
        if let Some((platform, account)) = on.zip(account.as_ref())
            && !seen.insert((platform.id, account.kind, account.folded()))
        {
            one.refuse("value", Code::AlreadyExists, "this account stands in the list twice: name it once");
        }
        let whole = check.part_at(&format!("identities.{index}"), one.finish(on.zip(account)));
        found.extend(whole.map(|(platform, account)| (index, platform, account)));
    }
    let names = found.iter().map(|(index, platform, account)| (*index, Name::of(platform, account)));
    for index in erased::among(tx, names.collect()).await? {
        check.field::<()>(&format!("identities.{index}.value"), Err(erased::refused()));
    }
    Ok(found.into_iter().map(|(_, platform, account)| (platform.id, account)).collect())
}

async fn platforms(tx: &Transaction, new: &[NewIdentity]) -> Result<HashMap<String, Platform>> {
    let named: Vec<String> = new.iter().map(|identity| identity.platform.clone()).collect();
    let (ids, keys) = naming::ids_and_keys::<Platform>(&named);
    let mut found = HashMap::new();
    if !ids.is_empty() {
        found.extend(tx.platforms_by_id(tx.scope(), &ids).await?.into_iter().map(|platform| (platform.id.to_string(), platform)));
    }
    if !keys.is_empty() {
        found.extend(tx.platforms_by_key(tx.scope(), &keys).await?.into_iter().map(|platform| (platform.key.clone(), platform)));
    }
    Ok(found)
}

/// Adds those of the accounts that the member has not; nobody else may have them. Whoever asks has the turn.
pub(crate) async fn add_listed(tx: &Transaction, member: Id<Member>, places: Vec<Place>) -> Result<()> {
    let taken = tx.identities_named(tx.scope(), &places).await?;
    let (mut check, mut new) = (Check::new(), Vec::new());
    for (index, place) in places.into_iter().enumerate() {
        match taken.iter().find(|other| other.is(place.0, &place.1)) {
            Some(own) if own.member == member => {}
            Some(other) => {
                check.field::<()>(&format!("identities.{index}"), Err(is_taken(other)));
            }
            None => new.push(identity(member, place)),
        }
    }
    check.finish(Some(())).map_err(Error::Conflict)?;
    if !new.is_empty() {
        make_room(tx, member, new.len()).await?;
        tx.add_identities(&new).await?;
    }
    Ok(())
}

async fn make_room(tx: &Transaction, member: Id<Member>, count: usize) -> Result<()> {
    let has = tx.identities_of(tx.scope(), &[member]).await?.len();
    if has.saturating_add(count) > IDENTITY_COUNT {
        let detail = format!("a member has at most {IDENTITY_COUNT} accounts, and this one has {has}: remove some first");
        return Err(Violation::new(Code::TooMany, detail).into());
    }
    Ok(())
}

fn identity(member: Id<Member>, (platform, account): Place) -> Identity {
    Identity { id: Clock::id(), member, platform, kind: account.kind, value: account.value }
}

/// The account is not repeated: a refusal may be written down where names of people should not be.
fn is_taken(identity: &Identity) -> Violation {
    let detail = format!("the member {} has this account: merge the two members, or remove it there first", identity.member);
    Violation::new(Code::AlreadyExists, detail).at("value")
}
