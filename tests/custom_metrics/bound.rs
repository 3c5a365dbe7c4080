//! Key results that custom metrics drive: a reading moves them, and a corrected one restates them.

use serde_json::{Value, json};

use super::{deals, push, reading};
use crate::given::{a_first_objective, a_key_result, refused, text, the_score};
use crate::harness::{App, Client, both};

both![
    a_key_result_moves_when_a_reading_arrives_and_is_restated_when_it_is_corrected,
    a_custom_metric_guards_another,
    money_drives_money_of_the_same_currency,
    a_bound_metric_keeps_a_unit_that_fits_and_is_not_deleted,
    a_custom_metric_is_no_evidence_of_a_link,
];

/// A key result from 0 to 10 deals in the first quarter of 2020, by its path.
async fn ten_deals(client: &Client, fields: Value) -> String {
    let objective = a_first_objective(client).await;
    let mut measure = json!({"kind": "REACH", "baseline": 0, "target": 10, "unit": "COUNT"});
    for (name, value) in fields.as_object().expect("fields are an object") {
        measure[name] = value.clone();
    }
    let made = a_key_result(client, &objective, measure).await.expect(201);
    format!("/v1/key-results/{}", text(&made["address"]))
}

async fn refresh(client: &Client, path: &str) -> Vec<Value> {
    let refreshed = client.post(&format!("{path}/binding/refresh"), json!({})).await.expect(200);
    let moved = refreshed["moved"].as_array().expect("a list").iter();
    moved.map(|one| json!([one["start"], one["before"], one["after"], one["isRestated"]])).collect()
}

async fn a_key_result_moves_when_a_reading_arrives_and_is_restated_when_it_is_corrected(app: App) {
    deals(&app, json!({})).await.expect(201);
    let path = ten_deals(&app, json!({})).await;
    push(&app, &[reading("jan", "2020-01-31", json!(2))]).await;
    app.put(&format!("{path}/binding"), None, json!({"metric": "deals"})).await.expect(201);
    assert_eq!(the_score(&app, "2020-Q1.devrel.O1-KR1").await["value"], json!(0.2));

    push(&app, &[reading("feb", "2020-02-29", json!(4))]).await;
    let arrived = refresh(&app, &path).await;
    push(&app, &[reading("feb", "2020-02-29", json!(5))]).await;
    let corrected = refresh(&app, &path).await;

    assert_eq!(arrived, [json!(["2020-02-01", null, 4, true])]);
    assert_eq!(corrected, [json!(["2020-02-01", 4, 5, true])]);
    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let february = &readings["items"][1];
    assert_eq!((&february["value"], &february["revision"], &february["definitionVersion"]), (&json!(5), &json!(3), &json!(1)));
    assert_eq!(the_score(&app, "2020-Q1.devrel.O1-KR1").await["value"], json!(0.5));
    let kept = app.get("/v1/metric-readings?metric=deals&sort=-at").await.expect(200);
    let address = format!("/v1/metric-readings/{}", text(&kept["items"][0]["id"]));
    app.delete(&address, kept["items"][0]["version"].as_u64().map(|version| format!("\"{version}\"")).as_deref()).await.expect(204);
    assert_eq!(refresh(&app, &path).await, [json!(["2020-02-01", 5, null, true])]);
}

async fn a_custom_metric_guards_another(app: App) {
    deals(&app, json!({})).await.expect(201);
    deals(&app, json!({"key": "complaints", "higherIsBetter": false})).await.expect(201);
    let path = ten_deals(&app, json!({})).await;
    let complaint = |source: &str, on: &str, value: u64| {
        let mut complaint = reading(source, on, json!(value));
        complaint["metric"] = json!("complaints");
        complaint
    };
    push(&app, &[complaint("jan", "2020-01-31", 1), complaint("feb", "2020-02-29", 3), complaint("mar", "2020-03-31", 2)]).await;
    push(&app, &[reading("feb", "2020-02-29", json!(9)), reading("mar", "2020-03-31", json!(9))]).await;

    app.put(&format!("{path}/binding"), None, json!({"metric": "deals", "guardrail": {"metric": "complaints"}})).await.expect(201);

    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let held: Vec<Value> =
        readings["items"].as_array().expect("a list").iter().skip(1).take(2).map(|one| one["guardrail"]["verdict"].clone()).collect();
    assert_eq!(held, [json!("NOT_MET"), json!("MET")], "{readings:?}");
}

async fn money_drives_money_of_the_same_currency(app: App) {
    deals(&app, json!({"unit": "CURRENCY", "unitLabel": "EUR", "aggregation": "SUM"})).await.expect(201);
    let path = ten_deals(&app, json!({"unit": "CURRENCY", "unitLabel": "USD"})).await;

    let dollars = app.put(&format!("{path}/binding"), None, json!({"metric": "deals"})).await.expect(422);
    app.patch(&path, "*", json!({"unitLabel": "EUR"})).await.expect(200);
    app.put(&format!("{path}/binding"), None, json!({"metric": "deals"})).await.expect(201);

    assert_eq!(refused(&dollars), [("/metric".to_owned(), "INVALID_VALUE".to_owned())]);
}

async fn a_bound_metric_keeps_a_unit_that_fits_and_is_not_deleted(app: App) {
    let made = deals(&app, json!({})).await.expect(201);
    let path = ten_deals(&app, json!({})).await;
    app.put(&format!("{path}/binding"), None, json!({"metric": "deals"})).await.expect(201);

    let unit = app.patch("/v1/custom-metrics/deals", made.etag(), json!({"unit": "PERCENT", "unitLabel": null})).await.expect(422);
    let needed = app.delete("/v1/custom-metrics/deals", made.etag()).await.problem(409, "IN_USE");

    assert_eq!(refused(&unit), [("/unit".to_owned(), "IN_USE".to_owned())]);
    assert!(text(&needed["detail"]).contains("key result"), "{needed:?}");
    app.delete(&format!("{path}/binding"), "*").await.expect(204);
    app.delete("/v1/custom-metrics/deals", made.etag()).await.expect(204);
}

async fn a_custom_metric_is_no_evidence_of_a_link(app: App) {
    deals(&app, json!({})).await.expect(201);
    let path = ten_deals(&app, json!({})).await;
    let made = app.post("/v1/initiatives", json!({"title": "Mentors", "team": "devrel"})).await.expect(201);
    let link = format!("/v1/initiatives/{}/contributions/{}", text(&made["id"]), path.trim_start_matches("/v1/key-results/"));

    let answer = app.put(&link, None, json!({"evidenceMetric": {"metric": "deals"}})).await.expect(422);

    assert_eq!(refused(&answer), [("/evidenceMetric/metric".to_owned(), "NOT_APPLICABLE".to_owned())]);
}
