//! A stream that is shuffled, doubled, late and corrected gives what the clean stream gives.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{listed, send, told};
use crate::dice::Dice;
use crate::given::text;
use crate::harness::{App, both};

both![a_stream_in_disorder_gives_what_the_clean_stream_gives];

const KINDS: [&str; 7] = ["code_contribution", "reply", "question_opened", "member_joined", "member_left", "visit", "talk"];

fn an_event(dice: &mut Dice, source: &str) -> Value {
    let who = json!({"type": "username", "value": format!("user-{}", dice.below(12))});
    let at = format!("2026-0{}-{:02}T{:02}:00:00Z", 1 + dice.below(3), 1 + dice.below(28), dice.below(24));
    let platform = dice.one(&["git", "forum"]);
    let kind = dice.one(&KINDS);
    let parent = (kind == "reply").then(|| dice.below(150).to_string());

    told(source, json!({"platform": platform, "type": kind, "member": who, "occurredAt": at, "parent": parent}))
}

/// Everything that is to be known in the end, each once: activities, joins, leaves, and what takes some of them back.
fn clean(dice: &mut Dice) -> Vec<Value> {
    let mut events: Vec<Value> = (0..150).map(|number| an_event(dice, &number.to_string())).collect();
    let platforms: Vec<Value> = events.iter().map(|event| event["platform"].clone()).collect();
    for number in 0..15 {
        let target = dice.below(150);
        let fields = json!({"platform": platforms[target], "type": "retraction", "parent": target.to_string(), "member": null});
        events.push(told(&format!("retraction-{number}"), fields));
    }
    events
}

/// The same in the end: wrong at first, corrected later, told again, and all of it in any order.
fn disorderly(dice: &mut Dice, events: &[Value]) -> Vec<Value> {
    let mut tellings: Vec<(usize, Value)> = Vec::new();
    for event in events {
        let at = dice.below(10_000);
        if dice.below(3) == 0 {
            let mut wrong = an_event(dice, event["sourceId"].as_str().expect("an id"));
            wrong["platform"] = event["platform"].clone();
            tellings.push((dice.below(at + 1), wrong));
        }
        tellings.push((at, event.clone()));
        for _ in 0..dice.below(3) {
            tellings.push((at + dice.below(3_000), event.clone()));
        }
    }
    // Of tellings at one time, the first is told first: what is wrong comes before what corrects it.
    tellings.sort_by_key(|(at, _)| *at);
    tellings.into_iter().map(|(_, event)| event).collect()
}

async fn send_in_parts(app: &App, dice: &mut Dice, mut events: &[Value]) {
    while !events.is_empty() {
        let (part, rest) = events.split_at((1 + dice.below(60)).min(events.len()));
        assert_eq!(send(app, part).await.expect(200)["rejected"], 0);
        events = rest;
    }
}

/// What is stored, with names for ids: nothing that depends on when it was told, or on which server.
async fn stored(app: &App) -> BTreeMap<String, Value> {
    let (kept, retracted) = (listed(app, "retracted=false").await, listed(app, "retracted=true").await);
    let all: Vec<Value> = kept.into_iter().chain(retracted).collect();
    let name = |event: &Value| text(&event["sourceId"]);
    let names: BTreeMap<String, String> = all.iter().map(|event| (text(&event["id"]), name(event))).collect();
    let mut firsts: BTreeMap<String, String> = BTreeMap::new();
    let mut by_name: Vec<&Value> = all.iter().collect();
    by_name.sort_by_key(|event| name(event));
    for event in by_name {
        for id in ["memberId", "platformId"].map(|field| event[field].as_str().unwrap_or_default()) {
            firsts.entry(id.to_owned()).or_insert_with(|| name(event));
        }
    }
    let told = |event: &Value| {
        let named = |field: &str| firsts.get(event[field].as_str().unwrap_or_default()).cloned();
        let parent = event["parentId"].as_str().map(|id| names.get(id).cloned());
        json!([event["type"], event["occurredAt"], named("memberId"), named("platformId"), parent, event["retractedAt"].is_string()])
    };
    all.iter().map(|event| (name(event), told(event))).collect()
}

async fn a_stream_in_disorder_gives_what_the_clean_stream_gives(app: App) {
    let clean_app = App::start(app.server.database.backend, &[]).await;
    let mut dice = Dice(2026);
    let events = clean(&mut dice);
    let disorder = disorderly(&mut dice, &events);
    assert!(disorder.len() > 300, "{}", disorder.len());

    send_in_parts(&clean_app, &mut dice, &events).await;
    send_in_parts(&app, &mut dice, &disorder).await;

    let (expected, found) = (stored(&clean_app).await, stored(&app).await);
    assert!(expected.len() == 165 && expected.values().any(|event| event[5] == true));
    assert_eq!(found, expected);
}
