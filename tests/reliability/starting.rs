//! Many processes may start at once on one database that nobody prepared.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::JoinSet;

use crate::harness::{Client, Database, Server, both};

both![eight_servers_start_at_once_on_an_empty_database_and_one_has_the_token];

async fn eight_servers_start_at_once_on_an_empty_database_and_one_has_the_token(database: Arc<Database>) {
    let mut starting = JoinSet::new();
    for _ in 0..8 {
        let database = Arc::clone(&database);
        starting.spawn_blocking(move || Handle::current().block_on(Server::start(&database, &[])));
    }
    let servers = starting.join_all().await;

    let tokens: Vec<String> = servers.iter().filter_map(Server::owner_token).collect();
    assert_eq!(tokens.len(), 1, "exactly one server makes the workspace and prints its token");
    for server in &servers {
        Client::new(server.url(), tokens.first().cloned()).get("/v1/me").await.expect(200);
    }
}
