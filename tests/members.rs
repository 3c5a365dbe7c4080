//! Members: the people of a community, by whatever accounts they are known.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, both};

both![
    a_member_comes_with_its_accounts,
    a_member_is_found_by_an_account_whatever_its_case,
    an_account_that_is_asked_for_is_named_in_full,
    members_are_found_by_what_they_are,
    members_are_found_by_what_is_true_of_them_today,
    a_rerun_by_external_id_adds_what_is_new_and_changes_nothing_else,
    everything_wrong_with_a_new_member_is_told_at_once,
    members_made_at_once_are_all_kept,
    what_names_a_person_is_not_in_the_history_of_accounts,
    a_page_of_members_costs_the_same_for_five_and_for_twenty,
];

/// The platform `forum`.
pub(crate) async fn a_forum(client: &Client) {
    client.post("/v1/platforms", json!({"key": "forum", "name": "Forum", "kind": "FORUM"})).await.expect(201);
}

/// A member with this name, by id.
pub(crate) async fn a_member(client: &Client, name: &str) -> String {
    text(&client.post("/v1/members", json!({"name": name})).await.expect(201)["id"])
}

/// The names of the members that a list holds, in its order.
async fn names(client: &Client, filter: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/members?{filter}")).await.expect(200);

    list["items"].as_array().expect("a list has items").iter().map(|member| text(&member["name"])).collect()
}

fn accounts(list: &Value) -> Vec<(&str, &str)> {
    let items = list["items"].as_array().expect("a list has items").iter();

    items.map(|item| (item["type"].as_str().expect("a type"), item["value"].as_str().expect("a value"))).collect()
}

async fn a_member_comes_with_its_accounts(app: App) {
    a_forum(&app).await;
    let identities = json!([
        {"platform": "forum", "type": "USERNAME", "value": " Ada "},
        {"platform": "forum", "type": "EMAIL", "value": "ada@example.org"},
    ]);

    let made = app.post("/v1/members", json!({"name": "Ada", "kind": "STAFF", "identities": identities})).await.expect(201);

    assert_eq!((&made["kind"], &made["name"], &made["mergedIntoId"]), (&json!("STAFF"), &json!("Ada"), &Value::Null));
    let listed = app.get(&format!("{}/identities", made.header("location"))).await.expect(200);
    assert_eq!(accounts(listed.json()), [("USERNAME", "Ada"), ("EMAIL", "ada@example.org")]);
}

async fn a_member_is_found_by_an_account_whatever_its_case(app: App) {
    a_forum(&app).await;
    a_member(&app, "Grace").await;
    let identities = json!([{"platform": "forum", "type": "USER_ID", "value": "Team/Ada"}]);
    app.post("/v1/members", json!({"name": "Ada", "identities": identities})).await.expect(201);

    assert_eq!(names(&app, "identity=forum/user_id/team/ada").await, ["Ada"]);
    assert_eq!(names(&app, "identity=forum/USER_ID/TEAM/ADA").await, ["Ada"]);
    assert_eq!(names(&app, "identity=forum/username/team/ada").await.len(), 0);
}

async fn an_account_that_is_asked_for_is_named_in_full(app: App) {
    a_forum(&app).await;
    for (identity, code) in [("ada", "INVALID_VALUE"), ("forum/nick/ada", "INVALID_VALUE"), ("chat/username/ada", "NOT_FOUND")] {
        let problem = app.get(&format!("/v1/members?identity={identity}")).await.problem(422, code);

        assert_eq!(problem["errors"][0]["parameter"], "identity", "{problem:?}");
    }
}

async fn members_are_found_by_what_they_are(app: App) {
    for (name, kind) in [("Ada", "COMMUNITY"), ("Grace", "STAFF"), ("Robot", "BOT")] {
        app.post("/v1/members", json!({"name": name, "kind": kind})).await.expect(201);
    }
    let double = a_member(&app, "Countess").await;
    let ada = text(&app.get("/v1/members").await["items"][0]["id"]);
    let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{double}/merge")).header("if-match", "*");
    app.send(merge.json(&json!({"into": ada}))).await.expect(200);

    assert_eq!(names(&app, "kind=STAFF,BOT").await, ["Grace", "Robot"]);
    assert_eq!(names(&app, "merged=true").await, ["Countess"]);
    assert_eq!(names(&app, "merged=false&sort=-createdAt").await, ["Robot", "Grace", "Ada"]);
    assert_eq!(names(&app, "sort=-updatedAt&limit=1").await, ["Countess"]);
    assert_eq!(names(&app, "updatedSince=2999-01-01T00:00:00Z").await.len(), 0);
}

async fn members_are_found_by_what_is_true_of_them_today(app: App) {
    let traits = [
        ("Ada", json!({"attribute": "ROLE", "value": "champion"})),
        ("Grace", json!({"attribute": "ROLE", "value": "champion", "until": "2020-01-01"})),
        ("Joan", json!({"attribute": "ROLE", "value": "champion", "from": "2999-01-01"})),
        ("Mary", json!({"attribute": "ROLE", "value": "moderator"})),
        ("Ruth", json!({"attribute": "PROPERTY", "name": "wish", "value": "champion"})),
    ];
    for (name, said) in traits {
        let member = a_member(&app, name).await;
        app.post(&format!("/v1/members/{member}/traits"), said).await.expect(201);
        let works_for = json!({"attribute": "ORGANISATION", "value": "Acme", "from": "2020-01-01"});
        app.post(&format!("/v1/members/{member}/traits"), works_for).await.expect(201);
    }

    assert_eq!(names(&app, "role=champion").await, ["Ada"]);
    assert_eq!(names(&app, "organisation=Acme&role=moderator").await, ["Mary"]);
    assert_eq!(names(&app, "organisation=Acme").await.len(), 5);
    app.get("/v1/members?role=%20").await.problem(422, "REQUIRED");
}

async fn a_rerun_by_external_id_adds_what_is_new_and_changes_nothing_else(app: App) {
    a_forum(&app).await;
    let body = |values: &[&str]| {
        let identities = values.iter().map(|value| json!({"platform": "forum", "type": "USERNAME", "value": value}));
        json!({"name": "Ada", "identities": identities.collect::<Vec<_>>()})
    };
    let first = app.put("/v1/external/members/hr-1", None, body(&["ada"])).await.expect(201);

    let again = app.put("/v1/external/members/hr-1", None, body(&["ADA"])).await.expect(200);
    let more = app.put("/v1/external/members/hr-1", None, body(&["countess"])).await.expect(200);

    assert_eq!((again.json(), more.json()), (first.json(), first.json()));
    let listed = app.get(&format!("/v1/members/{}/identities", text(&first["id"]))).await.expect(200);
    assert_eq!(accounts(listed.json()), [("USERNAME", "ada"), ("USERNAME", "countess")]);
}

async fn everything_wrong_with_a_new_member_is_told_at_once(app: App) {
    a_forum(&app).await;
    let identities = json!([
        {"platform": "chat", "type": "USERNAME", "value": " "},
        {"platform": "forum", "type": "USERNAME", "value": "ada"},
        {"platform": "forum", "type": "USERNAME", "value": "Ada"},
    ]);

    let problem = app.post("/v1/members", json!({"name": "a".repeat(201), "identities": identities})).await.problem(422, "INVALID");

    let expected = [
        ("/name", "TOO_LONG"),
        ("/identities/0/platform", "NOT_FOUND"),
        ("/identities/0/value", "REQUIRED"),
        ("/identities/2/value", "ALREADY_EXISTS"),
    ];
    assert_eq!(refused(&problem), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert_eq!(names(&app, "").await.len(), 0);
}

async fn members_made_at_once_are_all_kept(app: App) {
    let mut making = tokio::task::JoinSet::new();
    for number in 0..12 {
        let client: Client = app.clone();
        making.spawn(async move { client.post("/v1/members", json!({"name": format!("Member {number}")})).await.status });
    }

    let statuses = making.join_all().await;

    assert_eq!(statuses, [201; 12]);
}

async fn what_names_a_person_is_not_in_the_history_of_accounts(app: App) {
    a_forum(&app).await;
    let identities = json!([{"platform": "forum", "type": "EMAIL", "value": "ada@example.org"}]);
    let made = app.post("/v1/members", json!({"kind": "STAFF", "identities": identities})).await.expect(201);
    app.patch(made.header("location"), made.etag(), json!({"kind": "COMMUNITY"})).await.expect(200);

    let history = app.get(&format!("{}/history", made.header("location"))).await.expect(200);

    assert_eq!(history["items"][0]["changes"], json!([{"field": "kind", "before": null, "after": "STAFF"}]));
    assert_eq!(history["items"][1]["changes"], json!([{"field": "kind", "before": "STAFF", "after": "COMMUNITY"}]));
    assert!(!history.text.contains("ada@example.org"), "{history:?}");
}

async fn a_page_of_members_costs_the_same_for_five_and_for_twenty(app: App) {
    const PAGE: &str = "{ members(first: 50, filter: {merged: false}) { nodes {
        name identities { value platform { key } } traits { value } mergedFrom { name identities { value } }
    } } }";
    a_forum(&app).await;
    let mut costs = Vec::new();
    for (from, to) in [(0, 5), (5, 20)] {
        for number in from..to {
            let identities = json!([{"platform": "forum", "type": "USERNAME", "value": format!("member{number}")}]);
            let made = app.post("/v1/members", json!({"name": format!("Member {number}"), "identities": identities})).await.expect(201);
            let said = json!({"attribute": "ROLE", "value": "champion"});
            app.post(&format!("{}/traits", made.header("location")), said).await.expect(201);
            let double = a_member(&app, &format!("Double {number}")).await;
            let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{double}/merge")).header("if-match", "*");
            app.send(merge.json(&json!({"into": made["id"]}))).await.expect(200);
        }

        let mut cheapest = u64::MAX;
        for _ in 0..3 {
            let before = crate::statements::statements(&app).await;
            let page = app.graphql(PAGE, json!({})).await;
            assert_eq!(page.data()["members"]["nodes"].as_array().map(Vec::len), Some(to));
            cheapest = cheapest.min(crate::statements::statements(&app).await - before);
        }
        costs.push(cheapest);
    }

    assert_eq!(costs[0], costs[1]);
}
