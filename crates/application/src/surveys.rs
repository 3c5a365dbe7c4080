//! Surveys.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::survey::{Survey, SurveyDraft, SurveyFilter, SurveySort};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which surveys to list.
#[derive(Clone, Debug, Default)]
pub struct SurveyQuery {
    pub filter: SurveyFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or key.
    pub async fn survey(&self, actor: &Actor, named: &str) -> Result<Survey> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.survey(named).await
    }

    pub async fn surveys_by_id(&self, actor: &Actor, ids: &[Id<Survey>]) -> Result<Vec<Survey>> {
        require(actor, Permission::Read)?;
        Ok(self.store.surveys_by_id(actor.scope, ids).await?)
    }

    pub async fn surveys(&self, actor: &Actor, query: SurveyQuery, sort: Sort<SurveySort>, page: Page) -> Result<Slice<Survey>> {
        require(actor, Permission::Read)?;
        Ok(self.at(query.as_of).store.surveys(actor.scope, &query.filter, sort, &page).await?)
    }
}

impl Shared for Survey {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Survey(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.survey(named).await
    }
}

impl Create for Survey {
    type New = SurveyDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: SurveyDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Survey {
    type Draft = SurveyDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> SurveyDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: SurveyDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Survey {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.survey_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut SurveyDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: SurveyDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while the survey has questions or waves.
impl Delete for Survey {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_survey(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Survey>, draft: SurveyDraft) -> Result<Survey> {
    let mut check = Check::new();
    let (id, stamp) = match existing {
        Some(survey) => (survey.id, survey.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_some_and(|survey| survey.key != draft.key) {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as answers name their survey by it: it cannot change");
    }
    let survey = check.part(Survey::new(id, stamp, draft));
    let survey = accepted(check, survey)?;
    match existing {
        Some(before) if survey.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_survey(&survey).await?,
        None => tx.insert_survey(&survey).await?,
    }
    Ok(survey)
}
