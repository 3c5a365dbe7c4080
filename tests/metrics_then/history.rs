//! History that was kept elsewhere, and says when each event was first told.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::harness::{App, both};

both![history_is_known_since_it_says_that_it_was_told];

fn line(number: u32, member: &str, kind: &str, recorded_at: &str) -> String {
    let member = json!({"type": "username", "value": member});
    json!({
        "platform": "git", "sourceId": number.to_string(), "type": "review", "member": member, "memberKind": kind,
        "occurredAt": "2024-03-10T08:00:00Z", "recordedAt": recorded_at,
    })
    .to_string()
        + "\n"
}

async fn import(app: &App, text: String) -> Output {
    let database = &app.server.database;
    fs::write(database.folder().join("events.ndjson"), text).expect("write the file");
    let mut command = database.waymark(&["import", "events", "events.ndjson"]);

    tokio::task::spawn_blocking(move || command.output().expect("run waymark")).await.expect("it ends")
}

/// Those who did it, and where, are known here since the import only: they are taken for what it says of them.
async fn history_is_known_since_it_says_that_it_was_told(app: App) {
    let lines = [
        line(1, "ada", "COMMUNITY", "2024-03-10T09:00:00Z"),
        line(2, "sam", "STAFF", "2024-03-11T09:00:00Z"),
        line(3, "ben", "COMMUNITY", "2024-03-12T09:00:00Z"),
    ];
    let imported = import(&app, lines.concat()).await;
    assert!(imported.status.success(), "{imported:?}");

    let known = async |at: &str, more: &str| {
        let path = format!("/v1/metrics/active_rate?from=2024-03-01&to=2024-04-01&asOf={at}&platform=git{more}");
        let series = app.get(&path).await.expect(200);
        json!([series["points"][0]["numerator"], series["points"][0]["denominator"], series["provenance"]["events"]])
    };
    assert_eq!(known("2024-03-10T08:59:59Z", "").await, json!([0, 0, 0]));
    assert_eq!(known("2024-03-10T09:00:00Z", "").await, json!([1, 1, 1]));
    assert_eq!(known("2024-03-11T12:00:00Z", "").await, json!([1, 1, 2]));
    assert_eq!(known("2024-03-11T12:00:00Z", "&includeStaff=true").await, json!([2, 2, 2]));
    assert_eq!(known("2024-03-12T09:00:00Z", "").await, json!([2, 2, 3]));
    assert_eq!(known("2999-01-01T00:00:00Z", "").await, json!([2, 2, 3]));
    let now: Value = app.get("/v1/metrics/active_rate?from=2024-03-01&to=2024-04-01").await.expect(200)["points"][0].clone();
    assert_eq!((&now["numerator"], &now["denominator"]), (&json!(2), &json!(2)));
}
