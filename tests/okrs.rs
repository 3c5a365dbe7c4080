//! Objectives and key results: their addresses, their cascade, and what a cycle lets happen to them.

use serde_json::{Value, json};

use crate::given::{a_check_in, a_first_objective, a_key_result, a_quarter, a_way_to_a_hundred, an_objective, refused, text};
use crate::harness::{App, both};

both![
    every_kind_of_key_result_reads_back_as_it_was_written,
    a_field_of_another_kind_is_refused,
    a_way_of_no_length_is_refused_and_the_kind_to_use_is_named,
    all_broken_fields_are_named_at_once,
    a_number_is_never_given_again,
    a_moved_key_result_keeps_its_old_address,
    an_objective_does_not_stand_above_itself,
    a_cascade_has_at_most_eight_levels,
    a_team_does_not_stand_above_itself,
    a_cycle_takes_one_step_at_a_time,
    a_closed_cycle_takes_no_changes,
    a_quarter_lies_within_its_year,
    a_rerun_by_external_id_changes_nothing,
    a_person_is_a_team_of_one,
    a_grade_that_differs_from_the_score_needs_a_reason,
    a_grade_that_is_the_score_needs_none,
    a_grade_does_not_move_the_score,
    a_stale_change_is_answered_with_the_current_state,
    a_change_needs_the_version_it_was_made_from,
    a_deleted_objective_is_gone,
];

async fn every_kind_of_key_result_reads_back_as_it_was_written(app: App) {
    let objective = a_first_objective(&app).await;
    let kinds = [
        json!({"kind": "REACH", "baseline": 2, "target": 5, "commit": 3, "stretch": 8, "unit": "CURRENCY", "unitLabel": "EUR"}),
        json!({"kind": "AT_LEAST", "target": 11.5, "strict": true, "policy": "SHARE", "unit": "SCORE"}),
        json!({"kind": "AT_MOST", "baseline": 8, "target": 4, "policy": "LATEST", "unit": "DURATION", "unitLabel": "h"}),
        json!({"kind": "BETWEEN", "lower": 4, "upper": 5}),
        json!({"kind": "RATE", "baseline": 10, "target": 17, "period": "WEEK"}),
        json!({"kind": "MILESTONE", "isGuardrail": true, "indicator": "LEADING"}),
        json!({"kind": "ORDINAL", "commitWords": "asked", "targetWords": "answered", "stretchWords": "thanked"}),
        json!({"kind": "TEST", "target": 30, "sampleSize": 100, "passSide": "AT_MOST", "assumption": "few would leave"}),
    ];
    for (written, number) in kinds.iter().zip(1..) {
        let made = a_key_result(&app, &objective, written.clone()).await.expect(201);
        assert_eq!(made["address"], format!("2020-Q1.devrel.O1-KR{number}"));

        let read = app.get(&format!("/v1/key-results/2020-Q1.devrel.O1-KR{number}")).await.expect(200);

        assert_eq!(read.json(), made.json());
        for (field, value) in written.as_object().unwrap() {
            assert_eq!(&read[field.as_str()], value, "{field} of {written}");
        }
    }
}

async fn a_field_of_another_kind_is_refused(app: App) {
    let objective = a_first_objective(&app).await;

    let answer = a_key_result(&app, &objective, json!({"kind": "MILESTONE", "target": 5})).await;

    assert_eq!(refused(&answer.problem(422, "NOT_APPLICABLE")), [("/target".into(), "NOT_APPLICABLE".into())]);
}

async fn a_way_of_no_length_is_refused_and_the_kind_to_use_is_named(app: App) {
    let objective = a_first_objective(&app).await;
    for kind in ["REACH", "RATE"] {
        let answer = a_key_result(&app, &objective, json!({"kind": kind, "baseline": 5, "target": 5})).await;

        let problem = answer.problem(422, "BASELINE_EQUALS_TARGET");
        assert!(problem.text.contains("AT_LEAST"), "{problem:?}");
    }
}

async fn all_broken_fields_are_named_at_once(app: App) {
    let objective = a_first_objective(&app).await;
    let broken = json!({"kind": "REACH", "title": " ", "start": "2020-04-01", "due": "2020-01-01", "weight": -1, "owner": "nobody"});

    let answer = a_key_result(&app, &objective, broken).await.problem(422, "INVALID");

    let named: Vec<String> = refused(&answer).into_iter().map(|(pointer, _)| pointer).collect();
    for field in ["/title", "/due", "/weight", "/owner"] {
        assert!(named.iter().any(|pointer| pointer == field), "{field} is not among {named:?}");
    }
}

async fn a_number_is_never_given_again(app: App) {
    let objective = a_first_objective(&app).await;
    let first = a_key_result(&app, &objective, json!({"kind": "MILESTONE"})).await.expect(201);
    app.delete("/v1/key-results/2020-Q1.devrel.O1-KR1", first.etag()).await.expect(204);

    let second = a_key_result(&app, &objective, json!({"kind": "MILESTONE"})).await.expect(201);

    assert_eq!(second["number"], "O1-KR2");
    app.get("/v1/key-results/2020-Q1.devrel.O1-KR1").await.problem(404, "NOT_FOUND");
}

async fn a_moved_key_result_keeps_its_old_address(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let other = an_objective(&app, "Elsewhere").await;
    let key_result = app.get(&format!("/v1/key-results/{address}")).await.expect(200);

    let moved = app.patch(&format!("/v1/key-results/{address}"), key_result.etag(), json!({"objective": other})).await.expect(200);

    assert_eq!(moved["address"], "2020-Q1.devrel.O2-KR1");
    assert_eq!(app.get(&format!("/v1/key-results/{address}")).await.expect(200)["id"], key_result["id"]);
}

/// Objectives, each of which supports the one before.
async fn cascade(app: &App, levels: usize) -> Vec<String> {
    a_quarter(app).await;
    let mut addresses: Vec<String> = Vec::new();
    for level in 0..levels {
        let mut objective = json!({"cycle": "2020-Q1", "team": "devrel", "title": format!("Level {level}"), "status": "PUBLISHED"});
        objective["parent"] = addresses.last().map_or(Value::Null, |above| json!(above));
        addresses.push(text(&app.post("/v1/objectives", objective).await.expect(201)["address"]));
    }
    addresses
}

async fn an_objective_does_not_stand_above_itself(app: App) {
    let levels = cascade(&app, 3).await;
    let top = app.get(&format!("/v1/objectives/{}", levels[0])).await.expect(200);

    let answer = app.patch(&format!("/v1/objectives/{}", levels[0]), top.etag(), json!({"parent": levels[2]})).await;

    assert_eq!(refused(&answer.problem(422, "LOOP")), [("/parent".into(), "LOOP".into())]);
}

async fn a_cascade_has_at_most_eight_levels(app: App) {
    let levels = cascade(&app, 8).await;
    let ninth = json!({"cycle": "2020-Q1", "team": "devrel", "title": "Ninth", "parent": levels[7]});

    app.post("/v1/objectives", ninth).await.problem(422, "TOO_DEEP");

    let whole = app.get(&format!("/v1/objectives/{}/cascade", levels[0])).await.expect(200);
    assert_eq!(whole["objectives"].as_array().map(Vec::len), Some(8));
}

async fn a_team_does_not_stand_above_itself(app: App) {
    app.post("/v1/teams", json!({"key": "acme", "name": "Acme", "kind": "COMPANY"})).await.expect(201);
    app.post("/v1/teams", json!({"key": "devrel", "name": "DevRel", "kind": "TEAM", "parent": "acme"})).await.expect(201);
    let company = app.get("/v1/teams/acme").await.expect(200);

    app.patch("/v1/teams/acme", company.etag(), json!({"parent": "devrel"})).await.problem(422, "LOOP");
}

async fn a_cycle_takes_one_step_at_a_time(app: App) {
    let quarter = json!({"key": "2020-Q1", "start": "2020-01-01", "end": "2020-03-31"});
    let mut cycle = app.post("/v1/cycles", quarter).await.expect(201);
    assert_eq!(cycle["status"], "PLANNING");
    app.patch("/v1/cycles/2020-Q1", cycle.etag(), json!({"status": "CLOSED"})).await.problem(422, "INVALID_TRANSITION");

    for status in ["ACTIVE", "GRADING", "CLOSED"] {
        cycle = app.patch("/v1/cycles/2020-Q1", cycle.etag(), json!({"status": status})).await.expect(200);
        assert_eq!(cycle["status"], status);
    }

    app.patch("/v1/cycles/2020-Q1", cycle.etag(), json!({"status": "ACTIVE"})).await.problem(422, "INVALID_TRANSITION");
}

async fn close(app: &App) {
    let mut cycle = app.get("/v1/cycles/2020-Q1").await.expect(200);
    for status in ["GRADING", "CLOSED"] {
        cycle = app.patch("/v1/cycles/2020-Q1", cycle.etag(), json!({"status": status})).await.expect(200);
    }
}

async fn a_closed_cycle_takes_no_changes(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let made = a_check_in(&app, &address, "2020-02-01", json!({"value": 30})).await.expect(201);
    let key_result = format!("/v1/key-results/{address}");
    let objective = "2020-Q1.devrel.O1";
    close(&app).await;

    let refusals = [
        a_check_in(&app, &address, "2020-02-02", json!({"value": 31})).await,
        app.patch(&format!("/v1/check-ins/{}", text(&made["id"])), "*", json!({"value": 32})).await,
        app.patch(&key_result, "*", json!({"title": "Late"})).await,
        app.delete(&key_result, "*").await,
        app.put(&format!("{key_result}/grade"), "*", json!({"grade": 0.3})).await,
        app.patch(&format!("/v1/objectives/{objective}"), "*", json!({"title": "Late"})).await,
        app.delete(&format!("/v1/objectives/{objective}"), "*").await,
        a_key_result(&app, objective, json!({"kind": "MILESTONE"})).await,
        app.post("/v1/objectives", json!({"cycle": "2020-Q1", "team": "devrel", "title": "Late"})).await,
    ];

    for refusal in refusals {
        assert!(refusal["code"] == "CYCLE_CLOSED" && (400..500).contains(&refusal.status), "{refusal:?}");
    }
    assert_eq!(app.get(&format!("{key_result}/score")).await.expect(200)["value"], json!(0.3));
}

async fn a_quarter_lies_within_its_year(app: App) {
    app.post("/v1/cycles", json!({"key": "2020", "start": "2020-01-01", "end": "2020-12-31"})).await.expect(201);
    let outside = json!({"key": "2020-Q4", "start": "2020-10-01", "end": "2021-01-01", "parent": "2020"});

    app.post("/v1/cycles", outside).await.problem(422, "OUT_OF_RANGE");
}

async fn a_rerun_by_external_id_changes_nothing(app: App) {
    let objective = a_first_objective(&app).await;
    let body = json!({"objective": objective, "title": "Measured", "kind": "REACH", "baseline": 0, "target": 4.25});
    let first = app.put("/v1/external/key-results/sheet-7", None, body.clone()).await.expect(201);

    let again = app.put("/v1/external/key-results/sheet-7", None, body.clone()).await.expect(200);
    assert_eq!(again.json(), first.json());

    let mut changed = body;
    changed["target"] = json!(5);
    let changed = app.put("/v1/external/key-results/sheet-7", None, changed).await.expect(200);
    assert_eq!((&changed["id"], &changed["target"], &changed["version"]), (&first["id"], &json!(5), &json!(2)));
}

async fn a_person_is_a_team_of_one(app: App) {
    a_quarter(&app).await;
    app.post("/v1/teams", json!({"key": "ada", "name": "Ada", "kind": "INDIVIDUAL", "parent": "devrel"})).await.expect(201);

    let made = app.post("/v1/objectives", json!({"cycle": "2020-Q1", "team": "ada", "owner": "ada", "title": "Learn"})).await.expect(201);

    assert_eq!(made["address"], "2020-Q1.ada.O1");
    assert_eq!(made["ownerId"], made["teamId"]);
}

async fn a_grade_that_differs_from_the_score_needs_a_reason(app: App) {
    let key_result = format!("/v1/key-results/{}", a_way_to_a_hundred(&app).await);

    app.put(&format!("{key_result}/grade"), "*", json!({"grade": 0.4})).await.problem(422, "REASON_REQUIRED");

    let reason = json!({"grade": 0.4, "reason": "the market fell"});
    let graded = app.put(&format!("{key_result}/grade"), "*", reason).await.expect(200);
    assert_eq!(
        (&graded["grade"], &graded["gradeReason"], &graded["gradeProvenance"]),
        (&json!(0.4), &json!("the market fell"), &json!("ENTERED"))
    );
}

async fn a_grade_that_is_the_score_needs_none(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 40})).await.expect(201);

    app.put(&format!("/v1/key-results/{address}/grade"), "*", json!({"grade": 0.4})).await.expect(200);
}

async fn a_grade_does_not_move_the_score(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 40})).await.expect(201);
    app.put(&format!("/v1/key-results/{address}/grade"), "*", json!({"grade": 1, "reason": "worth it"})).await.expect(200);

    let score = app.get(&format!("/v1/key-results/{address}/score")).await.expect(200);

    assert_eq!((&score["value"], &score["grade"]), (&json!(0.4), &json!(1)));
}

async fn a_stale_change_is_answered_with_the_current_state(app: App) {
    let key_result = format!("/v1/key-results/{}", a_way_to_a_hundred(&app).await);
    let read = app.get(&key_result).await.expect(200);
    app.patch(&key_result, read.etag(), json!({"title": "First"})).await.expect(200);

    let stale = app.patch(&key_result, read.etag(), json!({"title": "Second"})).await.problem(412, "VERSION_CONFLICT");

    assert!(stale.text.contains("\"First\""), "the current state is told: {stale:?}");
    assert_eq!(app.get(&key_result).await["title"], "First");
}

async fn a_change_needs_the_version_it_was_made_from(app: App) {
    let key_result = format!("/v1/key-results/{}", a_way_to_a_hundred(&app).await);

    app.patch(&key_result, None, json!({"title": "Blind"})).await.problem(428, "PRECONDITION_REQUIRED");
    app.delete(&key_result, None).await.problem(428, "PRECONDITION_REQUIRED");
}

async fn a_deleted_objective_is_gone(app: App) {
    let objective = a_first_objective(&app).await;
    let read = app.get(&format!("/v1/objectives/{objective}")).await.expect(200);

    app.delete(&format!("/v1/objectives/{objective}"), read.etag()).await.expect(204);

    app.get(&format!("/v1/objectives/{objective}")).await.problem(404, "NOT_FOUND");
    app.get(&format!("/v1/objectives/{}", text(&read["id"]))).await.problem(404, "NOT_FOUND");
}
