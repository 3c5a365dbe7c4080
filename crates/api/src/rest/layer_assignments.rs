//! Assignments of members to layers, over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::layer_assignment;

use crate::caller::Caller;
use crate::resources::layer_assignment::{LayerAssignment, LayerAssignmentFilter, LayerAssignmentPatch, NewLayerAssignment};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// List assignments to layers
///
/// Those that ended too, in the order they were made, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/layer-assignments", tag = "layers", params(ListParams, LayerAssignmentFilter), responses((status = 200, description = "A page of assignments", body = Listed<LayerAssignment>)))]
pub(crate) async fn list_layer_assignments(
    app: Data<App>,
    caller: Caller,
    list: List<LayerAssignmentFilter>,
) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.layer_assignments(&caller, query, sort, page).await?.map(LayerAssignment::from)) }
    })
    .await
}

/// Assign a member to a layer
///
/// By hand, which ends where the member was before. What rules have said of its days is forgotten, and they leave it alone
/// until it ends. Refused where somebody has said something else by hand of later days.
#[utoipa::path(post, path = "/v1/layer-assignments", tag = "layers", request_body = NewLayerAssignment, responses((status = 201, description = "The new assignment", body = LayerAssignment)))]
pub(crate) async fn assign_layer(app: Data<App>, caller: Caller, body: Json<NewLayerAssignment>) -> Result<Made<LayerAssignment>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show an assignment to a layer
///
/// By id.
#[utoipa::path(get, path = "/v1/layer-assignments/{layerAssignment}", tag = "layers", params(("layerAssignment" = String, Path, description = "Id")), responses((status = 200, description = "The assignment", body = LayerAssignment)))]
pub(crate) async fn show_layer_assignment(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<LayerAssignment>, Problem> {
    Ok(Found::of(app.layer_assignment(&caller, &path).await?))
}

/// Change an assignment to a layer
///
/// By merge patch: what is absent stays, null clears. Only what was said by hand: what rules say ends by rules.
#[utoipa::path(patch, path = "/v1/layer-assignments/{layerAssignment}", tag = "layers", params(("layerAssignment" = String, Path, description = "Id")), request_body(content = LayerAssignmentPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed assignment", body = LayerAssignment)))]
pub(crate) async fn update_layer_assignment(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<LayerAssignmentPatch>,
) -> Result<Found<LayerAssignment>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete an assignment to a layer
///
/// As if it had never been; what it ended stays ended.
#[utoipa::path(delete, path = "/v1/layer-assignments/{layerAssignment}", tag = "layers", params(("layerAssignment" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_layer_assignment(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
) -> Result<Deleted, Problem> {
    app.delete::<layer_assignment::LayerAssignment>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}
