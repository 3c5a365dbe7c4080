//! How the past is asked for, at both doors.

use serde_json::{Value, json};

use crate::as_of::now;
use crate::given::refused;
use crate::harness::{App, Client, both};

both![
    both_doors_tell_the_same_of_the_past,
    a_window_that_was_running_then_is_partial_then,
    what_was_named_then_is_found_and_what_was_not_is_refused,
    nobody_waits_for_the_past,
    an_instant_that_is_none_is_refused,
];

const MARCH: &str = "from=2026-03-01&to=2026-04-01";

fn visit(source: &str, member: &str, at: &str) -> Value {
    let member = json!({"type": "username", "value": member});
    json!({"platform": "forum", "sourceId": source, "type": "visit", "member": member, "occurredAt": at})
}

async fn tell(client: &Client, event: Value) {
    client.post("/v1/events/batch", json!([event])).await.expect(200);
}

async fn both_doors_tell_the_same_of_the_past(app: App) {
    tell(&app, visit("1", "ada", "2026-03-10T08:00:00Z")).await;
    let then = now(&app).await;
    tell(&app, visit("1", "ada", "2026-04-10T08:00:00Z")).await;
    tell(&app, visit("2", "ben", "2026-03-11T08:00:00Z")).await;

    let plain = app.get(&format!("/v1/metrics/active_members?{MARCH}&asOf={then}")).await.expect(200);
    let asked = json!({"metric": "active_members", "from": "2026-03-01", "to": "2026-04-01"});
    let batch = app.post("/v1/metrics/batch", json!({"metrics": [asked], "asOf": then})).await.expect(200);
    let query = "query ($query: MetricQuery!, $then: DateTime!) {
        metric(query: $query, asOf: $then) { points { value start } provenance { asOf watermark events } }
        metrics(queries: [$query], asOf: $then) { points { value start } provenance { asOf watermark events } }
        communityHealth(month: \"2026-03\", asOf: $then) { asOf watermark lines { figure { value } } }
    }";
    let graph = app.graphql(query, json!({"query": asked, "then": then})).await;

    let provenance = json!({"asOf": then, "watermark": null, "events": 1});
    let expected = json!({"points": [{"value": 1, "start": "2026-03-01"}], "provenance": provenance});
    assert_eq!((&graph.data()["metric"], &graph.data()["metrics"]), (&expected, &json!([expected])));
    assert_eq!((&plain["points"], &plain["provenance"]), (&batch["items"][0]["points"], &batch["items"][0]["provenance"]));
    assert_eq!((&plain["points"][0]["value"], &plain["provenance"]["watermark"]), (&json!(1), &Value::Null));
    let health = app.get(&format!("/v1/community/health?month=2026-03&asOf={then}")).await.expect(200);
    assert_eq!((&health["asOf"], &health["watermark"]), (&json!(then), &Value::Null));
    let lines = health["lines"].as_array().expect("lines").iter().map(|line| json!({"figure": {"value": line["figure"]["value"]}}));
    assert_eq!(graph.data()["communityHealth"], json!({"asOf": then, "watermark": null, "lines": lines.collect::<Vec<_>>()}));
    assert_eq!(app.get(&format!("/v1/metrics/active_members?{MARCH}")).await.expect(200)["points"][0]["value"], 1);
    let table = app.get(&format!("/v1/metrics/active_members?{MARCH}&asOf={then}&format=csv")).await.expect(200);
    assert!(table.text.lines().nth(1).is_some_and(|line| line.starts_with("2026-03-01,2026-04-01,false,1,")), "{table:?}");
}

async fn a_window_that_was_running_then_is_partial_then(app: App) {
    let asked = async |more: &str| {
        let series = app.get(&format!("/v1/metrics/active_members?{more}")).await.expect(200);
        let of = |point: &Value| json!([point["start"], point["end"], point["isPartial"]]);
        json!(series["points"].as_array().expect("points").iter().map(of).collect::<Vec<_>>())
    };

    assert_eq!(asked(MARCH).await, json!([["2026-03-01", "2026-04-01", false]]));
    assert_eq!(asked(&format!("{MARCH}&asOf=2026-03-20T12:00:00Z")).await, json!([["2026-03-01", "2026-04-01", true]]));
    // Without days, the last 28 that were over.
    assert_eq!(asked("asOf=2026-03-20T12:00:00Z").await, json!([["2026-02-20", "2026-03-20", false]]));
    let health = app.get("/v1/community/health?asOf=2026-03-20T12:00:00Z").await.expect(200);
    assert_eq!(health["month"], "2026-02");
}

async fn what_was_named_then_is_found_and_what_was_not_is_refused(app: App) {
    let early = now(&app).await;
    app.post("/v1/layers", json!({"key": "core", "name": "Core", "position": 1})).await.expect(201);
    app.post("/v1/activity-types", json!({"key": "waved", "name": "Waved", "class": "PASSIVE"})).await.expect(201);
    let late = now(&app).await;
    app.delete("/v1/layers/core", "*").await.expect(204);
    app.delete("/v1/activity-types/waved", "*").await.expect(204);

    for (asked, field) in [("layer=core", "layer"), ("activities=waved", "activities")] {
        let path = format!("/v1/metrics/active_members?{MARCH}&{asked}");
        let problem = app.get(&format!("{path}&asOf={early}")).await.problem(422, "NOT_FOUND");
        assert_eq!(problem["errors"][0]["parameter"], field);
        assert_eq!(app.get(&format!("{path}&asOf={late}")).await.expect(200)["points"][0]["value"], 0);
        app.get(&path).await.problem(422, "NOT_FOUND");
    }
}

async fn nobody_waits_for_the_past(app: App) {
    let path = format!("/v1/metrics/active_members?{MARCH}&asOf=2026-03-20T12:00:00Z&minWatermark=0");
    let alone = app.get(&path).await.problem(422, "NOT_APPLICABLE");
    let asked = json!({"metric": "active_members", "minWatermark": 0});
    let batch = app.post("/v1/metrics/batch", json!({"metrics": [asked], "asOf": "2026-03-20T12:00:00Z"})).await.expect(422);

    assert_eq!(alone["errors"][0]["parameter"], "minWatermark");
    assert_eq!(refused(&batch), [("/metrics/0/minWatermark".to_owned(), "NOT_APPLICABLE".to_owned())]);
}

async fn an_instant_that_is_none_is_refused(app: App) {
    for path in ["/v1/metrics/active_members", "/v1/community/health"] {
        let problem = app.get(&format!("{path}?asOf=yesterday")).await;
        assert_eq!((problem.status, &problem["errors"][0]["parameter"]), (400, &json!("asOf")), "{problem:?}");
    }
    app.post("/v1/metrics/batch", json!({"metrics": [{"metric": "active_members"}], "asOf": "yesterday"})).await.problem(400, "MALFORMED");
}
