//! What tests begin with: a quarter that is long over, so that no result depends on today.

use serde_json::{Value, json};

use crate::harness::{Client, Response};

/// The team `devrel` and the cycle `2020-Q1`, which is active.
pub(crate) async fn a_quarter(client: &Client) {
    client.post("/v1/teams", json!({"key": "devrel", "name": "DevRel", "kind": "TEAM"})).await.expect(201);
    let quarter = json!({"key": "2020-Q1", "start": "2020-01-01", "end": "2020-04-30", "status": "ACTIVE"});
    client.post("/v1/cycles", quarter).await.expect(201);
}

/// A published objective of `devrel` in `2020-Q1`. Its address is given back.
pub(crate) async fn an_objective(client: &Client, title: &str) -> String {
    let objective = json!({"cycle": "2020-Q1", "team": "devrel", "title": title, "status": "PUBLISHED"});
    let made = client.post("/v1/objectives", objective).await.expect(201);

    text(&made["address"])
}

/// The objective `2020-Q1.devrel.O1`, in a quarter of its own.
pub(crate) async fn a_first_objective(client: &Client) -> String {
    a_quarter(client).await;
    an_objective(client, "Newcomers stay").await
}

/// A key result from 6 January to 5 April 2020, which are thirteen whole weeks.
pub(crate) async fn a_key_result(client: &Client, objective: &str, fields: Value) -> Response {
    let mut key_result = json!({"objective": objective, "title": "Measured", "start": "2020-01-06", "due": "2020-04-05"});
    for (name, value) in fields.as_object().expect("fields are an object") {
        key_result[name] = value.clone();
    }
    client.post("/v1/key-results", key_result).await
}

/// `2020-Q1.devrel.O1-KR1`, from 0 to 100.
pub(crate) async fn a_way_to_a_hundred(client: &Client) -> String {
    let objective = a_first_objective(client).await;
    let made = a_key_result(client, &objective, json!({"kind": "REACH", "baseline": 0, "target": 100})).await.expect(201);

    text(&made["address"])
}

pub(crate) async fn a_check_in(client: &Client, key_result: &str, on: &str, reading: Value) -> Response {
    let mut check_in = json!({"keyResult": key_result, "on": on});
    for (name, value) in reading.as_object().expect("a reading is an object") {
        check_in[name] = value.clone();
    }
    client.post("/v1/check-ins", check_in).await
}

/// What a key result is worth.
pub(crate) async fn the_score(client: &Client, key_result: &str) -> Response {
    client.get(&format!("/v1/key-results/{key_result}/score")).await.expect(200)
}

/// The codes of a problem's fields, by their pointers.
pub(crate) fn refused(problem: &Response) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();

    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("expected a text, not {value}")).to_owned()
}

/// An answer to the world's question in its later wave, of an account on the forum or anonymous.
pub(crate) fn an_answer(source_id: &str, value: u64, of: Option<&str>) -> Value {
    let member = of.map(|account| json!({"platform": "forum", "type": "username", "value": account}));
    json!({
        "survey": "reps", "wave": "2026-01", "question": "recommend", "value": value, "member": member,
        "submittedAt": "2026-01-05T09:30:00Z", "sourceId": source_id,
    })
}

/// Sends answers; what became of each is in the answer.
pub(crate) async fn send(client: &Client, responses: &[Value]) -> Response {
    client.post("/v1/responses/batch", json!(responses)).await.expect(200)
}
