//! Readings: pushed once whatever is sent twice, corrected, and taken back.

use reqwest::Method;
use serde_json::{Value, json};

use super::{deals, of_months, push, reading};
use crate::as_of::now;
use crate::given::{refused, text};
use crate::harness::{App, Response, both};

both![
    pushing_the_same_again_changes_nothing,
    a_correction_keeps_what_was_said,
    what_is_taken_back_counts_for_nothing_until_it_is_pushed_again,
    one_bad_reading_does_not_keep_out_the_others,
    an_atomic_batch_takes_in_all_or_nothing,
    lines_are_read_one_by_one,
    a_reading_without_evidence_is_refused,
    one_reading_is_pushed_by_itself,
    two_senders_of_one_reading_take_it_in_once,
    readings_are_for_those_who_may_send_events,
    a_mutation_pushes_the_same_and_takes_it_back,
];

fn outcomes(batch: &Response) -> Vec<String> {
    batch["items"].as_array().expect("a batch has items").iter().map(|item| text(&item["status"])).collect()
}

fn path(batch: &Response) -> String {
    format!("/v1/metric-readings/{}", text(&batch["items"][0]["id"]))
}

async fn pushing_the_same_again_changes_nothing(app: App) {
    deals(&app, json!({})).await.expect(201);
    let batch = [reading("a", "2026-01-31", json!(4)), reading("b", "2026-02-28", json!(5)), reading("a", "2026-01-31", json!(4.0))];

    let first = push(&app, &batch).await;
    let again = push(&app, &batch).await;

    assert_eq!(
        (outcomes(&first), outcomes(&again)),
        (["CREATED", "CREATED", "UNCHANGED"].map(str::to_owned).to_vec(), vec!["UNCHANGED".to_owned(); 3])
    );
    assert_eq!((&first["watermark"], &first["items"][0]["id"]), (&again["watermark"], &again["items"][0]["id"]));
}

async fn a_correction_keeps_what_was_said(app: App) {
    deals(&app, json!({})).await.expect(201);
    let first = push(&app, &[reading("a", "2026-01-31", json!(4))]).await;
    let instant = now(&app).await;

    let corrected = push(&app, &[reading("a", "2026-02-28", json!(6))]).await;

    assert_eq!(outcomes(&corrected), ["UPDATED"]);
    assert!(corrected["watermark"].as_u64() > first["watermark"].as_u64());
    assert_eq!(of_months(&app, "deals").await, [Value::Null, json!(6), Value::Null]);
    let revisions = app.get(&format!("{}/revisions", path(&first))).await.expect(200);
    let said: Vec<Value> =
        revisions["items"].as_array().expect("revisions").iter().map(|one| json!([one["version"], one["on"], one["value"]])).collect();
    assert_eq!(said, [json!([1, "2026-01-31", 4]), json!([2, "2026-02-28", 6])]);
    let then = app.get(&format!("/v1/metric-readings?metric=deals&asOf={instant}")).await.expect(200);
    assert_eq!((&then["items"][0]["value"], then["items"].as_array().map(Vec::len)), (&json!(4), Some(1)));
    let figures = app.get(&format!("/v1/metrics/deals?from=2026-01-01&to=2026-03-01&asOf={instant}")).await.expect(200);
    let values = [0, 1].map(|place| figures["points"][place]["value"].clone());
    assert_eq!((values, &figures["points"][0]["reading"]["version"]), ([json!(4), Value::Null], &json!(1)));
}

async fn what_is_taken_back_counts_for_nothing_until_it_is_pushed_again(app: App) {
    deals(&app, json!({})).await.expect(201);
    let first = push(&app, &[reading("a", "2026-01-31", json!(4))]).await;
    let kept = app.get(&path(&first)).await.expect(200);

    app.delete(&path(&first), None).await.problem(428, "PRECONDITION_REQUIRED");
    app.delete(&path(&first), kept.etag()).await.expect(204);

    assert_eq!(of_months(&app, "deals").await[0], Value::Null);
    let retracted = app.get(&path(&first)).await.expect(200);
    assert_eq!((&retracted["isRetracted"], &retracted["version"], &retracted["value"]), (&json!(true), &json!(2), &json!(4)));
    app.delete(&path(&first), kept.etag()).await.problem(412, "VERSION_CONFLICT");
    app.delete(&path(&first), retracted.etag()).await.expect(204);
    assert_eq!(app.get(&path(&first)).await["version"], 2);
    assert_eq!(outcomes(&push(&app, &[reading("a", "2026-01-31", json!(4))]).await), ["UPDATED"]);
    assert_eq!(of_months(&app, "deals").await[0], json!(4));
    let listed = app.get("/v1/metric-readings?isRetracted=true").await.expect(200);
    assert_eq!(listed["items"], json!([]));
}

async fn one_bad_reading_does_not_keep_out_the_others(app: App) {
    deals(&app, json!({})).await.expect(201);
    let mut batch = ["a", "b", "c", "d", "e"].map(|source| reading(source, "2026-01-31", json!(4)));
    batch[0]["metric"] = json!("sales");
    batch[1]["on"] = json!("1979-12-31");
    batch[2]["numerator"] = json!(1);
    batch[3]["colour"] = json!("green");

    let answer = push(&app, &batch).await;

    assert_eq!(outcomes(&answer), ["REJECTED", "REJECTED", "REJECTED", "REJECTED", "CREATED"]);
    let errors: Vec<Value> =
        (0..4).map(|place| answer["items"][place]["errors"][0].clone()).map(|error| json!([error["pointer"], error["code"]])).collect();
    let expected = [
        json!(["/metric", "NOT_FOUND"]),
        json!(["/on", "OUT_OF_RANGE"]),
        json!(["/numerator", "NOT_APPLICABLE"]),
        json!(["/colour", "UNKNOWN_FIELD"]),
    ];
    assert_eq!(errors, expected);
    assert_eq!((&answer["created"], &answer["rejected"]), (&json!(1), &json!(4)));
}

async fn an_atomic_batch_takes_in_all_or_nothing(app: App) {
    deals(&app, json!({})).await.expect(201);
    let mut batch = [reading("a", "2026-01-31", json!(4)), reading("b", "2026-02-28", json!(5))];
    batch[1]["metric"] = json!("sales");

    let answer = app.post("/v1/metric-readings/batch?atomic=true", json!(batch)).await.expect(422);

    assert_eq!(refused(&answer), [("/1/metric".to_owned(), "NOT_FOUND".to_owned())]);
    assert_eq!(of_months(&app, "deals").await[0], Value::Null);
}

async fn lines_are_read_one_by_one(app: App) {
    deals(&app, json!({})).await.expect(201);
    let body = format!("{}\n\n{{\n{}\n", reading("a", "2026-01-31", json!(4)), reading("b", "2026-02-28", json!(5)));

    let request = app.request(Method::POST, "/v1/metric-readings/batch").header("content-type", "application/x-ndjson").body(body);
    let answer = app.send(request).await.expect(200);

    assert_eq!(outcomes(&answer), ["CREATED", "REJECTED", "CREATED"]);
}

async fn a_reading_without_evidence_is_refused(app: App) {
    deals(&app, json!({})).await.expect(201);
    let mut bare = reading("a", "2026-01-31", json!(4));
    bare["evidence"] = Value::Null;

    let answer = app.post("/v1/metric-readings", bare.clone()).await.expect(422);
    bare["evidenceUrl"] = json!("https://crm.example.org");
    let linked = app.post("/v1/metric-readings", bare).await.expect(201);

    assert_eq!(refused(&answer), [("/evidence".to_owned(), "REQUIRED".to_owned())]);
    assert_eq!(linked["evidenceUrl"], "https://crm.example.org");
}

async fn one_reading_is_pushed_by_itself(app: App) {
    deals(&app, json!({})).await.expect(201);

    let first = app.post("/v1/metric-readings", reading("a", "2026-01-31", json!(4))).await.expect(201);
    let again = app.post("/v1/metric-readings", reading("a", "2026-01-31", json!(5))).await.expect(200);

    assert_eq!((&first["id"], &again["value"], &again["version"]), (&again["id"], &json!(5), &json!(2)));
    assert_eq!(app.get(first.header("location")).await.expect(200)["value"], 5);
}

async fn two_senders_of_one_reading_take_it_in_once(app: App) {
    deals(&app, json!({})).await.expect(201);
    let batch: Vec<Value> = (0..20).map(|number| reading(&format!("s-{number}"), "2026-01-31", json!(number))).collect();

    let (one, other) = tokio::join!(push(&app, &batch), push(&app, &batch));

    let count = |status: &str| [&one, &other].into_iter().flat_map(outcomes).filter(|outcome| outcome == status).count();
    assert_eq!((count("CREATED"), count("UNCHANGED")), (20, 20));
}

async fn readings_are_for_those_who_may_send_events(app: App) {
    deals(&app, json!({})).await.expect(201);
    let (ingest, editor) = (app.as_role("ingest"), app.as_role("editor"));

    assert_eq!(outcomes(&push(&ingest, &[reading("a", "2026-01-31", json!(4))]).await), ["CREATED"]);
    editor.post("/v1/metric-readings", reading("a", "2026-01-31", json!(5))).await.problem(403, "FORBIDDEN");
    ingest.get("/v1/metric-readings").await.problem(403, "FORBIDDEN");
    deals(&ingest, json!({"key": "other"})).await.problem(403, "FORBIDDEN");
}

async fn a_mutation_pushes_the_same_and_takes_it_back(app: App) {
    deals(&app, json!({})).await.expect(201);
    let mutation = "mutation($readings: [NewMetricReading!]!) { pushReadings(input: {readings: $readings}) { batch { created unchanged items { id } } userErrors { code } } }";
    let readings = json!({"readings": [reading("a", "2026-01-31", json!(4))]});
    push(&app, &[reading("a", "2026-01-31", json!(4))]).await;

    let pushed = app.graphql(mutation, readings).await;

    let batch = &pushed.data()["pushReadings"]["batch"];
    assert_eq!((&batch["created"], &batch["unchanged"]), (&json!(0), &json!(1)));
    let id = text(&batch["items"][0]["id"]);
    let retract = format!(
        r#"mutation {{ retractReading(input: {{id: "{id}", version: 1}}) {{ metricReading {{ version }} userErrors {{ code }} }} }}"#
    );
    assert_eq!(app.graphql(&retract, json!({})).await.data()["retractReading"]["userErrors"], json!([]));
    let shown = app
        .graphql(
            &format!(r#"{{ metricReading(id: "{id}") {{ isRetracted }} metricReadingRevisions(id: "{id}") {{ version }} }}"#),
            json!({}),
        )
        .await;
    assert_eq!(shown.data()["metricReading"]["isRetracted"], true);
    assert_eq!(shown.data()["metricReadingRevisions"], json!([{"version": 1}, {"version": 2}]));
}
