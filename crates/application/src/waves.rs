//! The waves of surveys.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::survey::Survey;
use waymark_domain::wave::{WAVE_COUNT, Wave, WaveDraft, WaveFilter, WaveSort};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which waves to list; the survey is named by id or key.
#[derive(Clone, Debug, Default)]
pub struct WaveQuery {
    pub survey: Option<String>,
    /// Everything but the survey.
    pub filter: WaveFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    pub async fn wave(&self, actor: &Actor, named: &str) -> Result<Wave> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.wave(named).await
    }

    pub async fn waves_by_id(&self, actor: &Actor, ids: &[Id<Wave>]) -> Result<Vec<Wave>> {
        require(actor, Permission::Read)?;
        Ok(self.store.waves_by_id(actor.scope, ids).await?)
    }

    /// The waves of these surveys, by their first day.
    pub async fn waves_of(&self, actor: &Actor, surveys: &[Id<Survey>]) -> Result<Vec<Wave>> {
        require(actor, Permission::Read)?;
        Ok(self.store.waves_of(actor.scope, surveys).await?)
    }

    pub async fn waves(&self, actor: &Actor, query: WaveQuery, sort: Sort<WaveSort>, page: Page) -> Result<Slice<Wave>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let survey = naming::optional(&mut check, "survey", query.survey.as_deref(), async |named| names.survey(named).await).await?;
        accepted(check, Some(()))?;
        let filter = WaveFilter { survey: survey.map(|survey| survey.id), ..query.filter };
        Ok(app.store.waves(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Wave {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Wave(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.wave(named).await
    }
}

impl Create for Wave {
    type New = WaveDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: WaveDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Wave {
    type Draft = WaveDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> WaveDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: WaveDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Wave {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.wave_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut WaveDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: WaveDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while there are answers of the wave.
impl Delete for Wave {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_wave(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Wave>, draft: WaveDraft) -> Result<Wave> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let survey = naming::field(&mut check, "survey", names.survey(&draft.survey).await)?.map(|survey| survey.id);
    let (id, stamp) = match existing {
        Some(wave) => (wave.id, wave.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    match existing {
        Some(wave) => stays(&mut check, wave, survey, &draft.key),
        None => has_room(tx, &mut check, survey).await?,
    }
    // Checked also where the survey is refused, so that one answer names everything; then it is never saved.
    let wave = check.part(Wave::new(id, stamp, draft, survey.unwrap_or_else(Clock::id)));
    let wave = accepted(check, wave)?;
    match existing {
        Some(before) if wave.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_wave(&wave).await?,
        None => tx.insert_wave(&wave).await?,
    }
    Ok(wave)
}

/// What answers name a wave by does not change.
fn stays(check: &mut Check, wave: &Wave, survey: Option<Id<Survey>>, key: &str) {
    if survey.is_some_and(|survey| survey != wave.survey) {
        check.refuse("survey", Code::InvalidTransition, "this wave belongs to another survey and stays there");
    }
    if wave.key != key {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as answers name their wave by it: it cannot change");
    }
}

async fn has_room(tx: &Transaction, check: &mut Check, survey: Option<Id<Survey>>) -> Result<()> {
    if tx.waves_of(tx.scope(), survey.as_slice()).await?.len() >= WAVE_COUNT {
        check.refuse("survey", Code::TooMany, format!("a survey has at most {WAVE_COUNT} waves"));
    }
    Ok(())
}
