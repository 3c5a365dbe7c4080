//! Events: told once, whatever arrives twice, late or out of order.

mod at_once;
mod batches;
mod files;
mod names;
mod refusals;
mod retractions;
mod streams;

use reqwest::Method;
use serde_json::{Value, json};

use crate::given::text;
use crate::harness::{App, Client, Response, both};
use crate::statements::statements;
use crate::world::World;

both![
    an_event_is_taken_in_once,
    an_event_that_is_told_otherwise_changes,
    an_event_is_the_same_at_both_doors,
    an_account_is_one_member_whatever_the_case_of_its_letters,
    events_are_found_by_what_they_say,
    an_event_is_found_by_the_id_its_platform_gives_it,
    another_workspace_has_its_own_events,
    the_watermark_counts_what_changes,
    a_page_of_events_costs_the_same_however_many_members_it_has,
];

/// An event of `ada` on the platform `git`, with other fields where they are given.
pub(crate) fn told(source: &str, fields: Value) -> Value {
    let mut event = json!({
        "platform": "git", "sourceId": source, "type": "code_contribution", "member": {"type": "username", "value": "ada"},
        "occurredAt": "2026-03-01T10:00:00+01:00",
    });
    for (name, value) in fields.as_object().expect("fields are an object") {
        event[name] = value.clone();
    }
    event
}

pub(crate) async fn send(client: &Client, events: &[Value]) -> Response {
    client.post("/v1/events/batch", json!(events)).await
}

/// As [`send`], one event a line.
pub(crate) async fn send_lines(client: &Client, lines: impl Into<reqwest::Body>) -> Response {
    client.send(client.request(Method::POST, "/v1/events/batch").header("content-type", "application/x-ndjson").body(lines)).await
}

/// What became of each item.
pub(crate) fn statuses(answer: &Response) -> Vec<&str> {
    let items = answer["items"].as_array().into_iter().flatten();

    items.map(|item| item["status"].as_str().unwrap_or_default()).collect()
}

/// Every event of a list, whatever its pages.
pub(crate) async fn listed(client: &Client, query: &str) -> Vec<Value> {
    let list = client.get(&format!("/v1/events?format=ndjson&{query}")).await.expect(200);

    list.text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn sources(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|event| event["sourceId"].as_str()).collect()
}

async fn an_event_is_taken_in_once(app: App) {
    let event = told("9fceb02", json!({"channel": "core", "tags": ["b", "a", "b"], "value": 9, "properties": {"lines": 12, "ok": true}}));

    let first = app.post("/v1/events", event.clone()).await.expect(201);
    let again = app.post("/v1/events", event).await.expect(200);

    assert_eq!(first.json(), again.json());
    assert_eq!(app.get(first.header("location")).await.expect(200).json(), first.json());
    assert_eq!((&first["occurredAt"], &first["version"]), (&json!("2026-03-01T09:00:00Z"), &json!(1)));
    assert_eq!((&first["tags"], &first["properties"]), (&json!(["a", "b"]), &json!({"lines": 12, "ok": true})));
    assert_eq!(listed(&app, "").await.len(), 1);
}

async fn an_event_that_is_told_otherwise_changes(app: App) {
    let first = app.post("/v1/events", told("1", json!({}))).await.expect(201);

    let changed = app.post("/v1/events", told("1", json!({"occurredAt": "2026-03-02T10:00:00Z"}))).await.expect(200);

    assert_eq!((&changed["id"], &changed["version"]), (&first["id"], &json!(2)));
    assert_eq!(changed["occurredAt"], "2026-03-02T10:00:00Z");
    assert_eq!(changed["recordedAt"], first["recordedAt"]);
    assert_ne!(changed["revisedAt"], first["revisedAt"]);
    assert_ne!(changed.etag(), first.etag());
}

const ALL: &str = "id platformId sourceId type memberId channelId parentId initiativeId tags value properties occurredAt recordedAt revisedAt \
    retractedAt version";

async fn an_event_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let event = told("1", json!({"channel": "core", "initiative": world.id("initiative"), "tags": ["x"], "properties": {"a.b": "c"}}));
    let shown = app.post("/v1/events", event.clone()).await.expect(201);
    let query = format!("{{ event(id: {id}) {{ {ALL} initiative {{ title }} }} node(id: {id}) {{ id }} }}", id = shown["id"]);
    let mut found = app.graphql(&query, json!({})).await.data().clone();
    assert_eq!(found["event"].as_object_mut().and_then(|event| event.remove("initiative")), Some(json!({"title": "Mentors"})));
    assert_eq!((&found["event"], &found["node"]["id"]), (shown.json(), &shown["id"]));

    let reply = told("2", json!({"type": "reply", "parent": "1", "member": {"type": "USER_ID", "value": "7"}, "memberKind": "STAFF"}));
    let query = "mutation($input: IngestEventsInput!) { ingestEvents(input: $input) { batch { created unchanged items { index status id } } \
        userErrors { code } } }";
    let answer = app
        .graphql(
            query,
            json!({"input": {"events": [reply, { "platform": "git", "sourceId": "3", "type": "mention",
        "occurredAt": "2026-03-01T10:00:00Z" }]}}),
        )
        .await;
    let batch = &answer.data()["ingestEvents"]["batch"];
    assert_eq!((&batch["created"], &batch["items"][1]["status"]), (&json!(2), &json!("CREATED")));
    let shown = app.get(&format!("/v1/events/{}", text(&batch["items"][0]["id"]))).await.expect(200);
    let query = format!("{{ events(filter: {{type: [\"reply\"]}}) {{ totalCount nodes {{ {ALL} parent {{ sourceId }} }} }} }}");
    let mut found = app.graphql(&query, json!({})).await.data()["events"].clone();
    let parent = found["nodes"][0].as_object_mut().and_then(|event| event.remove("parent"));
    assert_eq!((&found["totalCount"], parent), (&json!(1), Some(json!({"sourceId": "1"}))));
    assert_eq!(&found["nodes"][0], shown.json());
}

async fn an_account_is_one_member_whatever_the_case_of_its_letters(app: App) {
    let by = |source: &str, kind: &str, value: &str| told(source, json!({"member": {"type": kind, "value": value}}));
    let events = [
        by("1", "username", "Ünï"),
        by("2", "username", " ÜNÏ "),
        by("3", "name", "Ünï"),
        told("4", json!({"platform": "forum", "member": {"type": "username", "value": "Ünï"}})),
    ];
    send(&app, &events).await.expect(200);
    send(&app, &[by("5", "username", "üNÏ")]).await.expect(200);

    let members = listed(&app, "sort=occurredAt").await;
    let member = |source: &str| text(&members.iter().find(|event| event["sourceId"] == source).expect("an event")["memberId"]);
    assert_eq!((member("1"), member("1")), (member("2"), member("5")));
    assert!(member("1") != member("3") && member("1") != member("4") && member("3") != member("4"));
}

async fn events_are_found_by_what_they_say(app: App) {
    let world = World::made_by(&app).await;
    let events = [
        told("a", json!({"type": "question_opened", "occurredAt": "2026-01-01T00:00:00Z", "channel": "help"})),
        told(
            "b",
            json!({"type": "answer", "parent": "a", "occurredAt": "2026-01-02T00:00:00Z", "member": {"type": "name", "value": "Bob"}}),
        ),
        told("c", json!({"platform": "forum", "occurredAt": "2026-01-03T00:00:00Z", "initiative": world.id("initiative")})),
    ];
    let items = send(&app, &events).await.expect(200)["items"].clone();
    let [a, b] = [&items[0]["id"], &items[1]["id"]].map(text);
    let shown = app.get(&format!("/v1/events/{b}")).await.expect(200);
    let of = async |query: String| sources(&listed(&app, &format!("since=2026-01-01T00:00:00Z&{query}")).await).join("");

    assert_eq!(of(String::new()).await, "abc");
    assert_eq!(of("sort=-occurredAt".to_owned()).await, "cba");
    assert_eq!(of("platform=git".to_owned()).await, "ab");
    assert_eq!(of(format!("platform={}", text(&shown["platformId"]))).await, "ab");
    assert_eq!(of("channel=git/help".to_owned()).await, "a");
    assert_eq!(of(format!("member={}", text(&shown["memberId"]))).await, "b");
    assert_eq!(of(format!("initiative={}", world.id("initiative"))).await, "c");
    assert_eq!(of(format!("parent={a}")).await, "b");
    assert_eq!(of("platform=git&parent=a".to_owned()).await, "b");
    assert_eq!(of("type=answer,question_opened".to_owned()).await, "ab");
    assert_eq!(of("before=2026-01-03T00:00:00Z".to_owned()).await, "ab");
    assert_eq!(of("retracted=true".to_owned()).await, "");
    for query in ["platform=chat", "channel=git/nobody", "channel=help", "member=mem_01h455vb4pex5vsknk084sn02q", "initiative=x"] {
        app.get(&format!("/v1/events?{query}")).await.problem(422, "NOT_FOUND");
    }
}

async fn an_event_is_found_by_the_id_its_platform_gives_it(app: App) {
    send(&app, &[told("1", json!({})), told("1", json!({"platform": "forum"})), told("2", json!({}))]).await.expect(200);

    assert_eq!(sources(&listed(&app, "platform=git&sourceId=1").await), ["1"]);
    assert_eq!(listed(&app, "platform=git&sourceId=3").await, Vec::<Value>::new());
    app.get("/v1/events?sourceId=1").await.problem(422, "REQUIRED");
    app.get("/v1/events?parent=1").await.problem(422, "REQUIRED");
}

async fn another_workspace_has_its_own_events(app: App) {
    let stranger = app.elsewhere();
    let ours = app.post("/v1/events", told("1", json!({}))).await.expect(201);

    let theirs = stranger.post("/v1/events", told("1", json!({}))).await.expect(201);

    assert_ne!(ours["id"], theirs["id"]);
    stranger.get(ours.header("location")).await.problem(404, "NOT_FOUND");
    stranger.get(&format!("/v1/events?platform={}", text(&ours["platformId"]))).await.problem(422, "NOT_FOUND");
    stranger.get(&format!("/v1/events?member={}", text(&ours["memberId"]))).await.problem(422, "NOT_FOUND");
    assert_eq!(listed(&stranger, &format!("parent={}", text(&ours["id"]))).await, Vec::<Value>::new());
    assert_eq!(listed(&stranger, "").await.len(), 1);
}

async fn the_watermark_counts_what_changes(app: App) {
    assert_eq!(app.get("/v1/events/watermark").await.expect(200)["watermark"], 0);

    let first = send(&app, &[told("1", json!({}))]).await.expect(200);
    let again = send(&app, &[told("1", json!({}))]).await.expect(200);
    let otherwise = send(&app, &[told("1", json!({"tags": ["x"]}))]).await.expect(200);

    let mark = |answer: &Response| answer["watermark"].as_u64().expect("a number");
    assert!(mark(&first) == mark(&again) && mark(&again) < mark(&otherwise), "{first:?} {again:?} {otherwise:?}");
    let shown = app.graphql("{ watermark }", json!({})).await;
    assert_eq!(shown.data()["watermark"], otherwise["watermark"]);
}

async fn a_page_of_events_costs_the_same_however_many_members_it_has(app: App) {
    let event = |number: usize| told(&number.to_string(), json!({"member": {"type": "user_id", "value": number.to_string()}}));
    let cost = async || {
        let mut cheapest = u64::MAX;
        for _ in 0..3 {
            let before = statements(&app).await;
            app.get("/v1/events?limit=200").await.expect(200);
            cheapest = cheapest.min(statements(&app).await - before);
        }
        cheapest
    };
    send(&app, &[event(0)]).await.expect(200);
    let of_one = cost().await;

    send(&app, &(1..150).map(event).collect::<Vec<_>>()).await.expect(200);

    assert_eq!(cost().await, of_one);
}
