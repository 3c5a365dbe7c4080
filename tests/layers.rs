//! Layers: how close members stand to the core, who came and who went.

mod rules;

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, both};

both![
    the_default_set_is_made_once,
    a_layer_is_the_same_at_both_doors,
    all_broken_fields_of_a_layer_are_named_at_once,
    two_layers_do_not_stand_at_one_position,
    a_layer_that_somebody_was_in_is_not_deleted,
    assigning_by_hand_ends_what_was_before,
    a_member_is_found_by_its_external_id_and_counts_as_whom_it_was_merged_into,
    what_somebody_says_of_later_days_is_not_overruled_unseen,
    an_assignment_is_ended_and_opened_again,
    flows_explain_the_difference,
    a_window_of_flows_has_days,
];

/// Three layers, of which the first should have one or two members.
pub(super) async fn three_layers(app: &App) {
    for (position, key) in [(1, "core"), (2, "middle"), (3, "edge")] {
        let mut layer = json!({"key": key, "name": key, "position": position});
        if position == 1 {
            (layer["least"], layer["most"]) = (json!(1), json!(2));
        }
        app.post("/v1/layers", layer).await.expect(201);
    }
}

pub(super) async fn a_member(app: &App, name: &str) -> String {
    let made = app.post("/v1/members", json!({"name": name, "externalId": name})).await.expect(201);

    text(&made["id"])
}

pub(super) async fn assigned(app: &App, member: &str, layer: &str, from: &str) -> String {
    let body = json!({"member": member, "layer": layer, "from": from});
    let made = app.post("/v1/layer-assignments", body).await.expect(201);

    format!("/v1/layer-assignments/{}", text(&made["id"]))
}

async fn the_default_set_is_made_once(app: App) {
    let made = app.post("/v1/layers/default-set", json!(null)).await.expect(200);

    let list = app.get("/v1/layers?fields=key,position,least,most,rule").await.expect(200);
    assert_eq!(made["layers"].as_array().unwrap().len(), 4);
    let core = json!({"key": "core-contributors", "position": 1, "least": 50, "most": 100, "rule": null});
    assert_eq!((&list["items"][0], &list["items"][3]["most"]), (&core, &Value::Null));
    app.post("/v1/layers/default-set", json!(null)).await.expect(409);
    let again = app.graphql("mutation { createDefaultLayers { set { layers { key } } userErrors { code } } }", json!({})).await;
    let payload = &again.data()["createDefaultLayers"];
    assert_eq!((&payload["set"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!("ALREADY_EXISTS")));
}

async fn a_layer_is_the_same_at_both_doors(app: App) {
    let threshold = json!({"class": "CONTRIBUTION", "days": 90, "enter": 5, "stay": 2});
    let rule = json!({"roles": null, "threshold": threshold});
    let layer = json!({"key": "core", "name": "Core", "position": 3, "least": 1, "most": 9, "rule": rule, "externalId": "a"});
    let made = app.post("/v1/layers", layer.clone()).await.expect(201);
    for (name, value) in layer.as_object().unwrap() {
        assert_eq!(&made[name.as_str()], value, "{name}");
    }

    let query = "mutation ($changes: LayerPatch!) { updateLayer(input: {id: \"core\", version: 1, changes: $changes}) {
        layer { version most rule { roles threshold { enter } } } userErrors { message }
    } }";
    let changes = json!({"most": null, "rule": {"roles": ["moderator", "champion"]}});
    let changed = app.graphql(query, json!({ "changes": changes })).await;

    let expected = json!({"version": 2, "most": null, "rule": {"roles": ["champion", "moderator"], "threshold": null}});
    assert_eq!(changed.data()["updateLayer"], json!({"layer": expected, "userErrors": []}));
    let history = app.get("/v1/layers/core/history").await.expect(200);
    let rules = json!({"field": "rule", "before": rule, "after": {"roles": ["champion", "moderator"], "threshold": null}});
    assert_eq!(history["items"][1]["changes"], json!([{"field": "most", "before": 9, "after": null}, rules]));
}

async fn all_broken_fields_of_a_layer_are_named_at_once(app: App) {
    let rule = json!({"threshold": {"class": "PASSIVE", "days": 0, "enter": 2, "stay": 3}});
    let layer = json!({"key": "flows", "name": "", "position": -1, "least": 5, "most": 4, "rule": rule});

    let problem = app.post("/v1/layers", layer).await.expect(422);

    let expected = [
        ("/key", "INVALID_KEY"),
        ("/name", "REQUIRED"),
        ("/position", "OUT_OF_RANGE"),
        ("/most", "WRONG_ORDER"),
        ("/rule/threshold/days", "OUT_OF_RANGE"),
        ("/rule/threshold/stay", "WRONG_ORDER"),
    ];
    assert_eq!(refused(&problem), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

async fn two_layers_do_not_stand_at_one_position(app: App) {
    three_layers(&app).await;

    let problem = app.patch("/v1/layers/edge", "*", json!({"position": 1})).await.problem(422, "ALREADY_EXISTS");
    app.patch("/v1/layers/edge", "*", json!({"position": 4})).await.expect(200);

    assert_eq!(refused(&problem), [("/position".to_owned(), "ALREADY_EXISTS".to_owned())]);
}

async fn a_layer_that_somebody_was_in_is_not_deleted(app: App) {
    three_layers(&app).await;
    let ada = a_member(&app, "ada").await;
    assigned(&app, &ada, "core", "2026-01-01").await;

    app.delete("/v1/layers/core", "*").await.problem(409, "IN_USE");

    app.delete("/v1/layers/edge", "*").await.expect(204);
}

async fn assigning_by_hand_ends_what_was_before(app: App) {
    three_layers(&app).await;
    let ada = a_member(&app, "ada").await;
    let first = assigned(&app, &ada, "edge", "2026-01-01").await;

    assigned(&app, &ada, "core", "2026-02-01").await;

    let ended = app.get(&first).await.expect(200);
    assert_eq!((&ended["until"], &ended["by"], &ended["version"]), (&json!("2026-02-01"), &json!("HAND"), &json!(2)));
    let held = app.get("/v1/layer-assignments?on=2026-02-01&by=HAND").await.expect(200);
    assert_eq!((held["items"].as_array().unwrap().len(), &held["items"][0]["until"]), (1, &Value::Null));
    let of_edge = app.get("/v1/layer-assignments?layer=edge&member=ada&sort=-from").await.expect(200);
    assert_eq!(of_edge["items"][0], *ended.json());
    let history = app.get(&format!("{first}/history")).await.expect(200);
    assert_eq!(history["items"][1]["changes"], json!([{"field": "until", "before": null, "after": "2026-02-01"}]));
}

async fn a_member_is_found_by_its_external_id_and_counts_as_whom_it_was_merged_into(app: App) {
    three_layers(&app).await;
    let (ada, countess) = (a_member(&app, "ada").await, a_member(&app, "countess").await);
    let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{countess}/merge")).header("if-match", "*");
    app.send(merge.json(&json!({"into": ada}))).await.expect(200);

    let made = app.post("/v1/layer-assignments", json!({"member": "countess", "layer": "core"})).await.expect(201);

    assert_eq!((&made["memberId"], &made["until"]), (&json!(ada), &Value::Null));
    let query = "query ($id: ID!) { layerAssignment(id: $id) { by member { name } layer { key } } }";
    let shown = app.graphql(query, json!({"id": made["id"]})).await;
    assert_eq!(shown.data()["layerAssignment"], json!({"by": "HAND", "member": {"name": "ada"}, "layer": {"key": "core"}}));
    let unknown = app.post("/v1/layer-assignments", json!({"member": "grace", "layer": "nowhere"})).await.expect(422);
    assert_eq!(refused(&unknown), ["/member", "/layer"].map(|field| (field.to_owned(), "NOT_FOUND".to_owned())));
}

async fn what_somebody_says_of_later_days_is_not_overruled_unseen(app: App) {
    three_layers(&app).await;
    a_member(&app, "ada").await;
    assigned(&app, "ada", "core", "2026-03-01").await;

    let open = json!({"member": "ada", "layer": "edge", "from": "2026-01-01"});
    let problem = app.post("/v1/layer-assignments", open).await.problem(422, "ALREADY_EXISTS");
    let closed = json!({"member": "ada", "layer": "edge", "from": "2026-01-01", "until": "2026-03-01"});
    app.post("/v1/layer-assignments", closed).await.expect(201);

    assert_eq!(refused(&problem), [("/until".to_owned(), "ALREADY_EXISTS".to_owned())]);
}

async fn an_assignment_is_ended_and_opened_again(app: App) {
    three_layers(&app).await;
    a_member(&app, "ada").await;
    let path = assigned(&app, "ada", "core", "2026-01-01").await;

    app.patch(&path, "\"1\"", json!({"until": "2026-01-01"})).await.problem(422, "WRONG_ORDER");
    let ended = app.patch(&path, "\"1\"", json!({"until": "2026-02-01"})).await.expect(200);
    let open = app.patch(&path, ended.etag(), json!({"until": null})).await.expect(200);

    assert_eq!((&ended["until"], &open["until"], &open["version"]), (&json!("2026-02-01"), &Value::Null, &json!(3)));
    app.patch(&path, "\"1\"", json!({"until": null})).await.problem(412, "VERSION_CONFLICT");
    app.delete(&path, open.etag()).await.expect(204);
    app.get(&path).await.problem(404, "NOT_FOUND");
}

async fn flows_explain_the_difference(app: App) {
    three_layers(&app).await;
    for (member, layer, from) in [
        ("ada", "edge", "2026-01-01"),
        ("ada", "middle", "2026-03-05"),
        ("ada", "core", "2026-03-10"),
        ("joan", "core", "2026-01-01"),
        ("joan", "edge", "2026-03-10"),
        ("mary", "middle", "2026-03-01"),
        ("rosa", "core", "2026-04-01"),
    ] {
        let is_known = app.get(&format!("/v1/layer-assignments?member={member}")).await.status == 200;
        if !is_known {
            a_member(&app, member).await;
        }
        assigned(&app, member, layer, from).await;
    }

    let flows = app.get("/v1/layers/flows?from=2026-03-01&to=2026-04-01").await.expect(200);

    let fields = ["start", "entered", "arrivedUp", "arrivedDown", "left", "departedUp", "departedDown", "end"];
    let row = |flow: &Value| -> Vec<u64> { fields.iter().map(|field| flow[*field].as_u64().unwrap()).collect() };
    let rows: Vec<Vec<u64>> = flows["layers"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows, [[1, 0, 1, 0, 0, 0, 1, 1], [0, 1, 1, 0, 0, 1, 0, 1], [1, 0, 0, 1, 0, 1, 0, 1]]);
    assert_eq!((&flows["layers"][0]["health"], &flows["layers"][1]["health"]), (&json!("INSIDE"), &json!("UNKNOWN")));
    let query = "{ layerFlows(from: \"2026-03-01\", to: \"2026-04-01\") { from to layers { key arrivedUp health } } }";
    let asked = app.graphql(query, json!({})).await;
    let core = json!({"key": "core", "arrivedUp": 1, "health": "INSIDE"});
    assert_eq!((&asked.data()["layerFlows"]["to"], &asked.data()["layerFlows"]["layers"][0]), (&json!("2026-04-01"), &core));
}

async fn a_window_of_flows_has_days(app: App) {
    three_layers(&app).await;

    let problem = app.get("/v1/layers/flows?from=2026-03-01&to=2026-03-01").await.problem(422, "WRONG_ORDER");
    let usual = app.get("/v1/layers/flows?to=2026-03-29").await.expect(200);

    assert_eq!(problem["errors"][0]["parameter"], "to");
    assert_eq!((&usual["from"], &usual["layers"][0]["health"]), (&json!("2026-03-01"), &json!("BELOW")));
}
