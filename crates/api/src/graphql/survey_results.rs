//! Results of surveys over GraphQL.

use async_graphql::{Context, ID, Object, Result};
use waymark_application::ComparisonQuery;

use crate::graphql::context::{actor, app, optional};
use crate::resources::survey_result::WaveComparison;

#[derive(Default)]
pub(crate) struct SurveyResultQueries;

#[Object]
impl SurveyResultQueries {
    /// How the answers to a question of the kind `NPS` have changed from the earlier wave, `with`, to the other. The survey is
    /// named by id or key, question and waves by id, or by key within the survey. Null when there is no such survey.
    #[expect(clippy::too_many_arguments, reason = "a comparison names all that it is of")]
    async fn wave_comparison(
        &self,
        ctx: &Context<'_>,
        survey: ID,
        question: String,
        wave: String,
        with: String,
        #[graphql(default = false)] population_correction: bool,
    ) -> Result<Option<WaveComparison>> {
        let (question, wave, with) = (Some(question), Some(wave), Some(with));
        let query = ComparisonQuery { question, wave, with, population_correction };
        Ok(optional(app(ctx).compare_waves(actor(ctx), &survey, query).await)?.map(Into::into))
    }
}
