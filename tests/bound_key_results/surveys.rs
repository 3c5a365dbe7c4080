//! Key results that are driven by what people say: satisfaction, and the sentiment of two groups.

use serde_json::{Value, json};

use super::{Client, a_template, bound, check_ins, refresh, the_check_in};
use crate::given::{a_quarter, refused, send, text};
use crate::harness::{App, Backend, both};
use crate::survey_metrics::{a_pulse, said};

both![
    sentiment_of_the_core_and_of_mobilizers_moves_with_answers,
    a_target_within_the_interval_is_met_by_chance_and_what_is_missing_is_told,
    what_few_say_becomes_no_check_in,
    a_binding_names_the_survey_that_it_reads,
    what_people_say_can_be_a_guardrail,
    answers_are_read_by_the_server_itself,
    a_metric_that_does_not_fit_is_refused,
];

/// Goals as a blog post states them.
const GOALS: &str = "date 2020-01-02 These are our goals.\n\nObjective 1 – One approach to mobilizers\n\nKR 1 – Shared tools are identified\n\nKR 2 – 50% of activities are in support of prioritized ones\n\nKR 3 – Core community sentiment > 11.5 NPS (Net Promoter Score)\n\nKR 4 – Mobilizer sentiment > 20 NPS (Net Promoter Score)\n";

/// How satisfied people are, from 1 to 10, asked in February, March and April.
pub(super) async fn a_survey(client: &Client) {
    client.post("/v1/surveys", json!({"key": "satisfaction", "title": "Satisfaction"})).await.expect(201);
    let question = json!({"survey": "satisfaction", "key": "overall", "text": "How satisfied are you?", "kind": "SATISFACTION"});
    client.post("/v1/questions", question).await.expect(201);
    for (wave, start, end) in [("02", "2020-02-10", "2020-02-21"), ("03", "2020-03-09", "2020-03-20"), ("04", "2020-04-06", "2020-04-17")] {
        let wave = json!({"survey": "satisfaction", "key": wave, "start": start, "end": end});
        client.post("/v1/waves", wave).await.expect(201);
    }
    // 6 of 10 and 9 of 10 are satisfied; of the four in April nothing may be told.
    let waves = [("02", 6, 4), ("03", 9, 1), ("04", 4, 0)];
    let answers: Vec<Value> = waves.into_iter().flat_map(|(wave, good, bad)| satisfied(wave, good, bad)).collect();
    send(client, &answers).await;
}

fn satisfied(wave: &str, good: usize, bad: usize) -> Vec<Value> {
    let points = std::iter::repeat_n(9, good).chain(std::iter::repeat_n(5, bad));
    points.enumerate().map(|(place, point)| of_satisfaction(wave, &format!("{wave}-{place}"), point)).collect()
}

fn of_satisfaction(wave: &str, source: &str, point: u64) -> Value {
    json!({"survey": "satisfaction", "wave": wave, "question": "overall", "value": point,
        "submittedAt": "2020-02-12T08:00:00Z", "sourceId": source})
}

/// Late, and not satisfied.
pub(super) async fn five_more_answer(client: &Client) {
    let late: Vec<Value> = (0..5).map(|place| of_satisfaction("02", &format!("late-{place}"), 2)).collect();
    send(client, &late).await;
}

/// The two key results of sentiment, imported; the core are a layer of those who answer, mobilizers a survey of their own.
async fn two_sentiments(client: &Client) -> [String; 2] {
    a_quarter(client).await;
    let import = json!({"documents": [{"path": "goals.md", "text": GOALS}], "cycle": "2020-Q1", "team": "devrel"});
    client.post("/v1/import", import).await.expect(200);
    a_pulse(client).await;
    for place in 0..20 {
        let member = client.post("/v1/members", json!({"name": format!("core{place}")})).await.expect(201)["id"].clone();
        client
            .post("/v1/layer-assignments", json!({"member": member, "layer": "core-contributors", "from": "2019-12-01"}))
            .await
            .expect(201);
        let point = [9, 9, 9, 7, 3][place % 5];
        send(client, &[said("january", "nps", &format!("core{place}"), point, json!({"id": member}))]).await;
    }
    send(client, &others(10)).await;
    client.post("/v1/surveys", json!({"key": "mobilizers", "title": "Mobilizers"})).await.expect(201);
    client.post("/v1/questions", json!({"survey": "mobilizers", "key": "nps", "text": "Would you?", "kind": "NPS"})).await.expect(201);
    client.post("/v1/waves", json!({"survey": "mobilizers", "key": "q1", "start": "2020-02-01", "end": "2020-02-10"})).await.expect(201);
    ["O1-KR3", "O1-KR4"].map(|number| format!("/v1/key-results/2020-Q1.devrel.{number}"))
}

/// Anonymous answers, by people whom nobody knows to be of the core.
fn others(count: usize) -> Vec<Value> {
    (0..count).map(|place| said("january", "nps", &format!("other{place}"), 0, Value::Null)).collect()
}

fn of_mobilizers(count: usize, point: u64) -> Vec<Value> {
    let answer = |place| {
        json!({"survey": "mobilizers", "wave": "q1", "question": "nps", "value": point,
            "submittedAt": "2020-02-08T08:00:00Z", "sourceId": format!("{point}-{place}")})
    };
    (0..count).map(answer).collect()
}

async fn drive(client: &Client, [core, mobilizers]: &[String; 2]) {
    let of_core = json!({"metric": "nps", "survey": "pulse", "layer": "core-contributors"});
    client.put(&format!("{core}/binding"), None, of_core).await.expect(201);
    client.put(&format!("{mobilizers}/binding"), None, json!({"metric": "nps", "survey": "mobilizers"})).await.expect(201);
}

async fn sentiment_of_the_core_and_of_mobilizers_moves_with_answers(app: App) {
    let paths = two_sentiments(&app).await;
    let key_result = app.get(&paths[0]).await.expect(200);
    assert_eq!((&key_result["kind"], &key_result["strict"], &key_result["target"]), (&json!("AT_LEAST"), &json!(true), &json!(11.5)));
    drive(&app, &paths).await;
    assert_eq!(the_check_in(&app, &paths[0], "2020-01-31").await["value"], 40);
    assert_eq!(check_ins(&app, &paths[1]).await, Vec::<Value>::new());

    send(&app, &[of_mobilizers(40, 9), of_mobilizers(20, 7), of_mobilizers(10, 2)].concat()).await;
    let mobilizers = refresh(&app, &paths[1]).await;

    let [moved] = mobilizers["moved"].as_array().unwrap().as_slice() else { panic!("one month moves: {mobilizers:?}") };
    assert_eq!((&moved["start"], &moved["before"], &moved["after"]), (&json!("2020-02-01"), &Value::Null, &json!(42.86)));
    let score = app.get(&format!("{}/score", paths[1])).await.expect(200);
    assert_eq!((&score["value"], &score["met"]), (&json!(1), &json!(true)));
    assert_eq!(refresh(&app, &paths[0]).await["moved"], json!([]));
}

async fn a_target_within_the_interval_is_met_by_chance_and_what_is_missing_is_told(app: App) {
    let paths = two_sentiments(&app).await;
    drive(&app, &paths).await;
    send(&app, &[of_mobilizers(36, 9), of_mobilizers(26, 7), of_mobilizers(8, 6)].concat()).await;
    refresh(&app, &paths[1]).await;

    let january = |readings: &Value, month: usize| readings["items"][month].clone();
    let core = january(app.get(&format!("{}/binding/readings", paths[0])).await.expect(200).json(), 0);
    let mobilizers = january(app.get(&format!("{}/binding/readings", paths[1])).await.expect(200).json(), 1);

    // 40 points of 20 answers lie between 2 and 68; those of 70 between 22.53 and 54.19.
    assert_eq!((&core["verdict"], &core["told"]["status"]), (&json!("MET_NOT_SIGNIFICANT"), &json!("LOW_N")));
    assert_eq!((&mobilizers["verdict"], &mobilizers["missing"], &mobilizers["missingAnswers"]), (&json!("MET"), &json!(0), &json!(0)));
    app.patch(&paths[1], "*", json!({"target": 50})).await.expect(200);
    let document = "{ keyResult(address: \"2020-Q1.devrel.O1-KR4\") { binding { readings { verdict missing missingAnswers } } } }";
    let answer = app.graphql(document, json!({})).await;
    let told = &answer.data()["keyResult"]["binding"]["readings"][1];
    // More than 50 points: 8 of the passives turned promoters, or 15 further promoters.
    assert_eq!(told, &json!({"verdict": "NOT_MET", "missing": 8, "missingAnswers": 15}));
}

async fn what_few_say_becomes_no_check_in(app: App) {
    let paths = two_sentiments(&app).await;
    drive(&app, &paths).await;
    send(&app, &of_mobilizers(4, 9)).await;
    refresh(&app, &paths[1]).await;
    // A rest of three would be told by what all say less what the core says.
    let few = json!({"metric": "nps", "survey": "pulse", "layer": "active-advocates"});
    app.put(&format!("{}/binding", paths[0]), None, few).await.expect(200);

    let readings = app.get(&format!("{}/binding/readings", paths[1])).await.expect(200);

    let told = &readings["items"][1]["told"];
    assert_eq!((&told["status"], &told["value"], &told["denominator"]), (&json!("SUPPRESSED"), &Value::Null, &Value::Null));
    assert_eq!((&readings["items"][1]["missingAnswers"], &readings["items"][1]["verdict"]), (&Value::Null, &json!("UNKNOWN")));
    assert_eq!(check_ins(&app, &paths[1]).await, Vec::<Value>::new());
}

async fn a_binding_names_the_survey_that_it_reads(app: App) {
    a_template(&app).await;
    let path = bound(&app, "O3-KR1").await;

    let binding = app.get(&format!("{path}/binding")).await.expect(200);
    a_pulse(&app).await;
    let after = refresh(&app, &path).await;

    assert_eq!((&binding["survey"], &binding["question"], &binding["wave"]), (&json!("satisfaction"), &json!("overall"), &Value::Null));
    assert_eq!(after["moved"], json!([]), "another survey that fits changes nothing");
    let answer = app.put(&format!("{path}/binding"), None, json!({"metric": "satisfaction"})).await.expect(422);
    assert_eq!(refused(&answer), [("/survey".to_owned(), "REQUIRED".to_owned())]);
}

/// Growth counts only if people are satisfied: in February they are not.
async fn what_people_say_can_be_a_guardrail(app: App) {
    a_template(&app).await;
    let path = bound(&app, "O4-KR1").await;

    let satisfied = json!({"metric": "satisfaction", "survey": "satisfaction", "comparator": "AT_LEAST", "target": 80});
    app.put(&format!("{path}/binding"), None, json!({"metric": "growth_rate", "guardrail": satisfied})).await.expect(200);

    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let guards: Vec<(String, Value)> = readings["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["guardrail"]["verdict"]), one["guardrail"]["value"].clone()))
        .collect();
    let expected = [("UNKNOWN", json!(null)), ("NOT_MET", json!(60)), ("MET_NOT_SIGNIFICANT", json!(90)), ("UNKNOWN", json!(null))];
    assert_eq!(guards, expected.map(|(verdict, value)| (verdict.to_owned(), value)));
}

async fn answers_are_read_by_the_server_itself(backend: Backend) {
    let app = App::start(backend, &["--refresh-pause", "0"]).await;
    a_template(&app).await;
    let path = bound(&app, "O3-KR1").await;

    five_more_answer(&app).await;

    let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while the_check_in(&app, &path, "2020-02-29").await["value"] != 40 {
        assert!(std::time::Instant::now() < patience, "nothing was read");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn a_metric_that_does_not_fit_is_refused(app: App) {
    a_template(&app).await;
    let path = format!("{}/binding", super::address("O3-KR1"));

    let asked =
        json!({"metric": "satisfaction", "question": "nothing", "weights": "LAYER", "guardrail": {"metric": "nps", "survey": "nowhere"}});
    let answer = app.put(&path, None, asked).await.expect(422);

    let mut found = refused(&answer);
    found.sort();
    let expected = [("/guardrail/survey", "NOT_FOUND"), ("/question", "NOT_FOUND"), ("/weights", "NOT_APPLICABLE")];
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())), "{answer:?}");
}
