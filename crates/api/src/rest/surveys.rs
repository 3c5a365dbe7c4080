//! Surveys over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::survey;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::survey::{NewSurvey, Survey, SurveyFilter, SurveyPatch};
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List surveys
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/surveys", tag = "surveys", params(ListParams, SurveyFilter), responses((status = 200, description = "A page of surveys", body = Listed<Survey>)))]
pub(crate) async fn list_surveys(app: Data<App>, caller: Caller, list: List<SurveyFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.surveys(&caller, query, sort, page).await?.map(Survey::from)) }
    })
    .await
}

/// Create a survey
///
/// Its questions and waves are made on their own. The key is given once: answers name their survey by it.
#[utoipa::path(post, path = "/v1/surveys", tag = "surveys", request_body = NewSurvey, responses((status = 201, description = "The new survey", body = Survey)))]
pub(crate) async fn create_survey(app: Data<App>, caller: Caller, body: Json<NewSurvey>) -> Result<Made<Survey>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a survey
///
/// By id or key.
#[utoipa::path(get, path = "/v1/surveys/{survey}", tag = "surveys", params(("survey" = String, Path, description = "Id or key"), AsOf), responses((status = 200, description = "The survey", body = Survey)))]
pub(crate) async fn show_survey(app: Data<App>, caller: Caller, path: Path<String>, query: Query<AsOf>) -> Result<Found<Survey>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).survey(&caller, &path).await?))
}

/// Change a survey
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/surveys/{survey}", tag = "surveys", params(("survey" = String, Path, description = "Id or key")), request_body(content = SurveyPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed survey", body = Survey)))]
pub(crate) async fn update_survey(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<SurveyPatch>,
) -> Result<Found<Survey>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a survey
///
/// Refused while it has questions or waves; close it instead.
#[utoipa::path(delete, path = "/v1/surveys/{survey}", tag = "surveys", params(("survey" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_survey(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<survey::Survey>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a survey by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// survey.
#[utoipa::path(put, path = "/v1/external/surveys/{externalId}", tag = "surveys", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewSurvey, responses((status = 200, description = "Replaced", body = Survey), (status = 201, description = "Created", body = Survey)))]
pub(crate) async fn put_survey(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewSurvey>,
) -> Result<Made<Survey>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
