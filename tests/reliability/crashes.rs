//! Acknowledged writes survive, and what was not acknowledged is there whole or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::raw;
use crate::given::a_way_to_a_hundred;
use crate::harness::{App, Client, both};

both![acknowledged_writes_survive_a_killed_service, clients_that_hang_up_leave_nothing_half_written];

/// Records numbered check-ins until the server is gone, and gives the numbers that were acknowledged.
async fn write_until_the_end(client: Client, address: String, writer: usize, acknowledged: Arc<AtomicUsize>) -> Vec<usize> {
    let mut written = Vec::new();
    for number in 0.. {
        let number = writer * 100_000 + number;
        let body = json!({"keyResult": address, "on": "2020-02-01", "value": number});
        let sent = client.request(Method::PUT, &format!("/v1/external/check-ins/{number}")).json(&body).send().await;
        match sent {
            Ok(answer) if answer.status() == 201 => written.push(number),
            Ok(answer) => panic!("{}", answer.status()),
            Err(_) => break,
        }
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    written
}

async fn acknowledged_writes_survive_a_killed_service(mut app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let mut kept: Vec<usize> = Vec::new();
    for round in 0..3 {
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let mut writers = JoinSet::new();
        for writer in 0..4 {
            writers.spawn(write_until_the_end(app.clone(), address.clone(), round * 4 + writer + 1, Arc::clone(&acknowledged)));
        }
        while acknowledged.load(Ordering::Relaxed) < 20 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }

        app.server.kill();
        kept.extend(writers.join_all().await.into_iter().flatten());
        app.server.restart().await;
    }

    let list = app.get("/v1/check-ins?format=ndjson").await.expect(200);
    let found: Vec<Value> = list.text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert!(kept.len() >= 60, "the writers did write");
    for number in kept {
        let name = number.to_string();
        let check_in = found.iter().find(|check_in| check_in["externalId"].as_str() == Some(name.as_str()));
        assert_eq!(check_in.map(|check_in| &check_in["value"]), Some(&json!(number)), "an acknowledged check-in");
    }
}

/// An import is one transaction of many rows.
fn import(number: usize) -> Value {
    let text =
        format!("# 2020-Q1 OKRs\n\n## Objective: Number {number}.\n\n- KR: Ask 3 people\n- KR: Thank 5 people\n- KR: Write 7 letters\n");

    json!({"documents": [{"path": "okrs.md", "text": text}]})
}

async fn clients_that_hang_up_leave_nothing_half_written(app: App) {
    let mut clients = JoinSet::new();
    for lane in 0..4_usize {
        let client = Client::clone(&app);
        clients.spawn(async move {
            let mut acknowledged = Vec::new();
            for number in (0..25).map(|number| lane * 25 + number) {
                let answer = client.post("/v1/import", import(number)).await;
                match answer.status {
                    200 => acknowledged.push(number),
                    // Too many writers wait for their turn: nothing was done, and the client is told when to come again.
                    503 => assert!(answer.find("retry-after").is_some(), "{answer:?}"),
                    _ => panic!("{answer:?}"),
                }
            }
            acknowledged
        });
    }
    for number in 1_000..1_100 {
        let body = import(number).to_string();
        let mut stream = raw::connected(&app).await;
        raw::send(&mut stream, &raw::head(&app, "POST", "/v1/import", body.len())).await;
        raw::send(&mut stream, &body).await;
        tokio::time::sleep(Duration::from_millis(number as u64 % 40)).await;
        // With nothing to linger for, closing resets the connection.
        stream.set_zero_linger().expect("do not linger");
        drop(stream);
    }
    let acknowledged = clients.join_all().await.concat();

    let objectives = app.get("/v1/objectives?format=ndjson").await.expect(200);
    let key_results = app.get("/v1/key-results?format=ndjson").await.expect(200);
    let objectives: Vec<Value> = objectives.text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for objective in &objectives {
        let whole = key_results.text.matches(&format!("\"objectiveId\":{}", objective["id"])).count();
        assert_eq!(whole, 3, "{objective}");
    }
    for number in acknowledged {
        let title = format!("Number {number}.");
        assert_eq!(objectives.iter().filter(|objective| objective["title"] == title.as_str()).count(), 1, "{title}");
    }
}
