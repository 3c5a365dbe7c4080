//! Retractions: events that take others back, whichever of them arrives first.

use serde_json::json;

use super::{listed, send, statuses, told};
use crate::given::text;
use crate::harness::{App, both};

both![
    a_retraction_takes_back_its_parent_whichever_came_first,
    a_retracted_event_stays_so_when_it_is_told_otherwise,
    a_retraction_that_is_told_otherwise_gives_back_what_it_took,
    a_retraction_cannot_be_taken_back,
    a_retraction_changes_the_tag_of_what_it_takes_back,
];

fn retraction(source: &str, of: &str) -> serde_json::Value {
    told(source, json!({"type": "retraction", "parent": of, "member": null}))
}

async fn retracted(app: &App) -> Vec<String> {
    let mut sources: Vec<String> = listed(app, "retracted=true").await.iter().map(|event| text(&event["sourceId"])).collect();
    sources.sort();
    sources
}

async fn a_retraction_takes_back_its_parent_whichever_came_first(app: App) {
    send(&app, &[told("after", json!({})), told("kept", json!({}))]).await.expect(200);

    let early = [retraction("r1", "after"), retraction("r2", "before"), retraction("r3", "same"), told("same", json!({}))];
    assert_eq!(statuses(&send(&app, &early).await.expect(200)), ["CREATED"; 4]);
    send(&app, &[told("before", json!({}))]).await.expect(200);

    assert_eq!(retracted(&app).await, ["after", "before", "same"]);
    assert_eq!(listed(&app, "retracted=false").await.len(), 4);
}

async fn a_retracted_event_stays_so_when_it_is_told_otherwise(app: App) {
    send(&app, &[told("1", json!({})), retraction("r", "1")]).await.expect(200);

    let changed = app.post("/v1/events", told("1", json!({"tags": ["x"]}))).await.expect(200);

    assert_eq!((&changed["version"], changed["retractedAt"].is_string()), (&json!(2), true));
}

async fn a_retraction_that_is_told_otherwise_gives_back_what_it_took(app: App) {
    send(&app, &[told("1", json!({})), told("2", json!({})), retraction("r", "1")]).await.expect(200);

    send(&app, &[retraction("r", "2")]).await.expect(200);
    assert_eq!(retracted(&app).await, ["2"]);

    send(&app, &[told("r", json!({}))]).await.expect(200);
    assert_eq!(retracted(&app).await, Vec::<String>::new());
}

async fn a_retraction_cannot_be_taken_back(app: App) {
    send(&app, &[retraction("r2", "r1"), told("1", json!({})), retraction("r1", "1"), retraction("r3", "r3")]).await.expect(200);

    assert_eq!(retracted(&app).await, ["1"]);
}

async fn a_retraction_changes_the_tag_of_what_it_takes_back(app: App) {
    let told = app.post("/v1/events", told("1", json!({}))).await.expect(201);
    let tag = told.etag();
    let read = async || app.send(app.request(reqwest::Method::GET, told.header("location")).header("if-none-match", tag)).await;
    read().await.expect(304);

    app.post("/v1/events", retraction("r", "1")).await.expect(201);

    let shown = read().await.expect(200);
    assert_eq!((&shown["version"], shown["retractedAt"].is_string()), (&json!(1), true));
}
