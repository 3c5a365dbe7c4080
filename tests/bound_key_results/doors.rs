//! Bindings at both doors, and their history.

use serde_json::json;

use super::{a_template, bound, late_pieces, read, refresh};
use crate::given::text;
use crate::harness::{App, both};

both![
    a_binding_is_the_same_at_both_doors,
    a_binding_is_made_changed_and_taken_back,
    another_metric_reads_everything_anew,
    a_binding_is_shown_as_it_was,
    days_that_roll_are_read_at_the_end_of_each_week,
    another_workspace_does_not_see_a_binding,
];

async fn a_binding_is_the_same_at_both_doors(app: App) {
    a_template(&app).await;
    let bind = "mutation($input: BindMetricInput!) { bindMetric(input: $input) { binding { id version } userErrors { code path } } }";
    let guardrail = json!({"metric": "active_members", "comparator": "AT_LEAST", "target": 2});
    let input =
        json!({"keyResult": "2020-Q1.devrel.O2-KR1", "metric": "engagement_rate", "minClass": "LEADERSHIP", "guardrail": guardrail});
    let made = app.graphql(bind, json!({"input": input})).await;
    assert_eq!(made.data()["bindMetric"]["userErrors"], json!([]), "{made:?}");
    let run =
        "mutation { refreshBinding(input: {keyResult: \"2020-Q1.devrel.O2-KR1\"}) { refresh { moved { after } } userErrors { code } } }";
    let moved = app.graphql(run, json!({})).await;
    assert_eq!(moved.data()["refreshBinding"]["refresh"]["moved"].as_array().map(Vec::len), Some(0), "{moved:?}");

    let query = "{ keyResult(address: \"2020-Q1.devrel.O2-KR1\") { binding { id metric minClass granularity
        guardrail { metric comparator target } keyResult { number } readings { start value told { status } }
        standing { start value verdict missing guardrail { verdict value } } } } }";
    let answer = app.graphql(query, json!({})).await;
    let shown = &answer.data()["keyResult"]["binding"];

    let binding = app.get("/v1/key-results/2020-Q1.devrel.O2-KR1/binding").await.expect(200);
    for name in ["id", "metric", "minClass", "granularity"] {
        assert_eq!(shown[name], binding[name], "{name}");
    }
    assert_eq!((&shown["guardrail"]["target"], &binding["guardrail"]["target"]), (&json!(2), &json!(2)));
    for name in ["start", "value", "verdict", "missing"] {
        assert_eq!(shown["standing"][name], binding["standing"][name], "{name}");
    }
    assert_eq!(shown["standing"]["guardrail"], json!({"verdict": "NOT_MET", "value": 0}));
    assert_eq!((&shown["keyResult"]["number"], shown["readings"].as_array().map(Vec::len)), (&json!("O2-KR1"), Some(4)));
    let node = app.graphql("query($id: ID!) { node(id: $id) { id __typename } }", json!({"id": shown["id"]})).await;
    assert_eq!(node.data()["node"], json!({"id": shown["id"], "__typename": "Binding"}));
}

async fn a_binding_is_made_changed_and_taken_back(app: App) {
    a_template(&app).await;
    let path = format!("{}/binding", bound(&app, "O2-KR1").await);
    let same = app.put(&path, None, json!({"metric": "engagement_rate"})).await.expect(200);
    assert_eq!(same["version"], json!(1));

    let changed = app.put(&path, "\"1\"", json!({"metric": "active_rate", "granularity": "QUARTER"})).await.expect(200);
    app.put(&path, "\"1\"", json!({"metric": "active_rate"})).await.problem(412, "VERSION_CONFLICT");
    app.delete(&path, None).await.problem(428, "PRECONDITION_REQUIRED");
    app.delete(&path, "\"2\"").await.expect(204);

    assert_eq!((&changed["version"], &changed["granularity"]), (&json!(2), &json!("QUARTER")));
    app.get(&path).await.problem(404, "NOT_FOUND");
    let history = app.get(&format!("{}/history", path.replace("2020-Q1.devrel.O2-KR1", &text(&changed["id"])))).await.expect(200);
    let actions: Vec<&str> = history["items"].as_array().expect("a list").iter().filter_map(|change| change["action"].as_str()).collect();
    assert_eq!(actions, ["CREATED", "UPDATED", "DELETED"]);
    app.put(&path, None, json!({"metric": "engagement_rate"})).await.expect(201);
}

async fn another_metric_reads_everything_anew(app: App) {
    let path = read(&app, "O2-KR1").await;

    app.put(&format!("{path}/binding"), None, json!({"metric": "active_rate"})).await.expect(200);

    let february = super::the_check_in(&app, &path, "2020-02-29").await;
    // Ada and ben of five.
    assert_eq!((&february["value"], &february["version"]), (&json!(40), &json!(2)));
    assert_eq!(february["correction"], "read anew: the binding has changed");
}

async fn a_binding_is_shown_as_it_was(app: App) {
    let path = read(&app, "O2-KR1").await;
    let then = super::the_check_in(&app, &path, "2020-04-30").await["updatedAt"].clone();
    late_pieces(&app).await;
    refresh(&app, &path).await;
    app.put(&format!("{path}/binding"), None, json!({"metric": "active_rate"})).await.expect(200);

    let before = app.get(&format!("{path}/binding/readings?asOf={}", text(&then))).await.expect(200);
    let binding = app.get(&format!("{path}/binding?asOf={}", text(&then))).await.expect(200);

    assert_eq!((&before["items"][1]["value"], &binding["metric"]), (&json!(20), &json!("engagement_rate")));
}

async fn days_that_roll_are_read_at_the_end_of_each_week(app: App) {
    a_template(&app).await;
    let path = bound(&app, "O1-KR1").await;
    app.put(&format!("{path}/binding"), None, json!({"metric": "active_members", "rolling": 28})).await.expect(200);

    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let items = readings["items"].as_array().expect("a list");
    // From 1 January, a Wednesday, to 30 April, a Thursday: the last week is cut.
    let last = items.last().expect("readings");
    assert_eq!(
        (items.len(), &items[0]["end"], &last["start"], &last["end"]),
        (18, &json!("2020-01-06"), &json!("2020-04-03"), &json!("2020-05-01"))
    );
    let march = items.iter().find(|reading| reading["end"] == "2020-03-09").expect("the week to 8 March");
    assert_eq!(march["value"], json!(5));
}

async fn another_workspace_does_not_see_a_binding(app: App) {
    let path = read(&app, "O2-KR1").await;
    let id = app.get(&path).await["id"].clone();
    let elsewhere = app.elsewhere();

    for what in ["binding", "binding/readings", "binding/history"] {
        elsewhere.get(&format!("/v1/key-results/{}/{what}", text(&id))).await.problem(404, "NOT_FOUND");
    }
}
