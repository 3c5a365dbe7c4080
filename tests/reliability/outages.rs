//! A database that goes away and comes back. Each test has a PostgreSQL of its own to stop.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::given::{a_check_in, a_way_to_a_hundred, text};
use crate::harness::{Client, Database, OwnPostgres, Server};

/// How soon after the database is back the service has to be.
const HEALED: Duration = Duration::from_secs(5);

#[tokio::test]
#[cfg_attr(not(postgres), ignore = "PostgreSQL was not found")]
async fn an_outage_is_unavailable_and_heals() {
    let Some(mut postgres) = OwnPostgres::start() else { return };
    let server = Server::start(&Database::on(&postgres), &[]).await;
    let client = Client::new(server.url(), server.owner_token());
    let address = a_way_to_a_hundred(&client).await;

    postgres.crash();
    for answer in
        [client.get("/v1/teams").await, client.get("/readyz").await, a_check_in(&client, &address, "2020-02-01", json!({"value": 1})).await]
    {
        let problem = answer.problem(503, "UNAVAILABLE");
        assert!(problem.header("retry-after").parse::<u32>().is_ok(), "{problem:?}");
    }
    client.get("/livez").await.expect(200);
    let query = client.graphql("{ me { role } }", json!({})).await;
    assert!(query.text.contains("UNAVAILABLE"), "{query:?}");

    postgres.restart();
    let back = Instant::now();
    while client.get("/readyz").await.status != 200 {
        assert!(back.elapsed() < HEALED, "not ready {HEALED:?} after the database is back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    a_check_in(&client, &address, "2020-02-01", json!({"value": 1})).await.expect(201);
}

#[tokio::test]
#[cfg_attr(not(postgres), ignore = "PostgreSQL was not found")]
async fn acknowledged_writes_survive_a_crash_of_postgresql() {
    let Some(mut postgres) = OwnPostgres::start() else { return };
    let server = Server::start(&Database::on(&postgres), &[]).await;
    let client = Client::new(server.url(), server.owner_token());
    let address = a_way_to_a_hundred(&client).await;
    let mut acknowledged = Vec::new();
    for value in 0..50 {
        let made = a_check_in(&client, &address, "2020-02-01", json!({"value": value})).await.expect(201);
        acknowledged.push((text(&made["id"]), value));
    }

    postgres.crash();
    postgres.restart();
    let back = Instant::now();
    while client.get("/readyz").await.status != 200 && back.elapsed() < HEALED {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    for (id, value) in acknowledged {
        assert_eq!(client.get(&format!("/v1/check-ins/{id}")).await.expect(200)["value"], value);
    }
}

#[tokio::test]
#[cfg_attr(not(postgres), ignore = "PostgreSQL was not found")]
async fn who_waits_too_long_for_others_is_told_to_try_again() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let server = Server::start(&Database::on(&postgres), &[]).await;
    let client = Client::new(server.url(), server.owner_token());
    let tell = |source: &str| {
        let (member, at) = (json!({"type": "username", "value": "ada"}), "2026-03-01T10:00:00Z");
        client.post("/v1/events", json!({"platform": "git", "sourceId": source, "type": "visit", "member": member, "occurredAt": at}))
    };
    tell("before").await.expect(201);

    let hold = "begin; update community_progress set watermark = watermark; select pg_sleep(13)";
    let mut holds = postgres.psql(hold).spawn().expect("start psql");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let problem = tell("meanwhile").await.problem(503, "UNAVAILABLE");
    assert!(problem.header("retry-after").parse::<u32>().is_ok(), "{problem:?}");

    assert!(holds.wait().expect("wait for psql").success());
    tell("meanwhile").await.expect(201);
}
