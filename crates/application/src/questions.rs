//! The questions of surveys.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::question::{QUESTION_COUNT, Question, QuestionDraft, QuestionFilter, QuestionSort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::survey::Survey;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which questions to list; the survey is named by id or key.
#[derive(Clone, Debug, Default)]
pub struct QuestionQuery {
    pub survey: Option<String>,
    /// Everything but the survey.
    pub filter: QuestionFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    pub async fn question(&self, actor: &Actor, named: &str) -> Result<Question> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.question(named).await
    }

    pub async fn questions_by_id(&self, actor: &Actor, ids: &[Id<Question>]) -> Result<Vec<Question>> {
        require(actor, Permission::Read)?;
        Ok(self.store.questions_by_id(actor.scope, ids).await?)
    }

    /// The questions of these surveys, in the order they were made.
    pub async fn questions_of(&self, actor: &Actor, surveys: &[Id<Survey>]) -> Result<Vec<Question>> {
        require(actor, Permission::Read)?;
        Ok(self.store.questions_of(actor.scope, surveys).await?)
    }

    pub async fn questions(&self, actor: &Actor, query: QuestionQuery, sort: Sort<QuestionSort>, page: Page) -> Result<Slice<Question>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let survey = naming::optional(&mut check, "survey", query.survey.as_deref(), async |named| names.survey(named).await).await?;
        accepted(check, Some(()))?;
        let filter = QuestionFilter { survey: survey.map(|survey| survey.id), ..query.filter };
        Ok(app.store.questions(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Question {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Question(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.question(named).await
    }
}

impl Create for Question {
    type New = QuestionDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: QuestionDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Question {
    type Draft = QuestionDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> QuestionDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: QuestionDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Question {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.question_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut QuestionDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: QuestionDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while there are answers to the question.
impl Delete for Question {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_question(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Question>, draft: QuestionDraft) -> Result<Question> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let survey = naming::field(&mut check, "survey", names.survey(&draft.survey).await)?.map(|survey| survey.id);
    let (id, stamp) = match existing {
        Some(question) => (question.id, question.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    match existing {
        Some(question) => stays(&mut check, question, survey, &draft.key),
        None => has_room(tx, &mut check, survey).await?,
    }
    // Checked also where the survey is refused, so that one answer names everything; then it is never saved.
    let question = check.part(Question::new(id, stamp, draft, survey.unwrap_or_else(Clock::id)));
    if let Some((before, after)) = existing.zip(question.as_ref()) {
        keeps_scale(tx, &mut check, before, after).await?;
    }
    let question = accepted(check, question)?;
    match existing {
        Some(before) if question.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_question(&question).await?,
        None => tx.insert_question(&question).await?,
    }
    Ok(question)
}

/// What answers name a question by does not change.
fn stays(check: &mut Check, question: &Question, survey: Option<Id<Survey>>, key: &str) {
    if survey.is_some_and(|survey| survey != question.survey) {
        check.refuse("survey", Code::InvalidTransition, "this question belongs to another survey and stays there");
    }
    if question.key != key {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as answers name their question by it: it cannot change");
    }
}

async fn has_room(tx: &Transaction, check: &mut Check, survey: Option<Id<Survey>>) -> Result<()> {
    if tx.questions_of(tx.scope(), survey.as_slice()).await?.len() >= QUESTION_COUNT {
        check.refuse("survey", Code::TooMany, format!("a survey has at most {QUESTION_COUNT} questions"));
    }
    Ok(())
}

/// Answers on one scale say nothing on another.
async fn keeps_scale(tx: &Transaction, check: &mut Check, before: &Question, after: &Question) -> Result<()> {
    if before.scale == after.scale {
        return Ok(());
    }
    // Answers that are being taken in have the turn.
    tx.take_turn().await?;
    if tx.is_answered(tx.scope(), before.id).await? {
        let (lowest, highest) = (before.scale.lowest(), before.scale.highest());
        let field = if lowest == after.scale.lowest() { "highest" } else { "lowest" };
        let detail = format!("there are answers on the scale from {lowest} to {highest}: ask a new question to ask on another");
        check.refuse(field, Code::InvalidTransition, detail);
    }
    Ok(())
}
