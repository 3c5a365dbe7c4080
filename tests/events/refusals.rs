//! What events may not say, and who may not tell them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{listed, send, statuses, told};
use crate::given::refused;
use crate::harness::{App, Backend, both};

both![
    an_event_lies_between_1980_and_tomorrow,
    an_event_has_what_its_type_asks_for,
    texts_that_databases_disagree_about_are_refused,
    who_ingests_sends_and_does_not_read,
    only_who_may_import_says_when_history_was_recorded,
    a_batch_counts_as_one_request,
];

async fn an_event_lies_between_1980_and_tomorrow(app: App) {
    let now: DateTime<Utc> =
        app.post("/v1/events", told("now", json!({}))).await.expect(201)["recordedAt"].as_str().unwrap().parse().unwrap();
    let ahead = |hours: i64| (now + TimeDelta::hours(hours)).to_rfc3339();
    let events = ["1980-01-01T00:00:00Z", "1979-12-31T23:59:59Z", "1980-01-01T01:00:00+02:00", &ahead(23), &ahead(25)];
    let events: Vec<Value> = events.iter().map(|at| told(at, json!({"occurredAt": at}))).collect();

    let answer = send(&app, &events).await.expect(200);

    assert_eq!(statuses(&answer), ["CREATED", "REJECTED", "REJECTED", "CREATED", "REJECTED"]);
    assert_eq!(answer["items"][1]["errors"][0]["code"], "OUT_OF_RANGE");
}

async fn an_event_has_what_its_type_asks_for(app: App) {
    for (fields, pointer, code) in [
        (json!({"member": null}), "/member", "REQUIRED"),
        (json!({"type": "answer"}), "/parent", "REQUIRED"),
        (json!({"type": "retraction"}), "/parent", "REQUIRED"),
        (json!({"type": "support_rated", "parent": "1"}), "/value", "REQUIRED"),
        (json!({"type": "support_rated", "parent": "1", "value": 11}), "/value", "OUT_OF_RANGE"),
        (json!({"type": "Visit"}), "/type", "NOT_FOUND"),
        (json!({"platform": "a platform"}), "/platform", "INVALID_KEY"),
        (json!({"sourceId": " "}), "/sourceId", "REQUIRED"),
        (json!({"initiative": "nobody"}), "/initiative", "NOT_FOUND"),
        (json!({"member": {"type": "username", "value": ""}}), "/member/value", "REQUIRED"),
        (json!({"tags": vec!["x"; 21]}), "/tags", "TOO_MANY"),
    ] {
        let refusal = app.post("/v1/events", told("1", fields)).await.problem(422, code);
        assert_eq!(refused(&refusal), [(pointer.to_owned(), code.to_owned())]);
    }
    assert_eq!(listed(&app, "").await, Vec::<Value>::new());
}

async fn texts_that_databases_disagree_about_are_refused(app: App) {
    let nul = "a\u{0}b";
    for (fields, pointer) in [
        (json!({"sourceId": nul}), "/sourceId"),
        (json!({"member": {"type": "username", "value": nul}}), "/member/value"),
        (json!({"channel": nul}), "/channel"),
        (json!({"parent": nul}), "/parent"),
        (json!({"initiative": nul}), "/initiative"),
        (json!({"tags": [nul]}), "/tags/0"),
        (json!({"properties": {"url": nul}}), "/properties/url"),
        (json!({"properties": {nul: "x"}}), "/properties/a\u{0}b"),
    ] {
        let refusal = app.post("/v1/events", told("1", fields)).await.problem(422, "INVALID_TEXT");
        assert_eq!(refused(&refusal), [(pointer.to_owned(), "INVALID_TEXT".to_owned())]);
    }
    app.post("/v1/events", told("1", json!({"type": nul}))).await.problem(422, "NOT_FOUND");
    let query = "query($filter: EventFilter!) { events(filter: $filter) { totalCount } }";
    for filter in [json!({"platform": nul}), json!({"channel": format!("{nul}/{nul}")}), json!({"initiative": nul}), json!({"member": nul})]
    {
        let answer = app.graphql(query, json!({"filter": filter})).await.expect(200);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
    }
    let answer = app.graphql(query, json!({"filter": {"type": [nul]}})).await;
    assert_eq!(answer.data()["events"]["totalCount"], 0);
}

async fn who_ingests_sends_and_does_not_read(app: App) {
    let sender = app.as_role("ingest");

    let told = sender.post("/v1/events", told("1", json!({}))).await.expect(201);

    sender.get(told.header("location")).await.problem(403, "FORBIDDEN");
    sender.get("/v1/events").await.problem(403, "FORBIDDEN");
    sender.get("/v1/events/watermark").await.problem(403, "FORBIDDEN");
    app.as_role("editor").post("/v1/events/batch", json!([])).await.problem(403, "FORBIDDEN");
}

async fn only_who_may_import_says_when_history_was_recorded(app: App) {
    let past = told("1", json!({"recordedAt": "2026-03-02T00:00:00Z"}));

    let refusal = app.as_role("ingest").post("/v1/events", past.clone()).await.problem(422, "NOT_APPLICABLE");
    assert_eq!(refused(&refusal), [("/recordedAt".to_owned(), "NOT_APPLICABLE".to_owned())]);

    assert_eq!(app.post("/v1/events", past).await.expect(201)["recordedAt"], "2026-03-02T00:00:00Z");
    app.post("/v1/events", told("2", json!({"recordedAt": "2999-01-01T00:00:00Z"}))).await.problem(422, "OUT_OF_RANGE");
}

async fn a_batch_counts_as_one_request(backend: Backend) {
    let app = App::start(backend, &["--rate-limit", "2"]).await;
    let events: Vec<Value> = (0..100).map(|number| told(&number.to_string(), json!({}))).collect();

    send(&app, &events).await.expect(200);
    send(&app, &events).await.expect(200);

    send(&app, &events).await.problem(429, "RATE_LIMITED");
}
