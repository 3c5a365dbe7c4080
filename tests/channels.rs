//! Channels: the rooms of platforms.

use serde_json::json;

use crate::given::{refused, text};
use crate::harness::{App, both};

both![
    a_channel_is_found_by_the_keys_of_its_platform_and_its_own,
    a_key_belongs_to_one_channel_of_a_platform,
    a_channel_stays_with_its_platform_and_its_key,
    channels_are_listed_by_platform,
    a_channel_needs_a_platform_that_exists,
    a_channel_remembers_what_it_was,
];

async fn platforms(app: &App) {
    for key in ["chat", "git"] {
        app.post("/v1/platforms", json!({"key": key, "name": key, "kind": "OTHER"})).await.expect(201);
    }
}

async fn a_channel(app: &App, platform: &str, key: &str) -> String {
    let made = app.post("/v1/channels", json!({"platform": platform, "key": key, "name": key})).await.expect(201);

    text(&made["id"])
}

async fn a_channel_is_found_by_the_keys_of_its_platform_and_its_own(app: App) {
    platforms(&app).await;
    let repository = a_channel(&app, "git", "acme/docs").await;

    let found = app.get("/v1/channels/git%2Facme%2Fdocs").await.expect(200);
    let answer = app.graphql("{ channel(id: \"git/acme/docs\") { id platform { key } } }", json!({})).await;

    assert_eq!(found["id"], repository);
    assert_eq!(answer.data()["channel"], json!({"id": repository, "platform": {"key": "git"}}));
    for nothing in ["git", "git%2Facme", "chat%2Facme%2Fdocs", "svn%2Facme%2Fdocs"] {
        app.get(&format!("/v1/channels/{nothing}")).await.problem(404, "NOT_FOUND");
    }
}

async fn a_key_belongs_to_one_channel_of_a_platform(app: App) {
    platforms(&app).await;
    a_channel(&app, "chat", "#help").await;
    a_channel(&app, "git", "#help").await;

    let again = json!({"platform": "chat", "key": " #help ", "name": "Other"});

    app.post("/v1/channels", again).await.problem(409, "ALREADY_EXISTS");
}

async fn a_channel_stays_with_its_platform_and_its_key(app: App) {
    platforms(&app).await;
    let body = |platform: &str, key: &str| json!({"platform": platform, "key": key, "name": "Help"});
    app.put("/v1/external/channels/c-1", None, body("chat", "#help")).await.expect(201);

    let moved = app.put("/v1/external/channels/c-1", None, body("git", "#support")).await.problem(422, "INVALID");

    let expected = [("/key", "INVALID_TRANSITION"), ("/platform", "INVALID_TRANSITION")];
    assert_eq!(refused(&moved), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    app.put("/v1/external/channels/c-1", None, body("chat", "#help")).await.expect(200);
}

async fn channels_are_listed_by_platform(app: App) {
    platforms(&app).await;
    for (platform, key) in [("chat", "#news"), ("git", "docs"), ("chat", "#help")] {
        a_channel(&app, platform, key).await;
    }

    let table = app.get("/v1/channels?platform=chat&sort=name&format=csv&fields=key,active").await.expect(200);

    assert_eq!(table.text, "key,active\r\n#help,true\r\n#news,true\r\n");
    let problem = app.get("/v1/channels?platform=svn").await.problem(422, "NOT_FOUND");
    assert_eq!(problem["errors"][0]["parameter"], "platform");
}

async fn a_channel_needs_a_platform_that_exists(app: App) {
    let problem = app.post("/v1/channels", json!({"platform": "svn", "key": "", "name": "Help"})).await.expect(422);

    let expected = [("/platform", "NOT_FOUND"), ("/key", "REQUIRED")];
    assert_eq!(refused(&problem), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

async fn a_channel_remembers_what_it_was(app: App) {
    platforms(&app).await;
    let id = a_channel(&app, "chat", "#help").await;
    app.patch(&format!("/v1/channels/{id}"), "\"1\"", json!({"name": "Help!"})).await.expect(200);

    let history = app.get("/v1/channels/chat%2F%23help/history").await.expect(200);

    let platform = app.get("/v1/platforms/chat").await.expect(200);
    let first = history["items"][0]["changes"].as_array().unwrap().clone();
    assert!(first.contains(&json!({"field": "platformId", "before": null, "after": platform["id"]})), "{first:?}");
    assert_eq!(history["items"][1]["changes"], json!([{"field": "name", "before": "#help", "after": "Help!"}]));
}
