//! Platforms: where a community happens.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, both};
use crate::statements::statements;

both![
    a_platform_is_found_by_its_key,
    a_key_of_a_platform_is_given_once,
    a_key_belongs_to_one_platform,
    a_platform_with_channels_is_not_deleted,
    platforms_are_filtered_by_kind_and_use,
    a_platform_that_is_put_again_is_the_same_one,
    a_platform_remembers_what_it_was,
    all_broken_fields_of_a_platform_are_named_at_once,
    channels_of_many_platforms_cost_what_those_of_one_do,
];

async fn a_platform(app: &App, key: &str, kind: &str) -> String {
    let made = app.post("/v1/platforms", json!({"key": key, "name": key, "kind": kind})).await.expect(201);

    text(&made["id"])
}

async fn a_platform_is_found_by_its_key(app: App) {
    let id = a_platform(&app, "forum", "FORUM").await;

    let found = app.get("/v1/platforms/forum").await.expect(200);

    assert_eq!((&found["id"], &found["active"]), (&json!(id), &json!(true)));
    app.get("/v1/platforms/chat").await.problem(404, "NOT_FOUND");
}

async fn a_key_of_a_platform_is_given_once(app: App) {
    let first = json!({"key": "forum", "name": "Forum", "kind": "FORUM"});
    app.put("/v1/external/platforms/crm-1", None, first).await.expect(201);

    let other = json!({"key": "board", "name": "Forum", "kind": "FORUM"});
    let problem = app.put("/v1/external/platforms/crm-1", None, other).await.problem(422, "INVALID_TRANSITION");

    assert_eq!(refused(&problem), [("/key".to_owned(), "INVALID_TRANSITION".to_owned())]);
    app.patch("/v1/platforms/forum", "*", json!({"key": "board"})).await.problem(400, "UNKNOWN_FIELD");
}

async fn a_key_belongs_to_one_platform(app: App) {
    a_platform(&app, "forum", "FORUM").await;

    let problem = app.post("/v1/platforms", json!({"key": "forum", "name": "Other", "kind": "CHAT"})).await.problem(409, "ALREADY_EXISTS");

    assert_eq!(problem["errors"][0]["pointer"], "/key");
}

async fn a_platform_with_channels_is_not_deleted(app: App) {
    a_platform(&app, "forum", "FORUM").await;
    let made = app.post("/v1/channels", json!({"platform": "forum", "key": "help", "name": "Help"})).await.expect(201);

    app.delete("/v1/platforms/forum", "*").await.problem(409, "IN_USE");

    app.delete(&format!("/v1/channels/{}", text(&made["id"])), "*").await.expect(204);
    app.delete("/v1/platforms/forum", "*").await.expect(204);
    app.get("/v1/platforms/forum").await.problem(404, "NOT_FOUND");
}

async fn platforms_are_filtered_by_kind_and_use(app: App) {
    for (key, kind) in [("forum", "FORUM"), ("chat", "CHAT"), ("old", "CHAT")] {
        a_platform(&app, key, kind).await;
    }
    app.patch("/v1/platforms/old", "\"1\"", json!({"active": false})).await.expect(200);
    let keys = async |query: &str| -> Vec<String> {
        let list = app.get(&format!("/v1/platforms?sort=name&{query}")).await.expect(200);
        list["items"].as_array().unwrap().iter().map(|platform| text(&platform["key"])).collect()
    };

    assert_eq!(keys("kind=CHAT").await, ["chat", "old"]);
    assert_eq!(keys("active=true").await, ["chat", "forum"]);
    assert_eq!(keys("kind=CHAT,EVENTS&active=false").await, ["old"]);
}

async fn a_platform_that_is_put_again_is_the_same_one(app: App) {
    let body = json!({"key": "forum", "name": "Forum", "kind": "FORUM"});
    let first = app.put("/v1/external/platforms/crm-1", None, body.clone()).await.expect(201);

    let again = app.put("/v1/external/platforms/crm-1", None, body).await.expect(200);

    assert_eq!(again.json(), first.json());
}

async fn a_platform_remembers_what_it_was(app: App) {
    let id = a_platform(&app, "forum", "FORUM").await;
    app.patch("/v1/platforms/forum", "\"1\"", json!({"name": "The board", "active": false})).await.expect(200);
    app.delete("/v1/platforms/forum", "\"2\"").await.expect(204);

    let history = app.get(&format!("/v1/platforms/{id}/history")).await.expect(200);

    let actions: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|change| &change["action"]).collect();
    assert_eq!(json!(actions), json!(["CREATED", "UPDATED", "DELETED"]));
    let changes = json!([
        {"field": "active", "before": true, "after": false},
        {"field": "name", "before": "forum", "after": "The board"},
    ]);
    assert_eq!(history["items"][1]["changes"], changes);
}

async fn all_broken_fields_of_a_platform_are_named_at_once(app: App) {
    let body = json!({"key": "the forum", "name": " ", "kind": "FORUM", "externalId": "x".repeat(201)});

    let problem = app.post("/v1/platforms", body).await.expect(422);

    let expected = [("/key", "INVALID_KEY"), ("/name", "REQUIRED"), ("/externalId", "TOO_LONG")];
    assert_eq!(refused(&problem), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

const PAGE: &str = "{ platforms { nodes { key channels { totalCount nodes { key platform { name } } } } } }";

async fn channels_of_many_platforms_cost_what_those_of_one_do(app: App) {
    let mut costs = Vec::new();
    for number in 0..6 {
        let platform = a_platform(&app, &format!("p{number}"), "CHAT").await;
        for key in ["help", "news"] {
            app.post("/v1/channels", json!({"platform": platform, "key": key, "name": key})).await.expect(201);
        }
        // What the server does beside serving costs statements of its own: the cheapest of three pages counts.
        let (mut cheapest, mut page) = (u64::MAX, None);
        for _ in 0..3 {
            let before = statements(&app).await;
            page = Some(app.graphql(PAGE, json!({})).await);
            cheapest = cheapest.min(statements(&app).await - before);
        }
        costs.push(cheapest);
        let page = page.expect("a page");
        assert_eq!(page.data()["platforms"]["nodes"][number]["channels"]["nodes"][1]["platform"]["name"], format!("p{number}"));
    }

    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
}
