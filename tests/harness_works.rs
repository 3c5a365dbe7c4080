//! The harness itself: what it starts, it also ends, and its answers can be relied on.

use std::sync::Arc;

use serde_json::json;

use crate::harness::{App, Backend, Client, Database, Server, both, redacted};

both![
    a_killed_server_starts_again_on_its_data,
    a_role_is_not_the_owner,
    another_workspace_is_elsewhere,
    two_servers_serve_one_database,
    options_reach_the_server,
];

#[test]
fn both_databases_are_here() {
    let message = "PostgreSQL was not found: install its server or set TEST_POSTGRES_URL. Half of the tests did not run.";
    if cfg!(not(postgres)) {
        assert!(std::env::var_os("CI").is_none(), "{message}");
        use std::io::Write;
        // Past the capture of the test runner: this must be seen when everything else is green.
        let _ = writeln!(std::io::stderr(), "\n==> {message} <==\n");
    }
}

async fn a_killed_server_starts_again_on_its_data(mut app: App) {
    let before = app.get("/v1/me").await.expect(200);

    app.server.kill();
    app.server.restart().await;

    let after = app.get("/v1/me").await.expect(200);
    assert_eq!(after.json(), before.json());
    app.server.stop();
}

async fn a_role_is_not_the_owner(app: App) {
    let owner = app.get("/v1/me").await.expect(200);

    let viewer = app.as_role("viewer").get("/v1/me").await.expect(200);

    assert_ne!(viewer.json(), owner.json());
    app.anonymous().get("/v1/me").await.problem(401, "UNAUTHENTICATED");
}

async fn another_workspace_is_elsewhere(app: App) {
    let stranger = app.elsewhere().get("/v1/me").await.expect(200);

    assert_ne!(stranger.json(), app.get("/v1/me").await.json());
}

async fn two_servers_serve_one_database(database: Arc<Database>) {
    let first = Server::start(&database, &[]).await;
    let second = Server::start(&database, &[]).await;

    let token = first.owner_token();

    assert!(token.is_some() && second.owner_token().is_none(), "the first start alone prints the token");
    Client::new(second.url(), token).get("/v1/me").await.expect(200);
}

async fn options_reach_the_server(backend: Backend) {
    let app = App::start(backend, &["--demo"]).await;

    app.get("/v1/me").await.expect(200);
}

#[test]
fn ids_and_times_are_redacted() {
    let answer = json!({"id": "kr_01h455vb4pex5vsknk084sn02q", "at": "2026-11-20T08:00:00.125Z", "key": "key_result", "n": [1, "wmk_x"]});

    assert_eq!(redacted(&answer), json!({"id": "<kr>", "at": "<time>", "key": "key_result", "n": [1, "<token>"]}));
}
