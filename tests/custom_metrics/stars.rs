//! North Stars: metrics with the metrics that move them.

use serde_json::{Value, json};

use super::{deals, push, reading};
use crate::given::refused;
use crate::harness::{App, Client, both};

both![
    a_north_star_and_its_inputs_are_read_in_one_query,
    inputs_that_are_not_there_or_lead_back_are_refused,
    two_who_make_each_other_s_metric_an_input_make_no_loop,
];

async fn star(client: &Client, key: &str, inputs: Value) -> crate::harness::Response {
    let star = json!({"key": key, "name": key, "formula": "all of it", "isNorthStar": true, "inputs": inputs});
    client.post("/v1/custom-metrics", star).await
}

async fn a_north_star_and_its_inputs_are_read_in_one_query(app: App) {
    deals(&app, json!({})).await.expect(201);
    star(&app, "impact", json!(["active_rate", "deals"])).await.expect(201);
    push(&app, &[reading("a", "2026-01-31", json!(4))]).await;
    let query = r#"{
        customMetrics(filter: {isNorthStar: true}) { nodes { key inputs inputMetrics { key name origin unit } } }
        metrics(queries: [
            {metric: "impact", from: "2026-01-01", to: "2026-02-01"}, {metric: "deals", from: "2026-01-01", to: "2026-02-01"}
        ]) { metric points { value } }
    }"#;

    let answer = app.graphql(query, json!({})).await;

    let shown = &answer.data()["customMetrics"]["nodes"];
    let inputs = json!([
        {"key": "active_rate", "name": "Active rate", "origin": "BUILT_IN", "unit": "PERCENT"},
        {"key": "deals", "name": "Deals", "origin": "CUSTOM", "unit": "COUNT"},
    ]);
    assert_eq!(shown, &json!([{"key": "impact", "inputs": ["active_rate", "deals"], "inputMetrics": inputs}]));
    assert_eq!(answer.data()["metrics"][1], json!({"metric": "deals", "points": [{"value": 4}]}));
}

async fn inputs_that_are_not_there_or_lead_back_are_refused(app: App) {
    deals(&app, json!({})).await.expect(201);
    star(&app, "impact", json!(["deals"])).await.expect(201);

    let broken = star(&app, "other", json!(["sales", "other", "support_share"])).await.expect(422);
    let back = app.patch("/v1/custom-metrics/deals", "*", json!({"isNorthStar": true, "inputs": ["impact"]})).await.expect(422);
    let unmarked = app.patch("/v1/custom-metrics/deals", "*", json!({"inputs": ["active_rate"]})).await.expect(422);

    let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(refused(&broken), [at("/inputs/0", "NOT_FOUND"), at("/inputs/1", "LOOP"), at("/inputs/2", "NOT_APPLICABLE")]);
    assert_eq!(refused(&back), [at("/inputs/0", "LOOP")]);
    assert_eq!(refused(&unmarked), [at("/inputs", "NOT_APPLICABLE")]);
}

async fn two_who_make_each_other_s_metric_an_input_make_no_loop(app: App) {
    deals(&app, json!({"key": "one"})).await.expect(201);
    deals(&app, json!({"key": "two"})).await.expect(201);
    let made = |key: &'static str, input: &'static str| {
        let app = (*app).clone();
        async move { app.patch(&format!("/v1/custom-metrics/{key}"), "*", json!({"isNorthStar": true, "inputs": [input]})).await.status }
    };

    let (one, two) = tokio::join!(made("one", "two"), made("two", "one"));

    let mut both = [one, two];
    both.sort_unstable();
    assert_eq!(both, [200, 422]);
}
