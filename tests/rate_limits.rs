//! What one caller may ask: told with every answer, and refused beyond that.

use reqwest::Method;
use serde_json::json;

use crate::harness::{App, Backend, Response, both};

both![
    every_answer_to_a_token_says_what_is_left,
    a_token_that_asks_too_much_is_told_when_to_come_back,
    a_refused_graphql_request_is_one_of_graphql,
    tokens_do_not_take_from_each_other,
    strangers_are_counted_by_their_address_and_leave_tokens_alone,
    what_operators_and_readers_need_is_not_counted,
    without_a_limit_there_are_no_headers,
    the_usual_limit_is_far_away,
];

const POLICY: &str = "ratelimit-policy";

async fn limited(backend: Backend, token: &str, stranger: &str) -> App {
    App::start(backend, &["--rate-limit", token, "--rate-limit-unauthenticated", stranger]).await
}

/// The requests that are left.
#[track_caller]
fn left(answer: &Response) -> u32 {
    let text = answer.header("ratelimit");
    let left = text.split(';').find_map(|part| part.strip_prefix("r="));

    left.and_then(|left| left.parse().ok()).unwrap_or_else(|| panic!("no number of requests in {text}"))
}

async fn every_answer_to_a_token_says_what_is_left(backend: Backend) {
    let app = limited(backend, "600", "off").await;
    let answers = [
        app.get("/v1/teams").await.expect(200),
        app.get("/v1/teams/nobody").await.expect(404),
        app.get("/v1/nothing").await.expect(404),
        app.get("/v1/teams?nonsense=1").await.expect(400),
        app.send(app.request(Method::PUT, "/v1/teams")).await.expect(405),
        app.send(app.request(Method::GET, "/v1/teams").header("accept", "image/png")).await.expect(406),
        app.post("/v1/teams", json!({"key": "-", "name": "", "kind": "TEAM"})).await.expect(422),
        app.post("/v1/teams", json!({"key": "a", "name": "x".repeat(1 << 20), "kind": "TEAM"})).await.expect(413),
        app.graphql("{ me { role } }", json!({})).await.expect(200),
        app.graphql("{ nonsense }", json!({})).await.expect(400),
    ];

    let mut before = 600;
    for answer in answers {
        assert_eq!(answer.header(POLICY), "\"default\";q=600;w=60");
        // The bucket fills up by ten a second.
        let now = left(&answer);
        assert!(now >= before - 1 && now < 600, "{before} were left, now {now}: {answer:?}");
        before = now;
    }
}

async fn a_token_that_asks_too_much_is_told_when_to_come_back(backend: Backend) {
    let app = limited(backend, "2", "off").await;
    assert_eq!([left(&app.get("/v1/me").await.expect(200)), left(&app.get("/v1/me").await.expect(200))], [1, 0]);

    let refused = app.get("/v1/me").await.problem(429, "RATE_LIMITED");

    let wait: u32 = refused.header("retry-after").parse().expect("a number of seconds");
    assert!((1..=30).contains(&wait), "{refused:?}");
    assert_eq!((left(&refused), refused.header(POLICY)), (0, "\"default\";q=2;w=60"));
    assert_eq!(refused["requestId"], refused.header("x-request-id"));
}

async fn a_refused_graphql_request_is_one_of_graphql(backend: Backend) {
    let app = limited(backend, "1", "off").await;
    app.graphql("{ me { role } }", json!({})).await.expect(200);

    let refused = app.graphql("{ me { role } }", json!({})).await.expect(429);

    assert_eq!(refused.header("content-type"), "application/graphql-response+json; charset=utf-8");
    assert_eq!(refused["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    assert!(refused.json().get("data").is_none() && refused.find("retry-after").is_some(), "{refused:?}");
}

async fn tokens_do_not_take_from_each_other(backend: Backend) {
    let app = limited(backend, "1", "off").await;
    let viewer = app.as_role("viewer");
    app.get("/v1/me").await.expect(200);
    app.get("/v1/me").await.expect(429);

    viewer.get("/v1/me").await.expect(200);
}

async fn strangers_are_counted_by_their_address_and_leave_tokens_alone(backend: Backend) {
    let app = limited(backend, "off", "2").await;
    let guess = app.with_token("wmk_guessed");
    app.anonymous().get("/v1/teams").await.problem(401, "UNAUTHENTICATED");
    assert_eq!(guess.get("/v1/teams").await.expect(401).header(POLICY), "\"unauthenticated\";q=2;w=60");

    guess.get("/v1/teams").await.problem(429, "RATE_LIMITED");
    assert_eq!(guess.graphql("{ me { role } }", json!({})).await.expect(429)["errors"][0]["extensions"]["code"], "RATE_LIMITED");

    assert_eq!(app.get("/v1/teams").await.expect(200).find("ratelimit"), None);
}

async fn what_operators_and_readers_need_is_not_counted(backend: Backend) {
    let app = limited(backend, "1", "1").await;
    let stranger = app.anonymous();
    stranger.get("/v1/me").await.expect(401);
    stranger.get("/v1/me").await.expect(429);
    for path in ["/livez", "/readyz", "/metrics", "/docs", "/graphiql", "/openapi.json", "/graphql/schema.graphql", "/"] {
        let answer = stranger.get(path).await.expect(200);
        assert_eq!(answer.find("ratelimit"), None, "{path}");
    }
    stranger.send(stranger.request(Method::OPTIONS, "/v1/teams")).await.expect(204);
}

async fn without_a_limit_there_are_no_headers(backend: Backend) {
    let app = limited(backend, "0", "off").await;

    for answer in [app.get("/v1/me").await.expect(200), app.anonymous().get("/v1/me").await.expect(401)] {
        assert_eq!((answer.find("ratelimit"), answer.find(POLICY)), (None, None));
    }
}

async fn the_usual_limit_is_far_away(app: App) {
    assert!(left(&app.get("/v1/me").await.expect(200)) > 100_000);
}
