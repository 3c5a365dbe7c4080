//! Teams over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::team;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::resources::team::{NewTeam, Team, TeamFilter, TeamPatch};
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List teams
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/teams", tag = "teams", params(ListParams, TeamFilter), responses((status = 200, description = "A page of teams", body = Listed<Team>)))]
pub(crate) async fn list_teams(app: Data<App>, caller: Caller, list: List<TeamFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.teams(&caller, query, sort, page).await?.map(Team::from)) }
    })
    .await
}

/// Create a team
///
/// The key is given once and becomes a part of the addresses of the team's OKRs.
#[utoipa::path(post, path = "/v1/teams", tag = "teams", request_body = NewTeam, responses((status = 201, description = "The new team", body = Team)))]
pub(crate) async fn create_team(app: Data<App>, caller: Caller, body: Json<NewTeam>) -> Result<Made<Team>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a team
///
/// By id or key.
#[utoipa::path(get, path = "/v1/teams/{team}", tag = "teams", params(("team" = String, Path, description = "Id or key"), AsOf), responses((status = 200, description = "The team", body = Team)))]
pub(crate) async fn show_team(app: Data<App>, caller: Caller, path: Path<String>, query: Query<AsOf>) -> Result<Found<Team>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).team(&caller, &path).await?))
}

/// Change a team
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/teams/{team}", tag = "teams", params(("team" = String, Path, description = "Id or key")), request_body(content = TeamPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed team", body = Team)))]
pub(crate) async fn update_team(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<TeamPatch>,
) -> Result<Found<Team>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a team
///
/// Refused while objectives, initiatives or other teams belong to it.
#[utoipa::path(delete, path = "/v1/teams/{team}", tag = "teams", params(("team" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_team(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<team::Team>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a team by external id
///
/// A rerun with the same body changes nothing but the version. `If-Match` is optional here: the
/// caller's own system is the source of the team.
#[utoipa::path(put, path = "/v1/external/teams/{externalId}", tag = "teams", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewTeam, responses((status = 200, description = "Replaced", body = Team), (status = 201, description = "Created", body = Team)))]
pub(crate) async fn put_team(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewTeam>,
) -> Result<Made<Team>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
