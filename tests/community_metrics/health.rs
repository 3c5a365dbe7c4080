//! The health of a community: its figures against what its sources call healthy.

use serde_json::{Value, json};

use super::{a_forum, event, made_of, tell};
use crate::harness::{App, both};

both![
    health_is_judged_by_what_the_sources_say,
    growth_is_told_with_whether_engagement_held,
    the_last_month_that_is_over_is_judged_by_default,
    what_is_no_month_is_refused,
];

async fn health_is_judged_by_what_the_sources_say(app: App) {
    a_forum(&app).await;

    let health = app.get("/v1/community/health?month=2026-03").await.expect(200);

    assert_eq!((&health["month"], &health["timeZone"]), (&json!("2026-03"), &json!("UTC")));
    let lines = health["lines"].as_array().expect("lines").iter();
    let judged: Vec<_> =
        lines.map(|line| json!([line["metric"], line["target"]["statistic"], line["figure"]["value"], line["verdict"]])).collect();
    let expected = [
        json!(["active_rate", "VALUE", 66.67, "MET"]),
        json!(["first_response_time", "MEAN", 14_400, "NOT_MET"]),
        json!(["growth_rate", "VALUE", 20, "NOT_MET"]),
        json!(["knowledge_velocity", "VALUE", 5, "NOT_MET"]),
        json!(["peer_support", "SATISFIED_SHARE", null, "UNKNOWN"]),
        json!(["peer_support", "MEAN", 14_400, "NOT_MET"]),
        json!(["alignment", "TOP_BOX", null, "UNKNOWN"]),
        json!(["stakeholder_satisfaction", "TOP_BOX", null, "UNKNOWN"]),
    ];
    assert_eq!(judged, expected);
}

fn growth(health: &crate::harness::Response) -> Value {
    let mut lines = health["lines"].as_array().expect("lines").iter();

    lines.find(|line| line["metric"] == "growth_rate").expect("growth is judged").clone()
}

/// In February one of five contributed, in March two of six, and in April nobody of six.
async fn growth_is_told_with_whether_engagement_held(app: App) {
    a_forum(&app).await;
    tell(&app, vec![event("joined-hal", "member_joined", "hal", "2026-04-02T08:00:00Z", json!({}))]).await;

    let march = growth(&app.get("/v1/community/health?month=2026-03").await.expect(200));
    let april = growth(&app.get("/v1/community/health?month=2026-04").await.expect(200));

    assert_eq!((&march["target"]["guardrail"], &march["guardrailHeld"]), (&json!("engagement_rate"), &json!(true)));
    assert_eq!((made_of(&april["figure"]), &april["guardrailHeld"]), ([json!(16.67), json!(1), json!(6)], &json!(false)));
}

async fn the_last_month_that_is_over_is_judged_by_default(app: App) {
    let health = app.get("/v1/community/health").await.expect(200);

    let first = |month: &Value| format!("{}-01", month.as_str().unwrap_or_default()).parse::<chrono::NaiveDate>().expect("a day");
    let today = health["asOf"].as_str().and_then(|at| at.parse::<chrono::DateTime<chrono::Utc>>().ok()).expect("an instant").date_naive();
    assert_eq!(first(&health["month"]) + chrono::Months::new(1), first(&json!(today.format("%Y-%m").to_string())));
}

async fn what_is_no_month_is_refused(app: App) {
    for month in ["2026-13", "2026-3", "2026-03-01", "march"] {
        let answer = app.get(&format!("/v1/community/health?month={month}")).await.problem(400, "MALFORMED");
        assert_eq!(answer["errors"][0]["parameter"], "month");
    }
}
