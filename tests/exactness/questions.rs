//! Many questions about the same community: every metric of what people do, by days, weeks, months and rolling windows, and
//! narrowed in every way.

use serde_json::{Value, json};

const METRICS: [&str; 19] = [
    "active_members",
    "active_channels",
    "active_rate",
    "engagement_rate",
    "community_discussions",
    "contributed_content",
    "published_resources",
    "external_mentions",
    "knowledge_velocity",
    "champions",
    "growth_rate",
    "retention",
    "lifecycle",
    "concentration",
    "coverage",
    "support_share",
    "sla_resolution_rate",
    "first_response_time",
    "peer_support",
];
/// Those that are narrowed in every way: others are of members alone, or of questions alone.
const NARROWED: [&str; 5] = ["active_members", "active_rate", "engagement_rate", "knowledge_velocity", "concentration"];

pub(super) fn questions() -> Vec<Value> {
    let whole = json!({"from": "2018-09-01", "to": "2019-04-01", "granularity": "MONTH"});
    let compared = json!({"from": "2018-10-01", "to": "2019-03-01", "granularity": "MONTH", "compare": "PREVIOUS"});
    let weeks = json!({"from": "2018-10-20", "to": "2018-12-05", "granularity": "WEEK", "includeStaff": true});
    let days = json!({"from": "2018-11-02", "to": "2018-11-07", "granularity": "DAY", "includeBots": true});
    let rolling = json!({"from": "2019-02-10", "to": "2019-03-20", "rolling": 28});
    let mut questions = Vec::new();
    for metric in METRICS {
        for shape in [&whole, &compared, &weeks, &days, &rolling] {
            let mut question = merged(shape, &of(metric));
            // These are of everybody.
            if ["published_resources", "sla_resolution_rate", "peer_support"].contains(&metric) {
                question.as_object_mut().expect("an object").retain(|name, _| !name.starts_with("include"));
            }
            questions.push(question);
        }
    }
    for metric in NARROWED {
        for narrowed in segments() {
            questions.push(merged(&whole, &merged(&json!({"metric": metric}), &narrowed)));
            questions.push(merged(&rolling, &merged(&json!({"metric": metric}), &narrowed)));
        }
    }
    questions
}

fn of(metric: &str) -> Value {
    let given = match metric {
        "coverage" => json!({"properties": ["watches=both"]}),
        "support_share" => json!({"tag": "priority"}),
        "sla_resolution_rate" => json!({"sla": "PT24H"}),
        "champions" => json!({"roles": ["champion"]}),
        "active_channels" => json!({"leastActivities": 2, "leastMembers": 2}),
        _ => json!({}),
    };
    merged(&json!({"metric": metric}), &given)
}

fn segments() -> [Value; 6] {
    [
        json!({"platform": "forum"}),
        json!({"platform": "git", "minClass": "CONTRIBUTION"}),
        json!({"organisation": "Acme"}),
        json!({"property": "watches=both", "includeStaff": true}),
        json!({"activities": ["reply", "talk"]}),
        json!({"organisation": "Acme", "platform": "chat", "includeBots": true}),
    ]
}

fn merged(one: &Value, other: &Value) -> Value {
    let mut merged = one.clone();
    for (name, value) in other.as_object().expect("an object") {
        merged[name] = value.clone();
    }
    merged
}
