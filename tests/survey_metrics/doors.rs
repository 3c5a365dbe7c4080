//! Both doors say the same of what people said, and so does the report of a community's health.

use serde_json::{Value, json};

use super::{a_pulse, a_wave, nameless};
use crate::given::{send, text};
use crate::harness::{App, both};
use crate::statements::statements;

both![
    both_doors_tell_the_same,
    what_is_told_is_a_table_too,
    definitions_say_what_can_be_asked,
    health_has_a_line_for_each_question_that_was_asked,
    health_says_where_nothing_was_asked,
    what_is_told_costs_the_same_however_many_ask_and_answer,
];

async fn both_doors_tell_the_same(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(36, 9), (26, 7), (8, 6)])).await;
    send(&app, &nameless("march", "nps", &[(40, 9), (22, 7), (8, 6)])).await;
    let days = "from=2020-01-01&to=2020-04-01&granularity=QUARTER&compare=PREVIOUS&survey=pulse&question=nps&populationCorrection=true";
    let query = json!({
        "metric": "nps", "from": "2020-01-01", "to": "2020-04-01", "granularity": "QUARTER", "compare": "PREVIOUS",
        "survey": "pulse", "question": "nps", "populationCorrection": true,
    });

    let fields =
        "points { value numerator denominator interval { low high } status reason waveId parts { part value } change { value reason } }
        provenance { events questionId watermark }";
    let document = format!("query($query: MetricQuery!) {{ metric(query: $query) {{ {fields} }} }}");
    let answer = app.graphql(&document, json!({"query": query})).await;

    let shown = app.get(&format!("/v1/metrics/nps?{days}")).await.expect(200);
    let (told, point) = (&answer.data()["metric"]["points"][0], &shown["points"][0]);
    for field in ["value", "numerator", "denominator", "interval", "status", "reason", "waveId", "parts"] {
        assert_eq!(told[field], point[field], "{field}");
    }
    assert_eq!((&told["value"], &told["change"]["reason"]), (&json!(45.71), &json!("NO_PREVIOUS")));
    for field in ["events", "questionId", "watermark"] {
        assert_eq!(answer.data()["metric"]["provenance"][field], shown["provenance"][field], "{field}");
    }
    let batch = app.post("/v1/metrics/batch", json!({"metrics": [query, {"metric": "satisfaction"}]})).await.expect(200);
    assert_eq!((&batch["items"][0]["points"], &batch["items"][1]["metric"]), (&shown["points"], &json!("satisfaction")));
}

async fn what_is_told_is_a_table_too(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(36, 9), (26, 7), (8, 6)])).await;

    let series = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-03-01").await.expect(200);
    let table = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-03-01&format=csv").await.expect(200);

    let lines: Vec<&str> = table.text.lines().collect();
    let columns = "start,end,isPartial,value,numerator,denominator,low,high,status,reason,change,health,parts.PROMOTERS,parts.PASSIVES,parts.DETRACTORS,waveId";
    let wave = text(&series["points"][0]["waveId"]);
    let told = format!("2020-01-01,2020-02-01,false,40,28,70,22.53,54.19,OK,,,,36,26,8,{wave}");
    assert_eq!(lines, [columns, told.as_str(), "2020-02-01,2020-03-01,false,,,,,,NO_DATA,NO_WAVE,,,,,,"]);
}

async fn definitions_say_what_can_be_asked(app: App) {
    let nps = app.get("/v1/metric-definitions/nps").await.expect(200);

    let parameters: Vec<(&str, &Value)> =
        nps["parameters"].as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), &one["isRequired"])).collect();
    let names = ["survey", "question", "wave", "weights", "populationCorrection"];
    assert_eq!(parameters, names.map(|name| (name, &json!(false))));
    assert_eq!(
        (&nps["parts"], &nps["segments"]),
        (&json!(["PROMOTERS", "PASSIVES", "DETRACTORS"]), &json!(["LAYER", "ORGANISATION", "PROPERTY"]))
    );
    let all = app.get("/v1/metric-definitions").await.expect(200);
    let surveys = all["items"].as_array().unwrap().iter().filter(|definition| definition["family"] == "SURVEY").count();
    assert_eq!(surveys, 7);
}

/// The lines of January's report for `alignment`, each with question and wave as keys.
async fn aligned(app: &App, month: &str) -> Vec<Value> {
    let health = app.get(&format!("/v1/community/health?month={month}")).await.expect(200);
    let lines = health["lines"].as_array().unwrap().iter();
    lines.filter(|line| line["metric"] == "alignment").cloned().collect()
}

async fn health_has_a_line_for_each_question_that_was_asked(app: App) {
    a_pulse(&app).await;
    let late = a_wave(&app, "late", "2020-01-27", "2020-01-30").await;
    app.post("/v1/surveys", json!({"key": "leads", "title": "Leads"})).await.expect(201);
    app.post("/v1/questions", json!({"survey": "leads", "key": "goals", "text": "Do you know?", "kind": "ALIGNMENT"})).await.expect(201);
    app.post("/v1/waves", json!({"survey": "leads", "key": "one", "start": "2020-01-01", "end": "2020-01-15"})).await.expect(201);
    send(&app, &nameless("late", "alignment", &[(57, 9), (3, 2)])).await;

    let lines = aligned(&app, "2020-01").await;

    let judged: Vec<Value> = lines.iter().map(|line| json!([line["figure"]["value"], line["figure"]["reason"], line["verdict"]])).collect();
    // 95 % of 60 are met, and 90 % lie in the interval from 86.3 to 98.29.
    assert_eq!(judged, [json!([95, null, "MET_NOT_SIGNIFICANT"]), json!([null, "NO_ANSWERS", "UNKNOWN"])]);
    assert_eq!(lines[0]["waveId"], json!(late));
    let question = app.get(&format!("/v1/questions/{}", text(&lines[1]["questionId"]))).await.expect(200);
    assert_eq!(question["key"], "goals");
    let document = "{ communityHealth(month: \"2020-01\") { lines { metric questionId waveId figure { value } } } }";
    let answer = app.graphql(document, json!({})).await;
    let told: Vec<&Value> =
        answer.data()["communityHealth"]["lines"].as_array().unwrap().iter().filter(|line| line["metric"] == "alignment").collect();
    for (told, line) in told.iter().zip(&lines) {
        assert_eq!((&told["questionId"], &told["waveId"]), (&line["questionId"], &line["waveId"]));
    }
}

async fn health_says_where_nothing_was_asked(app: App) {
    let before = aligned(&app, "2020-01").await;
    a_pulse(&app).await;

    let [none] = before.as_slice() else { panic!("one line, not {before:?}") };
    assert_eq!(
        (&none["figure"]["reason"], &none["questionId"], &none["verdict"]),
        (&json!("NO_QUESTIONS"), &Value::Null, &json!("UNKNOWN"))
    );
    let february = aligned(&app, "2020-02").await;
    let [none] = february.as_slice() else { panic!("one line, not {february:?}") };
    assert_eq!((&none["figure"]["reason"], &none["waveId"]), (&json!("NO_WAVE"), &Value::Null));
}

/// The token's last use may be written beside it, so the cheapest of three counts.
async fn cost(app: &App, path: &str) -> u64 {
    let mut cheapest = u64::MAX;
    for _ in 0..3 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let before = statements(app).await;
        app.get(path).await.expect(200);
        cheapest = cheapest.min(statements(app).await - before);
    }
    cheapest
}

async fn what_is_told_costs_the_same_however_many_ask_and_answer(app: App) {
    let (health, nps) = ("/v1/community/health?month=2020-01", "/v1/metrics/nps?from=2020-01-01&to=2020-04-01&survey=pulse");
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;
    send(&app, &nameless("january", "alignment", &[(5, 9)])).await;
    let before = [cost(&app, health).await, cost(&app, nps).await];

    for place in 0..4 {
        let survey = format!("s{place}");
        app.post("/v1/surveys", json!({"key": survey, "title": "Another"})).await.expect(201);
        app.post("/v1/questions", json!({"survey": survey, "key": "goals", "text": "Do you know?", "kind": "ALIGNMENT"})).await.expect(201);
        app.post("/v1/waves", json!({"survey": survey, "key": "one", "start": "2020-01-01", "end": "2020-01-15"})).await.expect(201);
    }
    send(&app, &nameless("march", "nps", &[(300, 9)])).await;

    assert_eq!([cost(&app, health).await, cost(&app, nps).await], before);
    assert_eq!(aligned(&app, "2020-01").await.len(), 5);
}
