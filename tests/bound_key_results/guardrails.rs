//! What a guardrail that did not hold does to a score, and how the score says so.

use serde_json::{Value, json};

use super::{a_template, address, bound, done, tell, the_check_in};
use crate::given::{text, the_score};
use crate::harness::{App, Client, both};

both![
    growth_while_engagement_fell_is_worth_nothing_and_the_score_says_so,
    growth_while_engagement_held_counts,
    of_a_rate_the_month_in_which_engagement_fell_is_no_growth,
    what_a_person_makes_of_it_counts,
    the_list_of_scores_says_so_too,
];

const GROWTH: &str = "2020-Q1.devrel.O4-KR1";

/// Hal joins in April, in which nobody contributes. The growth of April, 16.67 %, would do.
async fn growing(client: &Client, measure: Value) -> String {
    a_template(client).await;
    tell(client, vec![done("in-hal", "member_joined", "hal", "04-02T08:00", json!({}))]).await;
    let path = address("O4-KR1");
    client.patch(&path, "*", measure).await.expect(200);
    let binding = json!({"metric": "growth_rate", "guardrail": {"metric": "engagement_rate"}});
    client.put(&format!("{path}/binding"), None, binding).await.expect(201);
    path
}

async fn growth_while_engagement_fell_is_worth_nothing_and_the_score_says_so(app: App) {
    let path = growing(&app, json!({"kind": "AT_LEAST", "unit": "PERCENT", "target": 15})).await;

    let score = the_score(&app, GROWTH).await;

    assert_eq!(
        (&score["value"], &score["reason"], &score["met"], &score["raw"]),
        (&json!(0), &json!("GUARDRAIL_NOT_HELD"), &json!(false), &json!(1))
    );
    let explained = &score["explanation"];
    assert_eq!(explained["filled"], "16.67 ≥ 15 is so: 1");
    let expected = json!({
        "isHeld": false, "verdict": "NOT_MET", "metric": "engagement_rate", "statistic": "VALUE", "comparator": null, "target": null,
        "value": 0, "before": 33.33, "checkInId": the_check_in(&app, &path, "2020-04-30").await["id"],
    });
    assert_eq!(explained["guardrail"], expected);
    let fields = "isHeld verdict metric statistic comparator target value before checkInId";
    let document =
        format!("{{ keyResult(address: \"{GROWTH}\") {{ score {{ value reason explanation {{ guardrail {{ {fields} }} }} }} }} }}");
    let answer = app.graphql(&document, json!({})).await;
    let told = &answer.data()["keyResult"]["score"];
    assert_eq!((&told["value"], &told["reason"], &told["explanation"]["guardrail"]), (&json!(0), &json!("GUARDRAIL_NOT_HELD"), &expected));
    let objective = app.get("/v1/objectives/2020-Q1.devrel.O4/score").await.expect(200);
    assert_eq!(objective["value"], json!(0));
}

async fn growth_while_engagement_held_counts(app: App) {
    growing(&app, json!({"kind": "AT_LEAST", "unit": "PERCENT", "target": 15})).await;
    // Ada contributes what fay and gus, ben and eve do not.
    let pieces = ["ada", "ben", "eve"].map(|member| done(&format!("late-{member}"), "content_published", member, "04-20T08:00", json!({})));
    tell(&app, pieces.to_vec()).await;
    super::refresh(&app, &address("O4-KR1")).await;

    let score = the_score(&app, GROWTH).await;

    assert_eq!((&score["value"], &score["reason"]), (&json!(1), &Value::Null));
    assert_eq!(
        (&score["explanation"]["guardrail"]["isHeld"], &score["explanation"]["guardrail"]["verdict"]),
        (&json!(true), &json!("MET"))
    );
}

async fn of_a_rate_the_month_in_which_engagement_fell_is_no_growth(app: App) {
    growing(&app, json!({"kind": "RATE", "unit": "PERCENT", "baseline": 0, "target": 25, "period": "MONTH"})).await;

    let score = the_score(&app, GROWTH).await;

    let months = score["explanation"]["periods"].as_array().unwrap();
    let told: Vec<Value> = months.iter().map(|month| json!([month["value"], month["ratio"], month["guardrailHeld"]])).collect();
    assert_eq!(told, [json!([null, null, null]), json!([25, 1, true]), json!([20, 0.8, true]), json!([16.67, 0, false])]);
    // 25 and 20 of three times 25.
    assert_eq!((&score["value"], &score["reason"]), (&json!(0.6), &Value::Null));
}

async fn what_a_person_makes_of_it_counts(app: App) {
    let path = growing(&app, json!({"kind": "AT_LEAST", "unit": "PERCENT", "target": 15})).await;
    let check_in = format!("/v1/check-ins/{}", text(&the_check_in(&app, &path, "2020-04-30").await["id"]));

    app.patch(&check_in, "*", json!({"confidence": "AT_RISK"})).await.expect(200);
    let noted = the_score(&app, GROWTH).await;
    app.patch(&check_in, "*", json!({"value": 18, "correction": "counted by hand"})).await.expect(200);
    let corrected = the_score(&app, GROWTH).await;

    assert_eq!((&noted["value"], &noted["reason"]), (&json!(0), &json!("GUARDRAIL_NOT_HELD")));
    assert_eq!((&corrected["value"], &corrected["explanation"]["guardrail"]), (&json!(1), &Value::Null));
}

async fn the_list_of_scores_says_so_too(app: App) {
    growing(&app, json!({"kind": "AT_LEAST", "unit": "PERCENT", "target": 15})).await;
    bound(&app, "O1-KR3").await;

    let scores = app.get("/v1/cycles/2020-Q1/scores?format=csv&fields=address,score,reason").await.expect(200);

    assert!(scores.text.contains("2020-Q1.devrel.O4-KR1,0,GUARDRAIL_NOT_HELD"), "{}", scores.text);
}
