//! What members do and who they are, counted by hand.

use serde_json::{Value, json};

use super::{a_forum, event, further, made_of, march, of_the_month, parts, tell};
use crate::harness::{App, both};

both![
    the_active_rate_is_of_the_members_at_the_end,
    staff_and_bots_count_where_they_are_asked_for,
    growth_tells_who_came_and_went,
    channels_are_active_by_as_much_as_is_asked_for,
    the_active_are_new_returning_or_back,
    retention_has_three_forms,
    few_people_carry_a_small_community,
    knowledge_is_created_shared_and_consumed,
    support_is_the_share_of_what_carries_a_tag,
    a_metric_is_narrowed_to_where_it_happened,
    a_metric_is_narrowed_to_an_organisation,
    nobody_is_no_percentage,
    a_day_is_one_of_the_zone_that_is_asked_for,
    a_period_that_is_cut_is_partial_and_compared_with_nothing,
    a_figure_is_compared_with_the_period_before,
    a_late_event_changes_the_answer_at_once,
];

/// At the end of March there are six members: ada, ben, cy, dot, fay and gus. The first four did something, and of them ada
/// and ben contributed.
async fn the_active_rate_is_of_the_members_at_the_end(app: App) {
    a_forum(&app).await;

    let active = of_the_month(&app, "active_rate", "").await;
    let engaged = of_the_month(&app, "engagement_rate", "").await;

    assert_eq!(made_of(&active), [json!(66.67), json!(4), json!(6)]);
    assert_eq!((&active["start"], &active["end"], &active["isPartial"]), (&json!("2026-03-01"), &json!("2026-04-01"), &json!(false)));
    assert_eq!((&active["status"], &active["reason"], &active["health"]), (&json!("OK"), &Value::Null, &json!("MET")));
    assert_eq!(made_of(&engaged), [json!(33.33), json!(2), json!(6)]);
    assert_eq!(engaged["health"], Value::Null, "no source says what is healthy");
    // Passive views aside, the same four do something.
    assert_eq!(made_of(&of_the_month(&app, "active_rate", "minClass=LEADERSHIP").await), [json!(16.67), json!(1), json!(6)]);
}

async fn staff_and_bots_count_where_they_are_asked_for(app: App) {
    a_forum(&app).await;

    for (asked, active) in [("", 4), ("includeStaff=true", 5), ("includeBots=true", 5), ("includeStaff=true&includeBots=true", 6)] {
        let series = march(&app, "active_members", asked).await;

        assert_eq!(series["points"][0]["value"], json!(active), "{asked}");
        assert_eq!(series["provenance"]["includesStaff"], json!(asked.contains("includeStaff")));
        assert_eq!(series["provenance"]["includesBots"], json!(asked.contains("includeBots")));
    }
    assert_eq!(of_the_month(&app, "community_discussions", "").await["value"], json!(0));
    assert_eq!(of_the_month(&app, "community_discussions", "includeStaff=true").await["value"], json!(1));
}

/// March begins with ada, ben, cy, eve and fay; dot and gus join, and eve leaves: one more of five.
async fn growth_tells_who_came_and_went(app: App) {
    a_forum(&app).await;

    let growth = of_the_month(&app, "growth_rate", "").await;

    assert_eq!(made_of(&growth), [json!(20), json!(1), json!(5)]);
    let flow = json!({"START": 5, "JOINED": 2, "REJOINED": 0, "TURNED_IN": 0, "LEFT": 1, "TURNED_OUT": 0, "END": 6});
    assert_eq!(parts(&growth), flow);
    assert_eq!(growth["health"], "NOT_MET", "healthy is 25 % a month");
}

/// help has nine activities by four people of the community, docs three by two, stage one by one; the others are staff's and bots'.
async fn channels_are_active_by_as_much_as_is_asked_for(app: App) {
    a_forum(&app).await;

    for (asked, active) in [("", 3), ("leastMembers=2", 2), ("leastActivities=2&leastMembers=3", 1), ("includeStaff=true", 4)] {
        let channels = of_the_month(&app, "active_channels", asked).await;

        assert_eq!((&channels["value"], parts(&channels)), (&json!(active), json!({"PLATFORMS": 1})), "{asked}");
    }
}

/// Of ada, ben, cy and dot, ada and ben did something in February as well, cy in January, and dot never before. eve, who was
/// active in February, is not any more.
async fn the_active_are_new_returning_or_back(app: App) {
    a_forum(&app).await;

    let lifecycle = of_the_month(&app, "lifecycle", "").await;

    assert_eq!(lifecycle["value"], json!(4));
    assert_eq!(parts(&lifecycle), json!({"NEW": 1, "RETURNING": 2, "RESURRECTED": 1, "DORMANT": 1}));
}

/// Of ada, ben and eve, the active of February, two are active in March. Of the five members at its start eve is gone at its
/// end. Of ada, ben, eve and fay, who came in February, ada and ben are active in March.
async fn retention_has_three_forms(app: App) {
    a_forum(&app).await;

    let retention = of_the_month(&app, "retention", "").await;
    let membership = march(&app, "retention", "statistic=MEMBERSHIP_RETENTION").await;

    assert_eq!(made_of(&retention), [json!(66.67), json!(2), json!(3)]);
    assert_eq!(made_of(further(&retention, "MEMBERSHIP_RETENTION")), [json!(80), json!(4), json!(5)]);
    assert_eq!(made_of(further(&retention, "COHORT_RETENTION")), [json!(50), json!(2), json!(4)]);
    assert_eq!(membership["statistic"], "MEMBERSHIP_RETENTION");
    assert_eq!(membership["points"][0]["value"], json!(80));
    assert_eq!(made_of(further(&membership["points"][0], "ACTIVITY_RETENTION")), [json!(66.67), json!(2), json!(3)]);
}

/// The contributions of March are ada's answer and talk, and ben's piece: ada alone made half of them.
async fn few_people_carry_a_small_community(app: App) {
    a_forum(&app).await;

    let concentration = of_the_month(&app, "concentration", "").await;

    assert_eq!(concentration["value"], json!(1));
    assert_eq!(parts(&concentration), json!({"CONTRIBUTIONS": 3, "CONTRIBUTORS": 2}));
}

/// The answer and the piece create it, the talk shares it, and two views take it in; sam's answer is staff's.
async fn knowledge_is_created_shared_and_consumed(app: App) {
    a_forum(&app).await;

    let knowledge = of_the_month(&app, "knowledge_velocity", "").await;

    assert_eq!((&knowledge["value"], &knowledge["health"]), (&json!(5), &json!("NOT_MET")));
    assert_eq!(parts(&knowledge), json!({"CREATED": 2, "SHARED": 1, "CONSUMED": 2}));
    assert_eq!(of_the_month(&app, "knowledge_velocity", "includeStaff=true").await["value"], json!(6));
}

/// Ten activities of the community in March, of which two carry the tag; staff did two more without it.
async fn support_is_the_share_of_what_carries_a_tag(app: App) {
    a_forum(&app).await;

    assert_eq!(made_of(&of_the_month(&app, "support_share", "tag=priority").await), [json!(20), json!(2), json!(10)]);
    let with_staff = of_the_month(&app, "support_share", "tag=priority&includeStaff=true").await;
    assert_eq!(made_of(&with_staff), [json!(16.67), json!(2), json!(12)]);
}

async fn a_metric_is_narrowed_to_where_it_happened(app: App) {
    a_forum(&app).await;

    let active = async |asked: &str| of_the_month(&app, "active_members", asked).await["value"].clone();

    assert_eq!(active("channel=forum/docs").await, json!(2), "ben and cy");
    assert_eq!(active("tag=priority").await, json!(2), "ada and ben");
    assert_eq!(active("platform=forum&activities=talk,question_opened").await, json!(4));
    assert_eq!(active("activities=content_viewed").await, json!(1));
}

async fn a_metric_is_narrowed_to_an_organisation(app: App) {
    a_forum(&app).await;
    let members = app.get("/v1/events?format=ndjson&type=talk").await.expect(200);
    let ada: Value = serde_json::from_str(&members.text).expect("a line is JSON");
    let traits = format!("/v1/members/{}/traits", ada["memberId"].as_str().expect("an id"));

    app.post(&traits, json!({"attribute": "ORGANISATION", "value": "Analytical Engines"})).await.expect(201);

    let rate = of_the_month(&app, "active_rate", "organisation=Analytical%20Engines").await;
    assert_eq!(made_of(&rate), [json!(100), json!(1), json!(1)]);
}

async fn nobody_is_no_percentage(app: App) {
    let rate = of_the_month(&app, "active_rate", "").await;

    assert_eq!(made_of(&rate), [Value::Null, json!(0), json!(0)]);
    assert_eq!((&rate["status"], &rate["reason"], &rate["health"]), (&json!("NO_DATA"), &json!("ZERO_DENOMINATOR"), &json!("UNKNOWN")));
    assert_eq!(of_the_month(&app, "active_members", "").await["value"], json!(0), "a count of nobody is 0");
}

/// 23:30 on 10 May in London is 7:30 on 11 May in Tokyo.
async fn a_day_is_one_of_the_zone_that_is_asked_for(app: App) {
    tell(&app, vec![event("late", "reply", "ada", "2026-05-10T23:30:00Z", json!({}))]).await;

    let days = async |zone: &str| {
        let series = app.get(&format!("/v1/metrics/active_members?from=2026-05-10&to=2026-05-12&granularity=DAY{zone}")).await.expect(200);
        (series["timeZone"].clone(), [series["points"][0]["value"].clone(), series["points"][1]["value"].clone()])
    };

    assert_eq!(days("").await, (json!("UTC"), [json!(1), json!(0)]));
    assert_eq!(days("&timeZone=Asia/Tokyo").await, (json!("Asia/Tokyo"), [json!(0), json!(1)]));
}

async fn a_period_that_is_cut_is_partial_and_compared_with_nothing(app: App) {
    a_forum(&app).await;

    let path = "/v1/metrics/active_members?from=2026-02-01&to=2026-03-16&granularity=MONTH&compare=PREVIOUS";
    let series = app.get(path).await.expect(200);

    let (february, march) = (&series["points"][0], &series["points"][1]);
    assert_eq!((&february["isPartial"], &february["change"]["status"]), (&json!(false), &json!("OK")));
    assert_eq!((&march["isPartial"], &march["end"], &march["value"]), (&json!(true), &json!("2026-03-16"), &json!(3)));
    let change = &march["change"];
    assert_eq!((&change["value"], &change["status"], &change["reason"]), (&Value::Null, &json!("NO_BASELINE"), &json!("PARTIAL")));
}

/// One was active in January, three in February and four in March; of the members at the end, all, three of five and four of
/// six.
async fn a_figure_is_compared_with_the_period_before(app: App) {
    a_forum(&app).await;

    let changes = async |metric: &str| {
        let path = format!("/v1/metrics/{metric}?from=2026-02-01&to=2026-04-01&compare=PREVIOUS");
        let series = app.get(&path).await.expect(200);
        [0, 1].map(|place| (series["points"][place]["change"]["value"].clone(), series["points"][place]["change"]["unit"].clone()))
    };

    assert_eq!(changes("active_members").await, [(json!(200), json!("PERCENT")), (json!(33.33), json!("PERCENT"))]);
    assert_eq!(changes("active_rate").await, [(json!(-40), json!("PERCENTAGE_POINTS")), (json!(6.67), json!("PERCENTAGE_POINTS"))]);
    let year = app.get("/v1/metrics/active_rate?from=2026-03-01&to=2026-04-01&compare=YEAR").await.expect(200);
    assert_eq!(year["points"][0]["change"]["reason"], "NO_PREVIOUS", "there was nobody a year before");
}

async fn a_late_event_changes_the_answer_at_once(app: App) {
    let first = a_forum(&app).await;
    let before = march(&app, "active_rate", "").await;

    let watermark = tell(&app, vec![event("late", "reply", "fay", "2026-03-03T08:00:00Z", json!({}))]).await;

    let after = march(&app, "active_rate", &format!("minWatermark={watermark}")).await;
    assert_eq!(made_of(&before["points"][0]), [json!(66.67), json!(4), json!(6)]);
    assert_eq!(made_of(&after["points"][0]), [json!(83.33), json!(5), json!(6)]);
    assert_eq!((&before["provenance"]["watermark"], &after["provenance"]["watermark"]), (&json!(first), &json!(watermark)));
    assert!(watermark > first);
}
