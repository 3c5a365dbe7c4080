//! Check-ins over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::check_in::{CheckIn, CheckInFilter, CheckInPatch, NewCheckIn};
use crate::resources::check_in_revision::CheckInRevision;
use crate::resources::page::{Listed, Whole};
use crate::resources::patch::Patch;
use crate::rest::answer::{Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List check-ins
///
/// As they stand after their last corrections, by the day that was measured, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/check-ins", tag = "check-ins", params(ListParams, CheckInFilter), responses((status = 200, description = "A page of check-ins", body = Listed<CheckIn>)))]
pub(crate) async fn list_check_ins(app: Data<App>, caller: Caller, list: List<CheckInFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.check_ins(&caller, query, sort, page).await?.map(CheckIn::from)) }
    })
    .await
}

/// Record a check-in
///
/// The day and the key result are given once; everything else can be corrected later. Refused when the cycle of the
/// key result is closed.
#[utoipa::path(post, path = "/v1/check-ins", tag = "check-ins", request_body = NewCheckIn, responses((status = 201, description = "The new check-in", body = CheckIn)))]
pub(crate) async fn record_check_in(app: Data<App>, caller: Caller, body: Json<NewCheckIn>) -> Result<Made<CheckIn>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a check-in
///
/// As it stands after its last correction.
#[utoipa::path(get, path = "/v1/check-ins/{checkIn}", tag = "check-ins", params(("checkIn" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The check-in", body = CheckIn)))]
pub(crate) async fn show_check_in(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<CheckIn>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).check_in(&caller, &path).await?))
}

/// Correct a check-in
///
/// By merge patch: what is absent stays, null clears. Adds a revision, and says in `correction` why; the earlier
/// ones stay readable. There is no way to delete a check-in.
#[utoipa::path(patch, path = "/v1/check-ins/{checkIn}", tag = "check-ins", params(("checkIn" = String, Path, description = "Id")), request_body(content = CheckInPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The corrected check-in", body = CheckIn)))]
pub(crate) async fn correct_check_in(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<CheckInPatch>,
) -> Result<Found<CheckIn>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// List the revisions of a check-in
///
/// Every state it went through, first to last: at most 1,000, without pages.
#[utoipa::path(get, path = "/v1/check-ins/{checkIn}/revisions", tag = "check-ins", params(("checkIn" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "All revisions", body = Whole<CheckInRevision>)))]
pub(crate) async fn list_check_in_revisions(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<Whole<CheckInRevision>>, Problem> {
    Ok(Shown(Whole::of(app.at(query.0.instant()).check_in_revisions(&caller, &path).await?)))
}

/// Record or correct a check-in by external id
///
/// Records it, or adds a revision to the one that has this external id. A rerun with the same body changes nothing.
/// The key result and the day stay: others than those of the check-in are refused. `If-Match` is optional here: the
/// caller's own system is the source of the check-in.
#[utoipa::path(put, path = "/v1/external/check-ins/{externalId}", tag = "check-ins", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewCheckIn, responses((status = 200, description = "Corrected, or as it was", body = CheckIn), (status = 201, description = "Recorded", body = CheckIn)))]
pub(crate) async fn put_check_in(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewCheckIn>,
) -> Result<Made<CheckIn>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
