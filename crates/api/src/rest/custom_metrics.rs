//! Custom metrics over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::custom_metric;

use crate::caller::Caller;
use crate::resources::custom_metric::{CustomMetric, CustomMetricFilter, CustomMetricPatch, NewCustomMetric};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List custom metrics
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/custom-metrics", tag = "custom-metrics", params(ListParams, CustomMetricFilter), responses((status = 200, description = "A page of custom metrics", body = Listed<CustomMetric>)))]
pub(crate) async fn list_custom_metrics(app: Data<App>, caller: Caller, list: List<CustomMetricFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.custom_metrics(&caller, query, sort, page).await?.map(CustomMetric::from)) }
    })
    .await
}

/// Create a custom metric
///
/// Its figures are asked for by its key, wherever those of built-in metrics are. The key is given once. Inputs that do not
/// exist, need parameters, or lead back to the metric are refused.
#[utoipa::path(post, path = "/v1/custom-metrics", tag = "custom-metrics", request_body = NewCustomMetric, responses((status = 201, description = "The new custom metric", body = CustomMetric)))]
pub(crate) async fn create_custom_metric(
    app: Data<App>,
    caller: Caller,
    body: Json<NewCustomMetric>,
) -> Result<Made<CustomMetric>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a custom metric
///
/// By id or key.
#[utoipa::path(get, path = "/v1/custom-metrics/{customMetric}", tag = "custom-metrics", params(("customMetric" = String, Path, description = "Id or key"), AsOf), responses((status = 200, description = "The custom metric", body = CustomMetric)))]
pub(crate) async fn show_custom_metric(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<CustomMetric>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).custom_metric(&caller, &path).await?))
}

/// Change a custom metric
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/custom-metrics/{customMetric}", tag = "custom-metrics", params(("customMetric" = String, Path, description = "Id or key")), request_body(content = CustomMetricPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed custom metric", body = CustomMetric)))]
pub(crate) async fn update_custom_metric(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<CustomMetricPatch>,
) -> Result<Found<CustomMetric>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a custom metric
///
/// Refused while it has readings, even ones that were taken back, and while a North Star, a key result or a target names it.
#[utoipa::path(delete, path = "/v1/custom-metrics/{customMetric}", tag = "custom-metrics", params(("customMetric" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_custom_metric(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<custom_metric::CustomMetric>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a custom metric by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// metric.
#[utoipa::path(put, path = "/v1/external/custom-metrics/{externalId}", tag = "custom-metrics", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewCustomMetric, responses((status = 200, description = "Replaced", body = CustomMetric), (status = 201, description = "Created", body = CustomMetric)))]
pub(crate) async fn put_custom_metric(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewCustomMetric>,
) -> Result<Made<CustomMetric>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
