//! Targets of workspaces over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::metric_target;

use crate::caller::Caller;
use crate::resources::metric_target::{MetricTarget, MetricTargetFilter, MetricTargetPatch, NewMetricTarget};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List metric targets
///
/// In the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/metric-targets", tag = "metric-targets", params(ListParams, MetricTargetFilter), responses((status = 200, description = "A page of metric targets", body = Listed<MetricTarget>)))]
pub(crate) async fn list_metric_targets(app: Data<App>, caller: Caller, list: List<MetricTargetFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.metric_targets(&caller, query, sort, page).await?.map(MetricTarget::from)) }
    })
    .await
}

/// Create a metric target
///
/// From now on it takes the place of what the sources of the metric call healthy: in the `health` of figures, and in the
/// report of the community. Refused with 409 where the number has a target for the same windows.
#[utoipa::path(post, path = "/v1/metric-targets", tag = "metric-targets", request_body = NewMetricTarget, responses((status = 201, description = "The new metric target", body = MetricTarget)))]
pub(crate) async fn create_metric_target(
    app: Data<App>,
    caller: Caller,
    body: Json<NewMetricTarget>,
) -> Result<Made<MetricTarget>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a metric target
///
/// By id.
#[utoipa::path(get, path = "/v1/metric-targets/{metricTarget}", tag = "metric-targets", params(("metricTarget" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The metric target", body = MetricTarget)))]
pub(crate) async fn show_metric_target(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<MetricTarget>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).metric_target(&caller, &path).await?))
}

/// Change a metric target
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/metric-targets/{metricTarget}", tag = "metric-targets", params(("metricTarget" = String, Path, description = "Id")), request_body(content = MetricTargetPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed metric target", body = MetricTarget)))]
pub(crate) async fn update_metric_target(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<MetricTargetPatch>,
) -> Result<Found<MetricTarget>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a metric target
///
/// From now on the sources of the metric say again what is healthy.
#[utoipa::path(delete, path = "/v1/metric-targets/{metricTarget}", tag = "metric-targets", params(("metricTarget" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_metric_target(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<metric_target::MetricTarget>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a metric target by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// target.
#[utoipa::path(put, path = "/v1/external/metric-targets/{externalId}", tag = "metric-targets", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewMetricTarget, responses((status = 200, description = "Replaced", body = MetricTarget), (status = 201, description = "Created", body = MetricTarget)))]
pub(crate) async fn put_metric_target(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewMetricTarget>,
) -> Result<Made<MetricTarget>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
