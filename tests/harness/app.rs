use std::ops::Deref;

use super::client::Client;
use super::database::{Backend, Database};
use super::server::Server;

/// A server on a database of its own, called by the owner of its first workspace.
pub(crate) struct App {
    pub(crate) server: Server,
    owner: Client,
}

impl App {
    pub(crate) async fn start(backend: Backend, options: &[&str]) -> Self {
        let server = Server::start(&Database::migrated(backend), options).await;
        let token = server.owner_token().unwrap_or_else(|| panic!("the first start printed no owner token:\n{}", server.log()));
        let owner = Client::new(server.url(), Some(token));

        Self { server, owner }
    }

    /// A caller of the same workspace with another role. To be asked for before `elsewhere`: the
    /// command line refuses to guess between two workspaces.
    pub(crate) fn as_role(&self, role: &str) -> Client {
        let token = self.server.database.run(&["token", "create", "--role", role, "--name", role]);

        self.with_token(&token)
    }

    /// The owner of another workspace in the same database.
    pub(crate) fn elsewhere(&self) -> Client {
        let printed = self.server.database.run(&["workspace", "create", "--name", "Elsewhere"]);
        let token = printed.lines().find_map(|line| line.strip_prefix("owner token: ")).expect("a workspace comes with a token");

        self.with_token(token)
    }
}

impl Deref for App {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.owner
    }
}
