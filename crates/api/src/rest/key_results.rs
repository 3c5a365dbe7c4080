//! Key results over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::{App, KeyResultQuery};
use waymark_domain::key_result;

use crate::caller::Caller;
use crate::resources::grade::NewGrade;
use crate::resources::key_result::{KeyResult, KeyResultFilter, KeyResultPatch, NewKeyResult};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::expand::{self, ExpandKeyResults, OF_KEY_RESULTS};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List key results
///
/// In the order they were created, unless sorted otherwise: by `createdAt`, `updatedAt`, `title` or `due`.
#[utoipa::path(get, path = "/v1/key-results", tag = "key-results", params(ListParams, ExpandKeyResults, KeyResultFilter), responses((status = 200, description = "A page of key results", body = Listed<KeyResult>)))]
pub(crate) async fn list_key_results(app: Data<App>, caller: Caller, mut list: List<KeyResultFilter>) -> Result<HttpResponse, Problem> {
    let expand = list.expansions(&OF_KEY_RESULTS)?;
    list.answer(&caller.clone(), move |query: KeyResultQuery, sort, page| {
        let (app, caller, expand) = (app.clone(), caller.clone(), expand.clone());
        async move {
            let as_of = query.as_of;
            let mut slice = app.key_results(&caller, query, sort, page).await?.map(KeyResult::from);
            expand::key_results(&app.at(as_of), &caller, &mut slice, &expand).await?;
            Ok(slice)
        }
    })
    .await
}

/// Create a key result
///
/// It gets the next number of its objective, which is never given again. Fields that its kind does not use are refused.
#[utoipa::path(post, path = "/v1/key-results", tag = "key-results", request_body = NewKeyResult, responses((status = 201, description = "The new key result", body = KeyResult)))]
pub(crate) async fn create_key_result(app: Data<App>, caller: Caller, body: Json<NewKeyResult>) -> Result<Made<KeyResult>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a key result
///
/// By id or any address it ever had; as it is, or as it stood at an instant.
#[utoipa::path(get, path = "/v1/key-results/{keyResult}", tag = "key-results", params(("keyResult" = String, Path, description = "Id, or any address it ever had"), AsOf), responses((status = 200, description = "The key result", body = KeyResult)))]
pub(crate) async fn show_key_result(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<KeyResult>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).key_result(&caller, &path).await?))
}

/// Change a key result
///
/// By merge patch: what is absent stays, null clears. Another `objective` moves it there, where it gets a number; its old
/// addresses keep naming it. Another `kind` needs the fields cleared that it does not use.
#[utoipa::path(patch, path = "/v1/key-results/{keyResult}", tag = "key-results", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), request_body(content = KeyResultPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed key result", body = KeyResult)))]
pub(crate) async fn update_key_result(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<KeyResultPatch>,
) -> Result<Found<KeyResult>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a key result
///
/// Its number is not given again, its check-ins stay in history, and initiatives that named it dangle. Refused while an
/// objective supports it.
#[utoipa::path(delete, path = "/v1/key-results/{keyResult}", tag = "key-results", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_key_result(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<key_result::KeyResult>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a key result by external id
///
/// A rerun with the same body changes nothing but the version; another `objective` moves it there. `If-Match` is optional
/// here: the caller's own system is the source of the key result.
#[utoipa::path(put, path = "/v1/external/key-results/{externalId}", tag = "key-results", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewKeyResult, responses((status = 200, description = "Replaced", body = KeyResult), (status = 201, description = "Created", body = KeyResult)))]
pub(crate) async fn put_key_result(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewKeyResult>,
) -> Result<Made<KeyResult>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}

/// Grade a key result
///
/// The final judgement of a person, from 0 to 1, in place of the grade that was there. One that differs from the score,
/// both rounded to 4 decimals, needs a reason.
#[utoipa::path(put, path = "/v1/key-results/{keyResult}/grade", tag = "key-results", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), request_body = NewGrade, responses((status = 200, description = "The graded key result", body = KeyResult)))]
pub(crate) async fn grade_key_result(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<NewGrade>,
) -> Result<Found<KeyResult>, Problem> {
    let NewGrade { grade, reason } = body.0;
    Ok(Found::of(app.grade_key_result(&caller, path.into_inner(), version.0, Some(grade.entered()), reason).await?))
}

/// Take a grade back
///
/// Answers with the key result, as it has another version then.
#[utoipa::path(delete, path = "/v1/key-results/{keyResult}/grade", tag = "key-results", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), responses((status = 200, description = "The key result without a grade", body = KeyResult)))]
pub(crate) async fn ungrade_key_result(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
) -> Result<Found<KeyResult>, Problem> {
    Ok(Found::of(app.grade_key_result(&caller, path.into_inner(), version.0, None, None).await?))
}
