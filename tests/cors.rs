//! Browsers: pages of the origins that are allowed may call both doors and read every answer, other pages none.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::harness::{App, Backend, Response, both};

both![
    an_allowed_origin_reads_answers_and_refusals,
    an_allowed_origin_may_send_what_changes_need,
    another_origin_is_given_nothing,
    without_an_allowed_origin_there_is_none,
];

const ORIGIN: &str = "https://okrs.example.org";
const OTHER: &str = "https://evil.example.org";
const ALLOWED: &str = "access-control-allow-origin";
/// Headers of answers that scripts of a page may read.
const EXPOSED: [&str; 10] = [
    "deprecation",
    "etag",
    "idempotency-replayed",
    "link",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "sunset",
    "x-request-id",
];

async fn allowing(backend: Backend) -> App {
    App::start(backend, &["--allow-origin", ORIGIN, "--rate-limit-unauthenticated", "1"]).await
}

/// Answers of both doors, of all kinds.
async fn answers(app: &App, origin: &str) -> Vec<Response> {
    let stranger = app.anonymous();
    let large = json!({"key": "a", "name": "x".repeat(1 << 20), "kind": "TEAM"});
    let requests = [
        (app.request(Method::GET, "/v1/teams"), 200),
        (app.request(Method::POST, "/graphql").json(&json!({"query": "{ me { role } }"})), 200),
        (app.request(Method::POST, "/graphql").json(&json!({"query": "{"})), 200),
        (app.request(Method::GET, "/v1/teams?limit=0"), 400),
        (app.request(Method::GET, "/v1/teams/nobody"), 404),
        (app.request(Method::GET, "/v1/nothing"), 404),
        (app.request(Method::PUT, "/v1/teams"), 405),
        (app.request(Method::POST, "/v1/teams").json(&large), 413),
        (app.request(Method::POST, "/v1/teams").body("x"), 415),
        (app.request(Method::POST, "/v1/teams").json(&json!({"key": "-", "name": "a", "kind": "TEAM"})), 422),
        (app.request(Method::DELETE, "/v1/teams/nobody"), 428),
        (stranger.request(Method::GET, "/v1/teams"), 401),
        (stranger.request(Method::GET, "/v1/teams"), 429),
        (stranger.request(Method::POST, "/graphql").json(&json!({"query": "{ me { role } }"})), 429),
    ];
    let mut answers = Vec::new();
    for (request, status) in requests {
        answers.push(app.send(request.header("origin", origin)).await.expect(status));
    }
    answers
}

async fn preflight(app: &App, origin: &str, path: &str, method: &str, headers: &str) -> Response {
    let request = app.anonymous().request(Method::OPTIONS, path).header("origin", origin);

    app.send(request.header("access-control-request-method", method).header("access-control-request-headers", headers)).await
}

fn names(answer: &Response, header: &str) -> BTreeSet<String> {
    answer.header(header).split(',').map(|name| name.trim().to_lowercase()).collect()
}

async fn an_allowed_origin_reads_answers_and_refusals(backend: Backend) {
    let app = allowing(backend).await;

    for answer in answers(&app, ORIGIN).await {
        assert_eq!(answer.find(ALLOWED), Some(ORIGIN), "{answer:?}");
        assert_eq!(names(&answer, "access-control-expose-headers"), EXPOSED.map(str::to_owned).into(), "{answer:?}");
        assert!(answer.header("vary").to_lowercase().contains("origin"), "{answer:?}");
        assert_eq!(answer.find("access-control-allow-credentials"), None, "tokens are sent by hand, never by the browser");
    }
}

async fn an_allowed_origin_may_send_what_changes_need(backend: Backend) {
    let app = allowing(backend).await;
    for (path, method) in [("/v1/teams/devrel", "PATCH"), ("/v1/teams/devrel", "DELETE"), ("/v1/teams", "POST"), ("/graphql", "POST")] {
        let told = preflight(&app, ORIGIN, path, method, "authorization,content-type,if-match").await;

        assert!([200, 204].contains(&told.status), "{told:?}");
        assert_eq!(told.find(ALLOWED), Some(ORIGIN));
        assert!(names(&told, "access-control-allow-methods").contains(&method.to_lowercase()), "{told:?}");
        let headers = names(&told, "access-control-allow-headers");
        assert!(["authorization", "content-type", "if-match"].iter().all(|name| headers.contains(*name)), "{told:?}");
    }
}

async fn another_origin_is_given_nothing(backend: Backend) {
    let app = allowing(backend).await;

    for answer in answers(&app, OTHER).await {
        assert_eq!(answer.find(ALLOWED), None, "{answer:?}");
    }
    for path in ["/v1/teams/devrel", "/graphql"] {
        let told = preflight(&app, OTHER, path, "POST", "authorization").await;
        assert_eq!((told.find(ALLOWED), told.find("access-control-allow-headers")), (None, None), "{told:?}");
    }
}

async fn without_an_allowed_origin_there_is_none(app: App) {
    let answer = app.send(app.request(Method::GET, "/v1/teams").header("origin", ORIGIN)).await.expect(200);

    assert_eq!(answer.find(ALLOWED), None);
}
