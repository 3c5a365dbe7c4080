//! What cannot be answered is a problem that says why.

use reqwest::Method;
use serde_json::{Value, json};

use super::formats::reads;
use crate::harness::{App, Response, both};
use crate::world::World;

both![
    an_unknown_parameter_is_refused_by_every_read,
    an_unknown_parameter_of_a_write_writes_nothing,
    a_parameter_is_given_once,
    a_value_of_a_filter_that_does_not_exist_is_refused,
    a_filter_by_a_thing_that_does_not_exist_is_refused,
    a_method_that_is_not_there_is_refused_with_those_that_are,
    options_tells_the_methods,
    a_type_that_cannot_be_given_is_refused,
    a_body_of_another_type_is_refused_with_those_that_are_understood,
    a_body_that_is_too_large_is_refused,
    a_body_that_is_not_json_is_refused,
    all_broken_fields_are_named_at_once,
    an_address_that_nothing_is_served_at_is_a_problem,
    the_type_of_a_problem_can_be_read,
];

#[track_caller]
fn is_whole(answer: &Response) {
    for member in ["type", "title", "detail", "instance", "code", "requestId"] {
        assert!(answer[member].as_str().is_some_and(|text| !text.is_empty()), "no {member} in {answer:?}");
    }
    assert_eq!(answer["status"], answer.status);
    assert_eq!(answer["requestId"], answer.header("x-request-id"));
}

async fn an_unknown_parameter_is_refused_by_every_read(app: App) {
    let world = World::made_by(&app).await;
    let mut lenient = Vec::new();
    for path in reads(&app, &world).await {
        let answer = app.get(&format!("{path}{}nonsense=1", if path.contains('?') { "&" } else { "?" })).await;
        if answer.status != 400 || !answer.text.contains("nonsense") {
            lenient.push(path);
        }
    }

    assert_eq!(lenient, Vec::<String>::new());
}

async fn an_unknown_parameter_of_a_write_writes_nothing(app: App) {
    let team = json!({"key": "devrel", "name": "DevRel", "kind": "TEAM"});

    is_whole(&app.post("/v1/teams?dryRun=true", team).await.problem(400, "UNKNOWN_FIELD"));

    app.get("/v1/teams/devrel").await.problem(404, "NOT_FOUND");
}

async fn a_parameter_is_given_once(app: App) {
    is_whole(&app.get("/v1/teams?limit=1&limit=2").await.expect(400));
}

async fn a_value_of_a_filter_that_does_not_exist_is_refused(app: App) {
    for query in ["kind=ARMY", "kind=TEAM,ARMY", "kind=team", "updatedSince=yesterday"] {
        let refused = app.get(&format!("/v1/teams?{query}")).await.expect(400);
        assert_eq!(refused["errors"][0]["parameter"], query.split('=').next().unwrap_or_default(), "{refused:?}");
    }
}

async fn a_filter_by_a_thing_that_does_not_exist_is_refused(app: App) {
    let refused = app.get("/v1/objectives?team=nobody&cycle=never").await.expect(422);

    let parameters: Vec<&Value> = refused["errors"].as_array().expect("errors").iter().map(|error| &error["parameter"]).collect();
    assert_eq!(json!(parameters), json!(["cycle", "team"]));
}

async fn a_method_that_is_not_there_is_refused_with_those_that_are(app: App) {
    let refused = app.send(app.request(Method::PUT, "/v1/teams")).await.problem(405, "METHOD_NOT_ALLOWED");

    is_whole(&refused);
    assert_eq!(refused.header("allow"), "GET, HEAD, POST, OPTIONS");
}

async fn options_tells_the_methods(app: App) {
    let told = app.send(app.request(Method::OPTIONS, "/v1/teams")).await.expect(204);

    assert_eq!(told.header("allow"), "GET, HEAD, POST, OPTIONS");
}

async fn a_type_that_cannot_be_given_is_refused(app: App) {
    World::made_by(&app).await;
    for path in ["/v1/teams", "/v1/teams/devrel", "/v1/cycles/2025-Q4/scores", "/v1/cycles/2025-Q4/export"] {
        let refused = app.send(app.request(Method::GET, path).header("accept", "image/png")).await.problem(406, "NOT_ACCEPTABLE");
        is_whole(&refused);
    }
    let table = app.request(Method::GET, "/v1/teams").header("accept", "text/csv;q=0.5, application/json;q=0.1");
    assert_eq!(app.send(table).await.expect(200).header("content-type"), "text/csv; charset=utf-8");
}

async fn a_body_of_another_type_is_refused_with_those_that_are_understood(app: App) {
    let request = app.request(Method::POST, "/v1/teams").header("content-type", "text/plain").body("{}");

    let refused = app.send(request).await.problem(415, "UNSUPPORTED_MEDIA_TYPE");

    is_whole(&refused);
    assert!(refused.header("accept").contains("application/json"));
}

async fn a_body_that_is_too_large_is_refused(app: App) {
    let team = json!({"key": "a", "name": "x".repeat(1 << 20), "kind": "TEAM"});

    is_whole(&app.post("/v1/teams", team).await.problem(413, "PAYLOAD_TOO_LARGE"));
}

async fn a_body_that_is_not_json_is_refused(app: App) {
    for body in ["", "{", "{} {}", "\u{feff}{}", "null", "[]"] {
        let request = app.request(Method::POST, "/v1/teams").header("content-type", "application/json").body(body);
        is_whole(&app.send(request).await.expect(400));
    }
}

async fn all_broken_fields_are_named_at_once(app: App) {
    let refused = app.post("/v1/teams", json!({"name": 7, "kind": "ARMY", "colour": "red"})).await.expect(400);

    let pointers: Vec<&str> = refused["errors"].as_array().expect("errors").iter().filter_map(|error| error["pointer"].as_str()).collect();
    for pointer in ["/name", "/kind", "/colour", "/key"] {
        assert!(pointers.contains(&pointer), "no {pointer} in {refused:?}");
    }
}

async fn an_address_that_nothing_is_served_at_is_a_problem(app: App) {
    is_whole(&app.get("/v1/nothing").await.problem(404, "NOT_FOUND"));
}

async fn the_type_of_a_problem_can_be_read(app: App) {
    let refused = app.get("/v1/teams/nobody").await.problem(404, "NOT_FOUND");

    app.anonymous().get(refused["type"].as_str().expect("a type")).await.expect(200);
}
