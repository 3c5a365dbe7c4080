//! Metrics by what was known at an instant, whatever came to be known since.

mod doors;
mod history;
mod stream;

use serde_json::{Value, json};

use crate::as_of::now;
use crate::harness::{App, Client, both};
use stream::Stream;

both![what_was_told_at_each_step_is_told_again_as_of_it, what_is_told_of_now_is_told_again_of_the_future];

const STEPS: usize = 7;

/// Each metric that is told from events, as a whole and narrowed to all that it can be narrowed to.
fn questions() -> Vec<Value> {
    let months = |metric: &str, more: Value| {
        let mut question = json!({"metric": metric, "from": "2026-01-01", "to": "2026-04-01", "granularity": "MONTH"});
        question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        question
    };
    let plain = [
        "active_members",
        "active_rate",
        "active_channels",
        "concentration",
        "contributed_content",
        "engagement_rate",
        "external_mentions",
        "first_helpful_response_time",
        "first_response_time",
        "growth_rate",
        "knowledge_velocity",
        "lifecycle",
        "peer_support",
        "published_resources",
        "retention",
    ];
    let narrowed = [
        ("active_members", json!({"platform": "forum"})),
        ("active_members", json!({"layer": "core"})),
        ("active_members", json!({"organisation": "Acme"})),
        ("active_members", json!({"property": "region=north"})),
        ("active_members", json!({"tag": "priority"})),
        ("active_members", json!({"timeZone": "Asia/Tokyo"})),
        ("active_members", json!({"includeStaff": true, "includeBots": true})),
        ("active_members", json!({"activities": ["waved"]})),
        ("active_members", json!({"rolling": 28, "granularity": null, "from": "2026-03-01", "to": "2026-03-05"})),
        ("active_rate", json!({"compare": "PREVIOUS"})),
        ("active_rate", json!({"minClass": "CONTRIBUTION", "channel": "forum/help"})),
        ("champions", json!({"trained": "region"})),
        ("contributed_content", json!({"platform": "git", "compare": "YEAR"})),
        ("coverage", json!({"properties": ["region"]})),
        ("first_response_time", json!({"channel": "forum/help"})),
        ("growth_rate", json!({"layer": "casual"})),
        ("lifecycle", json!({"organisation": "Acme"})),
        ("published_resources", json!({"tag": "priority"})),
        ("retention", json!({"compare": "PREVIOUS", "organisation": "Acme"})),
        ("retention", json!({"statistic": "COHORT_RETENTION", "compare": "PREVIOUS"})),
        ("sla_resolution_rate", json!({"sla": "P3D"})),
        ("support_share", json!({"tag": "priority", "platform": "forum"})),
    ];
    let plain = plain.into_iter().map(|metric| months(metric, json!({})));

    plain.chain(narrowed.into_iter().map(|(metric, more)| months(metric, more))).collect()
}

/// What all of them tell, but for when it was told, and the health of a month.
async fn told(client: &Client, as_of: Option<&str>) -> Vec<Value> {
    let answer = client.post("/v1/metrics/batch", json!({"metrics": questions(), "asOf": as_of})).await.expect(200);
    let mut told = answer["items"].as_array().expect("a list").clone();
    let query = as_of.map_or_else(String::new, |instant| format!("&asOf={instant}"));
    let mut health = client.get(&format!("/v1/community/health?month=2026-02{query}")).await.expect(200).json().clone();
    // What people say is always told as of now, and stands in no report of the past.
    let is_of_surveys = |line: &Value| line["metric"] == "alignment" || line["metric"] == "stakeholder_satisfaction";
    health["lines"].as_array_mut().expect("lines").retain(|line| !is_of_surveys(line));
    told.push(health);
    for series in &mut told {
        for time in ["asOf", "watermark"] {
            series.as_object_mut().expect("an object").remove(time);
            series["provenance"].as_object_mut().map(|provenance| provenance.remove(time));
        }
    }

    told
}

async fn what_was_told_at_each_step_is_told_again_as_of_it(app: App) {
    let nothing = now(&app).await;
    let mut stream = Stream::begin(&app, 1_914).await;
    let mut steps = Vec::new();
    for _ in 0..STEPS {
        stream.go_on().await;
        steps.push((told(&app, None).await, now(&app).await));
    }

    for (step, (before, instant)) in steps.iter().enumerate() {
        let again = told(&app, Some(instant)).await;
        for (before, again) in before.iter().zip(&again) {
            assert_eq!(again, before, "step {step}");
        }
    }
    let moved = steps.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    assert_eq!(moved, STEPS - 1, "each step tells something else");
    // Before anybody had done anything, there was nobody: not even what is named here.
    let early = json!({"metrics": [{"metric": "active_members", "from": "2026-01-01", "to": "2026-04-01"}], "asOf": nothing});
    let early = app.post("/v1/metrics/batch", early).await.expect(200);
    let values: Vec<&Value> = early["items"][0]["points"].as_array().expect("points").iter().map(|point| &point["value"]).collect();
    assert_eq!((values, &early["items"][0]["provenance"]["events"]), (vec![&json!(0); 3], &json!(0)));
}

async fn what_is_told_of_now_is_told_again_of_the_future(app: App) {
    let mut stream = Stream::begin(&app, 7).await;
    stream.go_on().await;
    stream.go_on().await;
    let now = told(&app, None).await;

    assert_eq!(told(&app, Some("2999-01-01T00:00:00Z")).await, now);
}
