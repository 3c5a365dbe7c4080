//! SIGTERM: what is running is finished, and nothing new is begun.

use std::time::Duration;

use super::raw;
use crate::harness::{App, both};

both![a_stopping_server_is_not_ready_and_finishes_what_is_running];

async fn a_stopping_server_is_not_ready_and_finishes_what_is_running(mut app: App) {
    let body = r#"{"key": "devrel", "name": "DevRel", "kind": "TEAM"}"#;
    let (early, late) = body.split_at(20);
    let mut running = raw::connected(&app).await;
    raw::send(&mut running, &raw::head(&app, "POST", "/v1/teams", body.len())).await;
    raw::send(&mut running, early).await;
    let mut balancer = raw::connected(&app).await;
    let ask = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    raw::send(&mut balancer, ask).await;
    assert_eq!(raw::answer(&mut balancer, PATIENCE).await.map(|answer| answer.0), Some(200));

    app.server.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;

    raw::send(&mut balancer, ask).await;
    let (status, text) = raw::answer(&mut balancer, PATIENCE).await.expect("the balancer is told");
    assert!(status == 503 && text.to_lowercase().contains("retry-after"), "{text}");
    raw::send(&mut running, late).await;
    let (status, text) = raw::answer(&mut running, PATIENCE).await.expect("the request is finished");
    assert_eq!(status, 201, "{text}");
    drop((running, balancer));
    app.server.has_stopped();
    app.server.restart().await;
    app.get("/v1/teams/devrel").await.expect(200);
}

const PATIENCE: Duration = Duration::from_secs(20);
