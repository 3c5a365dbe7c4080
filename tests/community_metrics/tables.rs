//! Metrics as rows, for scripts and spreadsheets.

use reqwest::Method;
use serde_json::{Value, json};

use super::{a_forum, march};
use crate::harness::{App, both};

both![
    a_series_is_a_table_with_a_row_a_point,
    further_numbers_have_columns_of_their_own,
    a_series_is_lines_with_a_point_each,
    the_health_of_a_community_is_a_table,
    a_table_that_is_known_is_not_sent_again,
];

const COLUMNS: &str = "start,end,isPartial,value,numerator,denominator,low,high,status,reason,change,health";

async fn a_series_is_a_table_with_a_row_a_point(app: App) {
    a_forum(&app).await;

    let path = "/v1/metrics/active_rate?from=2026-02-01&to=2026-04-01&compare=PREVIOUS&format=csv";
    let table = app.get(path).await.expect(200);

    let rows = ["2026-02-01,2026-03-01,false,60,3,5,,,OK,,-40,MET", "2026-03-01,2026-04-01,false,66.67,4,6,,,OK,,6.67,MET"];
    assert_eq!(table.text, format!("{COLUMNS}\r\n{}\r\n", rows.join("\r\n")));
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
}

async fn further_numbers_have_columns_of_their_own(app: App) {
    a_forum(&app).await;

    let times = march(&app, "first_response_time", "statistic=P50&format=csv").await;
    let growth = march(&app, "growth_rate", "format=csv").await;

    let further = "statistics.MEAN,statistics.P90,statistics.CENSORED_MEDIAN,statistics.ANSWERED_SHARE";
    let row = "2026-03-01,2026-04-01,false,7200,,2,,,OK,OPEN_QUESTIONS,,,14400,21600,21600,66.67";
    assert_eq!(times.text, format!("{COLUMNS},{further}\r\n{row}\r\n"));
    let flow = "parts.START,parts.JOINED,parts.REJOINED,parts.TURNED_IN,parts.LEFT,parts.TURNED_OUT,parts.END";
    assert_eq!(growth.text, format!("{COLUMNS},{flow}\r\n2026-03-01,2026-04-01,false,20,1,5,,,OK,,,NOT_MET,5,2,0,0,1,0,6\r\n"));
}

async fn a_series_is_lines_with_a_point_each(app: App) {
    a_forum(&app).await;
    let path = "/v1/metrics/lifecycle?from=2026-01-01&to=2026-04-01";

    let lines = app.send(app.request(Method::GET, path).header("accept", "application/x-ndjson")).await.expect(200);

    let points: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(json!(points), app.get(path).await.expect(200)["points"]);
    assert_eq!(points.len(), 3);
}

async fn the_health_of_a_community_is_a_table(app: App) {
    a_forum(&app).await;

    let table = app.get("/v1/community/health?month=2026-03&format=csv").await.expect(200);

    let source = "\"community engagement strategy, success metrics\"";
    let mut lines = table.text.lines();
    let columns = "metric,statistic,comparator,target,value,numerator,denominator,low,high,status,reason,verdict,guardrail,guardrailHeld,source,questionId,waveId";
    assert_eq!(lines.next(), Some(columns));
    assert_eq!(lines.next(), Some(format!("active_rate,VALUE,AT_LEAST,40,66.67,4,6,,,OK,,MET,,,{source},,").as_str()));
    let growth = format!("growth_rate,VALUE,AT_LEAST,25,20,1,5,,,OK,,NOT_MET,engagement_rate,true,{source},,");
    assert_eq!(lines.find(|line| line.starts_with("growth_rate")), Some(growth.as_str()));
}

async fn a_table_that_is_known_is_not_sent_again(app: App) {
    a_forum(&app).await;
    let path = "/v1/metrics/active_rate?from=2026-03-01&to=2026-04-01&format=csv";

    let first = app.get(path).await.expect(200);
    let again = app.send(app.request(Method::GET, path).header("if-none-match", first.etag())).await;

    assert_eq!((again.status, again.text.as_str()), (304, ""));
}
