//! A key result that was moved is found by every address it ever had, wherever one can be named.

use serde_json::{Value, json};

use crate::harness::{App, both};
use crate::world::World;

both![
    an_old_address_leads_to_its_page,
    an_old_address_is_known_to_graphql,
    a_check_in_takes_an_old_address,
    a_link_takes_an_old_address,
    a_filter_takes_an_old_address,
    an_objective_supports_an_old_address,
    a_key_result_that_moves_back_has_three_addresses,
    an_old_address_is_not_given_to_another,
    an_old_address_dies_with_its_key_result,
    an_address_does_not_lead_into_another_workspace,
];

const OLD: &str = "2025-Q4.devrel.O1-KR1";

/// Moves the measured key result to a second objective; its address there is O2-KR1.
async fn moved(app: &App) -> World {
    let world = World::made_by(app).await;
    app.post("/v1/objectives", json!({"cycle": "2025-Q4", "team": "devrel", "title": "Second"})).await.expect(201);
    let path = world.filled("/v1/key-results/{keyResult}");
    let moved = app.patch(&path, "\"1\"", json!({"objective": "2025-Q4.devrel.O2"})).await.expect(200);
    assert_eq!(moved["address"], "2025-Q4.devrel.O2-KR1");

    world
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|item| item["id"].as_str()).collect()
}

async fn an_old_address_leads_to_its_page(app: App) {
    let world = moved(&app).await;
    for path in ["", "/score", "/history", "/milestone-steps"] {
        let old = app.get(&format!("/v1/key-results/{OLD}{path}")).await.expect(200);
        let new = app.get(&world.filled(&format!("/v1/key-results/{{keyResult}}{path}"))).await.expect(200);
        assert_eq!(old.json(), new.json(), "{path}");
    }

    app.patch(&format!("/v1/key-results/{OLD}"), "\"2\"", json!({"title": "Other"})).await.expect(200);
    app.put(&format!("/v1/key-results/{OLD}/grade"), "\"3\"", json!({"grade": 1, "reason": "Done"})).await.expect(200);
}

async fn an_old_address_is_known_to_graphql(app: App) {
    let world = moved(&app).await;

    let query = "query($old: String!, $id: ID!) { keyResult(address: $old) { id } keyResultScore(id: $id) { __typename } }";
    let answer = app.graphql(query, json!({"old": OLD, "id": OLD})).await;

    assert_eq!(answer.data()["keyResult"]["id"], world.id("keyResult"));
    assert_ne!(answer.data()["keyResultScore"], Value::Null);
}

async fn a_check_in_takes_an_old_address(app: App) {
    let world = moved(&app).await;

    let check_in = app.post("/v1/check-ins", json!({"keyResult": OLD, "on": "2025-10-20", "value": 160})).await.expect(201);
    let query = "mutation($input: NewCheckIn!) { recordCheckIn(input: $input) { checkIn { keyResultId } userErrors { message } } }";
    let answer = app.graphql(query, json!({"input": {"keyResult": OLD, "on": "2025-10-21", "value": 161}})).await;

    assert_eq!(check_in["keyResultId"], world.id("keyResult"));
    assert_eq!(answer.data()["recordCheckIn"]["checkIn"]["keyResultId"], world.id("keyResult"));
}

async fn a_link_takes_an_old_address(app: App) {
    let world = moved(&app).await;
    let path = world.filled(&format!("/v1/initiatives/{{initiative}}/contributions/{OLD}"));

    let link = app.put(&path, None, json!({})).await.expect(200);

    assert_eq!(link["keyResultId"], world.id("keyResult"));
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    assert_eq!(app.get(&links).await.expect(200)["items"].as_array().map(Vec::len), Some(1), "it is the link that was there");
    app.delete(&path, None).await.expect(204);
    assert_eq!(app.get(&links).await.expect(200)["items"], json!([]));
}

async fn a_filter_takes_an_old_address(app: App) {
    let world = moved(&app).await;

    let check_ins = app.get(&format!("/v1/check-ins?keyResult={OLD}")).await.expect(200);
    let initiatives = app.get(&format!("/v1/initiatives?keyResult={OLD}")).await.expect(200);

    assert_eq!(ids(&check_ins["items"]), [world.id("checkIn")]);
    assert_eq!(ids(&initiatives["items"]), [world.id("initiative")]);
    let query = "query($old: String!) { checkIns(filter: {keyResult: $old}) { nodes { id } } initiatives(filter: {keyResult: $old}) { nodes { id } } }";
    let answer = app.graphql(query, json!({"old": OLD})).await;
    assert_eq!(ids(&answer.data()["checkIns"]["nodes"]), [world.id("checkIn")]);
    assert_eq!(ids(&answer.data()["initiatives"]["nodes"]), [world.id("initiative")]);
}

async fn an_objective_supports_an_old_address(app: App) {
    let world = moved(&app).await;
    let objective = json!({"cycle": "2025-Q4", "team": "devrel", "title": "Third", "parent": OLD, "alignments": [OLD]});

    let made = app.post("/v1/objectives", objective).await;

    // The same thing as parent and as alignment may be refused; each alone is not.
    if made.status == 422 {
        let made =
            app.post("/v1/objectives", json!({"cycle": "2025-Q4", "team": "devrel", "title": "Third", "parent": OLD})).await.expect(201);
        assert_eq!(made["parentId"], world.id("keyResult"));
    } else {
        assert_eq!(made.expect(201)["parentId"], world.id("keyResult"));
    }
    let listed = app.get(&format!("/v1/objectives?supports={OLD}")).await.expect(200);
    assert_eq!(ids(&listed["items"]).len(), 1);
}

async fn a_key_result_that_moves_back_has_three_addresses(app: App) {
    let world = moved(&app).await;
    let path = world.filled("/v1/key-results/{keyResult}");

    let back = app.patch(&path, "\"2\"", json!({"objective": "2025-Q4.devrel.O1"})).await.expect(200);

    for address in [OLD, "2025-Q4.devrel.O2-KR1", back["address"].as_str().expect("an address")] {
        assert_eq!(app.get(&format!("/v1/key-results/{address}")).await.expect(200)["id"], world.id("keyResult"), "{address}");
    }
}

async fn an_old_address_is_not_given_to_another(app: App) {
    moved(&app).await;
    let key_result = json!({"objective": "2025-Q4.devrel.O1", "title": "New", "kind": "MILESTONE"});

    let made = app.post("/v1/key-results", key_result).await.expect(201);

    assert_eq!(made["address"], "2025-Q4.devrel.O1-KR3");
}

async fn an_old_address_dies_with_its_key_result(app: App) {
    let world = moved(&app).await;

    app.delete(&world.filled("/v1/key-results/{keyResult}"), "\"2\"").await.expect(204);

    for address in [OLD, "2025-Q4.devrel.O2-KR1"] {
        app.get(&format!("/v1/key-results/{address}")).await.problem(404, "NOT_FOUND");
        app.post("/v1/check-ins", json!({"keyResult": address, "on": "2025-10-20", "value": 1})).await.expect(422);
    }
}

async fn an_address_does_not_lead_into_another_workspace(app: App) {
    moved(&app).await;
    let stranger = app.elsewhere();

    for address in [OLD, "2025-Q4.devrel.O2-KR1"] {
        stranger.get(&format!("/v1/key-results/{address}")).await.problem(404, "NOT_FOUND");
    }
}
