//! Platforms over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::platform;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::platform::{NewPlatform, Platform, PlatformFilter, PlatformPatch};
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List platforms
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/platforms", tag = "platforms", params(ListParams, PlatformFilter), responses((status = 200, description = "A page of platforms", body = Listed<Platform>)))]
pub(crate) async fn list_platforms(app: Data<App>, caller: Caller, list: List<PlatformFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |filter, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.platforms(&caller, filter, sort, page).await?.map(Platform::from)) }
    })
    .await
}

/// Create a platform
///
/// The key is given once: events name their platform by it.
#[utoipa::path(post, path = "/v1/platforms", tag = "platforms", request_body = NewPlatform, responses((status = 201, description = "The new platform", body = Platform)))]
pub(crate) async fn create_platform(app: Data<App>, caller: Caller, body: Json<NewPlatform>) -> Result<Made<Platform>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a platform
///
/// By id or key.
#[utoipa::path(get, path = "/v1/platforms/{platform}", tag = "platforms", params(("platform" = String, Path, description = "Id or key")), responses((status = 200, description = "The platform", body = Platform)))]
pub(crate) async fn show_platform(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Platform>, Problem> {
    Ok(Found::of(app.platform(&caller, &path).await?))
}

/// Change a platform
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/platforms/{platform}", tag = "platforms", params(("platform" = String, Path, description = "Id or key")), request_body(content = PlatformPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed platform", body = Platform)))]
pub(crate) async fn update_platform(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<PlatformPatch>,
) -> Result<Found<Platform>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a platform
///
/// Refused while channels, identities or events belong to it: make it inactive instead.
#[utoipa::path(delete, path = "/v1/platforms/{platform}", tag = "platforms", params(("platform" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_platform(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<platform::Platform>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a platform by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// platform.
#[utoipa::path(put, path = "/v1/external/platforms/{externalId}", tag = "platforms", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewPlatform, responses((status = 200, description = "Replaced", body = Platform), (status = 201, description = "Created", body = Platform)))]
pub(crate) async fn put_platform(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewPlatform>,
) -> Result<Made<Platform>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
