//! What is healthy for this workspace, in place of what the sources of its metrics say.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, Response, both};
use crate::statements::statements;

both![
    a_target_takes_the_place_of_the_source_s,
    a_target_of_months_says_nothing_of_weeks,
    the_report_says_whose_target_it_is,
    custom_metrics_are_judged_and_guarded_too,
    definitions_show_both,
    a_report_costs_the_same_however_many_targets_there_are,
    one_number_has_one_target,
    of_two_who_set_one_target_one_does,
    a_target_names_what_there_is,
    a_target_is_put_and_put_again,
    another_workspace_s_target_is_not_there,
];

async fn set(client: &Client, fields: Value) -> Response {
    let mut target = json!({"metric": "active_members", "comparator": "AT_LEAST", "value": 1, "why": "We are few"});
    for (name, value) in fields.as_object().expect("fields are an object") {
        target[name] = value.clone();
    }
    client.post("/v1/metric-targets", target).await
}

/// Two members, of whom one replies in January and in February 2026.
async fn a_forum(client: &Client) {
    let event = |source: &str, kind: &str, member: &str, at: &str| json!({"platform": "forum", "sourceId": source, "type": kind, "member": {"type": "username", "value": member}, "occurredAt": at});
    let events = json!([
        event("1", "member_joined", "ada", "2026-01-02T08:00:00Z"),
        event("2", "member_joined", "ben", "2026-01-02T08:00:00Z"),
        event("3", "member_joined", "cy", "2026-01-02T08:00:00Z"),
        event("4", "reply", "ada", "2026-01-12T08:00:00Z"),
        event("5", "reply", "ada", "2026-02-10T08:00:00Z"),
    ]);
    client.post("/v1/events/batch", events).await.expect(200);
}

async fn a_custom_metric(client: &Client, key: &str, values: [u64; 2]) {
    client.post("/v1/custom-metrics", json!({"key": key, "name": key, "formula": "counted"})).await.expect(201);
    let reading = |(on, value): (&str, u64)| json!({"metric": key, "sourceId": on, "on": on, "value": value, "evidence": "seen"});
    let readings: Vec<Value> = [("2026-01-31", values[0]), ("2026-02-28", values[1])].map(reading).to_vec();
    client.post("/v1/metric-readings/batch", json!(readings)).await.expect(200);
}

async fn health(client: &Client, metric: &str, granularity: &str) -> Value {
    let query = format!("/v1/metrics/{metric}?from=2026-02-02&to=2026-03-01&granularity={granularity}");
    client.get(&query).await.expect(200)["points"][0]["health"].clone()
}

async fn report(client: &Client) -> Vec<Value> {
    let report = client.get("/v1/community/health?month=2026-02").await.expect(200);
    report["lines"].as_array().expect("lines").clone()
}

fn of<'a>(lines: &'a [Value], metric: &str) -> &'a Value {
    lines.iter().find(|line| line["metric"] == metric).unwrap_or_else(|| panic!("{metric} is judged: {lines:?}"))
}

async fn a_target_takes_the_place_of_the_source_s(app: App) {
    a_forum(&app).await;
    assert_eq!(health(&app, "active_rate", "MONTH").await, "NOT_MET");

    let target = set(&app, json!({"metric": "active_rate", "value": 30})).await.expect(201);

    assert_eq!(health(&app, "active_rate", "MONTH").await, "MET");
    let line = of(&report(&app).await, "active_rate").clone();
    assert_eq!((&line["target"]["value"], &line["verdict"]), (&json!(30), &json!("MET")));
    app.delete(&format!("/v1/metric-targets/{}", text(&target["id"])), target.etag()).await.expect(204);
    assert_eq!(health(&app, "active_rate", "MONTH").await, "NOT_MET");
    assert_eq!(health(&app, "active_members", "MONTH").await, Value::Null);
}

async fn a_target_of_months_says_nothing_of_weeks(app: App) {
    a_forum(&app).await;

    set(&app, json!({"granularity": "MONTH"})).await.expect(201);

    assert_eq!(health(&app, "active_members", "MONTH").await, "MET");
    assert_eq!(health(&app, "active_members", "WEEK").await, Value::Null);
}

async fn the_report_says_whose_target_it_is(app: App) {
    a_forum(&app).await;
    set(&app, json!({"metric": "active_rate", "value": 30})).await.expect(201);
    let own = set(&app, json!({"granularity": "MONTH", "value": 2})).await.expect(201);
    set(&app, json!({"metric": "concentration", "granularity": "WEEK"})).await.expect(201);

    let lines = report(&app).await;

    assert_eq!(of(&lines, "active_rate")["target"]["origin"], "WORKSPACE");
    assert_eq!(of(&lines, "growth_rate")["target"]["origin"], "SOURCE");
    let line = of(&lines, "active_members");
    assert_eq!((&line["target"]["why"], &line["target"]["targetId"]), (&json!("We are few"), &own["id"]));
    assert_eq!((&line["figure"]["value"], &line["verdict"]), (&json!(1), &json!("NOT_MET")));
    assert!(lines.iter().all(|line| line["metric"] != "concentration"));
    let table = app.get("/v1/community/health?month=2026-02&format=csv").await.expect(200);
    assert!(table.text.contains(",WORKSPACE,this workspace,We are few"), "{}", table.text);
    let shown = app.graphql(r#"{ communityHealth(month: "2026-02") { lines { metric target { origin why } } } }"#, json!({})).await;
    assert_eq!(shown.data()["communityHealth"]["lines"].as_array().map(Vec::len), Some(lines.len()));
}

async fn custom_metrics_are_judged_and_guarded_too(app: App) {
    a_custom_metric(&app, "deals", [3, 5]).await;
    a_custom_metric(&app, "trust", [8, 7]).await;
    set(&app, json!({"metric": "deals", "value": 4, "guardrail": "trust"})).await.expect(201);

    let lines = report(&app).await;

    let last = lines.last().expect("a line");
    assert_eq!((&last["metric"], &last["figure"]["value"], &last["verdict"]), (&json!("deals"), &json!(5), &json!("MET")));
    assert_eq!((&last["target"]["guardrail"], &last["guardrailHeld"]), (&json!("trust"), &json!(false)));
    assert_eq!(health(&app, "deals", "MONTH").await, "MET");
    app.delete("/v1/custom-metrics/trust", "*").await.problem(409, "IN_USE");
}

async fn definitions_show_both(app: App) {
    set(&app, json!({"metric": "active_rate", "value": 30})).await.expect(201);

    let definition = app.get("/v1/metric-definitions/active_rate").await.expect(200);

    let said = |list: &str| [&definition[list][0]["value"], &definition[list][0]["origin"], &definition[list][0]["why"]].map(Value::clone);
    assert_eq!(said("healthy"), [json!(40), json!("SOURCE"), Value::Null]);
    assert_eq!(said("targets"), [json!(30), json!("WORKSPACE"), json!("We are few")]);
    let query = r#"{ metricDefinition(key: "active_rate") { targets { value per comparator } } }"#;
    let shown = app.graphql(query, json!({})).await;
    assert_eq!(shown.data()["metricDefinition"]["targets"], json!([{"value": 30, "per": null, "comparator": "AT_LEAST"}]));
}

/// What a report costs. The token's last use may be written beside it, so the cheapest of three counts.
async fn cost(app: &App) -> u64 {
    let mut cheapest = u64::MAX;
    for _ in 0..3 {
        let before = statements(app).await;
        report(app).await;
        cheapest = cheapest.min(statements(app).await - before);
    }
    cheapest
}

async fn a_report_costs_the_same_however_many_targets_there_are(app: App) {
    a_forum(&app).await;
    for number in 0..12 {
        a_custom_metric(&app, &format!("own-{number}"), [1, 2]).await;
    }
    set(&app, json!({"metric": "own-0"})).await.expect(201);
    let of_one = cost(&app).await;

    for number in 1..12 {
        set(&app, json!({"metric": format!("own-{number}"), "guardrail": "own-0"})).await.expect(201);
    }
    set(&app, json!({})).await.expect(201);

    assert_eq!(cost(&app).await, of_one);
    assert_eq!(report(&app).await.iter().filter(|line| line["target"]["origin"] == "WORKSPACE").count(), 13);
}

async fn one_number_has_one_target(app: App) {
    let first = set(&app, json!({})).await.expect(201);

    let again = set(&app, json!({"value": 2})).await.problem(409, "ALREADY_EXISTS");
    set(&app, json!({"granularity": "MONTH"})).await.expect(201);
    let path = format!("/v1/metric-targets/{}", text(&first["id"]));
    let moved = app.patch(&path, first.etag(), json!({"granularity": "MONTH"})).await.problem(409, "ALREADY_EXISTS");

    assert_eq!(refused(&again), [("/metric".to_owned(), "ALREADY_EXISTS".to_owned())]);
    assert_eq!(refused(&moved), [("/metric".to_owned(), "ALREADY_EXISTS".to_owned())]);
    let changed = app.patch(&path, first.etag(), json!({"value": 3, "why": "We have grown"})).await.expect(200);
    assert_eq!((&changed["version"], &changed["value"]), (&json!(2), &json!(3)));
}

async fn of_two_who_set_one_target_one_does(app: App) {
    let (one, other) = tokio::join!(set(&app, json!({"value": 2})), set(&app, json!({"value": 3})));

    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409]);
}

async fn a_target_names_what_there_is(app: App) {
    let broken = set(&app, json!({"metric": "sales", "guardrail": "support_share", "why": " "})).await.expect(422);
    let other = set(&app, json!({"statistic": "P90", "guardrail": "active_members"})).await.expect(422);

    let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(refused(&broken), [at("/metric", "NOT_FOUND"), at("/guardrail", "NOT_APPLICABLE"), at("/why", "REQUIRED")]);
    assert_eq!(refused(&other), [at("/statistic", "NOT_APPLICABLE"), at("/guardrail", "LOOP")]);
    app.get("/v1/metric-targets?metric=sales").await.expect(422);
}

async fn a_target_is_put_and_put_again(app: App) {
    let body = json!({"metric": "active_rate", "comparator": "AT_LEAST", "value": 30, "why": "We are few"});

    let first = app.put("/v1/external/metric-targets/a", None, body.clone()).await.expect(201);
    let again = app.put("/v1/external/metric-targets/a", None, body).await.expect(200);

    assert_eq!((&first["id"], &again["version"]), (&again["id"], &json!(1)));
}

async fn another_workspace_s_target_is_not_there(app: App) {
    a_forum(&app).await;
    let target = set(&app, json!({"metric": "active_rate", "value": 30})).await.expect(201);
    let elsewhere = app.elsewhere();

    elsewhere.get(&format!("/v1/metric-targets/{}", text(&target["id"]))).await.problem(404, "NOT_FOUND");

    assert_eq!(of(&report(&elsewhere).await, "active_rate")["target"]["value"], 40);
}
