//! What an operator sees.

use reqwest::Method;
use serde_json::json;

use crate::harness::{App, both};

both![
    requests_are_counted_by_the_pattern_of_their_route,
    answers_are_timed,
    what_clients_make_up_adds_no_lines,
    an_operator_sees_the_process_and_its_version,
];

/// The value of a line, zero where there is none.
async fn value(app: &App, line: &str) -> f64 {
    let text = app.anonymous().get("/metrics").await.expect(200).text;
    let found = text.lines().find_map(|other| other.strip_prefix(line)?.strip_prefix(' '));

    found.map_or(0.0, |number| number.parse().unwrap_or_else(|error| panic!("{line} {number}: {error}")))
}

async fn requests_are_counted_by_the_pattern_of_their_route(app: App) {
    app.post("/v1/teams", json!({"key": "devrel", "name": "DevRel", "kind": "TEAM"})).await.expect(201);
    app.get("/v1/teams/devrel").await.expect(200);
    app.get("/v1/teams/nobody").await.expect(404);
    app.anonymous().get("/v1/teams/nobody").await.expect(401);
    app.graphql("{ me { role } }", json!({})).await.expect(200);

    for (labels, count) in [
        (r#"method="POST",route="/v1/teams",status="2xx""#, 1.0),
        (r#"method="GET",route="/v1/teams/{team}",status="2xx""#, 1.0),
        (r#"method="GET",route="/v1/teams/{team}",status="4xx""#, 2.0),
        (r#"method="POST",route="/graphql",status="2xx""#, 1.0),
    ] {
        assert_eq!(value(&app, &format!("waymark_http_requests_total{{{labels}}}")).await, count, "{labels}");
    }
}

async fn answers_are_timed(app: App) {
    app.get("/v1/teams").await.expect(200);
    let line = |part: &str| format!("waymark_http_request_duration_seconds_{part}{{method=\"GET\",route=\"/v1/teams\"");

    assert_eq!(value(&app, &format!("{}}}", line("count"))).await, 1.0);
    assert_eq!(value(&app, &format!("{},le=\"+Inf\"}}", line("bucket"))).await, 1.0);
    assert!(value(&app, &format!("{}}}", line("sum"))).await > 0.0);
    // The request for the metrics themselves.
    assert_eq!(value(&app, "waymark_http_requests_in_flight").await, 1.0);
}

async fn what_clients_make_up_adds_no_lines(app: App) {
    for number in 0..20 {
        app.get(&format!("/v1/secret-{number}/{number}")).await.expect(404);
        app.get(&format!("/v1/teams/secret-{number}")).await.expect(404);
        let method = Method::from_bytes(format!("SECRET{number}").as_bytes()).expect("a method");
        app.send(app.request(method, "/v1/teams")).await.expect(405);
    }

    let text = app.anonymous().get("/metrics").await.expect(200).text;

    assert!(!text.to_lowercase().contains("secret"), "{text}");
    let lines = text.lines().filter(|line| line.starts_with("waymark_http_requests_total"));
    assert!(lines.count() <= 5, "{text}");
    assert_eq!(value(&app, r#"waymark_http_requests_total{method="GET",route="unmatched",status="4xx"}"#).await, 20.0);
}

async fn an_operator_sees_the_process_and_its_version(app: App) {
    let version = app.get("/").await.expect(200)["version"].as_str().expect("a version").to_owned();

    assert_eq!(value(&app, &format!("waymark_build_info{{version=\"{version}\"}}")).await, 1.0);
    for line in ["process_start_time_seconds", "process_resident_memory_bytes", "process_open_fds", "waymark_sql_statements_total"] {
        assert!(value(&app, line).await > 0.0, "{line}");
    }
}
