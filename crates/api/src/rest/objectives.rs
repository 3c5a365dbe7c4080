//! Objectives over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::{App, ObjectiveQuery};
use waymark_domain::objective;

use crate::caller::Caller;
use crate::resources::objective::{NewObjective, Objective, ObjectiveFilter, ObjectivePatch};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::expand::{self, ExpandObjectives, OF_OBJECTIVES};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List objectives
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/objectives", tag = "objectives", params(ListParams, ExpandObjectives, ObjectiveFilter), responses((status = 200, description = "A page of objectives", body = Listed<Objective>)))]
pub(crate) async fn list_objectives(app: Data<App>, caller: Caller, mut list: List<ObjectiveFilter>) -> Result<HttpResponse, Problem> {
    let expand = list.expansions(&OF_OBJECTIVES)?;
    list.answer(&caller.clone(), move |query: ObjectiveQuery, sort, page| {
        let (app, caller, expand) = (app.clone(), caller.clone(), expand.clone());
        async move {
            let as_of = query.as_of;
            let mut slice = app.objectives(&caller, query, sort, page).await?.map(Objective::from);
            expand::objectives(&app.at(as_of), &caller, &mut slice, &expand).await?;
            Ok(slice)
        }
    })
    .await
}

/// Create an objective
///
/// It gets the next number of its team and cycle, and with it its address. Refused in a closed cycle.
#[utoipa::path(post, path = "/v1/objectives", tag = "objectives", request_body = NewObjective, responses((status = 201, description = "The new objective", body = Objective)))]
pub(crate) async fn create_objective(app: Data<App>, caller: Caller, body: Json<NewObjective>) -> Result<Made<Objective>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show an objective
///
/// By id, or by any address it ever had; with `asOf` also when it was deleted since.
#[utoipa::path(get, path = "/v1/objectives/{objective}", tag = "objectives", params(("objective" = String, Path, description = "Id or address"), AsOf), responses((status = 200, description = "The objective", body = Objective)))]
pub(crate) async fn show_objective(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<Objective>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).objective(&caller, &path).await?))
}

/// Change an objective
///
/// By merge patch: what is absent stays, null clears. Cycle, team and number stay. Refused in a closed cycle.
#[utoipa::path(patch, path = "/v1/objectives/{objective}", tag = "objectives", params(("objective" = String, Path, description = "Id or address")), request_body(content = ObjectivePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed objective", body = Objective)))]
pub(crate) async fn update_objective(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<ObjectivePatch>,
) -> Result<Found<Objective>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete an objective
///
/// With its key results; their numbers are not given again. Refused while another objective supports one of them,
/// and in a closed cycle.
#[utoipa::path(delete, path = "/v1/objectives/{objective}", tag = "objectives", params(("objective" = String, Path, description = "Id or address")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_objective(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<objective::Objective>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace an objective by external id
///
/// What is absent takes its default; a rerun with the same body changes nothing but the version. The cycle and team
/// of an objective that is there already must be the ones it has. `If-Match` is optional here: the caller's own
/// system is the source of the objective.
#[utoipa::path(put, path = "/v1/external/objectives/{externalId}", tag = "objectives", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewObjective, responses((status = 200, description = "Replaced", body = Objective), (status = 201, description = "Created", body = Objective)))]
pub(crate) async fn put_objective(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewObjective>,
) -> Result<Made<Objective>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
