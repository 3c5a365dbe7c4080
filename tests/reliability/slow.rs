//! Bodies that are too slow or too large hold nobody up.

use std::time::Duration;

use serde_json::json;

use super::raw;
use crate::harness::{App, both};

both![a_body_that_does_not_arrive_is_given_up, a_body_that_is_too_large_is_refused, a_body_that_is_too_large_to_import_is_refused];

async fn a_body_that_does_not_arrive_is_given_up(app: App) {
    let mut stream = raw::connected(&app).await;
    raw::send(&mut stream, &raw::head(&app, "POST", "/v1/teams", 100)).await;
    raw::send(&mut stream, "{").await;

    let (status, text) = raw::answer(&mut stream, Duration::from_secs(25)).await.expect("the slow client is told");

    assert!(status == 408 && text.contains("REQUEST_TIMEOUT"), "{text}");
    app.get("/v1/me").await.expect(200);
}

async fn a_body_that_is_too_large_is_refused(app: App) {
    let mut stream = raw::connected(&app).await;
    raw::send(&mut stream, &raw::head(&app, "POST", "/v1/teams", 200_000_000)).await;
    let (status, text) = raw::answer(&mut stream, Duration::from_secs(10)).await.expect("refused before it is sent");
    assert!(status == 413 && text.contains("PAYLOAD_TOO_LARGE"), "{text}");

    let mut query = raw::connected(&app).await;
    raw::send(&mut query, &raw::head(&app, "POST", "/graphql", 200_000_000)).await;
    assert_eq!(raw::answer(&mut query, Duration::from_secs(10)).await.map(|answer| answer.0), Some(413));
}

async fn a_body_that_is_too_large_to_import_is_refused(app: App) {
    let text = "x".repeat(9 << 20);

    // The client may still be sending when it is refused, and then sees the connection closed.
    let sent = app.request(reqwest::Method::POST, "/v1/import").json(&json!({"documents": [{"path": "a", "text": text}]})).send().await;

    assert!(sent.map_or(true, |answer| answer.status() == 413));
    app.get("/v1/me").await.expect(200);
}
