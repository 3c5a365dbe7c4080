//! Scores: what each kind of key result makes of its check-ins, and what was known when.

use serde_json::{Value, json};

use crate::given::{a_check_in, a_first_objective, a_key_result, a_way_to_a_hundred, an_objective, text, the_score};
use crate::harness::{App, both};

both![
    a_reach_goes_beyond_its_target_and_the_score_does_not,
    a_reach_goes_down_when_its_target_is_below,
    a_reach_that_goes_the_wrong_way_is_worth_nothing,
    decimals_are_not_floats,
    a_band_is_worth_the_share_of_the_planned_weeks_inside_it,
    a_rate_is_worth_the_mean_of_its_months,
    a_threshold_is_met_or_covered_from_its_baseline,
    a_strict_threshold_is_not_met_by_its_target,
    a_milestone_is_worth_the_weights_of_the_steps_that_are_done,
    a_milestone_without_steps_is_done_or_not,
    an_ordinal_is_worth_its_zone,
    a_test_is_inconclusive_until_its_sample_is_large_enough,
    no_check_in_is_worth_nothing_and_counts,
    an_objective_is_worth_the_mean_of_its_key_results,
    weights_move_the_mean_of_an_objective,
    what_is_cancelled_does_not_count_and_is_listed,
    weights_of_zero_give_no_score,
    an_objective_without_key_results_has_no_score,
    a_score_of_an_earlier_instant_does_not_see_a_later_check_in,
    a_score_of_an_earlier_instant_does_not_see_a_later_correction,
    a_score_of_an_earlier_instant_does_not_see_a_later_target,
    a_score_before_there_was_a_key_result_is_not_found,
    the_scores_of_a_cycle_are_given_as_csv,
];

/// What a key result of these fields is worth after these check-ins.
async fn worth(app: &App, fields: Value, check_ins: &[(&str, Value)]) -> crate::harness::Response {
    let objective = a_first_objective(app).await;
    let address = text(&a_key_result(app, &objective, fields).await.expect(201)["address"]);
    for (on, reading) in check_ins {
        a_check_in(app, &address, on, reading.clone()).await.expect(201);
    }

    the_score(app, &address).await
}

fn value(value: f64) -> Value {
    json!({"value": value})
}

async fn a_reach_goes_beyond_its_target_and_the_score_does_not(app: App) {
    let fields = json!({"kind": "REACH", "baseline": 0, "target": 100});

    let score = worth(&app, fields, &[("2020-02-01", json!({"value": 150}))]).await;

    assert_eq!((&score["raw"], &score["value"], &score["met"]), (&json!(1.5), &json!(1), &json!(true)));
}

async fn a_reach_goes_down_when_its_target_is_below(app: App) {
    let fields = json!({"kind": "REACH", "baseline": 100, "target": 20});

    let score = worth(&app, fields, &[("2020-02-01", json!({"value": 80}))]).await;

    assert_eq!((&score["raw"], &score["value"]), (&json!(0.25), &json!(0.25)));
}

async fn a_reach_that_goes_the_wrong_way_is_worth_nothing(app: App) {
    let fields = json!({"kind": "REACH", "baseline": 20, "target": 100});

    let score = worth(&app, fields, &[("2020-02-01", json!({"value": 0}))]).await;

    assert_eq!((&score["raw"], &score["value"]), (&json!(-0.25), &json!(0)));
}

async fn decimals_are_not_floats(app: App) {
    let fields = json!({"kind": "REACH", "baseline": 2, "target": 5});

    let score = worth(&app, fields, &[("2020-02-01", value(4.1))]).await;

    assert_eq!((&score["raw"], &score["value"]), (&json!(0.7), &json!(0.7)));
}

async fn a_band_is_worth_the_share_of_the_planned_weeks_inside_it(app: App) {
    let fields = json!({"kind": "BETWEEN", "lower": 4, "upper": 5, "policy": "SHARE"});
    let days = [
        ("2020-01-08", 4.8),
        ("2020-01-15", 4.2),
        ("2020-01-22", 4.5),
        ("2020-01-29", 3.5),
        ("2020-02-05", 4.25),
        ("2020-02-19", 4.5),
        ("2020-02-26", 2.0),
        ("2020-03-04", 3.0),
        ("2020-03-11", 4.5),
        ("2020-03-18", 4.6),
        ("2020-03-25", 5.0),
        ("2020-04-01", 4.5),
    ];

    let score = worth(&app, fields, &days.map(|(day, measured)| (day, value(measured)))).await;

    assert_eq!(score["value"], json!(0.6923), "nine of thirteen weeks: {score:?}");
}

async fn a_rate_is_worth_the_mean_of_its_months(app: App) {
    let fields = json!({"kind": "RATE", "baseline": 10, "target": 17, "period": "MONTH", "start": "2020-01-01", "due": "2020-03-31"});
    let months = [("2020-01-31", 12.0), ("2020-02-29", 13.0), ("2020-03-31", 15.0)];

    let score = worth(&app, fields, &months.map(|(day, measured)| (day, value(measured)))).await;

    assert_eq!(score["value"], json!(0.4762));
}

async fn a_threshold_is_met_or_covered_from_its_baseline(app: App) {
    let fields = json!({"kind": "AT_MOST", "baseline": 8, "target": 4});

    let score = worth(&app, fields, &[("2020-02-01", json!({"value": 5}))]).await;

    assert_eq!((&score["value"], &score["met"]), (&json!(0.75), &json!(false)));
}

async fn a_strict_threshold_is_not_met_by_its_target(app: App) {
    let fields = json!({"kind": "AT_LEAST", "target": 11.5, "strict": true});

    let score = worth(&app, fields, &[("2020-02-01", value(11.5))]).await;

    assert_eq!((&score["value"], &score["met"]), (&json!(0), &json!(false)));
}

async fn a_milestone_is_worth_the_weights_of_the_steps_that_are_done(app: App) {
    let objective = a_first_objective(&app).await;
    let made = a_key_result(&app, &objective, json!({"kind": "MILESTONE"})).await.expect(201);
    let steps = format!("/v1/key-results/{}/milestone-steps", text(&made["address"]));
    app.post(&steps, json!({"title": "Beta", "weight": 3, "doneOn": "2020-02-01"})).await.expect(201);
    let second = app.post(&steps, json!({"title": "Release", "weight": 1})).await.expect(201);

    assert_eq!(the_score(&app, "2020-Q1.devrel.O1-KR1").await["value"], json!(0.75));

    let step = format!("/v1/milestone-steps/{}", text(&second["id"]));
    app.patch(&step, second.etag(), json!({"doneOn": "2020-03-01"})).await.expect(200);
    assert_eq!(the_score(&app, "2020-Q1.devrel.O1-KR1").await["value"], json!(1));
}

async fn a_milestone_without_steps_is_done_or_not(app: App) {
    let score = worth(&app, json!({"kind": "MILESTONE"}), &[("2020-02-01", json!({"value": 1}))]).await;

    assert_eq!(score["value"], json!(1));
    let half = a_check_in(&app, "2020-Q1.devrel.O1-KR1", "2020-02-02", value(0.5)).await;
    half.problem(422, "OUT_OF_RANGE");
}

async fn an_ordinal_is_worth_its_zone(app: App) {
    let fields = json!({"kind": "ORDINAL", "commitWords": "asked", "targetWords": "answered", "stretchWords": "thanked"});

    let score = worth(&app, fields, &[("2020-02-01", json!({"zone": "TARGET"}))]).await;

    assert_eq!((&score["value"], &score["zone"]), (&json!(0.7), &json!("TARGET")));
}

async fn a_test_is_inconclusive_until_its_sample_is_large_enough(app: App) {
    let fields = json!({"kind": "TEST", "target": 30, "sampleSize": 100, "assumption": "a third would pay"});

    let early = worth(&app, fields, &[("2020-02-01", json!({"value": 40, "sampleSize": 99}))]).await;
    assert_eq!((&early["value"], &early["reason"]), (&json!(0), &json!("INCONCLUSIVE")));

    a_check_in(&app, "2020-Q1.devrel.O1-KR1", "2020-02-02", json!({"value": 31, "sampleSize": 100})).await.expect(201);
    assert_eq!(the_score(&app, "2020-Q1.devrel.O1-KR1").await["value"], json!(1));
}

async fn no_check_in_is_worth_nothing_and_counts(app: App) {
    let score = worth(&app, json!({"kind": "REACH", "baseline": 0, "target": 100}), &[]).await;

    assert_eq!((&score["value"], &score["reason"], &score["raw"]), (&json!(0), &json!("NO_CHECK_IN"), &Value::Null));
    let objective = app.get("/v1/objectives/2020-Q1.devrel.O1/score").await.expect(200);
    assert_eq!(objective["value"], json!(0));
}

/// Key results from 0 to 100 at these values and of these weights, in one objective.
async fn objective_of(app: &App, key_results: &[(f64, f64)]) -> crate::harness::Response {
    let objective = a_first_objective(app).await;
    for (measured, weight) in key_results {
        let fields = json!({"kind": "REACH", "baseline": 0, "target": 100, "weight": weight});
        let made = a_key_result(app, &objective, fields).await.expect(201);
        a_check_in(app, &text(&made["address"]), "2020-02-01", value(*measured)).await.expect(201);
    }

    app.get(&format!("/v1/objectives/{objective}/score")).await.expect(200)
}

async fn an_objective_is_worth_the_mean_of_its_key_results(app: App) {
    let score = objective_of(&app, &[(100.0, 1.0), (40.0, 1.0), (24.0, 1.0), (37.0, 1.0)]).await;

    assert_eq!(score["value"], json!(0.5025));
}

async fn weights_move_the_mean_of_an_objective(app: App) {
    let score = objective_of(&app, &[(100.0, 3.0), (0.0, 1.0)]).await;

    assert_eq!(score["value"], json!(0.75));
}

async fn what_is_cancelled_does_not_count_and_is_listed(app: App) {
    objective_of(&app, &[(100.0, 1.0), (0.0, 1.0)]).await;
    let second = app.get("/v1/key-results/2020-Q1.devrel.O1-KR2").await.expect(200);
    let cancelled = json!({"status": "CANCELLED", "statusReason": "the market is gone"});
    app.patch("/v1/key-results/2020-Q1.devrel.O1-KR2", second.etag(), cancelled).await.expect(200);

    let score = app.get("/v1/objectives/2020-Q1.devrel.O1/score").await.expect(200);

    assert_eq!(score["value"], json!(1));
    assert_eq!(score["explanation"]["excluded"][0]["address"], "2020-Q1.devrel.O1-KR2");
    assert_eq!(score["explanation"]["excluded"][0]["reason"], "CANCELLED");
}

async fn weights_of_zero_give_no_score(app: App) {
    let score = objective_of(&app, &[(100.0, 0.0), (50.0, 0.0)]).await;

    assert_eq!((&score["value"], &score["reason"]), (&Value::Null, &json!("ALL_WEIGHTS_ZERO")));
}

async fn an_objective_without_key_results_has_no_score(app: App) {
    let score = objective_of(&app, &[]).await;

    assert_eq!((&score["value"], &score["reason"]), (&Value::Null, &json!("NO_KEY_RESULT")));
}

/// An instant between what was done before and what is done after.
async fn now(app: &App) -> String {
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let made = app.post("/v1/teams", json!({"key": "clock", "name": "Clock", "kind": "TEAM"})).await.expect(201);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;

    text(&made["createdAt"])
}

async fn a_score_of_an_earlier_instant_does_not_see_a_later_check_in(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);
    let instant = now(&app).await;
    a_check_in(&app, &address, "2020-01-31", json!({"value": 90})).await.expect(201);
    a_check_in(&app, &address, "2020-02-02", json!({"value": 60})).await.expect(201);

    let then = the_score_as_of(&app, &address, &instant).await;

    assert_eq!((then, the_score(&app, &address).await["value"].clone()), (json!(0.3), json!(0.6)));
}

async fn a_score_of_an_earlier_instant_does_not_see_a_later_correction(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let made = a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);
    let instant = now(&app).await;
    let check_in = format!("/v1/check-ins/{}", text(&made["id"]));
    app.patch(&check_in, made.etag(), json!({"value": 80, "correction": "a digit was missing"})).await.expect(200);

    let then = the_score_as_of(&app, &address, &instant).await;

    assert_eq!((then, the_score(&app, &address).await["value"].clone()), (json!(0.3), json!(0.8)));
}

async fn a_score_of_an_earlier_instant_does_not_see_a_later_target(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);
    let instant = now(&app).await;
    let key_result = app.get(&format!("/v1/key-results/{address}")).await.expect(200);
    app.patch(&format!("/v1/key-results/{address}"), key_result.etag(), json!({"target": 60})).await.expect(200);

    let then = the_score_as_of(&app, &address, &instant).await;

    assert_eq!((then, the_score(&app, &address).await["value"].clone()), (json!(0.3), json!(0.5)));
}

async fn the_score_as_of(app: &App, address: &str, instant: &str) -> Value {
    let (objective, _) = address.rsplit_once("-KR").expect("an address of a key result");
    let whole = app.get(&format!("/v1/objectives/{objective}/score?asOf={instant}")).await.expect(200);
    let score = app.get(&format!("/v1/key-results/{address}/score?asOf={instant}")).await.expect(200);
    assert_eq!(whole["value"], score["value"], "the objective has this key result alone");

    score["value"].clone()
}

async fn a_score_before_there_was_a_key_result_is_not_found(app: App) {
    let address = a_way_to_a_hundred(&app).await;

    app.get(&format!("/v1/key-results/{address}/score?asOf=2020-02-01T00:00:00Z")).await.problem(404, "NOT_FOUND");
}

async fn the_scores_of_a_cycle_are_given_as_csv(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);
    let other = an_objective(&app, "=HYPERLINK(\"x\")").await;
    a_key_result(&app, &other, json!({"kind": "MILESTONE"})).await.expect(201);

    let csv = app.get("/v1/cycles/2020-Q1/scores?format=csv").await.expect(200);

    assert!(csv.header("content-type").starts_with("text/csv"), "{csv:?}");
    assert!(csv.text.lines().nth(1).is_some_and(|row| row.contains("2020-Q1.devrel.O1-KR1") && row.contains("0.3")), "{csv:?}");
    assert!(!csv.text.contains(",=") && !csv.text.contains(",\"="), "a spreadsheet must not calculate titles: {csv:?}");
}
