//! Scopes narrow what a role may, and nobody rises above what they may themselves.

use serde_json::{Value, json};

use super::{a_token, holder, path};
use crate::given::{refused, text};
use crate::harness::{App, both};

both![
    scopes_narrow_a_token_over_rest,
    scopes_narrow_a_token_over_graphql,
    a_token_that_may_not_read_still_learns_who_it_is,
    a_scope_beyond_the_role_is_refused_in_its_place,
    an_admin_does_not_get_at_an_owners_token,
    an_admin_does_not_get_at_an_owners_token_over_graphql,
    a_narrowed_token_hands_out_no_more_than_it_has,
    an_owners_narrow_token_is_within_an_admins_reach,
];

const TEAM: &str = r#"{"key": "devrel", "name": "DevRel", "kind": "TEAM"}"#;

fn team() -> Value {
    serde_json::from_str(TEAM).expect("JSON")
}

async fn scopes_narrow_a_token_over_rest(app: App) {
    let made = a_token(&app, json!({"role": "ADMIN", "scopes": ["EDIT_TEAMS", "READ", "READ"]})).await.expect(201);
    assert_eq!(made["scopes"], json!(["READ", "EDIT_TEAMS"]));
    let narrow = holder(&app, &made);

    let me = narrow.get("/v1/me").await.expect(200);
    assert_eq!((&me["role"], &me["permissions"]), (&json!("ADMIN"), &json!(["INTROSPECT", "READ", "EDIT_TEAMS"])));
    narrow.post("/v1/teams", team()).await.expect(201);
    narrow.get("/v1/teams").await.expect(200);
    let cycle = json!({"key": "2025-Q1", "start": "2025-01-01", "end": "2025-03-31"});
    let refused = narrow.post("/v1/cycles", cycle).await.problem(403, "FORBIDDEN");
    assert!(text(&refused["detail"]).contains("EDIT_CYCLES"), "{refused:?}");
    let refused = narrow.get("/v1/tokens").await.problem(403, "FORBIDDEN");
    assert!(text(&refused["detail"]).contains("MANAGE_TOKENS"), "{refused:?}");
}

async fn scopes_narrow_a_token_over_graphql(app: App) {
    let made = a_token(&app, json!({"role": "ADMIN", "scopes": ["READ"]})).await.expect(201);
    let narrow = holder(&app, &made);

    let read = narrow.graphql("{ me { permissions } teams { totalCount } }", json!({})).await;
    assert_eq!(read.data()["me"]["permissions"], json!(["INTROSPECT", "READ"]));
    let create = "mutation($input: NewTeam!) { createTeam(input: $input) { userErrors { code } } }";
    let refused = narrow.graphql(create, json!({"input": team()})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert!(text(&refused["errors"][0]["message"]).contains("EDIT_TEAMS"), "{refused:?}");
    let node = narrow.graphql("query($id: ID!) { node(id: $id) { id } }", json!({"id": made["id"]})).await;
    assert_eq!(node["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

async fn a_token_that_may_not_read_still_learns_who_it_is(app: App) {
    let made = a_token(&app, json!({"role": "CONTRIBUTOR", "scopes": ["RECORD_PROGRESS"]})).await.expect(201);
    let narrow = holder(&app, &made);

    let me = narrow.get("/v1/me").await.expect(200);

    assert_eq!(me["permissions"], json!(["INTROSPECT", "RECORD_PROGRESS"]));
    narrow.get("/v1/teams").await.problem(403, "FORBIDDEN");
}

async fn a_scope_beyond_the_role_is_refused_in_its_place(app: App) {
    let beyond = a_token(&app, json!({"scopes": ["READ", "EDIT_OKRS"]})).await.problem(422, "INVALID_VALUE");
    assert_eq!(refused(&beyond), [("/scopes/1".to_owned(), "INVALID_VALUE".to_owned())]);
    let none = a_token(&app, json!({"scopes": []})).await.problem(422, "REQUIRED");
    assert_eq!(refused(&none), [("/scopes".to_owned(), "REQUIRED".to_owned())]);
    let unknown = a_token(&app, json!({"scopes": ["FLY"]})).await.problem(400, "MALFORMED");
    assert_eq!(unknown["errors"][0]["pointer"], "/scopes/0");

    let create = "mutation($input: NewToken!) { createToken(input: $input) { token { id } secret userErrors { code path } } }";
    let answer = app.graphql(create, json!({"input": {"name": "x", "role": "VIEWER", "scopes": ["IMPORT"]}})).await;
    let error = json!([{"code": "INVALID_VALUE", "path": ["input", "scopes", "0"]}]);
    assert_eq!(answer.data()["createToken"], json!({"token": null, "secret": null, "userErrors": error}));
}

async fn an_admin_does_not_get_at_an_owners_token(app: App) {
    let owners = a_token(&app, json!({"role": "OWNER"})).await.expect(201);
    let admin = app.as_role("admin");

    let made = a_token(&admin, json!({"role": "OWNER"})).await;
    let rotated = admin.post(&format!("{}/rotations", path(&owners)), json!({})).await;
    let revoked = admin.delete(&path(&owners), "*").await;

    for answer in [made, rotated, revoked] {
        let refused = answer.problem(403, "FORBIDDEN");
        assert!(text(&refused["detail"]).contains("EDIT_WORKSPACE"), "{refused:?}");
    }
    holder(&app, &owners).get("/v1/me").await.expect(200);
    assert_eq!(app.get(&path(&owners)).await["version"], 1);
    a_token(&admin, json!({"role": "ADMIN"})).await.expect(201);
}

async fn an_admin_does_not_get_at_an_owners_token_over_graphql(app: App) {
    let owners = a_token(&app, json!({"role": "OWNER"})).await.expect(201);
    let admin = app.as_role("admin");
    let id = text(&owners["id"]);

    let mutations = [
        "createToken(input: {name: \"x\", role: OWNER}) { secret }".to_owned(),
        format!("rotateToken(input: {{id: \"{id}\"}}) {{ secret }}"),
        format!("revokeToken(input: {{id: \"{id}\", version: 1}}) {{ token {{ id }} }}"),
    ];

    for mutation in mutations {
        let refused = admin.graphql(&format!("mutation {{ {mutation} }}"), json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused:?}");
        assert!(text(&refused["errors"][0]["message"]).contains("EDIT_WORKSPACE"), "{refused:?}");
    }
    let seen = admin.graphql("query($id: ID!) { token(id: $id) { viewerCanManage } }", json!({"id": id})).await;
    assert_eq!(seen.data()["token"]["viewerCanManage"], false);
}

async fn a_narrowed_token_hands_out_no_more_than_it_has(app: App) {
    let made = a_token(&app, json!({"role": "OWNER", "scopes": ["READ", "MANAGE_TOKENS"]})).await.expect(201);
    let narrow = holder(&app, &made);

    a_token(&narrow, json!({"role": "VIEWER"})).await.expect(201);
    a_token(&narrow, json!({"role": "EDITOR", "scopes": ["READ"]})).await.expect(201);
    let refused = a_token(&narrow, json!({"role": "EDITOR", "scopes": ["READ", "EDIT_OKRS"]})).await.problem(403, "FORBIDDEN");
    assert!(text(&refused["detail"]).contains("EDIT_OKRS"), "{refused:?}");
    a_token(&narrow, json!({"role": "OWNER"})).await.problem(403, "FORBIDDEN");
    let me = app.get("/v1/me").await.expect(200);
    narrow.post(&format!("/v1/tokens/{}/rotations", text(&me["tokenId"])), json!({"grace": "PT0S"})).await.problem(403, "FORBIDDEN");
}

async fn an_owners_narrow_token_is_within_an_admins_reach(app: App) {
    let narrow = a_token(&app, json!({"role": "OWNER", "scopes": ["READ"]})).await.expect(201);
    let admin = app.as_role("admin");

    admin.post(&format!("{}/rotations", path(&narrow)), json!({})).await.expect(201);

    admin.delete(&path(&narrow), "\"2\"").await.expect(204);
}
