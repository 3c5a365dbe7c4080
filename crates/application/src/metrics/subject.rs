//! Which question of which survey a metric is told from: the only one there is, where none is named.

use std::collections::BTreeSet;

use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::metric::catalogue::Definition;
use waymark_domain::metric::setting::Given;
use waymark_domain::question::{Question, QuestionKind};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::survey::Survey;
use waymark_domain::wave::Wave;

use super::MetricQuery;
use crate::app::App;
use crate::error::Result;
use crate::naming::{self, Names, field};

/// What a metric of a survey is told from.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) survey: Survey,
    pub(super) question: Question,
    /// The only wave that counts, where one is named.
    pub(super) wave: Option<Id<Wave>>,
}

impl Subject {
    /// What was given, with everything named that was not.
    pub(super) fn named(&self, given: Given) -> Given {
        let (survey, question) = (self.survey.key.clone(), self.question.key.clone());
        Given { survey: given.survey.or(Some(survey)), question: given.question.or(Some(question)), ..given }
    }
}

/// Nothing of a metric that is not of surveys, and where nobody asks a question that would feed it. Always of now, as results are.
pub(super) async fn subject(
    app: &App,
    actor: &Actor,
    definition: &Definition,
    given: &Given,
    check: &mut Check,
) -> Result<Option<Subject>> {
    let Some(kind) = QuestionKind::feeding(definition.key) else { return Ok(None) };
    let store = app.store.at(None);
    let names = Names { store: &store, scope: actor.scope };
    let asking = Asking { names, kind, metric: definition.key.into() };
    let Some(survey) = asking.survey(given, check).await? else { return Ok(None) };
    let question = asking.question(&survey, given.question.as_deref(), check).await?;
    let wave = naming::optional(check, "wave", given.wave.as_deref(), async |named| names.wave_of(&survey, named).await).await?;
    Ok(question.map(|question| Subject { survey, question, wave: wave.map(|wave| wave.id) }))
}

/// Answers come one by one, so that what people said at two instants a moment apart would tell of one of them.
pub(super) fn refuse_past(app: &App, queries: &[MetricQuery]) -> Result<()> {
    let is_surveyed = |query: &&MetricQuery| query.metric.parse().is_ok_and(|metric| QuestionKind::feeding(metric).is_some());
    match queries.iter().find(is_surveyed).filter(|_| app.instant().is_some()) {
        Some(query) => {
            let detail = format!("`{}` is always told as people have answered by now: leave out `asOf`", query.metric);
            Err(Violation::new(Code::NotApplicable, detail).at("asOf").into())
        }
        None => Ok(()),
    }
}

struct Asking<'a> {
    names: Names<'a>,
    /// The kind that feeds the metric.
    kind: QuestionKind,
    metric: &'static str,
}

impl Asking<'_> {
    async fn survey(&self, given: &Given, check: &mut Check) -> Result<Option<Survey>> {
        let (store, scope, kind) = (self.names.store, self.names.scope, <&str>::from(self.kind));
        if let Some(named) = &given.survey {
            return field(check, "survey", self.names.survey(named).await);
        }
        let surveys: BTreeSet<Id<Survey>> = match &given.question {
            Some(named) if named.parse::<Id<Question>>().is_ok() => {
                field(check, "question", self.names.question(named).await)?.iter().map(|question| question.survey).collect()
            }
            _ => store.questions_of_kind(scope, self.kind).await?.iter().map(|question| question.survey).collect(),
        };
        let surveys: Vec<Id<Survey>> = surveys.into_iter().collect();
        match surveys.as_slice() {
            [] if given.question.is_none() && given.wave.is_none() => Ok(None),
            [] => {
                check.refuse(
                    "survey",
                    Code::NotFound,
                    format!("no survey has a question of the kind {kind}: leave out what is named of it"),
                );
                Ok(None)
            }
            [_] => Ok(store.surveys_by_id(scope, &surveys).await?.pop()),
            several => {
                let detail = format!("{} surveys have a question of the kind {kind}: name one of them by its id or key", several.len());
                check.refuse("survey", Code::Required, detail);
                Ok(None)
            }
        }
    }

    async fn question(&self, survey: &Survey, named: Option<&str>, check: &mut Check) -> Result<Option<Question>> {
        let (kind, metric) = (<&str>::from(self.kind), self.metric);
        if let Some(named) = named {
            let question = field(check, "question", self.names.question_of(survey, named).await)?;
            if let Some(other) = question.as_ref().filter(|question| question.kind != self.kind) {
                let (key, its) = (&other.key, <&str>::from(other.kind));
                let detail = format!("the question `{key}` is of the kind {its}: `{metric}` is told from questions of the kind {kind}");
                check.refuse("question", Code::InvalidValue, detail);
            }
            return Ok(question);
        }
        let mut fitting = self.names.store.questions_of(self.names.scope, &[survey.id]).await?;
        fitting.retain(|question| question.kind == self.kind);
        match fitting.as_slice() {
            [_] => {}
            [] => {
                let detail = format!("the survey `{}` has no question of the kind {kind}, which `{metric}` is told from", survey.key);
                check.refuse("survey", Code::NotApplicable, detail);
            }
            several => {
                let keys: Vec<&str> = several.iter().map(|question| question.key.as_str()).collect();
                let detail =
                    format!("the survey `{}` has several questions of the kind {kind}: name one of {}", survey.key, keys.join(", "));
                check.refuse("question", Code::Required, detail);
            }
        }
        Ok(fitting.pop())
    }
}
