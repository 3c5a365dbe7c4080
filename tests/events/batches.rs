//! Batches: what becomes of each item, and of all of them.

use serde_json::{Value, json};

use super::{listed, send, send_lines, statuses, told};
use crate::given::{refused, text};
use crate::harness::{App, Response, both};
use crate::statements::statements;

both![
    a_batch_answers_for_each_event_in_order,
    the_same_batch_again_changes_nothing,
    what_cannot_be_read_is_rejected_by_itself,
    lines_are_read_one_by_one,
    an_atomic_batch_is_taken_in_whole_or_not_at_all,
    a_batch_that_is_no_list_is_refused_as_a_whole,
    a_batch_has_a_largest_size,
    a_mutation_rejects_like_a_batch,
    an_event_that_is_told_twice_in_a_batch_is_one,
    a_batch_costs_the_same_statements_whatever_it_holds,
];

/// Pointers and codes of an item's errors.
fn errors(answer: &Response, item: usize) -> Vec<(String, String)> {
    let errors = answer["items"][item]["errors"].as_array().cloned().unwrap_or_default();

    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

fn pair(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

async fn a_batch_answers_for_each_event_in_order(app: App) {
    send(&app, &[told("1", json!({})), told("2", json!({}))]).await.expect(200);

    let answer = send(
        &app,
        &[
            told("1", json!({})),
            told("3", json!({"member": null})),
            told("2", json!({"tags": ["late"]})),
            told("4", json!({"type": "no_such_type", "occurredAt": "1979-12-31T23:59:59Z"})),
            told("5", json!({"properties": {"a.b/c~d": "x".repeat(1_001)}})),
            told("6", json!({})),
        ],
    )
    .await
    .expect(200);

    assert_eq!(statuses(&answer), ["UNCHANGED", "REJECTED", "UPDATED", "REJECTED", "REJECTED", "CREATED"]);
    let counts = ["created", "unchanged", "updated", "rejected"].map(|count| answer[count].as_u64());
    assert_eq!(counts, [Some(1), Some(1), Some(1), Some(3)]);
    assert_eq!(errors(&answer, 1), [pair("/member", "REQUIRED")]);
    assert_eq!(errors(&answer, 3), [pair("/type", "NOT_FOUND"), pair("/occurredAt", "OUT_OF_RANGE")]);
    assert_eq!(errors(&answer, 4), [pair("/properties/a.b~1c~0d", "TOO_LONG")]);
    assert_eq!((&answer["items"][3]["index"], &answer["items"][3]["id"]), (&json!(3), &Value::Null));
    assert_eq!(listed(&app, "").await.len(), 3);
}

async fn the_same_batch_again_changes_nothing(app: App) {
    let events: Vec<Value> = (0..40).map(|number| told(&number.to_string(), json!({"channel": number.to_string()}))).collect();
    send(&app, &events).await.expect(200);
    let before = app.get("/v1/events?format=csv").await.expect(200);

    let again = send(&app, &events.iter().rev().cloned().collect::<Vec<_>>()).await.expect(200);

    assert_eq!((&again["unchanged"], &again["created"], &again["updated"]), (&json!(40), &json!(0), &json!(0)));
    assert_eq!(app.get("/v1/events?format=csv").await.expect(200).text, before.text);
}

async fn what_cannot_be_read_is_rejected_by_itself(app: App) {
    let broken = [
        json!(7),
        json!([]),
        told("1", json!({"occurredAt": "yesterday", "colour": "red", "value": "9"})),
        told("2", json!({"member": {"type": "nick"}})),
        json!({"platform": "git"}),
        told("3", json!({"tags": [1], "properties": {"list": []}})),
        told("4", json!({"occurredAt": "0001-01-01T00:00:00Z", "value": 0.123_456_789_012_345_68})),
    ];
    let mut events = broken.to_vec();
    events.push(told("5", json!({})));

    let answer = send(&app, &events).await.expect(200);

    assert_eq!((&answer["created"], &answer["rejected"]), (&json!(1), &json!(7)));
    for (index, body) in broken.into_iter().enumerate().skip(2) {
        let alone = app.post("/v1/events", body).await;
        assert!(matches!(alone.status, 400 | 422), "{alone:?}");
        assert_eq!(errors(&answer, index), refused(&alone), "as a body of its own: {alone:?}");
    }
    assert_eq!(errors(&answer, 0), [pair("", "MALFORMED")]);
    let third = [pair("/occurredAt", "MALFORMED"), pair("/value", "MALFORMED"), pair("/colour", "UNKNOWN_FIELD")];
    assert!(third.iter().all(|error| errors(&answer, 2).contains(error)), "{answer:?}");
    let fourth = [pair("/member/type", "MALFORMED")];
    assert!(fourth.iter().all(|error| errors(&answer, 3).contains(error)), "{answer:?}");
    let fifth = ["/sourceId", "/type", "/occurredAt"].map(|pointer| pair(pointer, "REQUIRED"));
    assert_eq!(errors(&answer, 4), fifth);
}

async fn lines_are_read_one_by_one(app: App) {
    let (one, two) = (told("1", json!({})), told("2", json!({})));
    let lines = format!("{one}\r\n\n  \n{{\"platform\": \n{two}");

    let answer = send_lines(&app, lines).await.expect(200);

    assert_eq!(statuses(&answer), ["CREATED", "REJECTED", "CREATED"]);
    assert_eq!(errors(&answer, 1), [pair("", "MALFORMED")]);
    assert_eq!(send_lines(&app, "\n").await.expect(200)["items"], json!([]));
    send_lines(&app, b"\xff\xfe".to_vec()).await.problem(400, "MALFORMED");
}

async fn an_atomic_batch_is_taken_in_whole_or_not_at_all(app: App) {
    let atomic = "/v1/events/batch?atomic=true";
    let wrong = told("2", json!({"occurredAt": "1979-01-01T00:00:00Z"}));

    let refusal = app.post(atomic, json!([told("1", json!({})), wrong, told("3", json!({"value": [], "x.y": 1}))])).await;
    assert!(refused(&refusal).contains(&pair("/2/x.y", "UNKNOWN_FIELD")), "{refusal:?}");
    refusal.problem(400, "MALFORMED");
    let refusal = app.post(atomic, json!([told("1", json!({})), wrong, told("3", json!({"initiative": "nobody"}))])).await;
    let refusal = refusal.problem(422, "INVALID");
    assert_eq!(refused(&refusal), [pair("/1/occurredAt", "OUT_OF_RANGE"), pair("/2/initiative", "NOT_FOUND")]);
    assert_eq!(listed(&app, "").await, Vec::<Value>::new());

    let answer = app.post(atomic, json!([told("1", json!({})), told("3", json!({}))])).await.expect(200);
    assert_eq!(statuses(&answer), ["CREATED", "CREATED"]);
}

async fn a_batch_that_is_no_list_is_refused_as_a_whole(app: App) {
    let whole = |body: &'static str| app.request(reqwest::Method::POST, "/v1/events/batch").body(body);
    for body in ["", "{}", "[{]", "[] []", "7", "[1", "\u{feff}[]"] {
        app.send(whole(body).header("content-type", "application/json")).await.problem(400, "MALFORMED");
    }
    let refusal = app.send(whole("[]").header("content-type", "text/csv")).await.problem(415, "UNSUPPORTED_MEDIA_TYPE");
    assert_eq!(refusal.header("accept"), "application/json, application/x-ndjson");
    app.post("/v1/events/batch?atomic=perhaps", json!([])).await.problem(400, "MALFORMED");
    assert_eq!(app.post("/v1/events/batch", json!([])).await.expect(200)["items"], json!([]));
}

async fn a_batch_has_a_largest_size(app: App) {
    let limit = 5 << 20;
    app.post("/v1/events/batch", json!(vec![0; 5_001])).await.problem(422, "TOO_MANY");
    send_lines(&app, "0\n".repeat(5_001)).await.problem(422, "TOO_MANY");
    let event = told("1", json!({})).to_string();
    let padded = |length: usize| format!("{event}{}", " ".repeat(length - event.len()));

    send_lines(&app, padded(limit + 1)).await.problem(413, "PAYLOAD_TOO_LARGE");
    assert_eq!(statuses(&send_lines(&app, padded(limit)).await.expect(200)), ["CREATED"]);

    let most: Vec<Value> = (0..5_000).map(|number| told(&number.to_string(), json!({}))).collect();
    assert_eq!(send(&app, &most).await.expect(200)["created"], 4_999);
}

async fn a_mutation_rejects_like_a_batch(app: App) {
    let query = "mutation($events: [NewEvent!]!, $atomic: Boolean!) { ingestEvents(input: {events: $events, atomic: $atomic}) { \
        batch { watermark rejected items { status errors { pointer code } } } userErrors { code path } } }";
    let event = |source: &str, at: &str| json!({"platform": "git", "sourceId": source, "type": "mention", "occurredAt": at});
    let events = json!([event("1", "1979-01-01T00:00:00Z"), event("2", "2026-01-01T00:00:00Z")]);

    let answer = app.graphql(query, json!({"events": events, "atomic": true})).await;
    let refusal = json!({"batch": null, "userErrors": [{"code": "OUT_OF_RANGE", "path": ["input", "events", "0", "occurredAt"]}]});
    assert_eq!(answer.data()["ingestEvents"], refusal);

    let answer = app.graphql(query, json!({"events": events, "atomic": false})).await;
    let batch = &answer.data()["ingestEvents"]["batch"];
    assert_eq!(batch["items"][0], json!({"status": "REJECTED", "errors": [{"pointer": "/occurredAt", "code": "OUT_OF_RANGE"}]}));
    assert_eq!(batch["items"][1]["status"], "CREATED");

    let most: Vec<Value> = (0..501).map(|number| event(&number.to_string(), "2026-01-01T00:00:00Z")).collect();
    let answer = app.graphql(query, json!({"events": most[..500], "atomic": false})).await;
    assert_eq!(statuses_of(&answer).len(), 500);
    let answer = app.graphql(query, json!({"events": most, "atomic": false})).await.expect(200);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "TOO_MANY");
}

fn statuses_of(answer: &Response) -> Vec<Value> {
    answer.data()["ingestEvents"]["batch"]["items"].as_array().cloned().unwrap_or_default()
}

async fn an_event_that_is_told_twice_in_a_batch_is_one(app: App) {
    let later = told("1", json!({"tags": ["later"]}));

    let answer = send(&app, &[told("1", json!({})), told("1", json!({})), later.clone()]).await.expect(200);

    assert_eq!(statuses(&answer), ["CREATED", "UNCHANGED", "UPDATED"]);
    let events = listed(&app, "").await;
    assert_eq!((events.len(), &events[0]["tags"]), (1, &json!(["later"])));
    assert_eq!(statuses(&send(&app, &[later]).await.expect(200)), ["UNCHANGED"]);
}

async fn a_batch_costs_the_same_statements_whatever_it_holds(app: App) {
    let of = |from: usize, to: usize| -> Vec<Value> {
        let event = |number: usize| {
            let who = json!({"type": "user_id", "value": number.to_string()});
            told(&number.to_string(), json!({"member": who, "channel": number.to_string(), "parent": "0", "type": "reply"}))
        };
        (from..to).map(event).collect()
    };
    let cost = async |events: Vec<Value>| {
        let before = statements(&app).await;
        assert_eq!(send(&app, &events).await.expect(200)["rejected"], 0);
        statements(&app).await - before
    };
    send(&app, &of(0, 1)).await.expect(200);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let few = cost(of(1, 3)).await;

    let many = cost(of(3, 403)).await;

    assert!(many <= few + 2, "{few} statements for 2 events, {many} for 400");
}
