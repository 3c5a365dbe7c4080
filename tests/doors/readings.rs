//! What is computed or recorded, and only read, is the same at both doors.

use serde_json::{Value, json};

use super::shapes::Shapes;
use super::{assert_kept, assert_shown};
use crate::harness::{App, both};
use crate::world::World;

both![
    scores_are_the_same_at_both_doors,
    the_flat_list_of_scores_is_the_same_at_both_doors,
    history_is_the_same_at_both_doors,
    revisions_are_the_same_at_both_doors,
    an_import_report_is_the_same_at_both_doors,
    an_export_is_the_same_at_both_doors,
    the_caller_is_the_same_at_both_doors,
    the_linkage_is_the_same_at_both_doors,
    a_list_is_the_same_at_both_doors,
];

/// The nodes of a connection, selected as the items of a list are shown.
async fn assert_listed(app: &App, field: &str, items: &Value) {
    let selected = Shapes::of(app).await.under("Query", field, &json!({"totalCount": 0, "nodes": items}));
    let answer = app.graphql(&format!("{{ it: {field} {selected} }}"), json!({})).await;

    assert_eq!(&answer.data()["it"]["nodes"], items, "{field}");
    assert_eq!(answer.data()["it"]["totalCount"], items.as_array().expect("a list").len());
}

async fn scores_are_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let doors = [
        ("/v1/key-results/{keyResult}/score", r#"keyResultScore(id: "{keyResult}")"#),
        ("/v1/key-results/{milestone}/score", r#"keyResultScore(id: "{milestone}")"#),
        ("/v1/objectives/{objective}/score", r#"objectiveScore(id: "{objective}")"#),
        ("/v1/objectives/{objective}/cascade", r#"cascadeScore(id: "{objective}")"#),
        ("/v1/cycles/{cycle}/score", r#"cycleScore(cycle: "{cycle}")"#),
        ("/v1/cycles/{cycle}/score?policy=WEIGHTED", r#"cycleScore(cycle: "{cycle}", policy: WEIGHTED)"#),
        ("/v1/teams/{team}/score?cycle={cycle}", r#"cycleScore(cycle: "{cycle}", team: "{team}")"#),
    ];

    for (path, field) in doors {
        let shown = app.get(&world.filled(path)).await.expect(200);
        assert_shown(&app, &world.filled(field), shown.json()).await;
    }
}

async fn the_flat_list_of_scores_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;

    let shown = app.get(&world.filled("/v1/cycles/{cycle}/scores?sort=-score")).await.expect(200);

    assert_eq!(shown["items"][0]["score"], 0.5);
    assert_listed(&app, r#"cycleScores(cycle: "2025-Q4", sort: SCORE, descending: true)"#, &shown["items"]).await;
}

async fn history_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let step = world.filled("/v1/milestone-steps/{milestoneStep}");
    app.patch(&step, "\"1\"", json!({"doneOn": "2025-10-10", "weight": 2})).await.expect(200);
    let concepts = [
        ("/v1/teams/{team}", r#"concept: TEAM, id: "{team}""#),
        ("/v1/cycles/{cycle}", r#"concept: CYCLE, id: "{cycle}""#),
        ("/v1/objectives/{objective}", r#"concept: OBJECTIVE, id: "{objective}""#),
        ("/v1/key-results/{keyResult}", r#"concept: KEY_RESULT, id: "{keyResult}""#),
        ("/v1/milestone-steps/{milestoneStep}", r#"concept: MILESTONE_STEP, id: "{milestoneStep}""#),
        ("/v1/initiatives/{initiative}", r#"concept: INITIATIVE, id: "{initiative}""#),
        ("/v1/surveys/{survey}", r#"concept: SURVEY, id: "{survey}""#),
        ("/v1/questions/{question}", r#"concept: QUESTION, id: "{question}""#),
        ("/v1/waves/{wave}", r#"concept: WAVE, id: "{wave}""#),
        ("/v1/custom-metrics/{customMetric}", r#"concept: CUSTOM_METRIC, id: "{customMetric}""#),
        ("/v1/metric-targets/{metricTarget}", r#"concept: METRIC_TARGET, id: "{metricTarget}""#),
        ("/v1/tokens/{token}", r#"concept: TOKEN, id: "{token}""#),
    ];

    for (path, arguments) in concepts {
        let shown = app.get(&format!("{}/history", world.filled(path))).await.expect(200);
        assert_eq!(shown["items"][0]["action"], "CREATED", "{path}");
        assert_listed(&app, &format!("history({})", world.filled(arguments)), &shown["items"]).await;
    }
}

async fn revisions_are_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/check-ins/{checkIn}");
    app.patch(&path, "\"1\"", json!({"value": 140, "correction": "A typo"})).await.expect(200);

    let shown = app.get(&format!("{path}/revisions")).await.expect(200);

    assert_eq!(shown["items"].as_array().map(Vec::len), Some(2));
    assert_shown(&app, &world.filled(r#"checkIn(id: "{checkIn}")"#), &json!({"revisions": shown["items"]})).await;
}

async fn an_import_report_is_the_same_at_both_doors(app: App) {
    let text = "# 2025-Q4 OKRs\n\n- **Objective:** Newcomers stay\n  - KR: Grow weekly members from 900 to 1,500\n  - KR: TBD\n\nProse.\n";
    let import = json!({"documents": [{"path": "a.md", "text": text}], "cycle": "2025-Q4", "team": "devrel"});
    app.post("/v1/teams", json!({"key": "devrel", "name": "DevRel", "kind": "TEAM"})).await.expect(201);
    app.post("/v1/import", import.clone()).await.expect(200);

    let again = app.post("/v1/import?dryRun=true", import.clone()).await.expect(200);

    let selected = Shapes::of(&app).await.under("Mutation", "importDocuments", &json!({"report": again.json()}));
    let query = format!("mutation($input: ImportDocumentsInput!) {{ importDocuments(input: $input) {selected} }}");
    let mut input = import;
    input["dryRun"] = json!(true);
    let answer = app.graphql(&query, json!({"input": input})).await;
    assert_eq!(&answer.data()["importDocuments"]["report"], again.json());
    assert_kept(&json!({"dryRun": true}), again.json());
}

async fn an_export_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;

    let shown = app.get(&world.filled("/v1/cycles/{cycle}/export")).await.expect(200);

    let answer = app.graphql(r#"{ cycleMarkdown(cycle: "2025-Q4") }"#, json!({})).await;
    assert_eq!(answer.data()["cycleMarkdown"], shown.text);
}

async fn the_caller_is_the_same_at_both_doors(app: App) {
    let shown = app.get("/v1/me").await.expect(200);

    assert_shown(&app, "me", shown.json()).await;
}

async fn the_linkage_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    app.post("/v1/initiatives", json!({"title": "Alone", "team": "devrel"})).await.expect(201);

    let shown = app.get("/v1/initiatives/linkage?team=devrel").await.expect(200);

    assert_eq!(shown["total"], 2);
    assert_shown(&app, r#"initiativeLinkage(team: "devrel")"#, shown.json()).await;
}

async fn a_list_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    let lists = [
        ("/v1/teams?kind=TEAM&sort=name", "teams(filter: {kind: [TEAM]}, sort: NAME)"),
        ("/v1/cycles?status=ACTIVE,CLOSED", "cycles(filter: {status: [ACTIVE, CLOSED]})"),
        ("/v1/objectives?team=devrel&cycle=2025-Q4", r#"objectives(filter: {team: "devrel", cycle: "2025-Q4"})"#),
        ("/v1/key-results?confidence=ON_TRACK", "keyResults(filter: {confidence: [ON_TRACK]})"),
        ("/v1/key-results?sort=-title", "keyResults(sort: TITLE, descending: true)"),
        ("/v1/check-ins?since=2025-10-10", r#"checkIns(filter: {since: "2025-10-10"})"#),
        ("/v1/initiatives?linkage=LINKED", "initiatives(filter: {linkage: LINKED})"),
        ("/v1/surveys?status=OPEN&sort=title", "surveys(filter: {status: [OPEN]}, sort: TITLE)"),
        ("/v1/questions?survey=reps&kind=NPS", r#"questions(filter: {survey: "reps", kind: [NPS]})"#),
        ("/v1/custom-metrics?isNorthStar=false&sort=name", "customMetrics(filter: {isNorthStar: false}, sort: NAME)"),
        ("/v1/metric-readings?metric=deals", r#"metricReadings(filter: {metric: "deals"})"#),
        ("/v1/metric-targets?metric=deals&sort=-metric", r#"metricTargets(filter: {metric: "deals"}, sort: METRIC, descending: true)"#),
        ("/v1/waves?survey=reps&sort=-start", r#"waves(filter: {survey: "reps"}, sort: START, descending: true)"#),
        ("/v1/tokens?role=VIEWER&revoked=false", "tokens(filter: {role: [VIEWER], revoked: false})"),
    ];

    for (path, field) in lists {
        let shown = app.get(path).await.expect(200);
        assert!(shown["items"].as_array().is_some_and(|items| !items.is_empty()), "{path}");
        assert_listed(&app, field, &shown["items"]).await;
    }
}
