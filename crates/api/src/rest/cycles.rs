//! Cycles over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::cycle;

use crate::caller::Caller;
use crate::resources::cycle::{Cycle, CycleFilter, CyclePatch, NewCycle};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List cycles
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/cycles", tag = "cycles", params(ListParams, CycleFilter), responses((status = 200, description = "A page of cycles", body = Listed<Cycle>)))]
pub(crate) async fn list_cycles(app: Data<App>, caller: Caller, list: List<CycleFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.cycles(&caller, query, sort, page).await?.map(Cycle::from)) }
    })
    .await
}

/// Create a cycle
///
/// The key is given once and becomes a part of the addresses of the cycle's OKRs, such as `2026-Q4.devrel.O1-KR2`.
#[utoipa::path(post, path = "/v1/cycles", tag = "cycles", request_body = NewCycle, responses((status = 201, description = "The new cycle", body = Cycle)))]
pub(crate) async fn create_cycle(app: Data<App>, caller: Caller, body: Json<NewCycle>) -> Result<Made<Cycle>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a cycle
///
/// By id or key.
#[utoipa::path(get, path = "/v1/cycles/{cycle}", tag = "cycles", params(("cycle" = String, Path, description = "Id or key"), AsOf), responses((status = 200, description = "The cycle", body = Cycle)))]
pub(crate) async fn show_cycle(app: Data<App>, caller: Caller, path: Path<String>, query: Query<AsOf>) -> Result<Found<Cycle>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).cycle(&caller, &path).await?))
}

/// Change a cycle
///
/// By merge patch: what is absent stays, null clears. The status stays or goes on by one step; a cycle that is
/// `CLOSED` takes no more changes to its OKRs.
#[utoipa::path(patch, path = "/v1/cycles/{cycle}", tag = "cycles", params(("cycle" = String, Path, description = "Id or key")), request_body(content = CyclePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed cycle", body = Cycle)))]
pub(crate) async fn update_cycle(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<CyclePatch>,
) -> Result<Found<Cycle>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a cycle
///
/// Refused while objectives or other cycles belong to it.
#[utoipa::path(delete, path = "/v1/cycles/{cycle}", tag = "cycles", params(("cycle" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_cycle(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<cycle::Cycle>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a cycle by external id
///
/// A rerun with the same body changes nothing but the version. An absent status means `PLANNING`, which is refused
/// where the cycle has gone on from there. `If-Match` is optional here: the caller's own system is the source of
/// the cycle.
#[utoipa::path(put, path = "/v1/external/cycles/{externalId}", tag = "cycles", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewCycle, responses((status = 200, description = "Replaced", body = Cycle), (status = 201, description = "Created", body = Cycle)))]
pub(crate) async fn put_cycle(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewCycle>,
) -> Result<Made<Cycle>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
