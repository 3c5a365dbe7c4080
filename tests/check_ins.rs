//! Check-ins: dated measurements that are only ever added to.

use serde_json::{Value, json};

use crate::given::{a_check_in, a_first_objective, a_key_result, a_way_to_a_hundred, refused, text};
use crate::harness::{App, both};

both![
    a_correction_leaves_the_first_statement_readable,
    confidence_has_no_default,
    a_confidence_alone_is_a_check_in,
    an_empty_check_in_is_refused,
    nothing_is_measured_tomorrow,
    a_reading_of_another_kind_is_refused,
    a_check_in_is_never_deleted,
    a_rerun_by_external_id_records_nothing_twice,
    a_put_check_in_stays_on_its_day,
    a_contributor_checks_in_and_does_not_edit,
    check_ins_are_listed_page_by_page_in_the_order_of_their_days,
];

async fn a_correction_leaves_the_first_statement_readable(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let reading = json!({"value": 30, "confidence": "ON_TRACK", "evidence": "forum"});
    let made = a_check_in(&app, &address, "2020-02-01", reading).await.expect(201);
    let check_in = format!("/v1/check-ins/{}", text(&made["id"]));

    let correction = json!({"value": 20, "confidence": null, "correction": "counted twice"});
    let corrected = app.patch(&check_in, made.etag(), correction).await.expect(200);

    assert_eq!((&corrected["value"], &corrected["version"], &corrected["evidence"]), (&json!(20), &json!(2), &json!("forum")));
    let revisions = app.get(&format!("{check_in}/revisions")).await.expect(200);
    let told = |number: usize, field: &str| revisions["items"][number][field].clone();
    assert_eq!((told(0, "value"), told(0, "confidence"), told(0, "correction")), (json!(30), json!("ON_TRACK"), Value::Null));
    assert_eq!((told(1, "value"), told(1, "confidence"), told(1, "correction")), (json!(20), Value::Null, json!("counted twice")));
}

async fn confidence_has_no_default(app: App) {
    let address = a_way_to_a_hundred(&app).await;

    let made = a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);

    assert_eq!(made["confidence"], Value::Null);
    let score = app.get(&format!("/v1/key-results/{address}/score")).await.expect(200);
    assert_eq!((&score["confidence"], &score["confidenceIsStale"]), (&Value::Null, &json!(true)));
}

async fn a_confidence_alone_is_a_check_in(app: App) {
    let address = a_way_to_a_hundred(&app).await;

    a_check_in(&app, &address, "2020-02-01", json!({"confidence": "AT_RISK"})).await.expect(201);

    let score = app.get(&format!("/v1/key-results/{address}/score")).await.expect(200);
    assert_eq!((&score["confidence"], &score["reason"]), (&json!("AT_RISK"), &json!("NO_CHECK_IN")));
}

async fn an_empty_check_in_is_refused(app: App) {
    let address = a_way_to_a_hundred(&app).await;

    a_check_in(&app, &address, "2020-02-01", json!({})).await.problem(422, "REQUIRED");
    a_check_in(&app, &address, "2020-02-01", json!({"evidence": " \n "})).await.problem(422, "REQUIRED");
}

async fn nothing_is_measured_tomorrow(app: App) {
    let address = a_way_to_a_hundred(&app).await;

    let answer = a_check_in(&app, &address, "2998-01-01", json!({"value": 1})).await;

    assert_eq!(refused(&answer.problem(422, "OUT_OF_RANGE")), [("/on".into(), "OUT_OF_RANGE".into())]);
}

async fn a_reading_of_another_kind_is_refused(app: App) {
    let objective = a_first_objective(&app).await;
    let ordinal = json!({"kind": "ORDINAL", "commitWords": "a", "targetWords": "b", "stretchWords": "c"});
    for (fields, reading) in [
        (json!({"kind": "REACH", "baseline": 0, "target": 1}), json!({"zone": "TARGET"})),
        (json!({"kind": "REACH", "baseline": 0, "target": 1}), json!({"value": 1, "sampleSize": 3})),
        (ordinal, json!({"value": 1})),
    ] {
        let made = a_key_result(&app, &objective, fields).await.expect(201);

        a_check_in(&app, &text(&made["address"]), "2020-02-01", reading).await.problem(422, "NOT_APPLICABLE");
    }
}

async fn a_check_in_is_never_deleted(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let made = a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);

    let answer = app.delete(&format!("/v1/check-ins/{}", text(&made["id"])), made.etag()).await.problem(405, "METHOD_NOT_ALLOWED");

    assert_eq!(answer.header("allow"), "GET, HEAD, PATCH, OPTIONS");
}

async fn a_rerun_by_external_id_records_nothing_twice(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let body = json!({"keyResult": address, "on": "2020-02-01", "value": 30.5});
    let first = app.put("/v1/external/check-ins/row-1", None, body.clone()).await.expect(201);

    let again = app.put("/v1/external/check-ins/row-1", None, body.clone()).await.expect(200);
    assert_eq!(again.json(), first.json());

    let mut corrected = body;
    corrected["value"] = json!(31);
    let corrected = app.put("/v1/external/check-ins/row-1", None, corrected).await.expect(200);
    assert_eq!((&corrected["id"], &corrected["version"]), (&first["id"], &json!(2)));
    let all = app.get("/v1/check-ins?count=true").await.expect(200);
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1));
}

async fn a_put_check_in_stays_on_its_day(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    app.put("/v1/external/check-ins/row-1", None, json!({"keyResult": address, "on": "2020-02-01", "value": 1})).await.expect(201);

    let moved = app.put("/v1/external/check-ins/row-1", None, json!({"keyResult": address, "on": "2020-02-02", "value": 1})).await;

    assert!((400..500).contains(&moved.status), "{moved:?}");
    assert_eq!(refused(&moved)[0].0, "/on");
}

async fn a_contributor_checks_in_and_does_not_edit(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let contributor = app.as_role("contributor");

    let made = a_check_in(&contributor, &address, "2020-02-01", json!({"value": 30})).await.expect(201);

    assert_eq!(made["author"], "contributor");
    contributor.patch(&format!("/v1/key-results/{address}"), "*", json!({"target": 1})).await.problem(403, "FORBIDDEN");
    let viewer = app.as_role("viewer");
    a_check_in(&viewer, &address, "2020-02-01", json!({"value": 30})).await.problem(403, "FORBIDDEN");
}

async fn check_ins_are_listed_page_by_page_in_the_order_of_their_days(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    for day in [5, 3, 1, 4, 2] {
        a_check_in(&app, &address, &format!("2020-02-0{day}"), json!({"value": day})).await.expect(201);
    }

    let mut seen = Vec::new();
    let mut next = format!("/v1/check-ins?keyResult={address}&sort=day&limit=2");
    loop {
        let page = app.get(&next).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|check_in| check_in["value"].clone()));
        let Some(cursor) = page["page"]["next"].as_str().map(str::to_owned) else { break };
        next = format!("/v1/check-ins?keyResult={address}&sort=day&limit=2&cursor={cursor}");
    }

    assert_eq!(seen, [1, 2, 3, 4, 5]);
}
