//! Several senders at once, on several servers, and servers that die.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{listed, send, statuses, told};
use crate::given::text;
use crate::harness::{App, Client, Server, both};

both![two_servers_make_no_double_member, acknowledged_events_survive_a_killed_service];

/// Events of accounts, channels and platforms that nobody knows yet, the same for every sender.
fn newcomers() -> Vec<Value> {
    let event = |number: usize| {
        let platform = if number.is_multiple_of(2) { "git" } else { "forum" };
        let who = json!({"type": "username", "value": format!("User {}", number % 40)});
        told(&number.to_string(), json!({"platform": platform, "member": who, "channel": (number % 7).to_string()}))
    };
    (0..400).map(event).collect()
}

async fn two_servers_make_no_double_member(app: App) {
    let other = Server::start(&app.server.database, &[]).await;
    let token = app.server.owner_token().expect("the first start prints a token");
    let clients = [Client::clone(&app), Client::new(other.url(), Some(token))];
    let events = newcomers();
    let mut senders = JoinSet::new();
    for round in 0..8 {
        let client = clients[round % 2].clone();
        // Overlapping parts, in both directions.
        let mut part: Vec<Value> = events.iter().skip(round * 30).take(200).cloned().collect();
        if round % 3 == 0 {
            part.reverse();
        }
        senders.spawn(async move { send(&client, &part).await.expect(200) });
    }
    let answers = senders.join_all().await;

    let created: u64 = answers.iter().filter_map(|answer| answer["created"].as_u64()).sum();
    assert!(answers.iter().all(|answer| answer["updated"] == 0 && answer["rejected"] == 0), "{answers:?}");
    let events = listed(&app, "").await;
    assert_eq!((events.len(), created), (400, 400));
    let mut members: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for event in &events {
        let number: usize = text(&event["sourceId"]).parse().expect("a number");
        members.entry((text(&event["platformId"]), number % 40)).or_default().insert(text(&event["memberId"]));
    }
    let all: BTreeSet<&String> = members.values().flatten().collect();
    assert!(members.values().all(|one| one.len() == 1), "an account is one member: {members:?}");
    assert_eq!((members.len(), all.len()), (40, 40));
    let places = |field: &str| events.iter().map(|event| text(&event[field])).collect::<BTreeSet<_>>().len();
    assert_eq!((places("platformId"), places("channelId")), (2, 14));
}

/// Sends small batches until the server is gone, and gives what was acknowledged.
async fn send_until_the_end(client: Client, sender: usize, acknowledged: Arc<AtomicUsize>) -> Vec<String> {
    let mut kept = Vec::new();
    for round in 0.. {
        let names: Vec<String> = (0..5).map(|number| format!("{sender}-{round}-{number}")).collect();
        let events: Vec<Value> = names.iter().map(|name| told(name, json!({"member": {"type": "name", "value": name}}))).collect();
        match client.request(reqwest::Method::POST, "/v1/events/batch").json(&events).send().await {
            Ok(answer) if answer.status() == 200 => kept.extend(names),
            // Too many writers wait for their turn.
            Ok(answer) if answer.status() == 503 => {}
            Ok(answer) => panic!("{}", answer.status()),
            Err(_) => break,
        }
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    kept
}

async fn acknowledged_events_survive_a_killed_service(mut app: App) {
    let mut kept = Vec::new();
    for round in 0..2 {
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let mut senders = JoinSet::new();
        for sender in 0..3 {
            senders.spawn(send_until_the_end(Client::clone(&app), round * 3 + sender, Arc::clone(&acknowledged)));
        }
        while acknowledged.load(Ordering::Relaxed) < 12 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }

        app.server.kill();
        kept.extend(senders.join_all().await.into_iter().flatten());
        app.server.restart().await;
    }

    let events = listed(&app, "").await;
    let found: BTreeSet<String> = events.iter().map(|event| text(&event["sourceId"])).collect();
    assert!(kept.len() >= 60 && kept.iter().all(|name| found.contains(name)), "what was acknowledged is there");
    let members: BTreeSet<String> = events.iter().map(|event| text(&event["memberId"])).collect();
    assert_eq!(members.len(), events.len());
    let again: Vec<Value> = kept.iter().map(|name| told(name, json!({"member": {"type": "name", "value": name}}))).collect();
    assert!(statuses(&send(&app, &again).await.expect(200)).iter().all(|status| *status == "UNCHANGED"));
}
