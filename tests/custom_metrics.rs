//! Metrics of the workspace's own: defined here, pushed with evidence, and asked for like any other.

mod bound;
mod pushing;
mod stars;

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, Response, both};

both![
    a_custom_metric_stands_beside_the_built_in_ones,
    the_last_reading_of_a_window_is_its_figure,
    readings_are_added_up_or_averaged_where_the_definition_says_so,
    a_share_is_told_with_its_whole_numbers_and_changes_in_points,
    a_table_guards_against_formulas_in_evidence,
    a_key_is_given_once_and_is_no_other_metric_s,
    what_a_custom_metric_has_not_is_refused,
    another_unit_makes_another_version_of_the_definition,
    what_is_needed_is_not_deleted,
    another_workspace_s_metric_is_not_there,
];

/// Deals that advocates win, counted by sales.
async fn deals(client: &Client, fields: Value) -> Response {
    let mut metric = json!({"key": "deals", "name": "Deals", "formula": "won through advocates", "unit": "COUNT", "unitLabel": "deals"});
    for (name, value) in fields.as_object().expect("fields are an object") {
        metric[name] = value.clone();
    }
    client.post("/v1/custom-metrics", metric).await
}

/// A reading of the deals on a day, or of an instant where it has a time.
fn reading(source: &str, at: &str, value: Value) -> Value {
    let field = if at.contains('T') { "at" } else { "on" };
    json!({"metric": "deals", "sourceId": source, field: at, "value": value, "evidence": format!("the list of {at}")})
}

async fn push(client: &Client, readings: &[Value]) -> Response {
    client.post("/v1/metric-readings/batch", json!(readings)).await.expect(200)
}

/// The values of the first months of 2026.
async fn of_months(client: &Client, metric: &str) -> Vec<Value> {
    let series = client.get(&format!("/v1/metrics/{metric}?from=2026-01-01&to=2026-04-01&granularity=MONTH")).await.expect(200);
    series["points"].as_array().expect("points").iter().map(|point| point["value"].clone()).collect()
}

async fn a_custom_metric_stands_beside_the_built_in_ones(app: App) {
    deals(&app, json!({"higherIsBetter": false})).await.expect(201);

    let all = app.get("/v1/metric-definitions").await.expect(200);

    let last = all["items"].as_array().and_then(|items| items.last()).expect("definitions").clone();
    assert_eq!((&last["key"], &last["origin"], &last["family"]), (&json!("deals"), &json!("CUSTOM"), &json!("PUSHED")));
    assert_eq!((&last["unit"], &last["unitLabel"], &last["higherIsBetter"]), (&json!("COUNT"), &json!("deals"), &json!(false)));
    assert_eq!(&last, app.get("/v1/metric-definitions/deals").await.expect(200).json());
    let others = all["items"].as_array().expect("definitions").iter().filter(|one| one["origin"] == "BUILT_IN");
    assert_eq!(others.filter(|one| one["key"] == "custom").count(), 0);
}

async fn the_last_reading_of_a_window_is_its_figure(app: App) {
    deals(&app, json!({})).await.expect(201);
    let readings = [
        reading("a", "2026-01-10", json!(3)),
        reading("b", "2026-01-31T23:59:59Z", json!(5)),
        reading("c", "2026-01-31", json!(4)),
        reading("d", "2026-03-01T00:00:00Z", json!(9.5)),
    ];

    let pushed = push(&app, &readings).await;

    assert_eq!(of_months(&app, "deals").await, [json!(4), Value::Null, json!(9.5)]);
    let query = format!("/v1/metrics/deals?from=2026-01-01&to=2026-03-01&minWatermark={}&compare=PREVIOUS", pushed["watermark"]);
    let series = app.get(&query).await.expect(200);
    let [january, february] = [0, 1].map(|place| series["points"][place].clone());
    assert_eq!((&january["reading"]["sourceId"], &january["reading"]["evidence"]), (&json!("c"), &json!("the list of 2026-01-31")));
    assert_eq!((&february["status"], &february["reason"]), (&json!("NO_DATA"), &json!("NO_EVENTS")));
    assert_eq!((&series["provenance"]["events"], &series["version"], &series["unit"]), (&json!(3), &json!(1), &json!("COUNT")));
    let metric = app
        .graphql(
            r#"{ metric(query: {metric: "deals", from: "2026-01-01", to: "2026-02-01"}) { points { value reading { author } } } }"#,
            json!({}),
        )
        .await;
    assert_eq!(metric.data()["metric"]["points"][0]["value"], 4);
}

async fn readings_are_added_up_or_averaged_where_the_definition_says_so(app: App) {
    let made = deals(&app, json!({"aggregation": "SUM"})).await.expect(201);
    let readings = [("a", "2026-01-10", 1), ("b", "2026-01-20", 2), ("c", "2026-01-30", 2), ("d", "2026-03-30", 7)];
    push(&app, &readings.map(|(source, at, value)| reading(source, at, json!(value)))).await;
    let sums = of_months(&app, "deals").await;

    let changed = app.patch("/v1/custom-metrics/deals", made.etag(), json!({"aggregation": "MEAN"})).await.expect(200);

    assert_eq!(sums, [json!(5), Value::Null, json!(7)]);
    assert_eq!(of_months(&app, "deals").await, [json!(1.67), Value::Null, json!(7)]);
    assert_eq!(changed["definitionVersion"], 2);
}

async fn a_share_is_told_with_its_whole_numbers_and_changes_in_points(app: App) {
    deals(&app, json!({"unit": "PERCENT", "unitLabel": null})).await.expect(201);
    let share = |source: &str, on: &str, numerator: u64| json!({"metric": "deals", "sourceId": source, "on": on, "numerator": numerator, "denominator": 3, "evidence": "asked"});
    push(&app, &[share("a", "2026-01-31", 1), share("b", "2026-02-28", 2)]).await;

    let series = app.get("/v1/metrics/deals?from=2026-02-01&to=2026-03-01&compare=PREVIOUS").await.expect(200);

    let point = &series["points"][0];
    assert_eq!((&point["value"], &point["numerator"], &point["denominator"]), (&json!(66.67), &json!(2), &json!(3)));
    assert_eq!((&point["change"]["value"], &point["change"]["unit"]), (&json!(33.33), &json!("PERCENTAGE_POINTS")));
}

async fn a_table_guards_against_formulas_in_evidence(app: App) {
    deals(&app, json!({})).await.expect(201);
    let mut pushed = reading("a", "2026-01-31", json!(4));
    pushed["evidence"] = json!("=HYPERLINK(1)");
    push(&app, &[pushed]).await;

    let figures = app.get("/v1/metrics/deals?from=2026-01-01&to=2026-02-01&format=csv").await.expect(200);
    let readings = app.get("/v1/metric-readings?format=csv&fields=evidence,value").await.expect(200);

    assert!(figures.text.lines().next().is_some_and(|names| names.ends_with("health,evidence,evidenceUrl")), "{}", figures.text);
    assert!(figures.text.contains(",'=HYPERLINK(1),"), "{}", figures.text);
    assert_eq!(readings.text.lines().nth(1), Some("4,'=HYPERLINK(1)"));
    let lines = app.get("/v1/metrics/deals?from=2026-01-01&to=2026-02-01&format=ndjson").await.expect(200);
    let line: Value = serde_json::from_str(lines.text.trim()).expect("a line is JSON");
    assert_eq!(line["reading"]["evidence"], "=HYPERLINK(1)");
}

async fn a_key_is_given_once_and_is_no_other_metric_s(app: App) {
    let made = deals(&app, json!({})).await.expect(201);

    let taken = deals(&app, json!({})).await.problem(409, "ALREADY_EXISTS");
    let built_in = deals(&app, json!({"key": "nps"})).await.expect(422);
    let word = deals(&app, json!({"key": "batch"})).await.expect(422);
    let changed = app.patch("/v1/custom-metrics/deals", made.etag(), json!({"key": "sales"})).await.expect(400);

    assert_eq!(refused(&taken), [("/key".to_owned(), "ALREADY_EXISTS".to_owned())]);
    assert_eq!(refused(&built_in), [("/key".to_owned(), "ALREADY_EXISTS".to_owned())]);
    assert_eq!(refused(&word), [("/key".to_owned(), "INVALID_KEY".to_owned())]);
    assert_eq!(refused(&changed), [("/key".to_owned(), "UNKNOWN_FIELD".to_owned())]);
}

async fn what_a_custom_metric_has_not_is_refused(app: App) {
    deals(&app, json!({})).await.expect(201);

    for (parameter, value) in [("tag", "x"), ("statistic", "MEAN"), ("minClass", "PASSIVE"), ("platform", "forum")] {
        let answer = app.get(&format!("/v1/metrics/deals?{parameter}={value}")).await.expect(422);
        assert_eq!((&answer["errors"][0]["parameter"], &answer["errors"][0]["code"]), (&json!(parameter), &json!("NOT_APPLICABLE")));
    }
    app.get("/v1/metrics/sales").await.problem(404, "NOT_FOUND");
    app.get("/v1/metrics/custom").await.problem(404, "NOT_FOUND");
}

async fn another_unit_makes_another_version_of_the_definition(app: App) {
    let made = deals(&app, json!({})).await.expect(201);

    let named = app.patch("/v1/custom-metrics/deals", made.etag(), json!({"name": "Deals won"})).await.expect(200);
    let counted = app.patch("/v1/custom-metrics/deals", named.etag(), json!({"unit": "NUMBER", "unitLabel": null})).await.expect(200);

    let versions = [&made, &named, &counted].map(|answer| answer["definitionVersion"].clone());
    assert_eq!(versions, [json!(1), json!(1), json!(2)]);
    let history = app.get("/v1/custom-metrics/deals/history").await.expect(200);
    assert_eq!(history["items"].as_array().map(Vec::len), Some(3));
    let then = app.get(&format!("/v1/custom-metrics/deals?asOf={}", text(&named["updatedAt"]))).await.expect(200);
    assert_eq!((&then["name"], &then["unit"]), (&json!("Deals won"), &json!("COUNT")));
}

async fn what_is_needed_is_not_deleted(app: App) {
    let made = deals(&app, json!({})).await.expect(201);
    let star = json!({"key": "star", "name": "Star", "formula": "all of it", "isNorthStar": true, "inputs": ["deals"]});
    let star = app.post("/v1/custom-metrics", star).await.expect(201);
    let needed = app.delete("/v1/custom-metrics/deals", made.etag()).await.problem(409, "IN_USE");
    assert!(text(&needed["detail"]).contains("`star`"), "{needed:?}");

    app.delete("/v1/custom-metrics/star", star.etag()).await.expect(204);
    push(&app, &[reading("a", "2026-01-31", json!(4))]).await;
    app.delete("/v1/custom-metrics/deals", made.etag()).await.problem(409, "IN_USE");

    deals(&app, json!({"key": "other"})).await.expect(201);
    app.delete("/v1/custom-metrics/other", "*").await.expect(204);
    app.get("/v1/metrics/other").await.problem(404, "NOT_FOUND");
}

async fn another_workspace_s_metric_is_not_there(app: App) {
    let made = deals(&app, json!({})).await.expect(201);
    push(&app, &[reading("a", "2026-01-31", json!(4))]).await;
    let elsewhere = app.elsewhere();

    for path in
        [format!("/v1/custom-metrics/{}", text(&made["id"])), "/v1/metrics/deals".to_owned(), "/v1/metric-definitions/deals".to_owned()]
    {
        elsewhere.get(&path).await.problem(404, "NOT_FOUND");
    }
    let pushed = push(&elsewhere, &[reading("a", "2026-01-31", json!(5))]).await;
    assert_eq!(pushed["items"][0]["errors"][0]["code"], "NOT_FOUND");
    deals(&elsewhere, json!({})).await.expect(201);
    push(&elsewhere, &[reading("a", "2026-01-31", json!(5))]).await;
    assert_eq!(of_months(&app, "deals").await[0], json!(4));
}
