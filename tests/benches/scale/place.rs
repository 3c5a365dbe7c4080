//! A community and the server that knows it.

use std::fs;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;

use crate::community::{ASKED, turning};
use crate::copying;
use crate::harness::client::Client;
use crate::harness::database::{Backend, Database};
use crate::harness::postgres::OwnPostgres;
use crate::harness::server::Server;
use crate::options::Options;

/// Bodies that are under way at once: one is read while another is written.
const AT_ONCE: usize = 2;

pub(crate) struct Place {
    client: Client,
    server: Server,
    /// Durable, as it comes; none on SQLite.
    postgres: Option<OwnPostgres>,
    process: u32,
}

impl Place {
    pub(crate) async fn open(options: &Options, name: &str) -> Self {
        let postgres = (!options.is_sqlite).then(|| OwnPostgres::start().expect("PostgreSQL is installed"));
        let database = postgres.as_ref().map_or_else(|| Database::empty(Backend::Sqlite), Database::on);
        let others = processes();
        let server = Server::start(&database, &[]).await;
        let process = *processes().iter().find(|process| !others.contains(process)).expect("the server is a process of ours");
        let client = Client::new(server.url(), server.owner_token());
        let workspace = client.get("/v1/workspace").await.expect(200);
        let changes = json!({"name": name, "timeZone": "Europe/Berlin"});
        client.patch("/v1/workspace", workspace.etag(), changes).await.expect(200);
        Self { client, server, postgres, process }
    }

    pub(crate) fn prepare(&self) {
        if let Some(postgres) = &self.postgres {
            copying::prepare(postgres);
        }
    }

    pub(crate) fn last_told(&self) -> Option<String> {
        self.postgres.as_ref().map(copying::last_told)
    }

    /// How long `COPY` takes for what was told since.
    pub(crate) fn copied(&self, since: &str) -> Duration {
        let postgres = self.postgres.as_ref().expect("PostgreSQL has been asked");
        copying::copied(postgres, since, self.server.database.folder())
    }

    /// Sends bodies, and tells how long that took.
    pub(crate) async fn tell(&self, bodies: Vec<String>) -> Duration {
        let started = Instant::now();
        let mut sending = JoinSet::new();
        for body in bodies {
            if sending.len() == AT_ONCE {
                sending.join_next().await;
            }
            let client = self.client.clone();
            sending.spawn(async move {
                let request = client.request(Method::POST, "/v1/events/batch").header("content-type", "application/x-ndjson").body(body);
                let answer = client.send(request).await.expect(200);
                assert_eq!(answer["rejected"], 0, "{answer:?}");
            });
        }
        let sent = sending.join_all().await;
        drop(sent);
        started.elapsed()
    }

    /// Asks for the series, and tells how long that took.
    pub(crate) async fn series(&self) -> Duration {
        let started = Instant::now();
        let answer = self.client.get(ASKED).await.expect(200);
        let taken = started.elapsed();
        assert_eq!(answer["points"].as_array().map(Vec::len), Some(12));
        taken
    }

    /// Some members become staff in the midst of months.
    pub(crate) async fn change_kinds(&self, members: usize) {
        for (account, from) in turning(members) {
            let found = self.client.get(&account).await.expect(200);
            let Some(id) = found["items"][0]["id"].as_str() else { continue };
            let said = json!({"attribute": "KIND", "value": "STAFF", "from": from.to_string()});
            self.client.post(&format!("/v1/members/{id}/traits"), said).await.expect(201);
        }
    }

    /// Waits until no day has to be counted from its events.
    pub(crate) async fn is_folded(&self) {
        match &self.postgres {
            Some(postgres) => {
                while copying::waiting(postgres) != "0" {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
            None => while !self.server.database.run(&["metrics", "verify"]).contains(" 0 more wait") {},
        }
    }

    pub(crate) async fn restart(&mut self) {
        self.server.stop();
        let others = processes();
        self.server.restart().await;
        self.process = *processes().iter().find(|process| !others.contains(process)).expect("the server is a process of ours");
    }

    /// The most memory that the server has had at once, in MiB.
    pub(crate) fn peak_memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process)).expect("read the server's status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts memory");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number of kB") / 1_024.0
    }
}

/// The servers that this process has started.
fn processes() -> Vec<u32> {
    let ours = format!("PPid:\t{}\n", std::process::id());
    let entries = fs::read_dir("/proc").expect("list processes").flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let is_server = |process: &u32| {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        status.starts_with("Name:\twaymark\n") && status.contains(&ours)
    };
    numbers.filter(is_server).collect()
}
