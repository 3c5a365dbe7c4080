//! What the answers to surveys come to, on the wire.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application as application;
use waymark_domain::survey::nps::change::Change;
use waymark_domain::survey::results as domain;
use waymark_domain::survey::satisfaction::Satisfaction;
use waymark_domain::wave;

use crate::resources::figure::{Figure, FigureReason, FigureStatus};
use crate::resources::question::Question;
use crate::resources::wave::Wave;
use crate::scalars::Decimal;

/// The results of one question.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct QuestionResults {
    pub question: Question,
    /// By the first days of the waves.
    pub waves: Vec<WaveResults>,
    /// Of all waves of the survey together, in each of which a member counts once. Suppressed with the reason `SIBLING`
    /// where, beside the waves that are shown, it would give away one that is not.
    pub total: SurveyOutcome,
}

/// The results of a question in one wave.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct WaveResults {
    pub wave: Wave,
    pub outcome: SurveyOutcome,
}

/// What answers come to. Fewer than 5 are `SUPPRESSED`, and nothing of them is told; fewer than 30 are `LOW_N`.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SurveyOutcome {
    pub status: FigureStatus,
    /// Why there are no values, or why they are to be read with care.
    pub reason: Option<FigureReason>,
    /// How many answers count: the last of each member, and every anonymous one.
    pub answers: Option<u32>,
    /// Answers in percent of the population of the wave; null where that is not known.
    pub response_rate: Option<Figure>,
    /// Answers of 9 and 10, of an `NPS`.
    pub promoters: Option<u32>,
    /// Answers of 7 and 8, of an `NPS`.
    pub passives: Option<u32>,
    /// Answers of 0 to 6, of an `NPS`.
    pub detractors: Option<u32>,
    /// Promoters less detractors in percent of all answers, from -100 to 100, of an `NPS`.
    pub nps: Option<Figure>,
    /// The share of the best answers in percent, 8 to 10 of 10; of any other kind.
    pub top_box: Option<Figure>,
    /// The mean on the question's scale; of any other kind.
    pub mean: Option<Figure>,
    /// How much of the way from the worst to the best answer the mean has gone, in percent; of any other kind.
    pub mean_pct: Option<Figure>,
}

/// How the answers to an `NPS` question have changed from one wave to another.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WaveComparison {
    pub question: Question,
    pub wave: WaveResults,
    /// What it is compared with: the earlier one.
    pub with: WaveResults,
    /// Points from the earlier to the later, made from the answers and not from rounded scores.
    pub difference: Option<Decimal>,
    /// How many standard errors lie between the scores.
    pub z: Option<Decimal>,
    /// The chance of a `z` at least as far from 0 if nothing had changed.
    pub p_value: Option<Decimal>,
    /// Whether the difference is significant at 5 %.
    pub significant: Option<bool>,
    /// `LOW_N` where either wave has few answers, `NO_BASELINE` where the earlier one has none.
    pub status: FigureStatus,
    pub reason: Option<FigureReason>,
}

/// Which results to show.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ResultsParams {
    /// Id of a question, or its key within the survey; all questions when absent.
    #[param(required = false, nullable = false, value_type = String)]
    question: Option<String>,
    /// Id of a wave, or its key within the survey; all waves when absent.
    #[param(required = false, nullable = false, value_type = String)]
    wave: Option<String>,
    /// Narrow the intervals of an `NPS` by the populations of the waves, as a large part of a small population tells much.
    #[param(required = false)]
    population_correction: bool,
}

/// Which waves to compare.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ComparisonParams {
    /// Id of a question of the kind `NPS`, or its key within the survey.
    #[param(required = true, nullable = false, value_type = String)]
    question: Option<String>,
    /// Id of the later wave, or its key within the survey.
    #[param(required = true, nullable = false, value_type = String)]
    wave: Option<String>,
    /// Id of the earlier wave, or its key within the survey.
    #[param(required = true, nullable = false, value_type = String)]
    with: Option<String>,
    /// Narrow the intervals by the populations of the waves.
    #[param(required = false)]
    population_correction: bool,
}

impl From<ResultsParams> for application::ResultsQuery {
    fn from(params: ResultsParams) -> Self {
        let ResultsParams { question, wave, population_correction } = params;
        Self { question, wave, population_correction }
    }
}

impl From<ComparisonParams> for application::ComparisonQuery {
    fn from(params: ComparisonParams) -> Self {
        let ComparisonParams { question, wave, with, population_correction } = params;
        Self { question, wave, with, population_correction }
    }
}

impl From<domain::QuestionResults> for QuestionResults {
    fn from(results: domain::QuestionResults) -> Self {
        let domain::QuestionResults { question, waves, total } = results;
        Self { question: question.into(), waves: waves.into_iter().map(Into::into).collect(), total: total.into() }
    }
}

impl From<(wave::Wave, domain::Outcome)> for WaveResults {
    fn from((wave, outcome): (wave::Wave, domain::Outcome)) -> Self {
        Self { wave: wave.into(), outcome: outcome.into() }
    }
}

impl From<domain::Outcome> for SurveyOutcome {
    fn from(outcome: domain::Outcome) -> Self {
        let domain::Outcome { status, reason, answers, response_rate, scores } = outcome;
        let plain = Self {
            status: status.into(),
            reason: reason.map(Into::into),
            answers,
            response_rate: response_rate.map(Into::into),
            promoters: None,
            passives: None,
            detractors: None,
            nps: None,
            top_box: None,
            mean: None,
            mean_pct: None,
        };
        match scores {
            domain::Scores::Nps(nps) => Self {
                promoters: nps.counts.map(|counts| counts.promoters),
                passives: nps.counts.map(|counts| counts.passives),
                detractors: nps.counts.map(|counts| counts.detractors),
                nps: Some(nps.figure.into()),
                ..plain
            },
            domain::Scores::Satisfaction(satisfaction) => {
                let Satisfaction { top_box, mean, mean_pct } = *satisfaction;
                Self { top_box: Some(top_box.into()), mean: Some(mean.into()), mean_pct: Some(mean_pct.into()), ..plain }
            }
        }
    }
}

impl From<application::WaveComparison> for WaveComparison {
    fn from(comparison: application::WaveComparison) -> Self {
        let application::WaveComparison { question, wave, with, change } = comparison;
        let Change { difference, z, p_value, is_significant, status, reason } = change;
        Self {
            question: question.into(),
            wave: wave.into(),
            with: with.into(),
            difference: difference.map(Decimal),
            z: z.map(Decimal),
            p_value: p_value.map(Decimal),
            significant: is_significant,
            status: status.into(),
            reason: reason.map(Into::into),
        }
    }
}
