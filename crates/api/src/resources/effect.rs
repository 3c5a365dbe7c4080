//! Which figures are told otherwise, on the wire.

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::metric::effect as domain;
use waymark_domain::metric::window::Window;

use crate::resources::figure::Figure;
use crate::resources::metric::Statistic;
use crate::scalars::Date;

/// Every figure that is told otherwise, of the calendar month of the workspace that runs and the eleven before it.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct Effect {
    /// Of every metric that can be asked without naming anything, in the order of the catalogue.
    pub metrics: Vec<MetricEffect>,
    pub surveys: Vec<SurveyEffect>,
}

/// A number of a metric that is told otherwise.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct MetricEffect {
    #[schema(example = "active_rate")]
    pub metric: String,
    pub statistic: Statistic,
    /// The months in which it is told otherwise, in their order; at least one, at most twelve.
    pub windows: Vec<MovedFigure>,
}

/// A figure before and after.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MovedFigure {
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// Whether the month is not over.
    pub is_partial: bool,
    /// Null, like `after`, where the two beside each other would tell what one person said.
    pub before: Option<Figure>,
    pub after: Option<Figure>,
}

/// A question whose results in a wave are told otherwise. By how much is not said: the difference would be an answer.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SurveyEffect {
    #[schema(value_type = String)]
    pub survey_id: ID,
    #[schema(value_type = String)]
    pub wave_id: ID,
    #[schema(value_type = String)]
    pub question_id: ID,
}

impl From<domain::Effect> for Effect {
    fn from(effect: domain::Effect) -> Self {
        let domain::Effect { metrics, surveys } = effect;
        Self { metrics: metrics.into_iter().map(Into::into).collect(), surveys: surveys.into_iter().map(Into::into).collect() }
    }
}

impl From<domain::MetricEffect> for MetricEffect {
    fn from(effect: domain::MetricEffect) -> Self {
        let domain::MetricEffect { metric, statistic, windows } = effect;
        Self {
            metric: <&str>::from(metric).to_owned(),
            statistic: statistic.into(),
            windows: windows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<domain::Moved> for MovedFigure {
    fn from(moved: domain::Moved) -> Self {
        let domain::Moved { window: Window { start, end }, is_partial, figures } = moved;
        let (before, after) = figures.map(|domain::Difference { before, after }| (before.into(), after.into())).unzip();
        Self { start: Date(start), end: Date(end), is_partial, before, after }
    }
}

impl From<domain::SurveyEffect> for SurveyEffect {
    fn from(effect: domain::SurveyEffect) -> Self {
        let domain::SurveyEffect { survey, wave, question } = effect;
        Self { survey_id: survey.to_string().into(), wave_id: wave.to_string().into(), question_id: question.to_string().into() }
    }
}
