//! What goes in comes out, digit for digit and character for character, on both databases alike.

use reqwest::Method;
use serde_json::{Value, json};

use crate::given::{a_check_in, a_first_objective, a_key_result, a_quarter, a_way_to_a_hundred, refused, text};
use crate::harness::{App, Response, both};

both![
    fifteen_digits_come_out_as_they_went_in,
    sixteen_digits_are_refused,
    what_is_no_number_is_refused,
    an_exponent_is_a_way_to_write_a_number,
    the_null_character_is_refused_everywhere,
    every_script_is_kept,
    the_longest_text_is_kept_and_a_longer_one_refused,
    blank_is_the_same_as_nothing,
    a_value_of_the_wrong_type_is_malformed,
    an_unknown_field_is_refused,
    an_unknown_parameter_is_refused,
    dates_that_no_calendar_has_are_refused,
];

/// A body that no JSON library would write.
async fn post_text(app: &App, path: &str, body: String) -> Response {
    app.send(app.request(Method::POST, path).header("content-type", "application/json").body(body)).await
}

async fn fifteen_digits_come_out_as_they_went_in(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let numbers = ["999999999999999", "-999999999999999", "0.000000000001", "123456789.012345", "-0.1", "4.35", "100000000000001", "0.3"];
    for number in numbers {
        let body = format!("{{\"keyResult\": \"{address}\", \"on\": \"2020-02-01\", \"value\": {number}}}");
        let made = post_text(&app, "/v1/check-ins", body).await.expect(201);

        let read = app.get(&format!("/v1/check-ins/{}", text(&made["id"]))).await.expect(200);

        assert_eq!(read["value"].as_f64(), number.parse().ok(), "{number} in {read:?}");
    }
}

async fn sixteen_digits_are_refused(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    for number in ["1234567890123456", "0.1234567890123456", "1e15", "1e131000", "-1e-13", "0.0000000000001"] {
        let body = format!("{{\"keyResult\": \"{address}\", \"on\": \"2020-02-01\", \"value\": {number}}}");

        let answer = post_text(&app, "/v1/check-ins", body).await;

        assert!([400, 422].contains(&answer.status), "{number}: {answer:?}");
    }
    assert_eq!(app.get("/v1/check-ins").await.expect(200)["items"], json!([]));
}

async fn what_is_no_number_is_refused(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    for number in ["NaN", "Infinity", "-Infinity", "\"NaN\"", "0x10", "1,5", "true", "[]", "\"\""] {
        let body = format!("{{\"keyResult\": \"{address}\", \"on\": \"2020-02-01\", \"value\": {number}}}");

        let answer = post_text(&app, "/v1/check-ins", body).await;

        assert!([400, 422].contains(&answer.status), "{number}: {answer:?}");
    }
}

async fn an_exponent_is_a_way_to_write_a_number(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let body = format!("{{\"keyResult\": \"{address}\", \"on\": \"2020-02-01\", \"value\": 1.25e1}}");

    assert_eq!(post_text(&app, "/v1/check-ins", body).await.expect(201)["value"], json!(12.5));
}

async fn the_null_character_is_refused_everywhere(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let objective = "2020-Q1.devrel.O1";
    let refusals = [
        (a_key_result(&app, objective, json!({"kind": "MILESTONE", "title": "a\u{0}b"})).await, "/title"),
        (app.patch(&format!("/v1/objectives/{objective}"), "*", json!({"whyNow": "\u{0}"})).await, "/whyNow"),
        (a_check_in(&app, &address, "2020-02-01", json!({"value": 1, "evidence": "x\u{0}"})).await, "/evidence"),
        (app.post("/v1/teams", json!({"key": "a", "name": "\u{0}a", "kind": "TEAM"})).await, "/name"),
        (app.post("/v1/initiatives", json!({"title": "\u{0}", "team": "devrel"})).await, "/title"),
    ];

    for (refusal, field) in refusals {
        assert_eq!(refused(&refusal.problem(422, "INVALID_TEXT")), [(field.to_owned(), "INVALID_TEXT".to_owned())]);
    }
    for path in ["/v1/teams/a%00b", "/v1/objectives/%00", "/v1/check-ins?keyResult=%00", "/v1/external/key-results/%00"] {
        let answer = app.get(path).await;
        assert!((400..500).contains(&answer.status), "{answer:?}");
    }
}

async fn every_script_is_kept(app: App) {
    let objective = a_first_objective(&app).await;
    for title in
        ["Größer als 5 €", "目標を達成する", "הצלחה", "👩‍👩‍👧‍👦 family", "e\u{301} and é", "\u{202e}txet", "'; drop table teams; --", "a\\b\"c"]
    {
        let made = a_key_result(&app, &objective, json!({"kind": "MILESTONE", "title": title})).await.expect(201);

        let read = app.get(&format!("/v1/key-results/{}", text(&made["address"]))).await.expect(200);

        assert_eq!(read["title"], title);
    }
}

async fn the_longest_text_is_kept_and_a_longer_one_refused(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let longest = "ü".repeat(20_000);

    let made = a_check_in(&app, &address, "2020-02-01", json!({"evidence": longest})).await.expect(201);

    assert_eq!(made["evidence"], longest);
    let longer = a_check_in(&app, &address, "2020-02-01", json!({"evidence": "ü".repeat(20_001)})).await;
    longer.problem(422, "TOO_LONG");
    let title = a_key_result(&app, "2020-Q1.devrel.O1", json!({"kind": "MILESTONE", "title": "x".repeat(1_001)})).await;
    title.problem(422, "TOO_LONG");
}

async fn blank_is_the_same_as_nothing(app: App) {
    let objective = a_first_objective(&app).await;

    a_key_result(&app, &objective, json!({"kind": "MILESTONE", "title": "  "})).await.problem(422, "REQUIRED");
    let made = a_key_result(&app, &objective, json!({"kind": "MILESTONE", "proxyFor": " \t"})).await.expect(201);

    assert_eq!(made["proxyFor"], Value::Null);
}

async fn a_value_of_the_wrong_type_is_malformed(app: App) {
    a_quarter(&app).await;
    for body in [
        json!({"cycle": "2020-Q1", "team": "devrel", "title": 5}),
        json!({"cycle": "2020-Q1", "team": "devrel", "title": "x", "kind": "impact"}),
        json!({"cycle": "2020-Q1", "team": "devrel", "title": "x", "weight": {}}),
        json!({"cycle": "2020-Q1", "team": "devrel", "title": "x", "alignments": "O1"}),
        json!({"cycle": "2020-Q1", "team": "devrel"}),
        json!([]),
        json!(null),
        json!("text"),
    ] {
        let answer = app.post("/v1/objectives", body.clone()).await;

        assert!([400, 422].contains(&answer.status), "{answer:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    post_text(&app, "/v1/objectives", "{\"title\": ".to_owned()).await.problem(400, "MALFORMED");
    post_text(&app, "/v1/objectives", String::new()).await.problem(400, "MALFORMED");
}

async fn an_unknown_field_is_refused(app: App) {
    a_quarter(&app).await;

    let answer = app.post("/v1/objectives", json!({"cycle": "2020-Q1", "team": "devrel", "title": "x", "titel": "y"})).await;

    assert!(answer.text.contains("UNKNOWN_FIELD") && answer.text.contains("titel") && answer.status < 500, "{answer:?}");
}

async fn an_unknown_parameter_is_refused(app: App) {
    let answer = app.get("/v1/objectives?statuss=DRAFT").await;

    assert!(answer.status == 400 && answer.text.contains("statuss"), "{answer:?}");
}

async fn dates_that_no_calendar_has_are_refused(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    for day in ["2020-02-30", "2020-13-01", "20200201", "", "0000-00-00", "-0001-01-01", "99999-01-01", "1899-12-31"] {
        let answer = a_check_in(&app, &address, day, json!({"value": 1})).await;

        assert!([400, 422].contains(&answer.status), "{day}: {answer:?}");
    }
}
