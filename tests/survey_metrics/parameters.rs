//! Which survey, question and wave are meant: nobody guesses.

use serde_json::{Value, json};

use super::{a_pulse, january, nameless};
use crate::given::{send, text};
use crate::harness::{App, Client, both};

both![
    without_a_survey_there_is_nothing_to_tell,
    the_only_survey_that_fits_need_not_be_named,
    of_several_surveys_one_is_named,
    of_several_questions_one_is_named,
    a_question_of_another_kind_is_refused_by_name,
    what_is_unknown_is_refused_where_it_stands,
    a_question_is_named_by_its_id_alone,
    another_workspace_does_not_see_a_survey,
    what_people_said_is_always_told_as_of_now,
];

/// What is wrong with a question about January: parameter, code and words.
async fn refused(client: &Client, metric: &str, parameters: &str) -> (String, String, String) {
    let answer = client.get(&format!("/v1/metrics/{metric}?from=2020-01-01&to=2020-02-01&{parameters}")).await.expect(422);
    let error = &answer["errors"][0];
    (text(&error["parameter"]), text(&error["code"]), text(&error["detail"]))
}

async fn without_a_survey_there_is_nothing_to_tell(app: App) {
    let told = january(&app, "nps", "").await;

    assert_eq!((&told["value"], &told["status"], &told["reason"]), (&Value::Null, &json!("NO_DATA"), &json!("NO_QUESTIONS")));
}

async fn the_only_survey_that_fits_need_not_be_named(app: App) {
    a_pulse(&app).await;
    app.post("/v1/surveys", json!({"key": "other", "title": "Another"})).await.expect(201);
    app.post("/v1/questions", json!({"survey": "other", "key": "mood", "text": "Mood?", "kind": "OTHER"})).await.expect(201);
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;

    let series = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-02-01").await.expect(200);
    let named = app.get("/v1/metrics/nps?from=2020-01-01&to=2020-02-01&survey=pulse&question=nps&wave=january").await.expect(200);

    assert_eq!((&series["points"], series["points"][0]["value"].as_f64()), (&named["points"], Some(100.0)));
    let question = app.get(&format!("/v1/questions/{}", text(&series["provenance"]["questionId"]))).await.expect(200);
    assert_eq!(question["key"], "nps");
}

async fn of_several_surveys_one_is_named(app: App) {
    a_pulse(&app).await;
    app.post("/v1/surveys", json!({"key": "other", "title": "Another"})).await.expect(201);
    app.post("/v1/questions", json!({"survey": "other", "key": "recommend", "text": "Would you?", "kind": "NPS"})).await.expect(201);

    let (parameter, code, detail) = refused(&app, "nps", "").await;

    assert_eq!((parameter.as_str(), code.as_str()), ("survey", "REQUIRED"), "{detail}");
    assert_eq!(january(&app, "nps", "survey=other").await["reason"], "NO_WAVE");
    assert_eq!(january(&app, "satisfaction", "").await["reason"], "NO_ANSWERS");
}

async fn of_several_questions_one_is_named(app: App) {
    a_pulse(&app).await;
    let question = json!({"survey": "pulse", "key": "staff", "text": "And with the staff?", "kind": "SATISFACTION"});
    app.post("/v1/questions", question).await.expect(201);

    let (parameter, code, detail) = refused(&app, "satisfaction", "survey=pulse").await;

    assert_eq!((parameter.as_str(), code.as_str()), ("question", "REQUIRED"));
    assert!(detail.contains("satisfaction, staff"), "{detail}");
    assert_eq!(january(&app, "satisfaction", "question=staff").await["reason"], "NO_ANSWERS");
}

async fn a_question_of_another_kind_is_refused_by_name(app: App) {
    a_pulse(&app).await;

    let (parameter, code, detail) = refused(&app, "nps", "survey=pulse&question=satisfaction").await;

    assert_eq!((parameter.as_str(), code.as_str()), ("question", "INVALID_VALUE"));
    assert!(detail.contains("`satisfaction` is of the kind SATISFACTION"), "{detail}");
    app.post("/v1/surveys", json!({"key": "empty", "title": "Nothing yet"})).await.expect(201);
    assert_eq!(refused(&app, "nps", "survey=empty").await.0, "survey");
}

async fn what_is_unknown_is_refused_where_it_stands(app: App) {
    a_pulse(&app).await;

    for (parameters, at, expected) in [
        ("survey=nowhere", "survey", "NOT_FOUND"),
        ("survey=pulse&question=nothing", "question", "NOT_FOUND"),
        ("survey=pulse&wave=never", "wave", "NOT_FOUND"),
        ("weights=LAYER&layer=core-contributors", "weights", "NOT_APPLICABLE"),
        ("channel=forum/help", "channel", "NOT_APPLICABLE"),
        ("minClass=PASSIVE", "minClass", "NOT_APPLICABLE"),
    ] {
        let answer = app.get(&format!("/v1/metrics/nps?from=2020-01-01&to=2020-02-01&{parameters}")).await.expect(422);
        let errors = answer["errors"].as_array().unwrap();
        assert!(errors.iter().any(|error| error["parameter"] == at && error["code"] == expected), "{parameters}: {answer:?}");
    }
    assert_eq!(refused(&app, "satisfaction", "weights=LAYER").await.0, "weights");
    assert_eq!(refused(&app, "active_members", "survey=pulse").await.1, "NOT_APPLICABLE");
    app.get("/v1/metrics/nps?weights=ROLE").await.problem(400, "MALFORMED");
}

async fn a_question_is_named_by_its_id_alone(app: App) {
    a_pulse(&app).await;
    app.post("/v1/surveys", json!({"key": "other", "title": "Another"})).await.expect(201);
    app.post("/v1/questions", json!({"survey": "other", "key": "recommend", "text": "Would you?", "kind": "NPS"})).await.expect(201);
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;
    let questions = app.get("/v1/questions?survey=pulse&kind=NPS").await.expect(200);
    let id = text(&questions["items"][0]["id"]);

    assert_eq!(january(&app, "nps", &format!("question={id}")).await["value"].as_f64(), Some(100.0));
}

async fn another_workspace_does_not_see_a_survey(app: App) {
    a_pulse(&app).await;
    send(&app, &nameless("january", "nps", &[(5, 9)])).await;
    let elsewhere = app.elsewhere();

    assert_eq!(january(&elsewhere, "nps", "").await["reason"], "NO_QUESTIONS");
    assert_eq!(refused(&elsewhere, "nps", "survey=pulse").await.1, "NOT_FOUND");
}

async fn what_people_said_is_always_told_as_of_now(app: App) {
    a_pulse(&app).await;
    let then = "2026-01-01T00:00:00Z";

    let (parameter, code, _) = refused(&app, "nps", &format!("asOf={then}")).await;
    let batch = json!({"metrics": [{"metric": "active_rate"}, {"metric": "satisfaction"}], "asOf": then});
    let batch = app.post("/v1/metrics/batch", batch).await.expect(422);
    let health = app.get(&format!("/v1/community/health?month=2020-01&asOf={then}")).await.expect(200);

    assert_eq!((parameter.as_str(), code.as_str()), ("asOf", "NOT_APPLICABLE"));
    assert_eq!((&batch["errors"][0]["pointer"], &batch["errors"][0]["code"]), (&json!("/asOf"), &json!("NOT_APPLICABLE")));
    let lines = health["lines"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["metric"] != "alignment") && !lines.is_empty());
}
