//! Results of surveys over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::page::Whole;
use crate::resources::survey_result::{ComparisonParams, QuestionResults, ResultsParams, WaveComparison};
use crate::rest::answer::Shown;
use crate::rest::parameters::Query;
use crate::rest::problem::Problem;

/// Show the results of a survey
///
/// Question by question and wave by wave, as they are now, each with its 95 % interval. Of a member's answers in a wave the
/// last counts. Fewer than 5 answers are suppressed.
#[utoipa::path(get, path = "/v1/surveys/{survey}/results", tag = "surveys", params(("survey" = String, Path, description = "Id or key"), ResultsParams), responses((status = 200, description = "The results", body = Whole<QuestionResults>)))]
pub(crate) async fn show_survey_results(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<ResultsParams>,
) -> Result<Shown<Whole<QuestionResults>>, Problem> {
    let results = app.survey_results(&caller, &path, query.0.into()).await.map_err(Problem::of_query)?;
    Ok(Shown(Whole::of(results)))
}

/// Compare two waves of a survey
///
/// By the answers to a question of the kind `NPS`: the difference of the scores, and whether it is more than chance.
#[utoipa::path(get, path = "/v1/surveys/{survey}/comparison", tag = "surveys", params(("survey" = String, Path, description = "Id or key"), ComparisonParams), responses((status = 200, description = "The comparison", body = WaveComparison)))]
pub(crate) async fn compare_waves(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<ComparisonParams>,
) -> Result<Shown<WaveComparison>, Problem> {
    Ok(Shown(app.compare_waves(&caller, &path, query.0.into()).await.map_err(Problem::of_query)?.into()))
}
