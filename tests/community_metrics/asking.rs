//! Questions: what can be asked, one by one and together, and what is refused.

use reqwest::Method;
use serde_json::{Value, json};

use super::{a_forum, made_of, march, of_the_month, tell};
use crate::harness::{App, Response, both};

both![
    every_metric_says_what_it_is,
    a_definition_says_what_can_be_asked,
    without_days_it_is_the_last_that_are_over,
    a_series_has_a_figure_for_each_window,
    several_metrics_are_asked_at_once,
    what_is_wrong_with_any_of_several_is_named_by_its_place,
    what_is_wrong_with_a_question_is_told_all_at_once,
    what_nobody_knows_is_not_found,
    a_metric_that_is_not_told_is_not_found,
    what_was_never_acknowledged_is_not_waited_for_for_ever,
    another_workspace_sees_nothing,
    an_answer_that_is_known_is_not_sent_again,
];

async fn every_metric_says_what_it_is(app: App) {
    let definitions = app.get("/v1/metric-definitions").await.expect(200);

    let items = definitions["items"].as_array().expect("a list");
    let keys: Vec<&str> = items.iter().filter_map(|definition| definition["key"].as_str()).collect();
    assert!(keys.len() > 15 && keys.contains(&"active_rate"), "{keys:?}");
    for (definition, key) in items.iter().zip(&keys) {
        assert_eq!(app.get(&format!("/v1/metric-definitions/{key}")).await.expect(200).json(), definition);
        assert_eq!(definition["statistics"][0]["unit"], definition["unit"], "{key}");
        assert!(definition["sources"][0].is_string() && definition["formula"].is_string(), "{key}");
        let required = definition["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["isRequired"] == json!(true));
        let answer = app.get(&format!("/v1/metrics/{key}")).await;
        assert_eq!(answer.status, if required { 422 } else { 200 }, "{answer:?}");
    }
}

async fn a_definition_says_what_can_be_asked(app: App) {
    let sla = app.get("/v1/metric-definitions/sla_resolution_rate").await.expect(200);
    let growth = app.get("/v1/metric-definitions/growth_rate").await.expect(200);
    let engagement = app.get("/v1/metric-definitions/engagement_rate").await.expect(200);

    let promised = json!({"name": "sla", "kind": "DURATION", "isRequired": true, "default": null, "least": 60, "most": 31_622_400});
    assert_eq!(sla["parameters"], json!([promised]));
    assert_eq!(growth["segments"], json!(["LAYER", "ORGANISATION", "PROPERTY"]));
    let source = "community engagement strategy, success metrics";
    let healthy = json!({"statistic": "VALUE", "comparator": "AT_LEAST", "value": 25, "per": "MONTH", "guardrail": "engagement_rate",
        "origin": "SOURCE", "source": source, "why": null, "targetId": null});
    assert_eq!(growth["healthy"], json!([healthy]));
    let class = json!({"name": "minClass", "kind": "ACTIVITY_CLASS", "isRequired": false, "default": "CONTRIBUTION", "least": null,
        "most": null});
    assert_eq!(engagement["parameters"][0], class);
}

async fn without_days_it_is_the_last_that_are_over(app: App) {
    let series = app.get("/v1/metrics/active_members").await.expect(200);

    let points = series["points"].as_array().expect("points");
    assert_eq!((points.len(), &points[0]["isPartial"]), (1, &json!(false)));
    let day = |name: &str| points[0][name].as_str().and_then(|day| day.parse::<chrono::NaiveDate>().ok()).expect("a day");
    assert_eq!((day("end") - day("start")).num_days(), 28);
}

async fn a_series_has_a_figure_for_each_window(app: App) {
    a_forum(&app).await;

    let values = async |query: &str| {
        let series = app.get(&format!("/v1/metrics/active_members?{query}")).await.expect(200);
        let points = series["points"].as_array().cloned().unwrap_or_default();
        points.into_iter().map(|point| point["value"].clone()).collect::<Vec<Value>>()
    };

    assert_eq!(values("from=2026-01-01&to=2026-04-01").await, [json!(1), json!(3), json!(4)]);
    assert_eq!(values("from=2026-01-01&to=2026-04-01&granularity=QUARTER").await, [json!(5)]);
    // ada on the 15th, ben on the 16th and cy on the 17th, each of whom was active once within two days.
    assert_eq!(values("from=2026-03-15&to=2026-03-18&rolling=2").await, [json!(1), json!(2), json!(2)]);
}

fn lasting(series: &Value) -> Value {
    let mut series = series.clone();
    series["provenance"]["asOf"] = Value::Null;
    series
}

async fn several_metrics_are_asked_at_once(app: App) {
    let watermark = a_forum(&app).await;
    let days = |metric: &str| json!({"metric": metric, "from": "2026-03-01", "to": "2026-04-01", "minWatermark": watermark});
    let mut support = days("support_share");
    support["tag"] = json!("priority");
    support["includeStaff"] = json!(true);

    let both = app.post("/v1/metrics/batch", json!({"metrics": [days("growth_rate"), support]})).await.expect(200);

    let growth = march(&app, "growth_rate", "").await;
    let support = march(&app, "support_share", "tag=priority&includeStaff=true").await;
    assert_eq!(lasting(&both["items"][0]), lasting(growth.json()));
    assert_eq!(lasting(&both["items"][1]), lasting(support.json()));
    let viewer = app.as_role("viewer");
    viewer.post("/v1/metrics/batch", json!({"metrics": [{"metric": "active_rate"}]})).await.expect(200);
}

/// The fields of a problem with their codes, in alphabetical order.
fn refused(problem: &Response, by: &str) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut refused: Vec<_> = errors.map(|error| (text(&error[by]), text(&error["code"]))).collect();
    refused.sort();
    refused
}

fn named(refused: &[(&str, &str)]) -> Vec<(String, String)> {
    refused.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
}

async fn what_is_wrong_with_any_of_several_is_named_by_its_place(app: App) {
    let questions =
        json!({"metrics": [{"metric": "active_rate"}, {"metric": "nonsense"}, {"metric": "sla_resolution_rate", "rolling": 0}]});

    let answer = app.post("/v1/metrics/batch", questions).await.problem(422, "INVALID");

    let expected = [("/metrics/1/metric", "NOT_FOUND"), ("/metrics/2/rolling", "OUT_OF_RANGE"), ("/metrics/2/sla", "REQUIRED")];
    assert_eq!(refused(&answer, "pointer"), named(&expected));
    for count in [0, 51] {
        let many = json!({"metrics": vec![json!({"metric": "active_rate"}); count]});
        let answer = app.post("/v1/metrics/batch", many).await.problem(422, "OUT_OF_RANGE");
        assert_eq!(refused(&answer, "pointer"), named(&[("/metrics", "OUT_OF_RANGE")]));
    }
}

async fn what_is_wrong_with_a_question_is_told_all_at_once(app: App) {
    let query = "from=2026-04-01&to=2026-03-01&timeZone=Atlantis&statistic=P90&leastMembers=3&platform=nowhere&minWatermark=-1\
        &activities=talk,juggling&property=tall&granularity=MONTH";

    let answer = app.get(&format!("/v1/metrics/active_rate?{query}")).await.problem(422, "INVALID");

    let expected = [
        ("activities", "NOT_FOUND"),
        ("leastMembers", "NOT_APPLICABLE"),
        ("minWatermark", "OUT_OF_RANGE"),
        ("platform", "NOT_FOUND"),
        ("property", "INVALID_VALUE"),
        ("statistic", "NOT_APPLICABLE"),
        ("timeZone", "INVALID_TIME"),
        ("to", "WRONG_ORDER"),
    ];
    assert_eq!(refused(&answer, "parameter"), named(&expected));
    app.get("/v1/metrics/active_rate?granularity=MONTH&rolling=7").await.problem(422, "NOT_APPLICABLE");
    app.get("/v1/metrics/active_rate?from=2020-01-01&to=2026-01-01&granularity=DAY").await.problem(422, "TOO_MANY");
    app.get("/v1/metrics/growth_rate?channel=forum/help").await.problem(422, "INVALID");
    app.get("/v1/metrics/sla_resolution_rate?sla=PT1S").await.problem(422, "OUT_OF_RANGE");
    app.get("/v1/metrics/active_rate?granularity=FORTNIGHT").await.problem(400, "MALFORMED");
    app.get("/v1/metrics/active_rate?colour=red").await.problem(400, "UNKNOWN_FIELD");
}

async fn a_metric_that_is_not_told_is_not_found(app: App) {
    for metric in ["nonsense", "happiness", "ACTIVE_RATE"] {
        app.get(&format!("/v1/metrics/{metric}")).await.problem(404, "NOT_FOUND");
        app.get(&format!("/v1/metric-definitions/{metric}")).await.problem(404, "NOT_FOUND");
    }
}

async fn what_nobody_knows_is_not_found(app: App) {
    a_forum(&app).await;

    for narrowed in ["platform=chat", "channel=forum/lounge", "channel=chn_01h455vb4pex5vsknk084sn02q", "initiative=unknown"] {
        let answer = app.get(&format!("/v1/metrics/active_members?{narrowed}")).await.problem(422, "NOT_FOUND");
        let (parameter, _) = narrowed.split_once('=').expect("a parameter has a value");
        assert_eq!(answer["errors"][0]["parameter"], parameter, "{answer:?}");
    }
}

async fn what_was_never_acknowledged_is_not_waited_for_for_ever(app: App) {
    let answer = app.get("/v1/metrics/active_rate?minWatermark=1000000").await.problem(422, "NOT_FOUND");

    assert_eq!(answer["errors"][0]["parameter"], "minWatermark");
}

async fn another_workspace_sees_nothing(app: App) {
    a_forum(&app).await;
    let stranger = app.elsewhere();

    assert_eq!(of_the_month(&stranger, "active_members", "").await["value"], json!(0));
    assert_eq!(march(&stranger, "active_members", "").await["provenance"]["events"], json!(0));
    stranger.get("/v1/metrics/active_members?platform=forum").await.problem(422, "NOT_FOUND");
    assert_eq!(stranger.get("/v1/community/health?month=2026-03").await.expect(200)["lines"][0]["verdict"], "UNKNOWN");
}

async fn an_answer_that_is_known_is_not_sent_again(app: App) {
    a_forum(&app).await;
    let path = "/v1/metrics/active_rate?from=2026-03-01&to=2026-04-01";
    let asked = async |tag: &str| app.send(app.request(Method::GET, path).header("if-none-match", tag)).await;

    let first = app.get(path).await.expect(200);
    let known = asked(first.etag()).await.expect(304);
    tell(&app, vec![super::event("late", "reply", "fay", "2026-03-03T08:00:00Z", json!({}))]).await;
    let changed = asked(first.etag()).await.expect(200);

    assert_eq!((known.etag(), known.text.as_str()), (first.etag(), ""));
    assert_eq!(made_of(&changed["points"][0]), [json!(83.33), json!(5), json!(6)]);
    assert_ne!(changed.etag(), first.etag());
}
