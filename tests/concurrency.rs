//! Nobody's work is overwritten unseen, and numbers and addresses name one thing for ever.

mod addresses;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::harness::{App, Client, Response, both};
use crate::world::World;

both![
    a_change_without_a_version_is_refused,
    a_stale_change_is_refused_with_the_current_state,
    a_stale_mutation_is_refused_with_the_current_object,
    a_star_accepts_any_version,
    a_change_to_what_is_there_already_makes_no_version,
    a_tag_of_something_else_is_refused,
    of_two_writers_one_wins,
    of_two_mutations_one_wins,
    writers_who_accept_any_version_do_not_get_into_each_others_way,
    of_two_writers_of_a_new_key_one_wins,
    two_puts_of_one_external_id_make_one_thing,
    objectives_made_at_once_have_numbers_of_their_own,
    key_results_made_at_once_have_numbers_of_their_own,
    a_number_is_never_given_again,
];

/// Everything with a version, and a change of it.
const VERSIONED: [(&str, &str); 15] = [
    ("/v1/workspace", r#"{"name": "Other"}"#),
    ("/v1/teams/{team}", r#"{"name": "Other"}"#),
    ("/v1/cycles/{cycle}", r#"{"name": "Other"}"#),
    ("/v1/objectives/{objective}", r#"{"title": "Other"}"#),
    ("/v1/key-results/{keyResult}", r#"{"title": "Other"}"#),
    ("/v1/milestone-steps/{milestoneStep}", r#"{"title": "Other"}"#),
    ("/v1/check-ins/{checkIn}", r#"{"value": 120}"#),
    ("/v1/initiatives/{initiative}", r#"{"title": "Other"}"#),
    ("/v1/members/{member}", r#"{"name": "Other"}"#),
    ("/v1/traits/{memberTrait}", r#"{"value": "other"}"#),
    ("/v1/surveys/{survey}", r#"{"title": "Other"}"#),
    ("/v1/questions/{question}", r#"{"text": "Other?"}"#),
    ("/v1/waves/{wave}", r#"{"population": 90}"#),
    ("/v1/custom-metrics/{customMetric}", r#"{"name": "Other"}"#),
    ("/v1/metric-targets/{metricTarget}", r#"{"value": 3}"#),
];

/// Workspaces and members are for good, and check-ins are corrected.
fn is_deleted_at_times(path: &str) -> bool {
    !["/v1/workspace", "/v1/check-ins", "/v1/members"].iter().any(|kept| path.starts_with(kept))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("a change is JSON")
}

/// What each of the requests came to, all sent at once.
async fn at_once<F: Future<Output = Response> + Send + 'static>(requests: impl IntoIterator<Item = F>) -> Vec<Response> {
    requests.into_iter().collect::<JoinSet<_>>().join_all().await
}

fn count(answers: &[Response], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

async fn a_change_without_a_version_is_refused(app: App) {
    let world = World::made_by(&app).await;
    for (path, change) in VERSIONED {
        let path = world.filled(path);
        app.patch(&path, None, parsed(change)).await.problem(428, "PRECONDITION_REQUIRED");
        if is_deleted_at_times(&path) {
            app.delete(&path, None).await.problem(428, "PRECONDITION_REQUIRED");
        }
    }
    let grade = world.filled("/v1/key-results/{keyResult}/grade");
    app.put(&grade, None, json!({"grade": 1})).await.problem(428, "PRECONDITION_REQUIRED");
    app.delete(&grade, None).await.problem(428, "PRECONDITION_REQUIRED");
}

async fn a_stale_change_is_refused_with_the_current_state(app: App) {
    let world = World::made_by(&app).await;
    for (path, change) in VERSIONED {
        let path = world.filled(path);
        let seen = app.get(&path).await.expect(200);
        let changed = app.patch(&path, seen.etag(), parsed(change)).await.expect(200);

        let refused = app.patch(&path, seen.etag(), parsed(change)).await.problem(412, "VERSION_CONFLICT");

        assert_eq!(&refused["current"], changed.json());
        assert_eq!(changed["version"].as_u64(), seen["version"].as_u64().map(|version| version + 1), "{path}");
        if is_deleted_at_times(&path) {
            let refused = app.delete(&path, seen.etag()).await.problem(412, "VERSION_CONFLICT");
            assert_eq!(&refused["current"], changed.json());
        }
    }
}

/// Mutations of everything with a version.
const MUTATIONS: [(&str, &str, &str); 15] = [
    ("updateWorkspace", "workspace", r#"version: 9, changes: {name: "Other"}"#),
    ("updateTeam", "team", r#"id: "{team}", version: 9, changes: {name: "Other"}"#),
    ("updateCycle", "cycle", r#"id: "{cycle}", version: 9, changes: {name: "Other"}"#),
    ("updateObjective", "objective", r#"id: "{objective}", version: 9, changes: {title: "Other"}"#),
    ("updateKeyResult", "keyResult", r#"id: "{keyResult}", version: 9, changes: {title: "Other"}"#),
    ("updateMilestoneStep", "milestoneStep", r#"id: "{milestoneStep}", version: 9, changes: {title: "Other"}"#),
    ("correctCheckIn", "checkIn", r#"id: "{checkIn}", version: 9, changes: {value: 120}"#),
    ("updateInitiative", "initiative", r#"id: "{initiative}", version: 9, changes: {title: "Other"}"#),
    ("updateMember", "member", r#"id: "{member}", version: 9, changes: {name: "Other"}"#),
    ("updateMemberTrait", "memberTrait", r#"id: "{memberTrait}", version: 9, changes: {value: "other"}"#),
    ("updateSurvey", "survey", r#"id: "{survey}", version: 9, changes: {title: "Other"}"#),
    ("updateQuestion", "question", r#"id: "{question}", version: 9, changes: {text: "Other?"}"#),
    ("updateWave", "wave", r#"id: "{wave}", version: 9, changes: {population: 90}"#),
    ("updateCustomMetric", "customMetric", r#"id: "{customMetric}", version: 9, changes: {name: "Other"}"#),
    ("updateMetricTarget", "metricTarget", r#"id: "{metricTarget}", version: 9, changes: {value: 3}"#),
];

async fn a_stale_mutation_is_refused_with_the_current_object(app: App) {
    let world = World::made_by(&app).await;
    for (mutation, field, input) in MUTATIONS {
        let fields = format!("{{ {field} {{ id version }} userErrors {{ code path }} }}");
        let answer = app.graphql(&format!("mutation {{ {mutation}(input: {{{}}}) {fields} }}", world.filled(input)), json!({})).await;

        let payload = &answer.data()[mutation];
        assert_eq!(payload["userErrors"], json!([{"code": "VERSION_CONFLICT", "path": ["input", "version"]}]));
        assert_eq!(payload[field]["version"], 1, "{mutation}");
        if field != "workspace" {
            assert_eq!(payload[field]["id"], world.id(field));
        }
    }
}

async fn a_star_accepts_any_version(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/teams/{team}");

    for name in ["One", "Two"] {
        app.patch(&path, "*", json!({"name": name})).await.expect(200);
    }
}

async fn a_change_to_what_is_there_already_makes_no_version(app: App) {
    let world = World::made_by(&app).await;

    for (path, change) in VERSIONED {
        let path = world.filled(path);
        app.patch(&path, "*", parsed(change)).await.expect(200);
        let again = app.patch(&path, "*", parsed(change)).await.expect(200);

        assert_eq!(again["version"], 2, "{path}");
    }
}

async fn a_tag_of_something_else_is_refused(app: App) {
    let world = World::made_by(&app).await;
    for tag in ["nonsense", "\"\"", "\"-1\"", "\"99999999999\"", "1"] {
        app.patch(&world.filled("/v1/teams/{team}"), tag, json!({"name": "Other"})).await.problem(412, "VERSION_CONFLICT");
    }
}

async fn of_two_writers_one_wins(app: App) {
    let world = World::made_by(&app).await;
    for (path, change) in VERSIONED {
        let path = world.filled(path);
        let requests = (0..2).map(|_| {
            let (client, path, change): (Client, _, _) = (app.clone(), path.clone(), parsed(change));
            async move { client.patch(&path, "\"1\"", change).await }
        });

        let answers = at_once(requests).await;

        assert_eq!((count(&answers, 200), count(&answers, 412)), (1, 1), "{answers:?}");
        let lost = answers.into_iter().find(|answer| answer.status == 412).expect("one lost");
        assert_eq!(lost.problem(412, "VERSION_CONFLICT")["current"]["version"], 2);
        assert_eq!(app.get(&path).await.expect(200)["version"], 2);
    }
}

async fn of_two_mutations_one_wins(app: App) {
    let world = World::made_by(&app).await;
    let query = world.filled(
        r#"mutation { updateTeam(input: {id: "{team}", version: 1, changes: {name: "Other"}}) { team { version } userErrors { code } } }"#,
    );
    let requests = (0..2).map(|_| {
        let (client, query): (Client, _) = (app.clone(), query.clone());
        async move { client.graphql(&query, json!({})).await }
    });

    let answers = at_once(requests).await;

    let mut refusals: Vec<&Value> = answers.iter().map(|answer| &answer.data()["updateTeam"]["userErrors"]).collect();
    refusals.sort_by_key(|errors| errors.as_array().map(Vec::len));
    assert_eq!(refusals[0], &json!([]));
    assert_eq!(refusals[1][0]["code"], "VERSION_CONFLICT", "{answers:?}");
}

async fn writers_who_accept_any_version_do_not_get_into_each_others_way(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/teams/{team}");
    let requests = (0..3).map(|number| {
        let (client, path): (Client, _) = (app.clone(), path.clone());
        async move { client.patch(&path, "*", json!({"name": format!("Name {number}")})).await }
    });

    let answers = at_once(requests).await;

    assert_eq!(count(&answers, 200), 3, "{answers:?}");
    assert_eq!(app.get(&path).await.expect(200)["version"], 4);
}

async fn of_two_writers_of_a_new_key_one_wins(app: App) {
    let requests = (0..4).map(|number| {
        let client: Client = app.clone();
        async move { client.post("/v1/teams", json!({"key": "devrel", "name": format!("Name {number}"), "kind": "TEAM"})).await }
    });

    let answers = at_once(requests).await;

    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, 3), "{answers:?}");
}

async fn two_puts_of_one_external_id_make_one_thing(app: App) {
    World::made_by(&app).await;
    let requests = (0..4).map(|_| {
        let client: Client = app.clone();
        async move { client.put("/v1/external/initiatives/jira-1", None, json!({"title": "Once", "team": "devrel"})).await }
    });

    let answers = at_once(requests).await;

    assert_eq!((count(&answers, 201), count(&answers, 200)), (1, 3), "{answers:?}");
    let all = app.get("/v1/initiatives?fields=externalId").await.expect(200);
    assert_eq!(all["items"].as_array().expect("items").iter().filter(|item| item["externalId"] == "jira-1").count(), 1);
}

fn numbers(answers: &[Response]) -> BTreeSet<&str> {
    answers.iter().filter_map(|answer| answer["address"].as_str()).collect()
}

async fn objectives_made_at_once_have_numbers_of_their_own(app: App) {
    World::made_by(&app).await;
    let requests = (0..50).map(|number| {
        let client: Client = app.clone();
        let objective = json!({"cycle": "2025-Q4", "team": "devrel", "title": format!("Objective {number}")});
        async move { client.post("/v1/objectives", objective).await }
    });

    let answers = at_once(requests).await;

    assert_eq!(count(&answers, 201), 50, "{:?}", answers.iter().find(|answer| answer.status != 201));
    assert_eq!(numbers(&answers).len(), 50);
    let last = answers.iter().filter_map(|answer| answer["number"].as_str()?.strip_prefix('O')?.parse::<u32>().ok()).max();
    assert_eq!(last, Some(51), "there is one before, and no number is left out");
}

async fn key_results_made_at_once_have_numbers_of_their_own(app: App) {
    let world = World::made_by(&app).await;
    let requests = (0..20).map(|number| {
        let client: Client = app.clone();
        let title = format!("Result {number}");
        let key_result = json!({"objective": world.id("objective"), "title": title, "kind": "REACH", "baseline": 0, "target": 1});
        async move { client.post("/v1/key-results", key_result).await }
    });

    let answers = at_once(requests).await;

    assert_eq!(count(&answers, 201), 20, "{:?}", answers.iter().find(|answer| answer.status != 201));
    assert_eq!(numbers(&answers).len(), 20);
}

async fn a_number_is_never_given_again(app: App) {
    World::made_by(&app).await;
    let objective = || json!({"cycle": "2025-Q4", "team": "devrel", "title": "New"});
    let key_result = || json!({"objective": "2025-Q4.devrel.O1", "title": "New", "kind": "MILESTONE"});
    for (path, body) in [("/v1/objectives", objective()), ("/v1/key-results", key_result())] {
        let made = app.post(path, body.clone()).await.expect(201);
        app.delete(&format!("{path}/{}", made["address"].as_str().expect("an address")), "\"1\"").await.expect(204);

        let next = app.post(path, body).await.expect(201);

        assert_ne!(next["address"], made["address"]);
        let gone = format!("{path}/{}", made["address"].as_str().expect("an address"));
        app.send(app.request(Method::GET, &gone)).await.problem(404, "NOT_FOUND");
    }
}
