//! Readings of custom metrics over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::{Value, json};
use waymark_application::App;
use waymark_domain::metric_reading;

use crate::caller::Caller;
use crate::resources::metric_reading::{MetricReading, MetricReadingBatch, MetricReadingFilter, NewMetricReading, pushing};
use crate::resources::page::{Listed, Whole};
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::body::batch::{Batch, BatchParams};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Query;
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// List readings of custom metrics
///
/// As they were pushed last, in the order of their times unless sorted otherwise.
#[utoipa::path(get, path = "/v1/metric-readings", tag = "metric-readings", params(ListParams, MetricReadingFilter), responses((status = 200, description = "A page of readings", body = Listed<MetricReading>)))]
pub(crate) async fn list_metric_readings(app: Data<App>, caller: Caller, list: List<MetricReadingFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.metric_readings(&caller, query, sort, page).await?.map(MetricReading::from)) }
    })
    .await
}

/// Push a reading of a custom metric
///
/// 201 where it is new, 200 where its metric and `sourceId` were pushed before: pushed otherwise it is corrected, and what it
/// said stays among its revisions; pushed again it stays as it is.
#[utoipa::path(post, path = "/v1/metric-readings", tag = "metric-readings", request_body = NewMetricReading, responses((status = 200, description = "It was known", body = MetricReading), (status = 201, description = "The new reading", body = MetricReading)))]
pub(crate) async fn push_reading(app: Data<App>, caller: Caller, body: Json<NewMetricReading>) -> Result<Made<MetricReading>, Problem> {
    Ok(Made::put(app.push_reading(&caller, body.0.into()).await?))
}

/// Push many readings of custom metrics
///
/// A JSON list, or NDJSON with one reading a line; at most 5,000 readings and 5 MiB. Each is taken in or rejected by itself, and
/// the answer is 200 either way, with an item for each in the order in which they were sent. With `atomic=true` one that is
/// rejected keeps out all of them, and the answer is a problem that says what is wrong with which.
#[utoipa::path(post, path = "/v1/metric-readings/batch", tag = "metric-readings", params(BatchParams), request_body(content((Vec<NewMetricReading> = "application/json", example = example_list), (String = "application/x-ndjson", example = example_lines))), responses((status = 200, description = "What became of each reading", body = MetricReadingBatch)))]
pub(crate) async fn push_readings(
    app: Data<App>,
    caller: Caller,
    params: Query<BatchParams>,
    batch: Batch<NewMetricReading>,
) -> Result<Shown<MetricReadingBatch>, Problem> {
    let atomic = params.0.atomic;
    Ok(Shown(app.push_readings(&caller, pushing(batch.items(atomic)?, atomic)).await?.into()))
}

/// Show a reading of a custom metric
///
/// By id, as it was pushed last, also when it was taken back.
#[utoipa::path(get, path = "/v1/metric-readings/{metricReading}", tag = "metric-readings", params(("metricReading" = String, Path, description = "Id")), responses((status = 200, description = "The reading", body = MetricReading)))]
pub(crate) async fn show_metric_reading(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<MetricReading>, Problem> {
    Ok(Found::of(app.metric_reading(&caller, &path).await?))
}

/// Retract a reading of a custom metric
///
/// From now on it counts for nothing, until its source pushes it again. It stays to be seen, with all that it said.
#[utoipa::path(delete, path = "/v1/metric-readings/{metricReading}", tag = "metric-readings", params(("metricReading" = String, Path, description = "Id")), responses((status = 204, description = "Retracted")))]
pub(crate) async fn retract_reading(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<metric_reading::MetricReading>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// List the revisions of a reading
///
/// Everything that it ever said, oldest first, without pages.
#[utoipa::path(get, path = "/v1/metric-readings/{metricReading}/revisions", tag = "metric-readings", params(("metricReading" = String, Path, description = "Id")), responses((status = 200, description = "All revisions", body = Whole<MetricReading>)))]
pub(crate) async fn list_metric_reading_revisions(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
) -> Result<Shown<Whole<MetricReading>>, Problem> {
    Ok(Shown(Whole::of(app.metric_reading_revisions(&caller, &path).await?)))
}

fn example_list() -> Value {
    json!([{
        "metric": "advocacy_revenue", "sourceId": "crm-2026-03", "on": "2026-03-31", "value": 42_500,
        "evidence": "the closed deals of March whose first touch was an advocate", "evidenceUrl": "https://crm.example.org/reports/2026-03"
    }])
}

fn example_lines() -> Value {
    example_list().as_array().into_iter().flatten().map(|reading| format!("{reading}\n")).collect::<String>().into()
}
