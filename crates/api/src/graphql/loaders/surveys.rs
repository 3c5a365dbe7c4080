//! Surveys, their questions and waves in batches.

use std::collections::HashMap;

use waymark_application::{App, ResultsQuery};
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::{question, survey, wave};

use super::{Batch, Loaded, alike, single};
use crate::resources::grouped;
use crate::resources::question::Question;
use crate::resources::survey::Survey;
use crate::resources::survey_result::QuestionResults;
use crate::resources::wave::Wave;

/// A survey by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SurveyById(pub(crate) Id<survey::Survey>);

/// A question by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct QuestionById(pub(crate) Id<question::Question>);

/// A wave by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WaveById(pub(crate) Id<wave::Wave>);

/// The questions of a survey, in the order they were made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct QuestionsOf(pub(crate) Id<survey::Survey>);

/// The waves of a survey, by their first day.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WavesOf(pub(crate) Id<survey::Survey>);

/// The results of a survey.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ResultsOf(pub(crate) Id<survey::Survey>, pub(crate) ResultsQuery);

impl Batch for SurveyById {
    type Value = Survey;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.surveys_by_id(actor, &ids).await?, |survey| SurveyById(survey.id)))
    }
}

impl Batch for QuestionById {
    type Value = Question;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.questions_by_id(actor, &ids).await?, |question| QuestionById(question.id)))
    }
}

impl Batch for WaveById {
    type Value = Wave;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.waves_by_id(actor, &ids).await?, |wave| WaveById(wave.id)))
    }
}

impl Batch for QuestionsOf {
    type Value = Vec<Question>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.questions_of(actor, &ids).await?, |question| Some(QuestionsOf(question.survey))))
    }
}

impl Batch for WavesOf {
    type Value = Vec<Wave>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.waves_of(actor, &ids).await?, |wave| Some(WavesOf(wave.survey))))
    }
}

impl Batch for ResultsOf {
    type Value = Vec<QuestionResults>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut all = HashMap::new();
        for (query, surveys) in alike(keys.iter().map(|key| (key.1.clone(), key.0))) {
            let found = app.results_of(actor, &surveys, &query).await?;
            all.extend(grouped(found, |results| Some(ResultsOf(results.question.survey, query.clone()))));
        }
        Ok(all)
    }
}
