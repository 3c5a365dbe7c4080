//! What the answers to surveys come to, as far as it may be shown: never so little that it would tell of single people.
//!
//! Always of now: answers come one by one, so that the results of two instants a moment apart would tell of one person.

use std::collections::BTreeMap;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::{Id, Named};
use waymark_domain::member;
use waymark_domain::question::Question;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::response::Said;
use waymark_domain::survey::Survey;
use waymark_domain::survey::nps::change::{self, Change};
use waymark_domain::survey::results::{self, Outcome, QuestionResults, Scores};
use waymark_domain::wave::Wave;
use waymark_persistence::Store;

use crate::app::{App, accepted, require};
use crate::error::{Error, Result};
use crate::naming::{self, Names};

/// Which results of a survey to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ResultsQuery {
    /// Id, or key within the survey; all questions where it is absent.
    pub question: Option<String>,
    /// Id, or key within the survey; all waves where it is absent.
    pub wave: Option<String>,
    /// Corrects the intervals of an `NPS` by the populations of the waves.
    pub population_correction: bool,
}

/// Two waves of one question beside each other.
#[derive(Clone, Debug)]
pub struct WaveComparison {
    pub question: Question,
    pub wave: (Wave, Outcome),
    /// What it is compared with: the earlier one.
    pub with: (Wave, Outcome),
    pub change: Change,
}

impl App {
    /// The results of a survey, question by question. A question or wave that it has not is refused.
    pub async fn survey_results(&self, actor: &Actor, named: &str, query: ResultsQuery) -> Result<Vec<QuestionResults>> {
        require(actor, Permission::Read)?;
        let store = self.store.at(None);
        let names = Names { store: &store, scope: actor.scope };
        let survey = names.survey(named).await?;
        let mut check = Check::new();
        naming::optional(&mut check, "question", query.question.as_deref(), async |named| names.question_of(&survey, named).await).await?;
        naming::optional(&mut check, "wave", query.wave.as_deref(), async |named| names.wave_of(&survey, named).await).await?;
        accepted(check, Some(()))?;
        self.results_of(actor, &[survey.id], &query).await
    }

    /// The results of these surveys, question by question: those questions and waves that are asked for and that a survey
    /// has.
    pub async fn results_of(&self, actor: &Actor, surveys: &[Id<Survey>], query: &ResultsQuery) -> Result<Vec<QuestionResults>> {
        require(actor, Permission::Read)?;
        let ResultsQuery { question, wave, population_correction } = query;
        let store = self.store.at(None);
        let mut questions = store.questions_of(actor.scope, surveys).await?;
        questions.retain(|asked| question.as_ref().is_none_or(|named| is_named(named, asked.id, &asked.key)));
        let mut found = results(&store, actor.scope, questions, *population_correction).await?;
        // Which waves are hidden follows from all of them, whichever are asked for.
        for results in &mut found {
            results.waves.retain(|(asked, _)| wave.as_ref().is_none_or(|named| is_named(named, asked.id, &asked.key)));
        }
        Ok(found)
    }

    /// How the answers to an `NPS` question have changed from the wave `with` to the other.
    pub async fn compare_waves(&self, actor: &Actor, named: &str, query: ComparisonQuery) -> Result<WaveComparison> {
        require(actor, Permission::Read)?;
        let store = self.store.at(None);
        let names = Names { store: &store, scope: actor.scope };
        let survey = names.survey(named).await?;
        let mut check = Check::new();
        let ComparisonQuery { question, wave, with, population_correction } = query;
        for (field, named) in [("question", &question), ("wave", &wave), ("with", &with)] {
            if named.is_none() {
                check.refuse(field, Code::Required, "name it by its id, or by its key within the survey");
            }
        }
        let question = naming::optional(&mut check, "question", question.as_deref(), async |named| names.question_of(&survey, named).await);
        let question = question.await?;
        let wave = naming::optional(&mut check, "wave", wave.as_deref(), async |named| names.wave_of(&survey, named).await).await?;
        let with = naming::optional(&mut check, "with", with.as_deref(), async |named| names.wave_of(&survey, named).await).await?;
        if wave.as_ref().zip(with.as_ref()).is_some_and(|(wave, with)| wave.id == with.id) {
            check.refuse("with", Code::InvalidValue, "a wave is compared with another one");
        }
        let (question, (wave, with)) = accepted(check, question.zip(wave.zip(with)))?;
        let id = question.id;
        let found = results(&store, actor.scope, vec![question], population_correction).await?.pop();
        let QuestionResults { question, waves, total: _ } = found.ok_or_else(|| Error::not_found(Question::WORD, id))?;
        let mut outcomes: BTreeMap<Id<Wave>, (Wave, Outcome)> =
            waves.into_iter().map(|(wave, outcome)| (wave.id, (wave, outcome))).collect();
        let mut taken = |wave: Wave| outcomes.remove(&wave.id).ok_or_else(|| Error::not_found(Wave::WORD, wave.id));
        let (wave, with) = (taken(wave)?, taken(with)?);
        let (Scores::Nps(later), Scores::Nps(earlier)) = (&wave.1.scores, &with.1.scores) else {
            let detail = "waves are compared by a question of the kind NPS: name one";
            return Err(Violation::new(Code::NotApplicable, detail).at("question").into());
        };
        Ok(WaveComparison { change: change::between(earlier, later), question, wave, with })
    }
}

/// Which waves to compare; all are required, and named by id, or by key within the survey.
#[derive(Clone, Debug)]
pub struct ComparisonQuery {
    pub question: Option<String>,
    pub wave: Option<String>,
    /// The earlier one.
    pub with: Option<String>,
    pub population_correction: bool,
}

fn is_named<T: Named>(named: &str, id: Id<T>, key: &str) -> bool {
    named == key || named.parse() == Ok(id)
}

/// What was said to questions, and who of those who said it is one person.
pub(crate) struct Answers {
    pub(crate) of_questions: Vec<Answered>,
    /// Of members who were merged into another, the member they all count as.
    pub(crate) counts_as: BTreeMap<u32, u32>,
}

/// A question with everything that was said to it, and all waves of its survey.
pub(crate) struct Answered {
    pub(crate) question: Question,
    pub(crate) waves: Vec<Wave>,
    pub(crate) said: Vec<Said>,
}

impl Answers {
    pub(crate) async fn of(store: &Store, scope: WorkspaceScope, questions: Vec<Question>) -> Result<Self> {
        let surveys: Vec<Id<Survey>> = questions.iter().map(|question| question.survey).collect();
        let waves = store.waves_of(scope, &surveys).await?;
        let ids: Vec<Id<Question>> = questions.iter().map(|question| question.id).collect();
        let mut said: BTreeMap<Id<Question>, Vec<Said>> = BTreeMap::new();
        for answer in store.said_to(scope, &ids).await? {
            said.entry(answer.question).or_default().push(answer);
        }
        let counts_as = member::counted_as(&store.merges(scope).await?.into_iter().collect());
        let answered = |question: Question| {
            let waves = waves.iter().filter(|wave| wave.survey == question.survey).cloned().collect();
            Answered { waves, said: said.remove(&question.id).unwrap_or_default(), question }
        };
        Ok(Self { of_questions: questions.into_iter().map(answered).collect(), counts_as })
    }
}

/// The results of these questions in all waves of their surveys.
async fn results(store: &Store, scope: WorkspaceScope, questions: Vec<Question>, is_finite: bool) -> Result<Vec<QuestionResults>> {
    let Answers { of_questions, counts_as } = Answers::of(store, scope, questions).await?;
    let of = |Answered { question, waves, said }| results::of(question, waves, &said, &counts_as, is_finite);
    of_questions.into_iter().map(of).collect::<std::result::Result<_, _>>().map_err(off_scale)
}

/// No answer is taken in that is not on its question's scale, and no scale changes once there are answers.
pub(crate) fn off_scale(violation: Violation) -> Error {
    Error::Internal(violation.detail.into())
}
