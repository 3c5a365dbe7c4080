//! A new secret for a token, and how long those before it work on.

use std::time::Duration;

use serde_json::json;

use super::{a_token, holder, path};
use crate::given::{refused, text};
use crate::harness::{App, both};

both![
    both_secrets_work_inside_the_grace,
    the_secret_before_stops_after_the_grace,
    without_a_grace_the_secret_before_stops_at_once,
    a_grace_is_a_day_unless_asked_otherwise,
    a_later_rotation_does_not_revive_a_secret,
    a_grace_has_bounds_at_both_doors,
    what_opens_nothing_is_not_rotated,
    a_token_rotates_itself,
];

async fn both_secrets_work_inside_the_grace(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);

    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({"grace": "PT1H"})).await.expect(201);

    assert_eq!((rotated.header("location"), rotated.etag()), (path(&made).as_str(), "\"2\""));
    assert_eq!((&rotated["id"], &rotated["version"]), (&made["id"], &json!(2)));
    assert_ne!(rotated["secret"], made["secret"]);
    for issued in [&made, &rotated] {
        let me = holder(&app, issued).get("/v1/me").await.expect(200);
        assert_eq!(me["tokenId"], made["id"]);
    }
}

async fn the_secret_before_stops_after_the_grace(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({"grace": "PT5S"})).await.expect(201);
    holder(&app, &made).get("/v1/me").await.expect(200);

    tokio::time::sleep(Duration::from_secs(5)).await;

    holder(&app, &made).get("/v1/me").await.problem(401, "UNAUTHENTICATED");
    holder(&app, &rotated).get("/v1/me").await.expect(200);
}

async fn without_a_grace_the_secret_before_stops_at_once(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);

    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({"grace": "PT0S"})).await.expect(201);

    holder(&app, &made).get("/v1/me").await.problem(401, "UNAUTHENTICATED");
    holder(&app, &rotated).get("/v1/me").await.expect(200);
    assert_eq!(rotated["graceUntil"], rotated["rotatedAt"]);
}

async fn a_grace_is_a_day_unless_asked_otherwise(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);

    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({})).await.expect(201);

    let (rotated_at, grace_until) = (text(&rotated["rotatedAt"]), text(&rotated["graceUntil"]));
    let (day, time) = rotated_at.split_once('T').expect("an instant");
    let (next_day, same_time) = grace_until.split_once('T').expect("an instant");
    assert!(day < next_day && time == same_time, "{rotated_at} to {grace_until}");
}

async fn a_later_rotation_does_not_revive_a_secret(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let rotations = format!("{}/rotations", path(&made));
    let second = app.post(&rotations, json!({"grace": "PT0S"})).await.expect(201);

    let third = app.post(&rotations, json!({"grace": "P7D"})).await.expect(201);

    holder(&app, &made).get("/v1/me").await.expect(401);
    holder(&app, &second).get("/v1/me").await.expect(200);
    app.post(&rotations, json!({"grace": "PT0S"})).await.expect(201);
    for issued in [&second, &third] {
        holder(&app, issued).get("/v1/me").await.expect(401);
    }
}

async fn a_grace_has_bounds_at_both_doors(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let rotations = format!("{}/rotations", path(&made));

    let long = app.post(&rotations, json!({"grace": "P7DT1S"})).await.problem(422, "OUT_OF_RANGE");
    assert_eq!(refused(&long), [("/grace".to_owned(), "OUT_OF_RANGE".to_owned())]);
    // Well-formed, and no length of time: months differ.
    app.post(&rotations, json!({"grace": "P1M"})).await.problem(422, "OUT_OF_RANGE");
    for nonsense in ["24h", "-PT1H", ""] {
        let problem = app.post(&rotations, json!({"grace": nonsense})).await.problem(400, "MALFORMED");
        assert_eq!(problem["errors"][0]["pointer"], "/grace");
    }
    let query = "mutation($id: ID!) { rotateToken(input: {id: $id, grace: \"P8D\"}) { token { id } secret userErrors { code path } } }";
    let answer = app.graphql(query, json!({"id": made["id"]})).await;
    let error = json!([{"code": "OUT_OF_RANGE", "path": ["input", "grace"]}]);
    assert_eq!(answer.data()["rotateToken"], json!({"token": null, "secret": null, "userErrors": error}));

    assert_eq!(app.get(&path(&made)).await["version"], 1);
}

async fn what_opens_nothing_is_not_rotated(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    app.delete(&path(&made), "*").await.expect(204);

    app.post(&format!("{}/rotations", path(&made)), json!({})).await.problem(422, "INVALID_TRANSITION");

    holder(&app, &made).get("/v1/me").await.expect(401);
}

async fn a_token_rotates_itself(app: App) {
    let me = app.get("/v1/me").await.expect(200);

    let rotated = app.post(&format!("/v1/tokens/{}/rotations", text(&me["tokenId"])), json!({"grace": "PT0S"})).await.expect(201);

    app.get("/v1/me").await.expect(401);
    let again = holder(&app, &rotated).get("/v1/me").await.expect(200);
    assert_eq!(again.json(), me.json());
}
