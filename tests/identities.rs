//! Identities: each account belongs to one member.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, Response, both};
use crate::members::{a_forum, a_member};

both![
    an_account_is_added_and_removed,
    a_taken_account_names_the_member_that_has_it,
    an_account_of_another_type_is_another_one,
    of_two_members_who_claim_an_account_at_once_one_gets_it,
    a_member_has_at_most_fifty_accounts,
    a_refusal_logs_nothing_of_the_account,
    an_account_is_a_node,
];

async fn claim(client: &Client, member: &str, value: &str) -> Response {
    let account = json!({"platform": "forum", "type": "USERNAME", "value": value});

    client.post(&format!("/v1/members/{member}/identities"), account).await
}

async fn an_account_is_added_and_removed(app: App) {
    a_forum(&app).await;
    let ada = a_member(&app, "Ada").await;

    let added = claim(&app, &ada, "ada").await.expect(201);

    assert_eq!((&added["memberId"], &added["type"], &added["value"]), (&json!(ada), &json!("USERNAME"), &json!("ada")));
    let place = added.header("location").to_owned();
    assert_eq!(app.get(&place).await.expect(200).json(), added.json());
    app.delete(&place, None).await.expect(204);
    app.get(&place).await.problem(404, "NOT_FOUND");
    let grace = a_member(&app, "Grace").await;
    claim(&app, &grace, "ada").await.expect(201);
}

async fn a_taken_account_names_the_member_that_has_it(app: App) {
    a_forum(&app).await;
    let (ada, grace) = (a_member(&app, "Ada").await, a_member(&app, "Grace").await);
    claim(&app, &ada, "ada").await.expect(201);

    let problem = claim(&app, &grace, "ADA").await.problem(409, "ALREADY_EXISTS");

    assert_eq!(refused(&problem), [("/value".to_owned(), "ALREADY_EXISTS".to_owned())]);
    assert!(text(&problem["detail"]).contains(&ada), "{problem:?}");
    let identities = json!([{"platform": "forum", "type": "USERNAME", "value": "Ada"}]);
    let problem = app.post("/v1/members", json!({"name": "Joan", "identities": identities})).await.problem(409, "ALREADY_EXISTS");
    assert_eq!(refused(&problem), [("/identities/0/value".to_owned(), "ALREADY_EXISTS".to_owned())]);
    let query = "mutation($input: AddIdentityInput!) { addIdentity(input: $input) { identity { id } userErrors { code path message } } }";
    let input = json!({"member": grace, "platform": "forum", "type": "USERNAME", "value": "ada"});
    let payload = app.graphql(query, json!({ "input": input })).await.data()["addIdentity"].clone();
    assert_eq!((&payload["identity"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!("ALREADY_EXISTS")));
    assert_eq!(payload["userErrors"][0]["path"], json!(["input", "value"]));
}

async fn an_account_of_another_type_is_another_one(app: App) {
    a_forum(&app).await;
    app.post("/v1/platforms", json!({"key": "chat", "name": "Chat", "kind": "CHAT"})).await.expect(201);
    let (ada, grace) = (a_member(&app, "Ada").await, a_member(&app, "Grace").await);
    claim(&app, &ada, "ada").await.expect(201);

    for (platform, kind) in [("forum", "NAME"), ("chat", "USERNAME")] {
        let account = json!({"platform": platform, "type": kind, "value": "ada"});
        app.post(&format!("/v1/members/{grace}/identities"), account).await.expect(201);
    }
}

async fn of_two_members_who_claim_an_account_at_once_one_gets_it(app: App) {
    a_forum(&app).await;
    let mut claims = tokio::task::JoinSet::new();
    for name in ["Ada", "Grace", "Joan"] {
        let (client, member): (Client, _) = (app.clone(), a_member(&app, name).await);
        claims.spawn(async move { claim(&client, &member, "ada").await.status });
    }

    let mut statuses = claims.join_all().await;

    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
}

async fn a_member_has_at_most_fifty_accounts(app: App) {
    a_forum(&app).await;
    let identities: Vec<Value> =
        (0..50).map(|number| json!({"platform": "forum", "type": "USERNAME", "value": format!("ada{number}")})).collect();
    let made = app.post("/v1/members", json!({"externalId": "hr-1", "identities": identities})).await.expect(201);

    claim(&app, &text(&made["id"]), "ada50").await.problem(422, "TOO_MANY");

    let one = json!({"identities": [{"platform": "forum", "type": "USERNAME", "value": "ada50"}]});
    app.put("/v1/external/members/hr-1", None, one).await.problem(422, "TOO_MANY");
    app.put("/v1/external/members/hr-1", None, json!({ "identities": identities })).await.expect(200);
}

async fn a_refusal_logs_nothing_of_the_account(app: App) {
    a_forum(&app).await;
    let (ada, grace) = (a_member(&app, "Lovelace").await, a_member(&app, "Hopper").await);
    claim(&app, &ada, "Countess").await.expect(201);

    claim(&app, &grace, "countess").await.problem(409, "ALREADY_EXISTS");
    claim(&app, &grace, &"countess".repeat(99)).await.problem(422, "TOO_LONG");
    app.get("/v1/members?identity=forum/countess").await.problem(422, "INVALID_VALUE");

    let log = app.server.log().to_lowercase();
    assert!(!["countess", "lovelace", "hopper"].iter().any(|name| log.contains(name)), "{log}");
}

async fn an_account_is_a_node(app: App) {
    a_forum(&app).await;
    let ada = a_member(&app, "Ada").await;
    let added = claim(&app, &ada, "ada").await.expect(201);
    let query = format!(
        "{{ node(id: {}) {{ ... on Identity {{ value member {{ name identities {{ type }} }} platform {{ key }} }} }} }}",
        added["id"]
    );

    let answer = app.graphql(&query, json!({})).await;

    let expected = json!({"value": "ada", "member": {"name": "Ada", "identities": [{"type": "USERNAME"}]}, "platform": {"key": "forum"}});
    assert_eq!(answer.data()["node"], expected);
}
