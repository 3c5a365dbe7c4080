//! Questions over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::question;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::question::{NewQuestion, Question, QuestionFilter, QuestionPatch};
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List questions
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/questions", tag = "questions", params(ListParams, QuestionFilter), responses((status = 200, description = "A page of questions", body = Listed<Question>)))]
pub(crate) async fn list_questions(app: Data<App>, caller: Caller, list: List<QuestionFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.questions(&caller, query, sort, page).await?.map(Question::from)) }
    })
    .await
}

/// Create a question
///
/// The key and the survey are given once. The scale is that of the kind unless another is stated.
#[utoipa::path(post, path = "/v1/questions", tag = "questions", request_body = NewQuestion, responses((status = 201, description = "The new question", body = Question)))]
pub(crate) async fn create_question(app: Data<App>, caller: Caller, body: Json<NewQuestion>) -> Result<Made<Question>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a question
///
/// By id.
#[utoipa::path(get, path = "/v1/questions/{question}", tag = "questions", params(("question" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The question", body = Question)))]
pub(crate) async fn show_question(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<Question>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).question(&caller, &path).await?))
}

/// Change a question
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/questions/{question}", tag = "questions", params(("question" = String, Path, description = "Id")), request_body(content = QuestionPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed question", body = Question)))]
pub(crate) async fn update_question(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<QuestionPatch>,
) -> Result<Found<Question>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a question
///
/// Refused while there are answers to it.
#[utoipa::path(delete, path = "/v1/questions/{question}", tag = "questions", params(("question" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_question(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<question::Question>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a question by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// question.
#[utoipa::path(put, path = "/v1/external/questions/{externalId}", tag = "questions", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewQuestion, responses((status = 200, description = "Replaced", body = Question), (status = 201, description = "Created", body = Question)))]
pub(crate) async fn put_question(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewQuestion>,
) -> Result<Made<Question>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
