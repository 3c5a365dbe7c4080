//! Key results that metrics drive, on the template that the metrics were first written down in.

mod doors;
mod guardrails;
mod refusals;
mod surveys;

use serde_json::{Value, json};

use crate::given::{a_quarter, text, the_score};
use crate::harness::{App, Backend, Client, Response, both};

both![
    every_key_result_of_the_template_moves_with_its_metric,
    all_twelve_move_when_events_and_answers_come_late,
    a_reading_is_a_check_in_without_a_confidence,
    late_events_restate_a_month_that_is_over,
    what_late_events_do_not_change_stays_as_it_is,
    a_key_result_that_was_graded_does_not_move,
    a_closed_cycle_is_not_read,
    what_a_person_measured_that_day_stands,
    a_person_s_confidence_outlives_what_late_events_change,
    growth_counts_only_where_engagement_held,
    what_no_longer_has_a_value_is_taken_back,
    the_server_reads_by_itself,
];

const TEMPLATE: &str = include_str!("fixtures/community-template.md");

/// The key results of the template, all twelve: number, how it is measured, the metric, and what it tells of January to April
/// by the community below and by what it answers.
const DRIVEN: [(&str, &str, &str, [Option<f64>; 4]); 12] = [
    ("O1-KR1", r#"{"unit": "COUNT", "target": 4}"#, r#"{"metric": "active_members"}"#, [Some(1.0), Some(2.0), Some(3.0), Some(0.0)]),
    ("O1-KR2", r#"{"unit": "COUNT", "target": 3}"#, r#"{"metric": "active_channels"}"#, [Some(1.0), Some(2.0), Some(1.0), Some(0.0)]),
    ("O1-KR3", r#"{"unit": "COUNT", "target": 2}"#, r#"{"metric": "published_resources"}"#, [Some(0.0), Some(1.0), Some(2.0), Some(2.0)]),
    ("O2-KR1", r#"{"unit": "PERCENT", "target": 40}"#, r#"{"metric": "engagement_rate"}"#, [Some(0.0), Some(20.0), Some(33.33), Some(0.0)]),
    ("O2-KR2", r#"{"unit": "COUNT", "target": 2}"#, r#"{"metric": "community_discussions"}"#, [Some(0.0), Some(1.0), Some(1.0), Some(0.0)]),
    (
        "O2-KR3",
        r#"{"kind": "AT_MOST", "unit": "DURATION", "unitLabel": "h", "target": 4}"#,
        r#"{"metric": "first_helpful_response_time"}"#,
        [None, Some(2.0), None, None],
    ),
    ("O3-KR1", r#"{"unit": "PERCENT", "target": 80}"#, r#"{"metric": "satisfaction"}"#, [None, Some(60.0), Some(90.0), None]),
    (
        "O3-KR2",
        r#"{"unit": "PERCENT", "target": 90}"#,
        r#"{"metric": "sla_resolution_rate", "sla": "PT24H"}"#,
        [None, Some(100.0), None, None],
    ),
    ("O3-KR3", r#"{"unit": "COUNT", "target": 2}"#, r#"{"metric": "champions"}"#, [Some(1.0), Some(1.0), Some(1.0), Some(1.0)]),
    (
        "O4-KR1",
        r#"{"unit": "PERCENT", "target": 25}"#,
        r#"{"metric": "growth_rate", "guardrail": {"metric": "engagement_rate"}}"#,
        [None, Some(25.0), Some(20.0), Some(0.0)],
    ),
    ("O4-KR2", r#"{"unit": "COUNT", "target": 2}"#, r#"{"metric": "contributed_content"}"#, [Some(0.0), Some(1.0), Some(1.0), Some(0.0)]),
    ("O4-KR3", r#"{"unit": "COUNT", "target": 2}"#, r#"{"metric": "external_mentions"}"#, [Some(0.0), Some(1.0), Some(1.0), Some(0.0)]),
];

/// The last days of the months.
const ENDS: [&str; 4] = ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"];

/// Something that was done on the forum on a day of 2020.
fn done(source: &str, activity: &str, member: &str, at: &str, more: Value) -> Value {
    let mut event = json!({
        "platform": "forum", "sourceId": source, "type": activity, "occurredAt": format!("2020-{at}:00Z"),
        "member": {"type": "username", "value": member},
    });
    for (name, value) in more.as_object().expect("fields are an object") {
        event[name] = value.clone();
    }
    event
}

async fn tell(client: &Client, events: Vec<Value>) {
    let count = events.len();
    let answer = client.post("/v1/events/batch", json!(events)).await.expect(200);
    assert_eq!(answer["created"], json!(count), "{answer:?}");
}

/// Ada, ben, cy and dot join in January, eve in February, fay and gus in March, in which dot leaves. Ada is a champion.
async fn a_community(client: &Client) {
    let joined = |member: &str, at: &str| done(&format!("in-{member}"), "member_joined", member, at, json!({}));
    let (help, docs) = (json!({"channel": "help"}), json!({"channel": "docs"}));
    let about = |parent: &str| json!({"channel": "help", "parent": parent});
    let of = |member: &str, events: &[(&str, &str, &str, &Value)]| -> Vec<Value> {
        events.iter().map(|(source, activity, at, more)| done(source, activity, member, at, (*more).clone())).collect()
    };
    let comings: Vec<Value> = ["ada", "ben", "cy", "dot"].iter().map(|member| joined(member, "01-10T08:00")).collect();
    let later = vec![joined("eve", "02-05T08:00"), joined("fay", "03-03T08:00"), joined("gus", "03-04T08:00")];
    tell(client, [comings, later, vec![done("out-dot", "member_left", "dot", "03-20T08:00", json!({}))]].concat()).await;
    let none = json!({});
    let ada = of(
        "ada",
        &[
            ("r1", "reply", "01-15T08:00", &help),
            ("p1", "content_published", "02-10T08:00", &docs),
            ("a1", "answer", "02-12T12:00", &about("q1")),
        ],
    );
    let ben = of(
        "ben",
        &[
            ("t1", "topic_opened", "02-11T08:00", &help),
            ("q1", "question_opened", "02-12T10:00", &help),
            ("ok1", "answer_accepted", "02-12T12:30", &about("a1")),
            ("done1", "question_resolved", "02-12T13:00", &about("q1")),
        ],
    );
    let cy = of("cy", &[("t2", "topic_opened", "03-02T08:00", &none), ("c1", "code_contribution", "03-05T08:00", &none)]);
    let others =
        vec![done("p2", "content_published", "eve", "03-06T08:00", json!({})), done("r2", "reply", "fay", "03-07T08:00", help.clone())];
    let mention =
        |source: &str, at: &str| json!({"platform": "news", "sourceId": source, "type": "mention", "occurredAt": format!("2020-{at}:00Z")});
    let questions_first: Vec<Value> = ben.iter().take(2).cloned().collect();
    tell(
        client,
        [questions_first, ada, ben[2..].to_vec(), cy, others, vec![mention("m1", "02-15T08:00"), mention("m2", "03-08T08:00")]].concat(),
    )
    .await;
    let ada = member(client, "ada").await;
    client.post(&format!("/v1/members/{ada}/traits"), json!({"attribute": "ROLE", "value": "champion"})).await.expect(201);
}

/// The id of the member who has an account.
async fn member(client: &Client, account: &str) -> String {
    let query = "{ members(first: 50) { nodes: edges { node { id identities { value } } } } }";
    let members = client.graphql(query, json!({})).await;
    let found = members.data()["members"]["nodes"].as_array().expect("members").clone();
    let is_it = |member: &&Value| member["node"]["identities"].to_string().contains(&format!("\"{account}\""));
    text(&found.iter().find(is_it).expect("somebody has the account")["node"]["id"])
}

fn address(number: &str) -> String {
    format!("/v1/key-results/2020-Q1.devrel.{number}")
}

/// The template in a quarter of its own, and the community it is about.
async fn a_template(client: &Client) {
    a_quarter(client).await;
    let document = json!({"path": "template.md", "text": TEMPLATE});
    let import = json!({"documents": [document], "cycle": "2020-Q1", "team": "devrel"});
    let imported = client.post("/v1/import", import).await.expect(200);
    assert_eq!(imported["documents"][0]["keyResults"], json!(12));
    a_community(client).await;
    surveys::a_survey(client).await;
}

/// Gives a key result its numbers and binds it, so that it is read. Its path is given back.
async fn bound(client: &Client, number: &str) -> String {
    let (_, measure, binding, _) = DRIVEN.iter().find(|(known, ..)| *known == number).expect("a key result of the table");
    let mut measure: Value = serde_json::from_str(measure).expect("a measure is JSON");
    if measure["kind"].is_null() {
        measure["kind"] = json!("AT_LEAST");
    }
    let path = address(number);
    client.patch(&path, "*", measure).await.expect(200);
    client.put(&format!("{path}/binding"), None, serde_json::from_str(binding).expect("a binding is JSON")).await.expect(201);
    path
}

/// The template with one key result that is bound and read.
async fn read(client: &Client, number: &str) -> String {
    a_template(client).await;
    bound(client, number).await
}

async fn refresh(client: &Client, path: &str) -> Response {
    client.post(&format!("{path}/binding/refresh"), json!({})).await.expect(200)
}

async fn check_ins(client: &Client, path: &str) -> Vec<Value> {
    let key_result = path.trim_start_matches("/v1/key-results/");
    let list = client.get(&format!("/v1/check-ins?keyResult={key_result}&sort=day")).await.expect(200);

    list["items"].as_array().expect("a list").clone()
}

async fn the_check_in(client: &Client, path: &str, on: &str) -> Value {
    let found = check_ins(client, path).await.into_iter().find(|check_in| check_in["on"] == on);

    found.unwrap_or_else(|| panic!("nothing was checked in on {on}"))
}

/// Ben publishes two pieces in February, of which nobody heard before.
async fn late_pieces(client: &Client) {
    let piece = |source: &str| done(source, "content_published", "ben", "02-20T08:00", json!({}));
    tell(client, vec![piece("p3"), piece("p4")]).await;
}

async fn every_key_result_of_the_template_moves_with_its_metric(app: App) {
    a_template(&app).await;

    for (number, _, _, expected) in DRIVEN {
        let path = bound(&app, number).await;
        let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);

        let told: Vec<Option<f64>> = readings["items"].as_array().expect("a list").iter().map(|one| one["value"].as_f64()).collect();
        assert_eq!(told, expected, "{number}: {readings:?}");
        let said: Vec<(String, Option<f64>)> =
            check_ins(&app, &path).await.iter().map(|check_in| (text(&check_in["on"]), check_in["value"].as_f64())).collect();
        let with_value = ENDS.iter().zip(expected).filter(|(_, value)| value.is_some());
        assert_eq!(said, with_value.map(|(on, value)| ((*on).to_owned(), value)).collect::<Vec<_>>(), "{number}");
        assert_eq!(refresh(&app, &path).await["moved"], json!([]), "{number}");
    }
    let worth = the_score(&app, "2020-Q1.devrel.O1-KR3").await;
    assert_eq!((&worth["value"], &worth["explanation"]["inputs"][1]["provenance"]), (&json!(1), &json!("METRIC")));
}

/// Hal, of whom nobody heard before, does in February what each metric counts, and asks what nobody answers; ben becomes a champion, and five more answer.
async fn all_twelve_move_when_events_and_answers_come_late(app: App) {
    a_template(&app).await;
    let mut paths = Vec::new();
    for (number, ..) in DRIVEN {
        paths.push(bound(&app, number).await);
    }

    let (docs, welcome) = (json!({"channel": "docs"}), json!({"channel": "welcome"}));
    let about = json!({"channel": "welcome", "parent": "q9"});
    let hal = |source: &str, activity: &str, at: &str, more: &Value| done(source, activity, "hal", at, more.clone());
    let mention = json!({"platform": "news", "sourceId": "m9", "type": "mention", "occurredAt": "2020-02-16T08:00:00Z"});
    let events = vec![
        hal("p9", "content_published", "02-17T08:00", &docs),
        hal("t9", "topic_opened", "02-17T09:00", &welcome),
        hal("q9", "question_opened", "02-18T08:00", &welcome),
        hal("q8", "question_opened", "02-19T08:00", &welcome),
        done("a9", "answer", "ada", "02-18T12:00", about.clone()),
        done("ok9", "answer_accepted", "hal", "02-18T13:00", json!({"channel": "welcome", "parent": "a9"})),
        mention,
    ];
    tell(&app, events).await;
    let ben = member(&app, "ben").await;
    app.post(&format!("/v1/members/{ben}/traits"), json!({"attribute": "ROLE", "value": "champion"})).await.expect(201);
    surveys::five_more_answer(&app).await;

    for path in paths {
        let moved = refresh(&app, &path).await["moved"].clone();
        assert!(moved.as_array().is_some_and(|moved| moved.iter().any(|one| one["start"] == "2020-02-01")), "{path}: {moved}");
    }
}

async fn a_reading_is_a_check_in_without_a_confidence(app: App) {
    let path = read(&app, "O2-KR1").await;

    let march = the_check_in(&app, &path, "2020-03-31").await;

    assert_eq!((&march["value"], &march["provenance"], &march["version"]), (&json!(33.33), &json!("METRIC"), &json!(1)));
    assert_eq!((&march["confidence"], &march["evidence"]), (&Value::Null, &Value::Null));
    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let reading = &readings["items"][2];
    assert_eq!((&reading["start"], &reading["end"], &reading["checkInId"]), (&json!("2020-03-01"), &json!("2020-04-01"), &march["id"]));
    assert_eq!((&reading["told"]["numerator"], &reading["told"]["denominator"]), (&json!(2), &json!(6)));
    // 40 % of 6 are 2.4: 3 would do.
    assert_eq!((&reading["verdict"], &reading["missing"], &reading["isPartial"]), (&json!("NOT_MET"), &json!(1), &json!(false)));
}

async fn late_events_restate_a_month_that_is_over(app: App) {
    let path = read(&app, "O2-KR1").await;

    late_pieces(&app).await;
    let refreshed = refresh(&app, &path).await;

    let moved = refreshed["moved"].as_array().expect("a list");
    let [february] = moved.as_slice() else { panic!("one month moves, not {moved:?}") };
    assert_eq!((&february["start"], &february["before"], &february["after"]), (&json!("2020-02-01"), &json!(20), &json!(40)));
    assert_eq!((&february["isRestated"], &february["address"]), (&json!(true), &json!("2020-Q1.devrel.O2-KR1")));
    let check_in = the_check_in(&app, &path, "2020-02-29").await;
    assert_eq!((&check_in["id"], &check_in["value"], &check_in["version"]), (&february["checkInId"], &json!(40), &json!(2)));
    assert_eq!((&check_in["correction"], &check_in["provenance"]), (&json!("restated by late data"), &json!("METRIC")));
    let revisions = app.get(&format!("/v1/check-ins/{}/revisions", text(&check_in["id"]))).await.expect(200);
    assert_eq!(revisions["items"][0]["value"], json!(20));
}

async fn what_late_events_do_not_change_stays_as_it_is(app: App) {
    let path = read(&app, "O1-KR1").await;
    let before = check_ins(&app, &path).await;

    // Ben was active in February anyway.
    late_pieces(&app).await;
    let refreshed = refresh(&app, &path).await;

    assert_eq!(refreshed["moved"], json!([]));
    assert_eq!(check_ins(&app, &path).await, before);
}

async fn a_key_result_that_was_graded_does_not_move(app: App) {
    let path = read(&app, "O2-KR1").await;
    let graded = app.put(&format!("{path}/grade"), "*", json!({"grade": 0.5, "reason": "It was close"})).await.expect(200);
    let before = check_ins(&app, &path).await;

    late_pieces(&app).await;
    app.post(&format!("{path}/binding/refresh"), json!({})).await.problem(422, "INVALID_TRANSITION");

    assert_eq!(check_ins(&app, &path).await, before);
    let after = app.get(&path).await.expect(200);
    assert_eq!((&after["grade"], &after["version"]), (&json!(0.5), &graded["version"]));
}

async fn a_closed_cycle_is_not_read(app: App) {
    let path = read(&app, "O2-KR1").await;
    for status in ["GRADING", "CLOSED"] {
        app.patch("/v1/cycles/2020-Q1", "*", json!({"status": status})).await.expect(200);
    }
    let before = check_ins(&app, &path).await;

    late_pieces(&app).await;
    app.post(&format!("{path}/binding/refresh"), json!({})).await.problem(422, "CYCLE_CLOSED");

    assert_eq!(check_ins(&app, &path).await, before);
    app.delete(&format!("{path}/binding"), "*").await.problem(422, "CYCLE_CLOSED");
}

async fn what_a_person_measured_that_day_stands(app: App) {
    a_template(&app).await;
    let path = address("O2-KR1");
    app.patch(&path, "*", json!({"kind": "AT_LEAST", "target": 40, "unit": "PERCENT"})).await.expect(200);
    let counted = json!({"keyResult": "2020-Q1.devrel.O2-KR1", "on": "2020-02-29", "value": 22});
    app.post("/v1/check-ins", counted).await.expect(201);

    app.put(&format!("{path}/binding"), None, json!({"metric": "engagement_rate"})).await.expect(201);

    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);
    let february = &readings["items"][1];
    assert_eq!((&february["value"], &february["checkInId"]), (&json!(20), &Value::Null));
    let said = check_ins(&app, &path).await.into_iter().filter(|check_in| check_in["on"] == "2020-02-29").collect::<Vec<_>>();
    assert_eq!((said.len(), &said[0]["value"], &said[0]["provenance"]), (1, &json!(22), &json!("ENTERED")));
}

async fn a_person_s_confidence_outlives_what_late_events_change(app: App) {
    let path = read(&app, "O2-KR1").await;
    let check_in = format!("/v1/check-ins/{}", text(&the_check_in(&app, &path, "2020-02-29").await["id"]));
    let noted = app.patch(&check_in, "*", json!({"confidence": "AT_RISK", "evidence": "a dashboard"})).await.expect(200);
    assert_eq!(noted["provenance"], "METRIC");

    late_pieces(&app).await;
    refresh(&app, &path).await;

    let after = app.get(&check_in).await.expect(200);
    assert_eq!((&after["value"], &after["confidence"], &after["evidence"]), (&json!(40), &json!("AT_RISK"), &json!("a dashboard")));
}

async fn growth_counts_only_where_engagement_held(app: App) {
    let path = read(&app, "O4-KR1").await;

    let readings = app.get(&format!("{path}/binding/readings")).await.expect(200);

    let told = |month: usize| {
        let reading = &readings["items"][month];
        (text(&reading["verdict"]), text(&reading["guardrail"]["verdict"]), reading["missing"].as_i64())
    };
    let expected = |verdict: &str, guardrail: &str, missing| (verdict.to_owned(), guardrail.to_owned(), missing);
    // Nobody was there when January began: nothing tells how many would have to join.
    assert_eq!(told(0).0, "UNKNOWN");
    assert_eq!(told(1), expected("MET", "MET", Some(0)));
    assert_eq!(told(2), expected("NOT_MET", "MET", Some(1)));
    assert_eq!(told(3), expected("NOT_MET", "NOT_MET", Some(2)));
    let binding = app.get(&format!("{path}/binding")).await.expect(200);
    assert_eq!((&binding["standing"], &binding["lastWhole"]), (&readings["items"][3], &readings["items"][3]));
}

async fn what_no_longer_has_a_value_is_taken_back(app: App) {
    let path = read(&app, "O3-KR2").await;

    tell(&app, vec![done("undo", "retraction", "ben", "02-21T08:00", json!({"parent": "q1"}))]).await;
    let refreshed = refresh(&app, &path).await;

    assert_eq!((&refreshed["moved"][0]["before"], &refreshed["moved"][0]["after"]), (&json!(100), &Value::Null));
    let check_in = the_check_in(&app, &path, "2020-02-29").await;
    assert_eq!((&check_in["value"], &check_in["version"]), (&Value::Null, &json!(2)));
}

async fn the_server_reads_by_itself(backend: Backend) {
    let app = App::start(backend, &["--refresh-pause", "0"]).await;
    let path = read(&app, "O2-KR1").await;

    late_pieces(&app).await;

    let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while the_check_in(&app, &path, "2020-02-29").await["value"] != 40 {
        assert!(std::time::Instant::now() < patience, "nothing was read");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(the_check_in(&app, &path, "2020-02-29").await["author"], "metrics");
}
