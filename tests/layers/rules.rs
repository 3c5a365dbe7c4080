//! The rules by which members come to layers.

use serde_json::json;

use super::{a_member, assigned, three_layers};
use crate::events::{send, told};
use crate::given::text;
use crate::harness::{App, both};

both![
    a_role_brings_its_members_to_a_layer,
    it_takes_more_activities_to_come_in_than_to_stay,
    what_merged_members_did_is_one_persons,
    a_hand_beats_the_rules_until_it_ends,
    rules_are_not_for_staff,
    the_roles_of_merged_members_are_one_persons,
    what_a_rule_says_ends_by_rules,
    nobody_is_evaluated_as_of_a_day_to_come,
];

async fn a_role(app: &App, member: &str, role: &str, days: (&str, Option<&str>)) {
    let said = json!({"attribute": "ROLE", "value": role, "from": days.0, "until": days.1});

    app.post(&format!("/v1/members/{member}/traits"), said).await.expect(201);
}

async fn by_role(app: &App, layer: &str, role: &str) {
    app.patch(&format!("/v1/layers/{layer}"), "*", json!({"rule": {"roles": [role]}})).await.expect(200);
}

/// How many entered, left, went up, went down, were kept by rules and by hand.
async fn evaluated(app: &App, on: &str) -> Vec<u64> {
    let told = app.post("/v1/layers/evaluations", json!({"on": on})).await.expect(200);
    assert_eq!(told["on"], on);

    ["entered", "left", "up", "down", "kept", "keptByHand"].iter().map(|field| told[*field].as_u64().unwrap()).collect()
}

/// Where the member is on a day, and why.
async fn place(app: &App, member: &str, on: &str) -> Vec<String> {
    let query =
        "query ($member: String, $on: Date) { layerAssignments(filter: {member: $member, on: $on}) { nodes { by layer { key } } } }";
    let answer = app.graphql(query, json!({"member": member, "on": on})).await;
    let nodes = answer.data()["layerAssignments"]["nodes"].as_array().unwrap().clone();

    nodes.iter().map(|node| format!("{} {}", text(&node["layer"]["key"]), text(&node["by"]))).collect()
}

async fn a_role_brings_its_members_to_a_layer(app: App) {
    three_layers(&app).await;
    by_role(&app, "core", "steward").await;
    by_role(&app, "edge", "champion").await;
    let ada = a_member(&app, "ada").await;
    a_role(&app, &ada, "champion", ("2026-01-01", None)).await;
    a_role(&app, &ada, "steward", ("2026-02-01", Some("2026-03-01"))).await;

    assert_eq!(evaluated(&app, "2026-01-15").await, [1, 0, 0, 0, 0, 0]);
    assert_eq!(evaluated(&app, "2026-01-15").await, [0, 0, 0, 0, 1, 0]);
    assert_eq!(evaluated(&app, "2026-02-15").await, [0, 0, 1, 0, 0, 0]);
    assert_eq!(evaluated(&app, "2026-03-15").await, [0, 0, 0, 1, 0, 0]);

    assert_eq!(place(&app, "ada", "2026-02-14").await, ["edge ROLE"]);
    assert_eq!(place(&app, "ada", "2026-02-15").await, ["core ROLE"]);
    assert_eq!(place(&app, "ada", "2026-03-15").await, ["edge ROLE"]);
    let flows = app.get("/v1/layers/flows?from=2026-01-01&to=2026-04-01").await.expect(200);
    assert_eq!((&flows["layers"][0]["departedDown"], &flows["layers"][2]["end"]), (&json!(1), &json!(1)));
}

/// Contributions of an account, one on each of these days of March 2026.
async fn contributions(app: &App, account: &str, days: &[u32]) {
    let event = |day: &u32| {
        let member = json!({"type": "username", "value": account});
        let at = format!("2026-03-{day:02}T10:00:00Z");
        told(&format!("{account}-{day}"), json!({"member": member, "occurredAt": at}))
    };
    send(app, &days.iter().map(event).collect::<Vec<_>>()).await.expect(200);
}

/// Three contributions in 30 days bring to the middle, two are enough to stay; anything at all brings to the edge.
async fn by_threshold(app: &App) {
    three_layers(app).await;
    for (layer, class, enter, stay) in [("middle", "CONTRIBUTION", 3, 2), ("edge", "PASSIVE", 1, 1)] {
        let threshold = json!({"class": class, "days": 30, "enter": enter, "stay": stay});
        app.patch(&format!("/v1/layers/{layer}"), "*", json!({"rule": {"threshold": threshold}})).await.expect(200);
    }
}

async fn it_takes_more_activities_to_come_in_than_to_stay(app: App) {
    by_threshold(&app).await;
    contributions(&app, "ada", &[1, 2, 3]).await;
    let mistaken = told("mistaken", json!({"occurredAt": "2026-03-01T11:00:00Z"}));
    let taken_back =
        json!({"platform": "git", "sourceId": "back", "type": "retraction", "parent": "mistaken", "occurredAt": "2026-03-01T12:00:00Z"});
    send(&app, &[mistaken, taken_back]).await.expect(200);

    assert_eq!(evaluated(&app, "2026-03-03").await, [1, 0, 0, 0, 0, 0], "two and one that was taken back bring to the edge");
    assert_eq!(evaluated(&app, "2026-03-04").await, [0, 0, 1, 0, 0, 0], "three bring to the middle");
    assert_eq!(evaluated(&app, "2026-04-01").await, [0, 0, 0, 0, 1, 0], "two are left, which is enough to stay");
    assert_eq!(evaluated(&app, "2026-04-02").await, [0, 0, 0, 1, 0, 0], "one is left");
    assert_eq!(evaluated(&app, "2026-05-10").await, [0, 1, 0, 0, 0, 0], "none is left");

    let flows = app.get("/v1/layers/flows?from=2026-03-01&to=2026-06-01").await.expect(200);
    let middle = &flows["layers"][1];
    assert_eq!((&middle["arrivedUp"], &middle["departedDown"], &middle["end"]), (&json!(1), &json!(1), &json!(0)));
}

async fn what_merged_members_did_is_one_persons(app: App) {
    by_threshold(&app).await;
    contributions(&app, "ada", &[1]).await;
    contributions(&app, "countess", &[2, 3]).await;
    let members = app.get("/v1/members").await.expect(200);
    let [ada, countess] = [0, 1].map(|index: usize| text(&members["items"][index]["id"]));
    let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{countess}/merge")).header("if-match", "*");
    app.send(merge.json(&json!({"into": ada}))).await.expect(200);

    assert_eq!(evaluated(&app, "2026-03-04").await, [1, 0, 0, 0, 0, 0]);

    assert_eq!(place(&app, &ada, "2026-03-04").await, ["middle THRESHOLD"]);
}

async fn a_hand_beats_the_rules_until_it_ends(app: App) {
    three_layers(&app).await;
    by_role(&app, "edge", "champion").await;
    let ada = a_member(&app, "ada").await;
    a_role(&app, &ada, "champion", ("2026-01-01", None)).await;
    let by_hand = assigned(&app, &ada, "core", "2026-01-10").await;
    app.patch(&by_hand, "*", json!({"until": "2026-02-01"})).await.expect(200);

    assert_eq!(evaluated(&app, "2026-01-31").await, [0, 0, 0, 0, 0, 1]);
    assert_eq!(evaluated(&app, "2026-01-05").await, [1, 0, 0, 0, 0, 0]);
    assert_eq!(evaluated(&app, "2026-02-01").await, [1, 0, 0, 0, 0, 0]);

    let days = ["2026-01-09", "2026-01-10", "2026-02-01"];
    for (day, expected) in days.into_iter().zip(["edge ROLE", "core HAND", "edge ROLE"]) {
        assert_eq!(place(&app, "ada", day).await, [expected], "{day}");
    }
}

async fn rules_are_not_for_staff(app: App) {
    three_layers(&app).await;
    by_role(&app, "edge", "champion").await;
    let ada = a_member(&app, "ada").await;
    a_role(&app, &ada, "champion", ("2026-01-01", None)).await;
    evaluated(&app, "2026-01-15").await;
    let said = json!({"attribute": "KIND", "value": "STAFF", "from": "2026-02-01"});
    app.post(&format!("/v1/members/{ada}/traits"), said).await.expect(201);

    assert_eq!(evaluated(&app, "2026-02-15").await, [0, 1, 0, 0, 0, 0]);

    assert_eq!(place(&app, "ada", "2026-02-15").await, Vec::<String>::new());
}

async fn the_roles_of_merged_members_are_one_persons(app: App) {
    three_layers(&app).await;
    by_role(&app, "edge", "champion").await;
    let (ada, countess) = (a_member(&app, "ada").await, a_member(&app, "countess").await);
    a_role(&app, &countess, "champion", ("2026-01-01", None)).await;
    let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{countess}/merge")).header("if-match", "*");
    app.send(merge.json(&json!({"into": ada}))).await.expect(200);

    assert_eq!(evaluated(&app, "2026-01-15").await, [1, 0, 0, 0, 0, 0]);

    assert_eq!(place(&app, "ada", "2026-01-15").await, ["edge ROLE"]);
    assert_eq!(place(&app, "countess", "2026-01-15").await, Vec::<String>::new());
}

async fn what_a_rule_says_ends_by_rules(app: App) {
    three_layers(&app).await;
    by_role(&app, "edge", "champion").await;
    let ada = a_member(&app, "ada").await;
    a_role(&app, &ada, "champion", ("2026-01-01", None)).await;
    evaluated(&app, "2026-01-15").await;
    let list = app.get("/v1/layer-assignments").await.expect(200);
    let path = format!("/v1/layer-assignments/{}", text(&list["items"][0]["id"]));

    app.patch(&path, "*", json!({"until": "2026-02-01"})).await.problem(422, "NOT_APPLICABLE");

    app.delete(&path, "*").await.expect(204);
}

async fn nobody_is_evaluated_as_of_a_day_to_come(app: App) {
    let problem = app.post("/v1/layers/evaluations", json!({"on": "2900-01-01"})).await.problem(422, "OUT_OF_RANGE");

    assert_eq!(problem["errors"][0]["pointer"], "/on");
    let today = app.post("/v1/layers/evaluations", json!({})).await.expect(200);
    assert_eq!(today["entered"], 0);
}
