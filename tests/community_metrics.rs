//! Metrics of a community that is small enough to count by hand.

mod asking;
mod doors;
mod figures;
mod health;
mod questions;
mod tables;

use serde_json::{Value, json};

use crate::harness::{Client, Response};

/// What somebody on the forum did: `type`, whose account it was, when, and what else there is to say of it.
fn event(source: &str, activity: &str, member: &str, at: &str, more: Value) -> Value {
    let mut event = json!({
        "platform": "forum", "sourceId": source, "type": activity, "member": {"type": "username", "value": member}, "occurredAt": at,
    });
    for (name, value) in more.as_object().expect("fields are an object") {
        event[name] = value.clone();
    }
    event
}

/// Sends events, all of which are new. Gives the watermark.
async fn tell(client: &Client, events: Vec<Value>) -> u64 {
    let count = events.len();
    let answer = client.post("/v1/events/batch", json!(events)).await.expect(200);
    assert_eq!(answer["created"], json!(count), "{answer:?}");

    answer["watermark"].as_u64().expect("a watermark is a number")
}

/// Two months of a forum. Members are ada, ben, cy, dot, eve, fay and gus; sam is staff, and bo a bot.
///
/// | member | from        | to       | February           | March                                           |
/// |--------|-------------|----------|--------------------|-------------------------------------------------|
/// | ada    | 1 February  |          | reply              | answer (tagged, help), talk (stage)              |
/// | ben    | 1 February  |          | reply              | question (help), acceptance, piece (tagged, docs) |
/// | cy     | 20 January  |          |                    | question (help), resolution, two views (docs)    |
/// | dot    | 5 March     |          |                    | question (help)                                 |
/// | eve    | 1 February  | 20 March | review             |                                                 |
/// | fay    | 1 February  |          |                    |                                                 |
/// | gus    | 8 March     |          |                    |                                                 |
async fn a_forum(client: &Client) -> u64 {
    tell(client, [comings_and_goings(), of_february(), questions_of_march(), of_march(), of_others()].concat()).await
}

fn comings_and_goings() -> Vec<Value> {
    let joined = |member: &str, at: &str| event(&format!("joined-{member}"), "member_joined", member, at, json!({}));
    vec![
        joined("ada", "2026-02-01T08:00:00Z"),
        joined("ben", "2026-02-01T08:00:00Z"),
        joined("eve", "2026-02-01T08:00:00Z"),
        joined("fay", "2026-02-01T08:00:00Z"),
        joined("dot", "2026-03-05T08:00:00Z"),
        joined("gus", "2026-03-08T08:00:00Z"),
        event("left-eve", "member_left", "eve", "2026-03-20T08:00:00Z", json!({})),
        // Whoever does something without having joined is a member from then on.
        event("visit-cy", "visit", "cy", "2026-01-20T08:00:00Z", json!({})),
    ]
}

fn of_february() -> Vec<Value> {
    vec![
        event("reply-ada", "reply", "ada", "2026-02-10T08:00:00Z", json!({})),
        event("reply-ben", "reply", "ben", "2026-02-12T08:00:00Z", json!({})),
        event("review-eve", "review", "eve", "2026-02-14T08:00:00Z", json!({})),
    ]
}

/// The first is answered after 2 hours and accepted after 3, the second answered by staff after 6 and resolved after 48, and
/// the third waits for ever.
fn questions_of_march() -> Vec<Value> {
    let staff = json!({"channel": "help", "parent": "q2", "memberKind": "STAFF"});
    vec![
        event("q1", "question_opened", "ben", "2026-03-02T10:00:00Z", json!({"channel": "help"})),
        event("a1", "answer", "ada", "2026-03-02T12:00:00Z", json!({"channel": "help", "parent": "q1", "tags": ["priority"]})),
        event("accepted", "answer_accepted", "ben", "2026-03-02T13:00:00Z", json!({"channel": "help", "parent": "a1"})),
        event("q2", "question_opened", "cy", "2026-03-10T08:00:00Z", json!({"channel": "help"})),
        event("a2", "answer", "sam", "2026-03-10T14:00:00Z", staff),
        event("resolved", "question_resolved", "cy", "2026-03-12T08:00:00Z", json!({"channel": "help", "parent": "q2"})),
        event("q3", "question_opened", "dot", "2026-03-25T09:00:00Z", json!({"channel": "help"})),
    ]
}

fn of_march() -> Vec<Value> {
    vec![
        event("talk", "talk", "ada", "2026-03-15T08:00:00Z", json!({"channel": "stage"})),
        event("piece", "content_published", "ben", "2026-03-16T08:00:00Z", json!({"channel": "docs", "tags": ["priority"]})),
        event("view-1", "content_viewed", "cy", "2026-03-17T08:00:00Z", json!({"channel": "docs"})),
        event("view-2", "content_viewed", "cy", "2026-03-18T08:00:00Z", json!({"channel": "docs"})),
    ]
}

fn of_others() -> Vec<Value> {
    vec![
        event("reply-bo", "reply", "bo", "2026-03-18T08:00:00Z", json!({"channel": "bots", "memberKind": "BOT"})),
        event("topic-sam", "topic_opened", "sam", "2026-03-19T08:00:00Z", json!({"channel": "news", "memberKind": "STAFF"})),
    ]
}

/// A metric of March 2026, with more parameters where they are given.
async fn march(client: &Client, metric: &str, more: &str) -> Response {
    client.get(&format!("/v1/metrics/{metric}?from=2026-03-01&to=2026-04-01&{more}")).await.expect(200)
}

/// The only point of March.
async fn of_the_month(client: &Client, metric: &str, more: &str) -> Value {
    let series = march(client, metric, more).await;
    assert_eq!(series["points"].as_array().map(Vec::len), Some(1), "{series:?}");

    series["points"][0].clone()
}

/// A value with its numerator and denominator.
fn made_of(figure: &Value) -> [Value; 3] {
    ["value", "numerator", "denominator"].map(|name| figure[name].clone())
}

/// The parts of a point as one object.
fn parts(point: &Value) -> Value {
    let parts = point["parts"].as_array().into_iter().flatten();

    parts.map(|part| (part["part"].as_str().expect("a part has a name").to_owned(), part["value"].clone())).collect()
}

/// A further number of a point.
fn further<'a>(point: &'a Value, statistic: &str) -> &'a Value {
    let mut statistics = point["statistics"].as_array().into_iter().flatten();

    statistics.find(|further| further["statistic"] == statistic).map_or(&Value::Null, |further| &further["figure"])
}
