//! Definitions of metrics over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::metric_definition::MetricDefinition;
use crate::resources::page::Whole;
use crate::rest::answer::Shown;
use crate::rest::problem::Problem;

/// List metric definitions
///
/// Every metric with its formula, its edge rules, its parameters and what is healthy, by its sources and by the workspace: those
/// that are built in, then the workspace's own. Without pages.
#[utoipa::path(get, path = "/v1/metric-definitions", tag = "metrics", responses((status = 200, description = "All definitions", body = Whole<MetricDefinition>)))]
pub(crate) async fn list_metric_definitions(app: Data<App>, caller: Caller) -> Result<Shown<Whole<MetricDefinition>>, Problem> {
    Ok(Shown(Whole::of(app.metric_definitions(&caller).await?)))
}

/// Show a metric definition
///
/// By the key of the metric.
#[utoipa::path(get, path = "/v1/metric-definitions/{metric}", tag = "metrics", params(("metric" = String, Path, description = "The key of the metric, such as `active_rate`")), responses((status = 200, description = "The definition", body = MetricDefinition)))]
pub(crate) async fn show_metric_definition(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Shown<MetricDefinition>, Problem> {
    Ok(Shown(app.metric_definition(&caller, &path).await?.into()))
}
