//! The links between initiatives and key results.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Contribution, ContributionDraft, Initiative, LINK_COUNT};
use waymark_domain::key_result::KeyResult;
use waymark_domain::rejection::{Check, Code};
use waymark_persistence::Transaction;

use crate::app::{App, accepted, require};
use crate::error::{Error, Result};
use crate::naming::Names;

impl App {
    /// The links of one initiative, in the order they were made.
    pub async fn contributions(&self, actor: &Actor, initiative: &str) -> Result<Vec<Contribution>> {
        require(actor, Permission::Read)?;
        let initiative = Names { store: &self.store, scope: actor.scope }.initiative(initiative).await?;
        Ok(self.store.contributions_of(actor.scope, &[initiative.id]).await?)
    }

    /// The links of these initiatives.
    pub async fn contributions_of(&self, actor: &Actor, initiatives: &[Id<Initiative>]) -> Result<Vec<Contribution>> {
        require(actor, Permission::Read)?;
        Ok(self.store.contributions_of(actor.scope, initiatives).await?)
    }

    /// The links to these key results.
    pub async fn contributions_to(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<Contribution>> {
        require(actor, Permission::Read)?;
        Ok(self.store.contributions_to(actor.scope, key_results).await?)
    }

    /// Says that the initiative contributes to a key result, or says anew with how much and by which evidence.
    /// A key result that does not exist is kept by its name: the link dangles until it does.
    pub async fn link_initiative(&self, actor: &Actor, initiative: String, draft: ContributionDraft) -> Result<Contribution> {
        require(actor, Permission::LinkInitiatives)?;
        self.write(actor, move |tx| {
            let (initiative, draft) = (initiative.clone(), draft.clone());
            Box::pin(async move { link(tx, &initiative, draft).await })
        })
        .await
    }

    /// Takes a link back. The key result is named by id or address, or as the link names it.
    pub async fn unlink_initiative(&self, actor: &Actor, initiative: String, key_result: String) -> Result<Contribution> {
        require(actor, Permission::LinkInitiatives)?;
        self.write(actor, move |tx| {
            let (initiative, key_result) = (initiative.clone(), key_result.clone());
            Box::pin(async move { unlink(tx, &initiative, &key_result).await })
        })
        .await
    }
}

async fn link(tx: &Transaction, initiative: &str, draft: ContributionDraft) -> Result<Contribution> {
    let names = Names { store: tx, scope: tx.scope() };
    let initiative = names.initiative(initiative).await?;
    tx.lock_structure().await?;
    let draft = draft.check()?;
    let key_result = match names.key_result(&draft.key_result).await {
        Ok(key_result) => Some(key_result.id),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let ContributionDraft { key_result: named, expected, evidence } = draft;
    let link = Contribution { initiative: initiative.id, named, key_result, expected, evidence };
    let mut links = tx.contributions_of(tx.scope(), &[initiative.id]).await?;
    // A link that dangled under another name may have come to mean the same key result since.
    let place = links.iter().position(|other| is_same(other, &link)).unwrap_or(links.len());
    links.retain(|other| !is_same(other, &link));
    links.insert(place, link.clone());
    let mut check = Check::new();
    if links.len() > LINK_COUNT {
        check.refuse("keyResult", Code::TooMany, format!("an initiative contributes to at most {LINK_COUNT} key results"));
    }
    accepted(check, Some(()))?;
    tx.write_contributions(initiative.id, &links).await?;
    Ok(link)
}

async fn unlink(tx: &Transaction, initiative: &str, key_result: &str) -> Result<Contribution> {
    let names = Names { store: tx, scope: tx.scope() };
    let initiative = names.initiative(initiative).await?;
    tx.lock_structure().await?;
    let id = names.key_result_id(key_result).await?;
    let mut links = tx.contributions_of(tx.scope(), &[initiative.id]).await?;
    let meant = |link: &Contribution| link.named == key_result || id.is_some() && link.key_result == id;
    let link = links.iter().find(|link| meant(link)).cloned();
    let link = link.ok_or_else(|| Error::not_found("link to the key result", key_result))?;
    links.retain(|link| !meant(link));
    tx.write_contributions(initiative.id, &links).await?;
    Ok(link)
}

/// Two links to one key result are the same, whichever of its names they use.
fn is_same(a: &Contribution, b: &Contribution) -> bool {
    a.named == b.named || a.key_result.is_some() && a.key_result == b.key_result
}
