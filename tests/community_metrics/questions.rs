//! How fast and how well questions are answered, by hand.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{a_forum, event, further, made_of, of_the_month, tell};
use crate::given::text;
use crate::harness::{App, both};

both![
    people_wait_for_the_first_answer,
    people_wait_for_an_answer_that_helps,
    a_promise_is_met_or_missed,
    what_is_open_and_in_time_is_pending,
    peers_answer_beside_the_staff,
    few_ratings_give_nobody_away,
];

/// Two and six hours; the third question is open, so that one of three is not answered.
async fn people_wait_for_the_first_answer(app: App) {
    a_forum(&app).await;

    let time = of_the_month(&app, "first_response_time", "").await;

    assert_eq!(made_of(&time), [json!(14_400), json!(28_800), json!(2)]);
    assert_eq!((&time["reason"], &time["health"]), (&json!("OPEN_QUESTIONS"), &json!("NOT_MET")), "healthy is below 4 hours");
    assert_eq!(further(&time, "P50")["value"], json!(7_200));
    assert_eq!(further(&time, "P90")["value"], json!(21_600));
    assert_eq!(further(&time, "CENSORED_MEDIAN")["value"], json!(21_600), "the second of three");
    assert_eq!(made_of(further(&time, "ANSWERED_SHARE")), [json!(66.67), json!(2), json!(3)]);
}

/// Only the first question has an answer that was accepted.
async fn people_wait_for_an_answer_that_helps(app: App) {
    a_forum(&app).await;

    let time = of_the_month(&app, "first_helpful_response_time", "").await;

    assert_eq!(time["value"], json!(7_200));
    assert_eq!(made_of(further(&time, "ANSWERED_SHARE")), [json!(33.33), json!(1), json!(3)]);
}

/// Resolved after 3 and after 48 hours, and never.
async fn a_promise_is_met_or_missed(app: App) {
    a_forum(&app).await;

    let day = of_the_month(&app, "sla_resolution_rate", "sla=PT24H").await;
    let two_days = of_the_month(&app, "sla_resolution_rate", "sla=P2D").await;

    assert_eq!(made_of(&day), [json!(33.33), json!(1), json!(3)]);
    assert_eq!(made_of(&two_days), [json!(66.67), json!(2), json!(3)]);
    assert_eq!(day["possible"], json!({"low": 33.33, "high": 33.33}), "nothing is pending");
}

async fn what_is_open_and_in_time_is_pending(app: App) {
    let known = app.post("/v1/events", event("now", "visit", "ben", "2026-03-02T10:00:00Z", json!({}))).await.expect(201);
    let now = text(&known["recordedAt"]);
    tell(&app, vec![event("q", "question_opened", "ben", &now, json!({}))]).await;
    let today = now.parse::<DateTime<Utc>>().expect("an instant").date_naive();
    let tomorrow = today.succ_opt().expect("a day");

    let series = app.get(&format!("/v1/metrics/sla_resolution_rate?sla=P2D&from={today}&to={tomorrow}&granularity=DAY")).await.expect(200);

    let point = &series["points"][0];
    assert_eq!((&point["value"], &point["status"], &point["reason"]), (&Value::Null, &json!("PENDING"), &json!("OPEN_QUESTIONS")));
    assert_eq!((&point["possible"], &point["isPartial"]), (&json!({"low": 0, "high": 100}), &json!(true)));
}

/// The first responses are ada's and sam's, who is staff.
async fn peers_answer_beside_the_staff(app: App) {
    a_forum(&app).await;

    let support = of_the_month(&app, "peer_support", "").await;

    assert_eq!(made_of(further(&support, "PEER_SHARE")), [json!(50), json!(1), json!(2)]);
    assert_eq!(further(&support, "MEAN")["value"], json!(14_400));
    assert_eq!((&support["status"], &support["reason"], &support["health"]), (&json!("NO_DATA"), &json!("NO_ANSWERS"), &json!("UNKNOWN")));
}

async fn few_ratings_give_nobody_away(app: App) {
    a_forum(&app).await;
    let rating = |number: usize| {
        let rated = json!({"channel": "help", "parent": "a1", "value": if number == 0 { 3 } else { 9 }});
        event(&format!("rated-{number}"), "support_rated", &format!("rater-{number}"), "2026-03-04T08:00:00Z", rated)
    };
    tell(&app, (0..4).map(rating).collect()).await;

    let few = of_the_month(&app, "peer_support", "").await;
    tell(&app, vec![rating(4)]).await;
    let enough = of_the_month(&app, "peer_support", "").await;

    assert_eq!((made_of(&few), &few["status"]), ([Value::Null, Value::Null, Value::Null], &json!("SUPPRESSED")));
    assert_eq!(made_of(&enough), [json!(80), json!(4), json!(5)]);
    assert_eq!(enough["status"], "LOW_N");
}
