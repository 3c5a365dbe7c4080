//! Waves over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::wave;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::wave::{NewWave, Wave, WaveFilter, WavePatch};
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List waves
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/waves", tag = "waves", params(ListParams, WaveFilter), responses((status = 200, description = "A page of waves", body = Listed<Wave>)))]
pub(crate) async fn list_waves(app: Data<App>, caller: Caller, list: List<WaveFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.waves(&caller, query, sort, page).await?.map(Wave::from)) }
    })
    .await
}

/// Create a wave
///
/// The key and the survey are given once. The population is what the response rate is made from.
#[utoipa::path(post, path = "/v1/waves", tag = "waves", request_body = NewWave, responses((status = 201, description = "The new wave", body = Wave)))]
pub(crate) async fn create_wave(app: Data<App>, caller: Caller, body: Json<NewWave>) -> Result<Made<Wave>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a wave
///
/// By id.
#[utoipa::path(get, path = "/v1/waves/{wave}", tag = "waves", params(("wave" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The wave", body = Wave)))]
pub(crate) async fn show_wave(app: Data<App>, caller: Caller, path: Path<String>, query: Query<AsOf>) -> Result<Found<Wave>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).wave(&caller, &path).await?))
}

/// Change a wave
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/waves/{wave}", tag = "waves", params(("wave" = String, Path, description = "Id")), request_body(content = WavePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed wave", body = Wave)))]
pub(crate) async fn update_wave(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<WavePatch>,
) -> Result<Found<Wave>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a wave
///
/// Refused while there are answers of it.
#[utoipa::path(delete, path = "/v1/waves/{wave}", tag = "waves", params(("wave" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_wave(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<wave::Wave>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a wave by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// wave.
#[utoipa::path(put, path = "/v1/external/waves/{externalId}", tag = "waves", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewWave, responses((status = 200, description = "Replaced", body = Wave), (status = 201, description = "Created", body = Wave)))]
pub(crate) async fn put_wave(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewWave>,
) -> Result<Made<Wave>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
