//! The links between initiatives and key results.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::Gauge;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Contribution, ContributionDraft, Initiative, LINK_COUNT};
use waymark_domain::key_result::KeyResult;
use waymark_domain::metric::catalogue::{MetricKey, SegmentKind};
use waymark_domain::rejection::{Check, Code};
use waymark_persistence::Transaction;

use crate::app::{App, accepted, require};
use crate::bindings::GaugeDraft;
use crate::error::{Error, Result};
use crate::metrics::{Evidence, MetricQuery};
use crate::naming::Names;

/// A link, with what the metric that is its evidence tells now.
#[derive(Clone, Debug)]
pub struct Evidenced {
    pub contribution: Contribution,
    pub evidence: Option<Evidence>,
}

impl App {
    /// The links of one initiative, in the order they were made.
    pub async fn contributions(&self, actor: &Actor, initiative: &str) -> Result<Vec<Evidenced>> {
        require(actor, Permission::Read)?;
        let initiative = Names { store: &self.store, scope: actor.scope }.initiative(initiative).await?;
        self.contributions_of(actor, &[initiative.id]).await
    }

    /// The links of these initiatives.
    pub async fn contributions_of(&self, actor: &Actor, initiatives: &[Id<Initiative>]) -> Result<Vec<Evidenced>> {
        require(actor, Permission::Read)?;
        self.evidenced(actor, self.store.contributions_of(actor.scope, initiatives).await?).await
    }

    /// The links to these key results.
    pub async fn contributions_to(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<Evidenced>> {
        self.evidenced(actor, self.links_to(actor, key_results).await?).await
    }

    /// The same without what their metrics tell.
    pub async fn links_to(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<Contribution>> {
        require(actor, Permission::Read)?;
        Ok(self.store.contributions_to(actor.scope, key_results).await?)
    }

    /// Says that the initiative contributes to a key result, or says anew with how much and by which evidence, which can be a
    /// metric: one that can be narrowed to an initiative is narrowed to this one, unless another or a category is named.
    /// A key result that does not exist is kept by its name: the link dangles until it does.
    pub async fn link_initiative(
        &self,
        actor: &Actor,
        initiative: String,
        draft: ContributionDraft,
        metric: Option<GaugeDraft>,
    ) -> Result<Evidenced> {
        require(actor, Permission::LinkInitiatives)?;
        let found = Names { store: &self.store, scope: actor.scope }.initiative(&initiative).await?;
        let mut check = Check::new();
        let draft = check.part(draft.check());
        let metric = match metric {
            Some(metric) => self.gauge(actor, &mut check, found.id, metric).await?.map(Some),
            None => Some(None),
        };
        let (draft, metric) = accepted(check, draft.zip(metric))?;
        let link = self
            .write(actor, move |tx| {
                let (initiative, draft, metric) = (initiative.clone(), draft.clone(), metric.clone());
                Box::pin(async move { link(tx, &initiative, draft, metric).await })
            })
            .await?;
        self.alone(actor, link).await
    }

    /// Takes a link back. The key result is named by id or address, or as the link names it.
    pub async fn unlink_initiative(&self, actor: &Actor, initiative: String, key_result: String) -> Result<Evidenced> {
        require(actor, Permission::LinkInitiatives)?;
        let link = self
            .write(actor, move |tx| {
                let (initiative, key_result) = (initiative.clone(), key_result.clone());
                Box::pin(async move { unlink(tx, &initiative, &key_result).await })
            })
            .await?;
        self.alone(actor, link).await
    }

    async fn alone(&self, actor: &Actor, contribution: Contribution) -> Result<Evidenced> {
        let initiative = contribution.initiative;
        let evidenced = self.evidenced(actor, vec![contribution]).await?.pop();
        evidenced.ok_or_else(|| Error::not_found("link of the initiative", initiative))
    }

    /// Links with what their metrics tell: of all of them at once.
    async fn evidenced(&self, actor: &Actor, contributions: Vec<Contribution>) -> Result<Vec<Evidenced>> {
        let gauges: Vec<&Gauge> = contributions.iter().filter_map(|link| link.metric.as_ref()).collect();
        let mut told = self.evidence(actor, &gauges).await?.into_iter();
        let evidenced = |contribution: Contribution| {
            let evidence = contribution.metric.as_ref().and_then(|_| told.next());
            Evidenced { contribution, evidence }
        };
        Ok(contributions.into_iter().map(evidenced).collect())
    }

    /// The metric that is to be evidence, with everything that it is narrowed to by its id.
    async fn gauge(&self, actor: &Actor, check: &mut Check, of: Id<Initiative>, draft: GaugeDraft) -> Result<Option<Gauge>> {
        let GaugeDraft { metric, statistic, mut segment, given } = draft;
        let can_be_narrowed = metric.parse().is_ok_and(|key: MetricKey| key.definition().segments.contains(&SegmentKind::Initiative));
        if can_be_narrowed && segment.initiative.is_none() && segment.category.is_none() {
            segment.initiative = Some(of.to_string());
        }
        let query = MetricQuery { metric, statistic, segment, given, ..MetricQuery::default() };
        match self.resolved_metric(actor, &query).await {
            Ok(gauge) => Ok(Some(gauge)),
            Err(Error::Rejected(rejection)) => {
                check.part_at::<()>("evidenceMetric", Err(rejection));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

async fn link(tx: &Transaction, initiative: &str, draft: ContributionDraft, metric: Option<Gauge>) -> Result<Contribution> {
    let names = Names { store: tx, scope: tx.scope() };
    let initiative = names.initiative(initiative).await?;
    tx.lock_structure().await?;
    let key_result = match names.key_result(&draft.key_result).await {
        Ok(key_result) => Some(key_result.id),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let ContributionDraft { key_result: named, expected, evidence } = draft;
    let link = Contribution { initiative: initiative.id, named, key_result, expected, evidence, metric };
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
