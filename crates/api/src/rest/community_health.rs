//! The health of a community over REST.

use actix_web::HttpResponse;
use actix_web::web::Data;
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::as_of::instant;
use crate::resources::community_health::{CommunityHealth, HealthParams, MetricHealth};
use crate::rest::problem::Problem;
use crate::rest::table::{FormatParam, Tabled};

/// Show the health of the community
///
/// Every number of which a source says what is healthy, for one calendar month, against what it says: as NDJSON a number
/// a line, as CSV a row a number. With `asOf` it is told by what was known at that instant.
#[utoipa::path(get, path = "/v1/community/health", tag = "metrics", params(HealthParams, FormatParam), responses((status = 200, description = "The report", content((CommunityHealth = "application/json"), (MetricHealth = "application/x-ndjson"), (String = "text/csv")))))]
pub(crate) async fn show_community_health(app: Data<App>, caller: Caller, asked: Tabled<HealthParams>) -> Result<HttpResponse, Problem> {
    let HealthParams { month, as_of } = asked.query;
    let report = app.at(instant(as_of)).health_report(&caller, month.map(|month| month.0)).await.map_err(Problem::of_query)?;
    asked.form.answer(&CommunityHealth::from(report))
}
