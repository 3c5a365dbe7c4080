//! Initiatives over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::initiative;

use crate::caller::Caller;
use crate::resources::as_of::instant;
use crate::resources::initiative::{Initiative, InitiativeFilter, InitiativePatch, NewInitiative};
use crate::resources::linkage::{InitiativeLinkage, LinkageFilter};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::program::{Program, ProgramParams};
use crate::rest::answer::{Deleted, Found, Made, Shown, Timed};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List initiatives
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/initiatives", tag = "initiatives", params(ListParams, InitiativeFilter), responses((status = 200, description = "A page of initiatives", body = Listed<Initiative>)))]
pub(crate) async fn list_initiatives(app: Data<App>, caller: Caller, list: List<InitiativeFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.initiatives(&caller, query, sort, page).await?.map(Initiative::from)) }
    })
    .await
}

/// Create an initiative
///
/// The key results it contributes to are linked on their own, at its `contributions`.
#[utoipa::path(post, path = "/v1/initiatives", tag = "initiatives", request_body = NewInitiative, responses((status = 201, description = "The new initiative", body = Initiative)))]
pub(crate) async fn create_initiative(app: Data<App>, caller: Caller, body: Json<NewInitiative>) -> Result<Made<Initiative>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show how many initiatives are linked
///
/// Counts the initiatives that contribute to key results, of one team or of all; a share of 0.8 and more is healthy.
#[utoipa::path(get, path = "/v1/initiatives/linkage", tag = "initiatives", params(LinkageFilter), responses((status = 200, description = "The counts", body = InitiativeLinkage)))]
pub(crate) async fn show_initiative_linkage(
    app: Data<App>,
    caller: Caller,
    query: Query<LinkageFilter>,
) -> Result<Shown<InitiativeLinkage>, Problem> {
    let LinkageFilter { team, as_of } = query.0;
    let counts = app.at(instant(as_of)).initiative_linkage(&caller, team.as_deref()).await.map_err(Problem::of_query)?;
    Ok(Shown(counts.into()))
}

/// Show an initiative
///
/// By id.
#[utoipa::path(get, path = "/v1/initiatives/{initiative}", tag = "initiatives", params(("initiative" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The initiative", body = Initiative)))]
pub(crate) async fn show_initiative(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<Initiative>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).initiative(&caller, &path).await?))
}

/// Show an initiative as a programme
///
/// Who takes part in it, who comes to its end, and what it is worth to them, from a day up to another, which is not included:
/// by default to today, and from 28 days before that.
#[utoipa::path(get, path = "/v1/initiatives/{initiative}/program", tag = "initiatives", params(("initiative" = String, Path, description = "Id"), ProgramParams), responses((status = 200, description = "The figures", body = Program)))]
pub(crate) async fn show_program(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<ProgramParams>,
) -> Result<Timed<Program>, Problem> {
    let ProgramParams { from, to, as_of } = query.0;
    let program = app.at(instant(as_of)).program(&caller, &path, from.map(|day| day.0), to.map(|day| day.0)).await;
    Ok(Timed(Program::from(program.map_err(Problem::of_query)?)))
}

/// Change an initiative
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/initiatives/{initiative}", tag = "initiatives", params(("initiative" = String, Path, description = "Id")), request_body(content = InitiativePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed initiative", body = Initiative)))]
pub(crate) async fn update_initiative(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<InitiativePatch>,
) -> Result<Found<Initiative>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete an initiative
///
/// With its links to key results.
#[utoipa::path(delete, path = "/v1/initiatives/{initiative}", tag = "initiatives", params(("initiative" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_initiative(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<initiative::Initiative>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace an initiative by external id
///
/// A rerun with the same body changes nothing but the version; links to key results stay. `If-Match` is optional
/// here: the caller's own system is the source of the initiative.
#[utoipa::path(put, path = "/v1/external/initiatives/{externalId}", tag = "initiatives", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewInitiative, responses((status = 200, description = "Replaced", body = Initiative), (status = 201, description = "Created", body = Initiative)))]
pub(crate) async fn put_initiative(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewInitiative>,
) -> Result<Made<Initiative>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
