//! Access tokens: made, seen and taken back, at both doors and at the command line.

mod rotations;
mod scopes;
mod secrets;

use std::time::Duration;

use serde_json::{Value, json};

use crate::given::text;
use crate::harness::{App, Client, Response, both};

both![
    a_token_is_created_and_opens_the_workspace,
    a_token_without_a_name_or_a_future_is_refused,
    an_expired_token_is_answered_like_an_unknown_one,
    a_revoked_token_opens_nothing_and_stays_to_be_seen,
    a_token_is_revoked_at_the_version_that_was_read,
    no_token_revokes_itself,
    a_list_holds_what_is_revoked_unless_it_is_filtered,
    the_last_use_of_a_token_is_seen,
    a_token_is_written_and_read_over_graphql,
    the_history_of_a_token_tells_who_did_what,
    the_command_line_makes_narrows_rotates_and_revokes,
    the_command_line_names_what_is_wrong,
];

async fn a_token(client: &Client, fields: Value) -> Response {
    let mut token = json!({"name": "sync", "role": "VIEWER"});
    for (name, value) in fields.as_object().expect("fields are an object") {
        token[name] = value.clone();
    }
    client.post("/v1/tokens", token).await
}

fn path(token: &Response) -> String {
    format!("/v1/tokens/{}", text(&token["id"]))
}

/// A caller with the secret of an answer.
fn holder(app: &App, issued: &Response) -> Client {
    app.with_token(&text(&issued["secret"]))
}

async fn a_token_is_created_and_opens_the_workspace(app: App) {
    let made = a_token(&app, json!({"expiresAt": "2999-01-01T00:00:00.1234567Z"})).await.expect(201);

    assert_eq!((made.header("location"), made.etag()), (path(&made).as_str(), "\"1\""));
    assert_eq!(made["expiresAt"], "2999-01-01T00:00:00.123456Z");
    let me = holder(&app, &made).get("/v1/me").await.expect(200);
    assert_eq!((&me["tokenId"], &me["name"], &me["role"]), (&made["id"], &json!("sync"), &json!("VIEWER")));
    let shown = app.get(&path(&made)).await.expect(200);
    for (name, value) in shown.json().as_object().expect("a token").iter().filter(|(name, _)| *name != "lastUsedAt") {
        assert_eq!(value, &made[name.as_str()], "{name}");
    }
}

async fn a_token_without_a_name_or_a_future_is_refused(app: App) {
    let refused = a_token(&app, json!({"name": " ", "expiresAt": "2020-01-01T00:00:00Z"})).await.problem(422, "INVALID");

    let told = crate::given::refused(&refused);
    assert_eq!(told, [("/name".to_owned(), "REQUIRED".to_owned()), ("/expiresAt".to_owned(), "OUT_OF_RANGE".to_owned())]);
    a_token(&app, json!({"role": "KING"})).await.problem(400, "MALFORMED");
}

async fn an_expired_token_is_answered_like_an_unknown_one(app: App) {
    let soon = app.server.database.run(&["token", "create", "--role", "viewer", "--name", "brief", "--expires", "PT6S"]);
    let brief = app.with_token(&soon);
    brief.get("/v1/teams").await.expect(200);

    tokio::time::sleep(Duration::from_secs(6)).await;

    let expired = brief.get("/v1/teams").await.problem(401, "UNAUTHENTICATED");
    let unknown = app.with_token("wmk_unknown").get("/v1/teams").await.problem(401, "UNAUTHENTICATED");
    let told = |answer: &Response| ["type", "title", "status", "detail", "instance", "code"].map(|member| answer[member].clone());
    assert_eq!(told(&expired), told(&unknown));
    brief.graphql("{ me { name } }", json!({})).await.expect(401);
}

async fn a_revoked_token_opens_nothing_and_stays_to_be_seen(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let sync = holder(&app, &made);
    sync.get("/v1/teams").await.expect(200);

    app.delete(&path(&made), "*").await.expect(204);

    sync.get("/v1/teams").await.problem(401, "UNAUTHENTICATED");
    let shown = app.get(&path(&made)).await.expect(200);
    assert!(shown["revokedAt"].is_string() && shown["version"] == 2, "{shown:?}");
    app.delete(&path(&made), "*").await.expect(204);
    assert_eq!(app.get(&path(&made)).await["version"], 2, "to revoke it again changes nothing");
}

async fn a_token_is_revoked_at_the_version_that_was_read(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    app.post(&format!("{}/rotations", path(&made)), json!({})).await.expect(201);

    app.delete(&path(&made), None).await.problem(428, "PRECONDITION_REQUIRED");
    let stale = app.delete(&path(&made), made.etag()).await.problem(412, "VERSION_CONFLICT");

    assert_eq!(stale["current"]["version"], 2);
    assert_eq!(stale["current"].get("secret"), None);
    holder(&app, &made).get("/v1/me").await.expect(200);
    let seen = app.get(&path(&made)).await.expect(200);
    app.delete(&path(&made), seen.etag()).await.expect(204);
}

async fn no_token_revokes_itself(app: App) {
    let me = app.get("/v1/me").await.expect(200);

    let refused = app.delete(&format!("/v1/tokens/{}", text(&me["tokenId"])), "*").await.problem(422, "INVALID_TRANSITION");

    assert!(text(&refused["detail"]).contains("PT0S"), "{refused:?}");
    app.get("/v1/me").await.expect(200);
}

async fn a_list_holds_what_is_revoked_unless_it_is_filtered(app: App) {
    for name in ["a", "b", "c"] {
        a_token(&app, json!({"name": name})).await.expect(201);
    }
    let second = app.get("/v1/tokens?sort=-name&role=VIEWER&limit=1").await.expect(200);
    let gone = text(&second["items"][0]["id"]);
    app.delete(&format!("/v1/tokens/{gone}"), "*").await.expect(204);

    let names = async |query: &str| {
        let list = app.get(&format!("/v1/tokens?{query}")).await.expect(200);
        list["items"].as_array().expect("a list").iter().map(|token| text(&token["name"])).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["owner", "a", "b", "c"]);
    assert_eq!(names("revoked=false&role=VIEWER").await, ["a", "b"]);
    assert_eq!(names("revoked=true").await, ["c"]);
    assert_eq!(names("sort=-updatedAt&limit=1").await, ["c"]);
    let table = app.get("/v1/tokens?format=csv&fields=name,role&role=OWNER").await.expect(200);
    assert_eq!(table.text, "name,role\r\nowner,OWNER\r\n");
}

async fn the_last_use_of_a_token_is_seen(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let unused = app.get(&path(&made)).await.expect(200);
    assert_eq!(unused["lastUsedAt"], Value::Null);

    holder(&app, &made).get("/v1/teams").await.expect(200);

    let mut shown = app.get(&path(&made)).await.expect(200);
    for _ in 0..50 {
        if !shown["lastUsedAt"].is_null() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        shown = app.get(&path(&made)).await.expect(200);
    }
    assert!(shown["lastUsedAt"].is_string(), "{shown:?}");
    assert_eq!(shown["version"], 1, "use is no change");
    assert_ne!(shown.etag(), unused.etag(), "what has changed is not answered by 304");
    app.delete(&path(&made), unused.etag()).await.expect(204);
}

async fn a_token_is_written_and_read_over_graphql(app: App) {
    let create = "mutation($input: NewToken!) { createToken(input: $input) { token { id version scopes viewerCanManage } secret userErrors { code } } }";
    let input = json!({"name": "sync", "role": "EDITOR", "scopes": ["EDIT_OKRS", "READ"]});
    let made = app.graphql(create, json!({"input": input})).await;
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.data()["createToken"].clone();
    assert_eq!(made["userErrors"], json!([]));
    assert_eq!((&made["token"]["scopes"], &made["token"]["viewerCanManage"]), (&json!(["READ", "EDIT_OKRS"]), &json!(true)));
    let id = text(&made["token"]["id"]);

    let rotate = "mutation($id: ID!) { rotateToken(input: {id: $id, grace: \"PT0S\"}) { token { version } secret userErrors { code } } }";
    let rotated = app.graphql(rotate, json!({"id": id})).await.data()["rotateToken"].clone();
    assert_eq!(rotated["token"]["version"], 2);
    app.with_token(&text(&made["secret"])).get("/v1/me").await.expect(401);
    app.with_token(&text(&rotated["secret"])).get("/v1/me").await.expect(200);

    let revoke = "mutation($id: ID!, $version: Int!) { revokeToken(input: {id: $id, version: $version}) { token { version revokedAt } userErrors { code path } } }";
    let stale = app.graphql(revoke, json!({"id": id, "version": 1})).await.data()["revokeToken"].clone();
    assert_eq!((&stale["userErrors"][0]["code"], &stale["token"]["version"]), (&json!("VERSION_CONFLICT"), &json!(2)));
    let revoked = app.graphql(revoke, json!({"id": id, "version": 2})).await.data()["revokeToken"].clone();
    assert!(revoked["token"]["revokedAt"].is_string() && revoked["userErrors"] == json!([]), "{revoked}");

    let read = "query($id: ID!) { token(id: $id) { name } node(id: $id) { id ... on Token { role version } } tokens(filter: {revoked: true}) { totalCount nodes { id } } }";
    let seen = app.graphql(read, json!({"id": id})).await.data().clone();
    let node = json!({"id": id, "role": "EDITOR", "version": 3});
    assert_eq!(seen, json!({"token": {"name": "sync"}, "node": node, "tokens": {"totalCount": 1, "nodes": [{"id": id}]}}));
}

async fn the_history_of_a_token_tells_who_did_what(app: App) {
    let me = app.get("/v1/me").await.expect(200);
    let made = a_token(&app, json!({"scopes": ["READ"]})).await.expect(201);
    app.post(&format!("{}/rotations", path(&made)), json!({})).await.expect(201);
    app.delete(&path(&made), "*").await.expect(204);

    let history = app.get(&format!("{}/history", path(&made))).await.expect(200);

    let told = |index: usize| {
        let change = &history["items"][index];
        assert_eq!((&change["author"], &change["tokenId"]), (&json!("owner"), &me["tokenId"]));
        change["changes"].as_array().expect("changes").iter().map(|field| text(&field["field"])).collect::<Vec<_>>()
    };
    assert_eq!(told(0), ["name", "role", "scopes"]);
    assert_eq!(told(1), ["graceUntil", "rotatedAt"]);
    assert_eq!(told(2), ["revokedAt"]);
    assert_eq!(history["items"][0]["changes"][2]["after"], json!(["READ"]));
    app.as_role("viewer").get(&format!("{}/history", path(&made))).await.problem(403, "FORBIDDEN");
}

async fn the_command_line_makes_narrows_rotates_and_revokes(app: App) {
    let waymark = |arguments: &[&str]| app.server.database.run(&[&["token"], arguments].concat());
    let first = waymark(&["create", "--role", "editor", "--name", "ci", "--scope", "read", "--scope", "RECORD_PROGRESS"]);
    let me = app.with_token(&first).get("/v1/me").await.expect(200);
    assert_eq!(me["permissions"], json!(["INTROSPECT", "READ", "RECORD_PROGRESS"]));
    let id = text(&me["tokenId"]);
    let list = waymark(&["list"]);
    let line = list.lines().find(|line| line.starts_with(&id)).expect("the token is listed");
    assert!(line.contains("\teditor\tci\t") && line.ends_with("READ,RECORD_PROGRESS"), "{line}");

    let second = waymark(&["rotate", &id, "--grace", "1h"]);
    app.with_token(&first).get("/v1/me").await.expect(200);
    let third = waymark(&["rotate", &id, "--grace", "0h"]);
    for secret in [&first, &second] {
        app.with_token(secret).get("/v1/me").await.expect(401);
    }
    app.with_token(&third).get("/v1/me").await.expect(200);

    waymark(&["revoke", &id]);
    app.with_token(&third).get("/v1/me").await.expect(401);
}

async fn the_command_line_names_what_is_wrong(app: App) {
    let complaints = [
        (["create", "--role", "king", "--name", "x"].as_slice(), "--role: `king` is none of owner, admin,"),
        (&["create", "--role", "viewer", "--name", "x", "--scope", "fly"], "--scope: `fly` is none of introspect, read,"),
        (&["create", "--role", "viewer", "--name", "x", "--scope", "import"], "scopes.0: the role VIEWER has no permission IMPORT"),
        (&["create", "--role", "viewer", "--name", "x", "--expires", "soon"], "--expires: `soon` is not a number of"),
        (&["create", "--role", "viewer", "--name", "x", "--expires", "11y"], "--expires: `11y` is not a number of"),
        (&["rotate", "tok_nobody", "--grace", "soon"], "--grace: `soon` is not a number of"),
        (&["rotate", "tok_nobody"], "there is no token `tok_nobody`"),
    ];

    for (arguments, complaint) in complaints {
        let done = app.server.database.waymark(&[&["token"], arguments].concat()).output().expect("run waymark");

        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && told.contains(complaint), "{arguments:?}: {told}");
    }
}
