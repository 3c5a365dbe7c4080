//! Key results.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::key_result::{self, KeyResult, KeyResultFilter, KeyResultSort};
use waymark_domain::objective::Objective;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::{DateTime, Utc};

use crate::app::{App, accepted, require};
use crate::error::{Current, Result, seen};
use crate::key_result_writing::{self as writing, KeyResultChange, NewKeyResult};
use crate::naming::{self, Names};

/// Which key results to list; what they are filtered by is named by id, key or address.
#[derive(Clone, Debug, Default)]
pub struct KeyResultQuery {
    pub objective: Option<String>,
    pub cycle: Option<String>,
    pub team: Option<String>,
    pub owner: Option<String>,
    /// True for those without a check-in in the last week as the workspace counts its days, false for those with one.
    pub stale: Option<bool>,
    /// Everything else.
    pub filter: KeyResultFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or any address it ever had.
    pub async fn key_result(&self, actor: &Actor, named: &str) -> Result<KeyResult> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.key_result(named).await
    }

    pub async fn key_results_by_id(&self, actor: &Actor, ids: &[Id<KeyResult>]) -> Result<Vec<KeyResult>> {
        require(actor, Permission::Read)?;
        Ok(self.store.key_results_by_id(actor.scope, ids).await?)
    }

    /// The key results of these objectives, in the order of their numbers.
    pub async fn key_results_of(&self, actor: &Actor, objectives: &[Id<Objective>]) -> Result<Vec<KeyResult>> {
        require(actor, Permission::Read)?;
        Ok(self.store.key_results_of(actor.scope, objectives).await?)
    }

    pub async fn key_results(
        &self,
        actor: &Actor,
        query: KeyResultQuery,
        sort: Sort<KeyResultSort>,
        page: Page,
    ) -> Result<Slice<KeyResult>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let objective =
            naming::optional(&mut check, "objective", query.objective.as_deref(), async |named| names.objective(named).await).await?;
        let cycle = naming::optional(&mut check, "cycle", query.cycle.as_deref(), async |named| names.cycle(named).await).await?;
        let team = naming::optional(&mut check, "team", query.team.as_deref(), async |named| names.team(named).await).await?;
        let owner = naming::optional(&mut check, "owner", query.owner.as_deref(), async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let fresh_since = match query.stale {
            Some(_) => Some(key_result::fresh_since(app.day(&app.store, actor).await?.date)),
            None => None,
        };
        let filter = KeyResultFilter {
            objective: objective.map(|objective| objective.id),
            cycle: cycle.map(|cycle| cycle.id),
            team: team.map(|team| team.id),
            owner: owner.map(|team| team.id),
            checked_in_before: fresh_since.filter(|_| query.stale == Some(true)),
            checked_in_since: fresh_since.filter(|_| query.stale == Some(false)),
            ..query.filter
        };
        Ok(app.store.key_results(actor.scope, &filter, sort, &page).await?)
    }

    pub async fn create_key_result(&self, actor: &Actor, new: NewKeyResult) -> Result<KeyResult> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let key_result = writing::create(&tx, new).await?;
            tx.commit().await?;
            Ok(key_result)
        })
        .await
    }

    pub async fn update_key_result(
        &self,
        actor: &Actor,
        named: String,
        version: Option<u32>,
        change: impl FnOnce(&mut KeyResultChange) + Send + 'static,
    ) -> Result<KeyResult> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let key_result = Names { store: &tx, scope: actor.scope }.key_result(&named).await?;
            seen(version, key_result.stamp.version, || Current::KeyResult(key_result.clone()))?;
            let mut wanted = KeyResultChange { objective: key_result.objective.to_string(), draft: key_result.draft() };
            change(&mut wanted);
            let changed = writing::update(&tx, &key_result, wanted).await?;
            tx.commit().await?;
            Ok(changed)
        })
        .await
    }

    /// Creates the key result with this external id, or makes the one that has it equal to the draft. Tells whether it is new.
    pub async fn put_key_result(
        &self,
        actor: &Actor,
        external_id: String,
        version: Option<u32>,
        new: NewKeyResult,
    ) -> Result<(KeyResult, bool)> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let external_id = naming::external_id(&external_id)?;
            let existing = tx.key_result_by_external_id(actor.scope, &external_id).await?;
            let new = NewKeyResult { external_id: Some(external_id), ..new };
            let key_result = match &existing {
                Some(key_result) => {
                    seen(version, key_result.stamp.version, || Current::KeyResult(key_result.clone()))?;
                    writing::equalise(&tx, key_result, new).await?
                }
                None => writing::create(&tx, new).await?,
            };
            tx.commit().await?;
            Ok((key_result, existing.is_none()))
        })
        .await
    }

    /// Takes the key result out of every list; its number is not given again, and its check-ins stay in history.
    pub async fn delete_key_result(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<KeyResult> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let key_result = Names { store: &tx, scope: actor.scope }.key_result(&named).await?;
            seen(version, key_result.stamp.version, || Current::KeyResult(key_result.clone()))?;
            writing::remove(&tx, &key_result).await?;
            tx.commit().await?;
            Ok(key_result)
        })
        .await
    }
}
