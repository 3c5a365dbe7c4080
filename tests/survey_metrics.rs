//! Metrics of what people say when they are asked: a window is told of by a whole wave.

mod doors;
mod parameters;
mod segments;

use serde_json::{Value, json};

use crate::given::{send, text};
use crate::harness::{App, Client, both};

both![
    a_window_is_told_by_the_last_wave_that_ends_in_it,
    no_other_days_are_told_of_than_those_of_a_whole_wave,
    each_kind_of_question_feeds_the_metric_of_its_name,
    few_answers_are_told_of_nowhere,
    an_answer_that_comes_late_is_told_at_once,
    a_wave_that_is_moved_is_told_in_its_new_window,
    members_that_were_merged_have_one_answer,
];

/// The kinds of questions that feed metrics, each with its metric, which is the question's key as well.
const KINDS: [(&str, &str); 7] = [
    ("nps", "NPS"),
    ("satisfaction", "SATISFACTION"),
    ("belonging", "BELONGING"),
    ("learning", "LEARNING"),
    ("career_impact", "CAREER_IMPACT"),
    ("alignment", "ALIGNMENT"),
    ("stakeholder_satisfaction", "STAKEHOLDER_SATISFACTION"),
];

fn key(metric: &str) -> String {
    metric.replace('_', "-")
}

/// The survey `pulse` with a question of each kind, and a wave in January and one in March of 2020; and the default layers.
pub(crate) async fn a_pulse(client: &Client) {
    client.post("/v1/layers/default-set", json!(null)).await.expect(200);
    client.post("/v1/surveys", json!({"key": "pulse", "title": "How are you?"})).await.expect(201);
    for (metric, kind) in KINDS {
        let question = json!({"survey": "pulse", "key": key(metric), "text": "How much?", "kind": kind});
        client.post("/v1/questions", question).await.expect(201);
    }
    a_wave(client, "january", "2020-01-06", "2020-01-26").await;
    a_wave(client, "march", "2020-03-02", "2020-03-22").await;
}

/// A wave of `pulse`. Its id is given back.
pub(crate) async fn a_wave(client: &Client, key: &str, start: &str, end: &str) -> String {
    let wave = json!({"survey": "pulse", "key": key, "start": start, "end": end, "population": 200});
    text(&client.post("/v1/waves", wave).await.expect(201)["id"])
}

/// Anonymous answers: how many of each point.
pub(crate) fn nameless(wave: &str, metric: &str, points: &[(usize, u64)]) -> Vec<Value> {
    let all = points.iter().flat_map(|(count, point)| std::iter::repeat_n(*point, *count));
    let answer = |(place, point): (usize, u64)| said(wave, metric, &format!("{wave}-{metric}-{place}"), point, Value::Null);
    all.enumerate().map(answer).collect()
}

pub(crate) fn said(wave: &str, metric: &str, source: &str, point: u64, member: Value) -> Value {
    json!({
        "survey": "pulse", "wave": wave, "question": key(metric), "value": point, "member": member,
        "submittedAt": "2020-01-20T09:30:00Z", "sourceId": source,
    })
}

/// The only point of a metric from one day to another.
async fn point(client: &Client, metric: &str, from: &str, to: &str, more: &str) -> Value {
    let series = client.get(&format!("/v1/metrics/{metric}?from={from}&to={to}&{more}")).await.expect(200);
    assert_eq!(series["points"].as_array().map(Vec::len), Some(1), "{series:?}");
    series["points"][0].clone()
}

async fn january(client: &Client, metric: &str, more: &str) -> Value {
    point(client, metric, "2020-01-01", "2020-02-01", more).await
}

fn number(figure: &Value) -> Option<f64> {
    figure["value"].as_f64()
}

async fn a_window_is_told_by_the_last_wave_that_ends_in_it(app: App) {
    a_pulse(&app).await;
    let late = a_wave(&app, "late", "2020-01-27", "2020-01-31").await;
    send(&app, &nameless("january", "nps", &[(36, 9), (26, 7), (8, 6)])).await;
    send(&app, &nameless("late", "nps", &[(72, 10), (22, 8), (8, 0)])).await;

    let of_late = january(&app, "nps", "").await;
    let of_january = january(&app, "nps", "wave=january").await;

    assert_eq!((number(&of_late), &of_late["waveId"]), (Some(62.75), &json!(late)));
    assert_eq!(
        (number(&of_january), of_january["numerator"].as_i64(), of_january["denominator"].as_i64()),
        (Some(40.0), Some(28), Some(70))
    );
    assert_eq!(of_january["interval"], json!({"low": 22.53, "high": 54.19}));
    let parts = json!([{"part": "PROMOTERS", "value": 36}, {"part": "PASSIVES", "value": 26}, {"part": "DETRACTORS", "value": 8}]);
    assert_eq!((&of_january["parts"], &of_january["status"]), (&parts, &json!("OK")));
    let quarter = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-04-01&compare=PREVIOUS").await.expect(200);
    let told: Vec<(Option<f64>, &str)> =
        quarter["points"].as_array().unwrap().iter().map(|point| (number(point), point["reason"].as_str().unwrap_or(""))).collect();
    assert_eq!(told, [(Some(62.75), ""), (None, "NO_WAVE"), (None, "NO_ANSWERS")]);
}

async fn no_other_days_are_told_of_than_those_of_a_whole_wave(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(6, 9), (2, 7)])).await;

    let days = app.get("/v1/metrics/nps?from=2020-01-24&to=2020-01-29&granularity=DAY").await.expect(200);
    let months = app.get("/v1/metrics/nps?from=2020-01-20&to=2020-01-26&granularity=MONTH").await.expect(200);

    let told: Vec<Option<f64>> = days["points"].as_array().unwrap().iter().map(number).collect();
    assert_eq!(told, [None, None, Some(75.0), None, None]);
    // The last day of the wave does not belong to the days that are asked for.
    assert_eq!((&months["points"][0]["value"], &months["points"][0]["reason"]), (&Value::Null, &json!("NO_WAVE")));
    assert_eq!(january(&app, "nps", "wave=march").await["reason"], "NO_WAVE");
}

async fn each_kind_of_question_feeds_the_metric_of_its_name(app: App) {
    a_pulse(&app).await;

    for (metric, _) in KINDS.into_iter().filter(|(metric, _)| *metric != "nps") {
        send(&app, &nameless("january", metric, &[(20, 10), (10, 8), (10, 1)])).await;
        let top = january(&app, metric, "").await;
        let mean = january(&app, metric, "statistic=MEAN").await;

        assert_eq!((number(&top), &top["numerator"], &top["denominator"]), (Some(75.0), &json!(30), &json!(40)), "{metric}");
        let statistics = top["statistics"].as_array().unwrap();
        let further: Vec<(&str, Option<f64>)> =
            statistics.iter().map(|further| (further["statistic"].as_str().unwrap(), number(&further["figure"]))).collect();
        assert_eq!(further, [("MEAN", Some(7.25)), ("MEAN_PCT", Some(69.44))], "{metric}");
        assert_eq!((number(&mean), mean["interval"].is_null()), (Some(7.25), false), "{metric}");
        let results = app.get(&format!("/v1/surveys/pulse/results?question={}&wave=january", key(metric))).await.expect(200);
        assert_eq!(results["items"][0]["waves"][0]["outcome"]["topBox"]["interval"], top["interval"], "{metric}");
    }
    let health = january(&app, "alignment", "").await["health"].clone();
    assert_eq!(health, "NOT_MET", "healthy are 90 %");
}

/// Whatever is asked of four answers, and however: nothing is told of them.
async fn few_answers_are_told_of_nowhere(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(4, 9)])).await;
    send(&app, &nameless("january", "satisfaction", &[(4, 9)])).await;
    let question = |metric: &str| json!({"metric": metric, "from": "2020-01-01", "to": "2020-02-01"});

    for metric in ["nps", "satisfaction"] {
        let path = format!("/v1/metrics/{metric}?from=2020-01-01&to=2020-02-01");
        let series = app.get(&path).await.expect(200);
        let few = &series["points"][0];
        assert_eq!((&few["status"], &few["reason"]), (&json!("SUPPRESSED"), &json!("FEW_ANSWERS")));
        for hidden in ["value", "numerator", "denominator", "interval"] {
            assert_eq!(few[hidden], Value::Null, "{metric} {hidden}");
        }
        assert!(few["parts"] == json!([]) && few["statistics"].as_array().unwrap().iter().all(|one| one["figure"]["value"].is_null()));
        assert_eq!(series["provenance"]["events"], 0);
        let table = app.get(&format!("{path}&format=csv")).await.expect(200);
        let row = table.text.lines().nth(1).unwrap().to_owned();
        assert!(row.starts_with("2020-01-01,2020-02-01,false,,,,,,SUPPRESSED,FEW_ANSWERS,,"), "{row}");
        let lines = app.get(&format!("{path}&format=ndjson")).await.expect(200);
        assert_eq!(&serde_json::from_str::<Value>(lines.text.trim()).unwrap(), few);
        let batch = app.post("/v1/metrics/batch", json!({"metrics": [question(metric)]})).await.expect(200);
        assert_eq!(&batch["items"][0]["points"][0], few);
        let fields = "points { value numerator denominator interval { low } status reason parts { value } }";
        let document = format!("query($query: MetricQuery!) {{ metric(query: $query) {{ {fields} }} }}");
        let answer = app.graphql(&document, json!({"query": question(metric)})).await;
        let told = &answer.data()["metric"]["points"][0];
        assert_eq!((&told["value"], &told["denominator"], &told["status"]), (&Value::Null, &Value::Null, &json!("SUPPRESSED")));
    }
}

async fn an_answer_that_comes_late_is_told_at_once(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;
    let before = january(&app, "nps", "").await;

    send(&app, &[said("january", "nps", "late", 0, Value::Null)]).await;

    assert_eq!((number(&before), number(&january(&app, "nps", "").await)), (Some(100.0), Some(66.67)));
}

async fn a_wave_that_is_moved_is_told_in_its_new_window(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;
    let before = app.get("/v1/metrics/nps").await.expect(200)["provenance"]["watermark"].as_u64();
    let waves = app.get("/v1/waves?survey=pulse").await.expect(200);
    let wave = waves["items"].as_array().unwrap().iter().find(|wave| wave["key"] == "january").unwrap()["id"].clone();

    app.patch(&format!("/v1/waves/{}", text(&wave)), "*", json!({"end": "2020-02-02"})).await.expect(200);

    let february = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-03-01").await.expect(200);
    assert_eq!(february["points"][0]["reason"], "NO_WAVE");
    assert_eq!((number(&february["points"][1]), &february["points"][1]["waveId"]), (Some(100.0), &wave));
    assert!(february["provenance"]["watermark"].as_u64() > before, "who reads bindings in the background has to hear of it");
}

async fn members_that_were_merged_have_one_answer(app: App) {
    a_pulse(&app).await;
    let mut ids = Vec::new();
    for (name, value) in [("ada", 9), ("ben", 9), ("cy", 9), ("dot", 9), ("eve", 9), ("adele", 0)] {
        let id = app.post("/v1/members", json!({"name": name})).await.expect(201)["id"].clone();
        send(&app, &[said("january", "nps", name, value, json!({"id": id}))]).await;
        ids.push(text(&id));
    }

    let merge = app.request(reqwest::Method::POST, &format!("/v1/members/{}/merge", ids[5])).header("if-match", "*");
    app.send(merge.json(&json!({"into": ids[0]}))).await.expect(200);

    let told = january(&app, "nps", "").await;
    // At one instant the later answer is the one with the greater id of its source.
    assert_eq!((&told["denominator"], number(&told)), (&json!(5), Some(60.0)));
}
