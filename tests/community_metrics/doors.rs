//! Both doors say the same of metrics.

use serde_json::{Value, json};

use super::{a_forum, march};
use crate::harness::{App, both};

both![
    both_doors_tell_the_same_series,
    both_doors_tell_the_same_definitions,
    both_doors_tell_the_same_health,
    a_question_that_is_refused_leaves_the_others,
];

const FIGURE: &str = "value numerator denominator interval { low high } status reason";
const TARGET: &str = "statistic comparator value per guardrail source";

fn series_fields() -> String {
    format!(
        "metric version statistic unit unitLabel timeZone \
        points {{ start end isPartial {FIGURE} statistics {{ statistic figure {{ {FIGURE} }} }} parts {{ part value }} \
        possible {{ low high }} change {{ value unit status reason }} health waveId }} \
        provenance {{ exact watermark events includesStaff includesBots definitionVersion questionId }}"
    )
}

/// Without the instant at which it was made.
fn lasting(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for pointer in ["", "/provenance"] {
        answer.pointer_mut(pointer).and_then(Value::as_object_mut).map(|object| object.remove("asOf"));
    }
    answer
}

async fn both_doors_tell_the_same_series(app: App) {
    a_forum(&app).await;
    let days = json!({"from": "2026-03-01", "to": "2026-04-01", "compare": "PREVIOUS"});
    let questions = [
        ("first_response_time", "", json!({})),
        ("growth_rate", "", json!({})),
        ("sla_resolution_rate", "sla=PT24H", json!({"sla": "PT24H"})),
        ("active_members", "activities=talk,reply&includeBots=true", json!({"activities": ["talk", "reply"], "includeBots": true})),
        ("retention", "statistic=COHORT_RETENTION", json!({"statistic": "COHORT_RETENTION"})),
    ];
    let mut queries = Vec::new();
    let mut shown = Vec::new();
    for (metric, parameters, fields) in questions {
        let mut query = days.clone();
        query["metric"] = json!(metric);
        fields.as_object().expect("fields").iter().for_each(|(name, value)| query[name] = value.clone());
        shown.push(lasting(march(&app, metric, &format!("compare=PREVIOUS&{parameters}")).await.json()));
        queries.push(query);
    }

    let fields = series_fields();
    let document = format!(
        "query($queries: [MetricQuery!]!, $first: MetricQuery!) {{ metrics(queries: $queries) {{ {fields} }} metric(query: $first) {{ {fields} }} }}"
    );
    let answer = app.graphql(&document, json!({"queries": queries, "first": queries[0]})).await;

    assert_eq!(answer.data()["metrics"], json!(shown));
    assert_eq!(answer.data()["metric"], shown[0]);
}

async fn both_doors_tell_the_same_definitions(app: App) {
    let fields = format!(
        "key version name family formula inputs edgeRules unit unitLabel higherIsBetter \
        statistics {{ statistic unit unitLabel higherIsBetter }} parts parameters {{ name kind isRequired default least most }} segments \
        healthy {{ {TARGET} }} sources"
    );

    let document = format!(
        "{{ metricDefinitions {{ {fields} }} metricDefinition(key: \"growth_rate\") {{ {fields} }} none: metricDefinition(key: \"happiness\") {{ key }} }}"
    );
    let answer = app.graphql(&document, json!({})).await;

    let shown = app.get("/v1/metric-definitions").await.expect(200);
    assert_eq!(answer.data()["metricDefinitions"], shown["items"]);
    assert_eq!(&answer.data()["metricDefinition"], app.get("/v1/metric-definitions/growth_rate").await.expect(200).json());
    assert_eq!(answer.data()["none"], Value::Null);
}

async fn both_doors_tell_the_same_health(app: App) {
    a_forum(&app).await;

    let lines = format!("lines {{ metric target {{ {TARGET} }} figure {{ {FIGURE} }} verdict guardrailHeld questionId waveId }}");
    let document = format!("{{ communityHealth(month: \"2026-03\") {{ month timeZone watermark {lines} }} }}");
    let answer = app.graphql(&document, json!({})).await;

    let shown = app.get("/v1/community/health?month=2026-03").await.expect(200);
    assert_eq!(answer.data()["communityHealth"], lasting(shown.json()));
}

async fn a_question_that_is_refused_leaves_the_others(app: App) {
    let document =
        "{ good: metric(query: {metric: \"active_members\"}) { metric } bad: metric(query: {metric: \"sla_resolution_rate\"}) { metric } }";

    let answer = app.graphql(document, json!({})).await.expect(200);

    assert_eq!(answer["data"], json!({"good": {"metric": "active_members"}, "bad": null}));
    let error = &answer["errors"][0];
    assert_eq!((&error["path"], &error["extensions"]["code"]), (&json!(["bad"]), &json!("REQUIRED")));
    assert!(error["message"].as_str().is_some_and(|message| message.starts_with("sla: ")), "{error}");
}
