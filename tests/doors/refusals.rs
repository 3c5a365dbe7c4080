//! What is wrong with an input is said where it stands, at both doors.

use reqwest::Method;
use serde_json::{Value, json};

use crate::given::{a_first_objective, a_key_result, refused, text};
use crate::harness::{App, Response, both};
use crate::world::World;

both![
    a_negative_sample_is_refused_alike_at_both_doors,
    what_can_be_read_and_makes_no_sense_is_told_from_what_cannot_be_read,
    a_list_is_no_object_wherever_it_stands,
    an_object_is_no_word,
    what_a_path_names_is_a_parameter,
    an_external_id_has_no_blanks_around_it,
    a_table_has_no_room_for_what_is_expanded,
    what_is_put_by_one_external_id_claims_no_other,
];

const RECORD: &str = "mutation ($input: NewCheckIn!) { recordCheckIn(input: $input) { userErrors { code path } } }";
const CREATE: &str = "mutation ($input: NewKeyResult!) { createKeyResult(input: $input) { userErrors { code path } } }";

async fn a_test(app: &App) -> String {
    let objective = a_first_objective(app).await;
    let made = a_key_result(app, &objective, json!({"kind": "TEST", "target": 70, "sampleSize": 100})).await.expect(201);

    text(&made["address"])
}

async fn a_negative_sample_is_refused_alike_at_both_doors(app: App) {
    let test = a_test(&app).await;
    for size in [json!(-1), json!(1_000_000_001), json!(-2_147_483_648)] {
        let check_in = json!({"keyResult": test, "on": "2020-02-01", "value": 50, "sampleSize": size});
        let key_result = json!({"objective": "2020-Q1.devrel.O1", "title": "Tried", "kind": "TEST", "sampleSize": size});
        for (mutation, path, input) in [(RECORD, "/v1/check-ins", check_in), (CREATE, "/v1/key-results", key_result)] {
            let problem = app.post(path, input.clone()).await.problem(422, "OUT_OF_RANGE");
            let answer = app.graphql(mutation, json!({ "input": input })).await;

            assert_eq!(refused(&problem), [("/sampleSize".to_owned(), "OUT_OF_RANGE".to_owned())]);
            let payload = answer.data().as_object().and_then(|data| data.values().next()).expect("a payload");
            assert_eq!(payload["userErrors"], json!([{"code": "OUT_OF_RANGE", "path": ["input", "sampleSize"]}]));
        }
    }
    let mutation = "mutation ($input: CorrectCheckInInput!) { correctCheckIn(input: $input) { userErrors { code path } } }";
    let made = app.post("/v1/check-ins", json!({"keyResult": test, "on": "2020-02-01", "value": 50, "sampleSize": 0})).await.expect(201);
    let input = json!({"id": made["id"], "version": 1, "changes": {"sampleSize": -1}});
    let answer = app.graphql(mutation, json!({ "input": input })).await;
    assert_eq!(answer.data()["correctCheckIn"]["userErrors"][0]["path"], json!(["input", "changes", "sampleSize"]));
}

/// The pointers or parameters of a problem.
fn places(problem: &Response) -> Vec<&str> {
    let errors = problem["errors"].as_array().into_iter().flatten();

    errors.filter_map(|error| error["pointer"].as_str().or(error["parameter"].as_str())).collect()
}

async fn what_can_be_read_and_makes_no_sense_is_told_from_what_cannot_be_read(app: App) {
    a_test(&app).await;
    let team = |field: &str, value: Value| {
        let mut team = json!({"key": "a", "name": "A", "kind": "TEAM"});
        team[field] = value;
        team
    };
    let test = |size: Value| json!({"objective": "2020-Q1.devrel.O1", "title": "x", "kind": "TEST", "sampleSize": size});
    let objective = |weight: Value| json!({"cycle": "2020-Q1", "team": "devrel", "title": "x", "weight": weight});
    for (path, body, status, code, place) in [
        ("/v1/teams", team("name", json!(7)), 400, "MALFORMED", "/name"),
        ("/v1/teams", team("kind", json!("ARMY")), 400, "MALFORMED", "/kind"),
        ("/v1/teams", team("colour", json!("red")), 400, "UNKNOWN_FIELD", "/colour"),
        ("/v1/teams", team("name", json!("")), 422, "REQUIRED", "/name"),
        ("/v1/teams", team("key", json!("a b")), 422, "INVALID_KEY", "/key"),
        ("/v1/teams", team("parent", json!("nobody")), 422, "NOT_FOUND", "/parent"),
        ("/v1/key-results", test(json!("1")), 400, "MALFORMED", "/sampleSize"),
        ("/v1/key-results", test(json!(1.5)), 400, "MALFORMED", "/sampleSize"),
        ("/v1/key-results", test(json!(0)), 422, "OUT_OF_RANGE", "/sampleSize"),
        ("/v1/key-results", test(json!(5_000_000_000_u64)), 422, "OUT_OF_RANGE", "/sampleSize"),
        ("/v1/objectives", objective(json!(true)), 400, "MALFORMED", "/weight"),
        ("/v1/objectives", objective(json!(-1)), 422, "OUT_OF_RANGE", "/weight"),
        ("/v1/objectives", objective(json!(1e15)), 422, "INVALID_NUMBER", "/weight"),
    ] {
        let problem = app.post(path, body).await.problem(status, code);
        assert_eq!(places(&problem), [place], "{problem:?}");
    }
    for (path, status, code, place) in [
        ("/v1/teams?limit=x", 400, "MALFORMED", "limit"),
        ("/v1/teams?updatedSince=1500-01-01T00:00:00Z", 422, "OUT_OF_RANGE", "updatedSince"),
        ("/v1/objectives?team=nobody", 422, "NOT_FOUND", "team"),
    ] {
        let problem = app.get(path).await.problem(status, code);
        assert_eq!(places(&problem), [place], "{problem:?}");
    }
}

async fn a_list_is_no_object_wherever_it_stands(app: App) {
    let objective = a_first_objective(&app).await;
    let key_result = json!({"objective": objective, "title": "x", "kind": "REACH", "checkpoints": [["2020-02-01", 4]]});
    let written = app.post("/v1/key-results", json!({"objective": objective, "title": "x", "kind": "MILESTONE"})).await.expect(201);
    let path = format!("/v1/key-results/{}", text(&written["id"]));
    let patch = json!({"checkpoints": [{"on": "2020-02-01", "value": 1}, ["2020-02-02", 4]]});
    for (answer, place) in [
        (app.post("/v1/import", json!({"documents": [["a.md", "# Notes"]]})).await, "/documents/0"),
        (app.post("/v1/key-results", key_result).await, "/checkpoints/0"),
        (app.patch(&path, "*", patch).await, "/checkpoints/1"),
    ] {
        assert_eq!(places(&answer.problem(400, "MALFORMED")), [place]);
    }
}

async fn an_object_is_no_word(app: App) {
    let problem = app.post("/v1/teams", json!({"key": "a", "name": 1, "kind": {"TEAM": null}})).await.problem(400, "MALFORMED");

    assert_eq!(places(&problem), ["/kind", "/name"]);
}

async fn what_a_path_names_is_a_parameter(app: App) {
    let world = World::made_by(&app).await;
    let long = "x".repeat(201);
    let link = world.filled(&format!("/v1/initiatives/{{initiative}}/contributions/{long}"));
    let team = json!({"key": "put", "name": "Put", "kind": "TEAM"});
    for (answer, name) in [
        (app.put(&link, None, json!({})).await, "keyResult"),
        (app.put(&format!("/v1/external/teams/{long}"), None, team).await, "externalId"),
    ] {
        let problem = answer.problem(422, "TOO_LONG");
        assert_eq!(problem["errors"][0]["parameter"], name);
        assert_eq!(problem["errors"][0].get("pointer"), None, "{problem:?}");
    }
}

async fn an_external_id_has_no_blanks_around_it(app: App) {
    let team = |name: &str| json!({"key": "put", "name": name, "kind": "TEAM"});
    let made = app.put("/v1/external/teams/%20crm-7%20", None, team("Put")).await.expect(201);
    assert_eq!(made["externalId"], "crm-7");

    let again = app.put("/v1/external/teams/crm-7", None, team("Other")).await.expect(200);

    assert_eq!((&again["id"], &again["name"]), (&made["id"], &json!("Other")));
    let problem = app.put("/v1/external/teams/%20", None, team("Blank")).await.problem(422, "REQUIRED");
    assert_eq!(places(&problem), ["externalId"]);
}

async fn a_table_has_no_room_for_what_is_expanded(app: App) {
    World::made_by(&app).await;
    for (path, what) in [("/v1/objectives", "keyResults"), ("/v1/key-results", "checkIns")] {
        let query = format!("{path}?expand={what}");
        let problem = app.get(&format!("{query}&format=csv")).await.problem(422, "NOT_APPLICABLE");
        assert_eq!(places(&problem), ["expand"]);
        let asked = app.send(app.request(Method::GET, &query).header("accept", "text/csv")).await;
        assert_eq!(asked.status, 422);
        app.get(&format!("{query}&format=ndjson")).await.expect(200);
    }
}

async fn what_is_put_by_one_external_id_claims_no_other(app: App) {
    let team = |external_id| json!({"key": "docs", "name": "Docs", "kind": "TEAM", "externalId": external_id});

    let refused = app.put("/v1/external/teams/hr-1", None, team("hr-2")).await.problem(422, "INVALID_VALUE");
    app.put("/v1/external/teams/hr-1", None, team("hr-1")).await.expect(201);

    assert_eq!(refused["errors"][0]["parameter"], "externalId");
}
