//! The places and people that what arrives names: found, or made where nobody knew of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::identity::{Identity, IdentityType};
use waymark_domain::member::{Member, MemberDraft, MemberKind};
use waymark_domain::platform::Platform;
use waymark_domain::stamp::Stamp;
use waymark_persistence::{AccountKey, KnownMember, Transaction};

use crate::clock::Clock;
use crate::error::Result;

/// An account as it was first written, and what its member is where nobody knew of it before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer<'a> {
    pub(crate) value: &'a str,
    pub(crate) kind: MemberKind,
}

/// The platforms with these keys. Whoever asks has the turn (see [`Transaction::take_turn`]), as for all that follows.
pub(crate) async fn platforms(tx: &Transaction, keys: &BTreeSet<&str>) -> Result<HashMap<String, Id<Platform>>> {
    let wanted: Vec<&str> = keys.iter().copied().collect();
    let mut found = tx.platform_ids(tx.scope(), &wanted).await?;
    let mut new = Vec::new();
    for key in wanted.into_iter().filter(|key| !found.contains_key(*key)) {
        new.push(Platform::named(Clock::id(), Stamp::first(tx.now()), key)?);
    }
    tx.add_platforms(&new).await?;
    found.extend(new.into_iter().map(|platform| (platform.key, platform.id)));
    Ok(found)
}

/// The channels with these keys on their platforms.
pub(crate) async fn channels(
    tx: &Transaction,
    named: &BTreeSet<(Id<Platform>, &str)>,
) -> Result<HashMap<(Id<Platform>, String), Id<Channel>>> {
    let mut on: BTreeMap<Id<Platform>, Vec<&str>> = BTreeMap::new();
    for (platform, key) in named {
        on.entry(*platform).or_default().push(key);
    }
    let (mut channels, mut new) = (HashMap::new(), Vec::new());
    for (platform, keys) in on {
        let found = tx.channel_ids(tx.scope(), platform, &keys).await?;
        for key in keys.into_iter().filter(|key| !found.contains_key(*key)) {
            new.push(Channel::named(Clock::id(), Stamp::first(tx.now()), platform, key)?);
        }
        channels.extend(found.into_iter().map(|(key, id)| ((platform, key), id)));
    }
    tx.add_channels(&new).await?;
    channels.extend(new.into_iter().map(|channel| ((channel.platform, channel.key), channel.id)));
    Ok(channels)
}

/// The members who have these accounts.
pub(crate) async fn members(tx: &Transaction, accounts: &BTreeMap<AccountKey, Newcomer<'_>>) -> Result<HashMap<AccountKey, KnownMember>> {
    let mut of_type: BTreeMap<(Id<Platform>, IdentityType), Vec<&str>> = BTreeMap::new();
    for (platform, kind, folded) in accounts.keys() {
        of_type.entry((*platform, *kind)).or_default().push(folded);
    }
    let mut members = HashMap::with_capacity(accounts.len());
    for ((platform, kind), folded) in of_type {
        let found = tx.members_by_account(tx.scope(), platform, kind, &folded).await?;
        members.extend(found.into_iter().map(|(folded, member)| ((platform, kind, folded), member)));
    }
    let unknown: Vec<_> = accounts.iter().filter(|(key, _)| !members.contains_key(*key)).collect();
    if !unknown.is_empty() {
        members.extend(make_members(tx, unknown).await?);
    }
    Ok(members)
}

async fn make_members(tx: &Transaction, unknown: Vec<(&AccountKey, &Newcomer<'_>)>) -> Result<Vec<(AccountKey, KnownMember)>> {
    let mut number = tx.next_member_number().await?;
    let mut made = Vec::with_capacity(unknown.len());
    let (mut members, mut identities) = (Vec::with_capacity(unknown.len()), Vec::with_capacity(unknown.len()));
    for (key, newcomer) in unknown {
        let (platform, kind, _) = key;
        let draft = MemberDraft { kind: newcomer.kind, name: None, external_id: None };
        let member = Member::new(Clock::id(), number, Stamp::first(tx.now()), draft)?;
        let id = Clock::id();
        identities.push(Identity { id, member: member.id, platform: *platform, kind: *kind, value: newcomer.value.to_owned() });
        made.push((key.clone(), KnownMember { id: member.id, number }));
        members.push(member);
        number = number.saturating_add(1);
    }
    tx.add_members(&members).await?;
    tx.add_identities(&identities).await?;
    Ok(made)
}
