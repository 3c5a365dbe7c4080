//! Layers over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::layer;

use crate::caller::Caller;
use crate::resources::layer::{Layer, LayerFilter, LayerPatch, LayerSet, NewLayer};
use crate::resources::layer_evaluation::{LayerEvaluation, NewLayerEvaluation};
use crate::resources::layer_flow::{LayerFlowWindow, LayerFlows};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Query;
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List layers
///
/// From the core outwards, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/layers", tag = "layers", params(ListParams, LayerFilter), responses((status = 200, description = "A page of layers", body = Listed<Layer>)))]
pub(crate) async fn list_layers(app: Data<App>, caller: Caller, list: List<LayerFilter>) -> Result<HttpResponse, Problem> {
    list.whole()
        .answer(&caller.clone(), move |filter, sort, page| {
            let (app, caller) = (app.clone(), caller.clone());
            async move { Ok(app.layers(&caller, filter, sort, page).await?.map(Layer::from)) }
        })
        .await
}

/// Create a layer
///
/// A workspace has at most 20. The key is given once.
#[utoipa::path(post, path = "/v1/layers", tag = "layers", request_body = NewLayer, responses((status = 201, description = "The new layer", body = Layer)))]
pub(crate) async fn create_layer(app: Data<App>, caller: Caller, body: Json<NewLayer>) -> Result<Made<Layer>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a layer
///
/// By id or key.
#[utoipa::path(get, path = "/v1/layers/{layer}", tag = "layers", params(("layer" = String, Path, description = "Id or key")), responses((status = 200, description = "The layer", body = Layer)))]
pub(crate) async fn show_layer(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Layer>, Problem> {
    Ok(Found::of(app.layer(&caller, &path).await?))
}

/// Change a layer
///
/// By merge patch: what is absent stays, null clears. Whom a rule has brought is moved by the next evaluation.
#[utoipa::path(patch, path = "/v1/layers/{layer}", tag = "layers", params(("layer" = String, Path, description = "Id or key")), request_body(content = LayerPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed layer", body = Layer)))]
pub(crate) async fn update_layer(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<LayerPatch>,
) -> Result<Found<Layer>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a layer
///
/// Refused while anybody is in it, or once was.
#[utoipa::path(delete, path = "/v1/layers/{layer}", tag = "layers", params(("layer" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_layer(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<layer::Layer>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a layer by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// layer.
#[utoipa::path(put, path = "/v1/external/layers/{externalId}", tag = "layers", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewLayer, responses((status = 200, description = "Replaced", body = Layer), (status = 201, description = "Created", body = Layer)))]
pub(crate) async fn put_layer(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewLayer>,
) -> Result<Made<Layer>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}

/// Create the default layers
///
/// The four that developer communities are often seen in, with the sizes they have in good health and without rules:
/// core contributors, active advocates, engaged participants, casual users. Refused where one of their keys or positions
/// is taken.
#[utoipa::path(post, path = "/v1/layers/default-set", tag = "layers", responses((status = 200, description = "The new layers", body = LayerSet)))]
pub(crate) async fn create_default_layers(app: Data<App>, caller: Caller) -> Result<Shown<LayerSet>, Problem> {
    Ok(Shown(app.create_default_layers(&caller).await?.into()))
}

/// Evaluate the rules of the layers
///
/// As of a day: the innermost layer whose rule is met is where a member belongs, unless somebody said otherwise by hand.
/// Rules look at the whole days before it, and are for members of the community alone. A second evaluation of a day
/// changes what has become different since.
#[utoipa::path(post, path = "/v1/layers/evaluations", tag = "layers", request_body = NewLayerEvaluation, responses((status = 200, description = "What it came to", body = LayerEvaluation)))]
pub(crate) async fn evaluate_layers(
    app: Data<App>,
    caller: Caller,
    body: Json<NewLayerEvaluation>,
) -> Result<Shown<LayerEvaluation>, Problem> {
    Ok(Shown(app.evaluate_layers(&caller, body.0.on.map(|day| day.0)).await?.into()))
}

/// Show the flows between layers
///
/// Who came into each layer and who went from it, and which way, from a day up to another, which is not included: by
/// default to today, and from 28 days before that. Merged members count as one person.
#[utoipa::path(get, path = "/v1/layers/flows", tag = "layers", params(LayerFlowWindow), responses((status = 200, description = "The flows", body = LayerFlows)))]
pub(crate) async fn show_layer_flows(app: Data<App>, caller: Caller, query: Query<LayerFlowWindow>) -> Result<Shown<LayerFlows>, Problem> {
    let LayerFlowWindow { from, to } = query.0;
    let flows = app.layer_flows(&caller, from.map(|day| day.0), to.map(|day| day.0)).await.map_err(Problem::of_query)?;
    Ok(Shown(flows.into()))
}
