//! Check-ins: recorded once, corrected by a revision, never deleted.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::check_in::{self, CheckIn, CheckInDraft, CheckInFilter, CheckInSort, Provenance, Record, Revision};
use waymark_domain::id::{Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::{DateTime, NaiveDate, Utc, text};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require, today};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::key_result_writing::home;
use crate::naming::{self, Names};
use crate::writing::{Create, Put, Shared, Update};

/// Which check-ins to list; what they are filtered by is named by id, key or address.
#[derive(Clone, Debug, Default)]
pub struct CheckInQuery {
    pub key_result: Option<String>,
    pub cycle: Option<String>,
    pub team: Option<String>,
    /// Everything that is not named.
    pub filter: CheckInFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

/// A new check-in.
#[derive(Clone, Debug)]
pub struct NewCheckIn {
    /// Id or address.
    pub key_result: String,
    /// Today when absent.
    pub on: Option<NaiveDate>,
    pub external_id: Option<String>,
    pub draft: CheckInDraft,
}

impl App {
    pub async fn check_in(&self, actor: &Actor, named: &str) -> Result<CheckIn> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.check_in(named).await
    }

    pub async fn check_ins_by_id(&self, actor: &Actor, ids: &[Id<CheckIn>]) -> Result<Vec<CheckIn>> {
        require(actor, Permission::Read)?;
        Ok(self.store.check_ins_by_id(actor.scope, ids).await?)
    }

    /// The check-ins of these key results, oldest day first.
    pub async fn check_ins_of(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<CheckIn>> {
        require(actor, Permission::Read)?;
        Ok(self.store.check_ins_of(actor.scope, key_results).await?)
    }

    /// The newest `limit` check-ins of each of these key results, newest first.
    pub async fn last_check_ins_of(&self, actor: &Actor, key_results: &[Id<KeyResult>], limit: u32) -> Result<Vec<CheckIn>> {
        require(actor, Permission::Read)?;
        Ok(self.store.last_check_ins_of(actor.scope, key_results, limit).await?)
    }

    /// Every state of these check-ins, first to last.
    pub async fn revisions_of(&self, actor: &Actor, ids: &[Id<CheckIn>]) -> Result<Vec<CheckIn>> {
        require(actor, Permission::Read)?;
        Ok(self.store.revisions_of(actor.scope, ids).await?)
    }

    /// Every state of one check-in, first to last.
    pub async fn check_in_revisions(&self, actor: &Actor, named: &str) -> Result<Vec<CheckIn>> {
        let check_in = self.check_in(actor, named).await?;
        self.revisions_of(actor, &[check_in.id]).await
    }

    pub async fn check_ins(&self, actor: &Actor, query: CheckInQuery, sort: Sort<CheckInSort>, page: Page) -> Result<Slice<CheckIn>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let key_result =
            naming::optional(&mut check, "keyResult", query.key_result.as_deref(), async |named| names.key_result(named).await).await?;
        let cycle = naming::optional(&mut check, "cycle", query.cycle.as_deref(), async |named| names.cycle(named).await).await?;
        let team = naming::optional(&mut check, "team", query.team.as_deref(), async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let filter = CheckInFilter {
            key_result: key_result.map(|key_result| key_result.id),
            cycle: cycle.map(|cycle| cycle.id),
            team: team.map(|team| team.id),
            ..query.filter
        };
        Ok(app.store.check_ins(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for CheckIn {
    fn version(&self) -> u32 {
        self.revision.number
    }

    fn current(self) -> Current {
        Current::CheckIn(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.check_in(named).await
    }
}

impl Create for CheckIn {
    type New = NewCheckIn;
    const CREATE: Permission = Permission::RecordProgress;

    async fn create(tx: &Transaction, new: NewCheckIn) -> Result<Self> {
        let today = today(tx).await?.date;
        let mut check = Check::new();
        let names = Names { store: tx, scope: tx.scope() };
        let on = check.field("on", check_in::day(new.on.unwrap_or(today), today));
        let external_id = check.field("externalId", text::optional_label(new.external_id.as_deref()));
        let Some(key_result) = naming::field(&mut check, "keyResult", names.key_result(&new.key_result).await)? else {
            return accepted(check, None);
        };
        check.field("keyResult", home(tx, &key_result).await?.1.take_changes());
        let revision = revision(tx, &mut check, &key_result, new.draft, 1).await?;
        let built = on.zip(external_id).zip(revision).map(|((on, external_id), revision)| CheckIn {
            id: Clock::id(),
            key_result: key_result.id,
            on,
            external_id,
            created_at: tx.now(),
            revision,
        });
        let check_in = accepted(check, built)?;
        tx.insert_check_in(&check_in).await?;
        Ok(check_in)
    }
}

/// Adds a revision, unless it says the same; the day and the key result stay.
impl Update for CheckIn {
    type Draft = CheckInDraft;
    const UPDATE: Permission = Permission::RecordProgress;

    fn draft(&self) -> CheckInDraft {
        CheckInDraft { correction: None, ..self.revision.draft() }
    }

    async fn update(self, tx: &Transaction, draft: CheckInDraft) -> Result<Self> {
        let corrected = corrected(tx, &self, draft).await?;
        // What is known already is no correction.
        if corrected.revision.says_the_same_as(&self.revision) {
            return Ok(self);
        }
        tx.correct_check_in(&corrected).await?;
        Ok(corrected)
    }
}

impl Put for CheckIn {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.check_in_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut NewCheckIn) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: NewCheckIn) -> Result<Self> {
        stays(tx, &self, &new).await?;
        self.update(tx, new.draft).await
    }
}

/// The check-in with a next revision that states the draft.
async fn corrected(tx: &Transaction, check_in: &CheckIn, draft: CheckInDraft) -> Result<CheckIn> {
    let key_result = tx.key_results_by_id(tx.scope(), &[check_in.key_result]).await?.pop();
    let key_result = key_result.ok_or_else(|| Error::not_found(KeyResult::WORD, check_in.key_result))?;
    let mut check = Check::new();
    check.field("", home(tx, &key_result).await?.1.take_changes());
    let number = check_in.revision.number.saturating_add(1);
    let revision = revision(tx, &mut check, &key_result, draft, number).await?;
    let mut revision = accepted(check, revision)?;
    // Who adds a confidence or a note to a number has not measured it anew.
    if revision.reading == check_in.revision.reading {
        revision.provenance = check_in.revision.provenance;
    }
    Ok(CheckIn { revision, ..check_in.clone() })
}

async fn revision(
    tx: &Transaction,
    check: &mut Check,
    key_result: &KeyResult,
    draft: CheckInDraft,
    number: u32,
) -> Result<Option<Revision>> {
    let has_steps = !tx.steps_of(tx.scope(), &[key_result.id]).await?.is_empty();
    let record = Record { number, provenance: Provenance::Entered, author: tx.actor().name.clone(), at: tx.now() };
    Ok(check.part(Revision::new(draft, key_result.measure.kind(), has_steps, record)))
}

/// A correction does not change what was measured, or when.
async fn stays(tx: &Transaction, check_in: &CheckIn, new: &NewCheckIn) -> Result<()> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let key_result = naming::field(&mut check, "keyResult", names.key_result(&new.key_result).await)?;
    if key_result.is_some_and(|key_result| key_result.id != check_in.key_result) {
        check.refuse("keyResult", Code::InvalidTransition, "this check-in belongs to another key result and stays there");
    }
    if new.on.is_some_and(|on| on != check_in.on) {
        check.refuse("on", Code::InvalidTransition, format!("this check-in is of {} and stays there", check_in.on));
    }
    accepted(check, Some(()))
}
