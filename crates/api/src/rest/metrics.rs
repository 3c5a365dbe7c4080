//! Metrics over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::{App, Error};

use crate::caller::Caller;
use crate::resources::metric::{MetricBatch, MetricParams, MetricPoint, MetricSeries};
use crate::resources::page::Whole;
use crate::rest::answer::Shown;
use crate::rest::body::Json;
use crate::rest::problem::Problem;
use crate::rest::table::{FormatParam, Tabled};

/// Show a metric
///
/// A figure for each window, with what it was made from: whole numbers, never an estimate. As NDJSON a point a line, as
/// CSV a row a point. What the metric is, and which of the parameters it takes, its definition says. With `asOf` it is told by
/// what was known at that instant: events as they had been told by then, members as they were then.
#[utoipa::path(get, path = "/v1/metrics/{metric}", tag = "metrics", params(("metric" = String, Path, description = "The key of the metric, such as `active_rate`"), MetricParams, FormatParam), responses((status = 200, description = "The figures", content((MetricSeries = "application/json"), (MetricPoint = "application/x-ndjson"), (String = "text/csv")))))]
pub(crate) async fn show_metric(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    asked: Tabled<MetricParams>,
) -> Result<HttpResponse, Problem> {
    let series = app.at(asked.query.as_of()).metric(&caller, asked.query.of(&path).into()).await.map_err(|error| refused(&path, error))?;
    asked.form.answer(&MetricSeries::from(series))
}

/// Show several metrics
///
/// From 1 to 50 questions, all answered as of one watermark or one instant, in their order. Nothing is written. What is wrong with any
/// of them is named by its place.
#[utoipa::path(post, path = "/v1/metrics/batch", tag = "metrics", request_body = MetricBatch, responses((status = 200, description = "The figures", body = Whole<MetricSeries>)))]
pub(crate) async fn show_metrics(app: Data<App>, caller: Caller, body: Json<MetricBatch>) -> Result<Shown<Whole<MetricSeries>>, Problem> {
    Ok(Shown(Whole::of(app.at(body.0.as_of()).metrics(&caller, body.0.queries()).await?)))
}

/// What the path names is not found; everything else stands in the query.
fn refused(metric: &str, error: Error) -> Problem {
    match error {
        Error::Rejected(rejection) if rejection.violations().iter().any(|violation| violation.field == "metric") => {
            Error::NotFound { what: "metric", named: metric.to_owned() }.into()
        }
        other => Problem::of_query(other),
    }
}
