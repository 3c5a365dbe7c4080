//! Surveys: what the answers come to, and of whom nothing is told.

use reqwest::Method;
use serde_json::{Value, json};

use crate::given::{an_answer, send, text};
use crate::harness::{App, Client, both};
use crate::world::World;

both![
    published_scores_come_out_to_the_digit,
    the_last_answer_of_a_member_in_a_wave_counts,
    anonymous_answers_each_count,
    merged_members_have_one_answer,
    few_answers_are_told_of_only_from_five_on,
    a_wave_is_not_given_away_by_the_total,
    two_waves_are_compared,
    waves_are_compared_by_nps_alone,
    other_kinds_have_a_top_box_and_means,
    a_small_population_narrows_the_interval,
    results_are_the_same_at_both_doors,
    a_scale_stays_once_there_are_answers,
    what_has_answers_is_not_deleted,
    keys_are_given_once,
    a_survey_is_shown_as_it_was,
];

/// Anonymous answers of promoters, passives and detractors in a wave.
fn answers(wave: &str, counts: [usize; 3]) -> Vec<Value> {
    let points = [[9, 10], [7, 8], [0, 6]];
    let all = counts.into_iter().zip(points).flat_map(|(count, points)| (0..count).map(move |place| points[place % 2]));
    let answer = |(place, value): (usize, u64)| {
        let mut answer = an_answer(&format!("{wave}-{place}"), value, None);
        answer["wave"] = json!(wave);
        answer
    };
    all.enumerate().map(answer).collect()
}

async fn a_wave(client: &Client, key: &str) {
    let wave = json!({"survey": "reps", "key": key, "start": "2017-01-01", "end": "2017-01-31"});
    client.post("/v1/waves", wave).await.expect(201);
}

/// What the answers to `recommend` in a wave come to.
async fn outcome(client: &Client, wave: &str) -> Value {
    let results = client.get(&format!("/v1/surveys/reps/results?question=recommend&wave={wave}")).await.expect(200);
    assert_eq!(results["items"][0]["waves"].as_array().map(Vec::len), Some(1));
    results["items"][0]["waves"][0]["outcome"].clone()
}

async fn published_scores_come_out_to_the_digit(app: App) {
    World::made_by(&app).await;
    let vectors = [
        ("a", [36, 26, 8], [40.0, 22.53, 54.19]),
        ("b", [72, 22, 8], [62.75, 48.78, 73.12]),
        ("c", [2308, 579, 131], [72.13, 70.15, 73.98]),
    ];

    for (wave, counts, [value, low, high]) in vectors {
        a_wave(&app, wave).await;
        send(&app, &answers(wave, counts)).await;
        let outcome = outcome(&app, wave).await;

        assert_eq!(
            [&outcome["promoters"], &outcome["passives"], &outcome["detractors"]],
            [counts[0], counts[1], counts[2]].map(|count| json!(count)).each_ref()
        );
        assert_eq!((&outcome["answers"], &outcome["status"]), (&json!(counts.iter().sum::<usize>()), &json!("OK")));
        assert_eq!(outcome["nps"]["value"].as_f64(), Some(value), "{wave}");
        let interval = &outcome["nps"]["interval"];
        assert_eq!((interval["low"].as_f64(), interval["high"].as_f64()), (Some(low), Some(high)), "{wave}");
    }
}

async fn the_last_answer_of_a_member_in_a_wave_counts(app: App) {
    World::made_by(&app).await;
    let people = ["ada", "grace", "alan", "edsger", "barbara"];
    let first: Vec<Value> = people.iter().map(|name| an_answer(name, 9, Some(name))).collect();
    send(&app, &first).await;
    let mut second = an_answer("later", 2, Some("ADA"));
    second["submittedAt"] = json!("2026-01-20T00:00:00Z");
    let mut elsewhere = an_answer("elsewhere", 2, Some("grace"));
    elsewhere["wave"] = json!("2025-10");
    elsewhere["submittedAt"] = json!("2026-01-20T00:00:00Z");

    send(&app, &[second, elsewhere]).await;

    let outcome = outcome(&app, "2026-01").await;
    assert_eq!([&outcome["answers"], &outcome["promoters"], &outcome["detractors"]], [&json!(5), &json!(4), &json!(1)]);
}

async fn anonymous_answers_each_count(app: App) {
    World::made_by(&app).await;
    send(&app, &answers("2026-01", [3, 2, 1])).await;

    let outcome = outcome(&app, "2026-01").await;

    assert_eq!((&outcome["answers"], &outcome["responseRate"]["value"]), (&json!(6), &json!(7.5)));
}

async fn merged_members_have_one_answer(app: App) {
    World::made_by(&app).await;
    let people = ["ada", "grace", "alan", "edsger", "barbara", "countess"];
    send(&app, &people.map(|name| an_answer(name, 9, Some(name)))).await;
    let mut later = an_answer("changed", 2, Some("countess"));
    later["submittedAt"] = json!("2026-01-20T00:00:00Z");
    send(&app, &[later]).await;
    let all = app.get("/v1/surveys/reps/responses").await.expect(200);
    let member = |source: &str| {
        let all = all["items"].as_array().unwrap();
        all.iter().find(|response| response["sourceId"] == source).map(|response| text(&response["memberId"])).unwrap()
    };
    assert_eq!(outcome(&app, "2026-01").await["answers"], 6);

    let merge = app.request(Method::POST, &format!("/v1/members/{}/merge", member("countess"))).header("if-match", "*");
    app.send(merge.json(&json!({"into": member("grace")}))).await.expect(200);

    let outcome = outcome(&app, "2026-01").await;
    assert_eq!([&outcome["answers"], &outcome["promoters"], &outcome["detractors"]], [&json!(5), &json!(4), &json!(1)]);
}

async fn few_answers_are_told_of_only_from_five_on(app: App) {
    World::made_by(&app).await;
    let all = answers("2026-01", [30, 0, 0]);

    for (count, status, reason) in
        [(4, "SUPPRESSED", "FEW_ANSWERS"), (5, "LOW_N", "FEW_ANSWERS"), (29, "LOW_N", "FEW_ANSWERS"), (30, "OK", "")]
    {
        send(&app, &all[..count]).await;
        let outcome = outcome(&app, "2026-01").await;

        let (nps, shown) = (&outcome["nps"], count > 4);
        assert_eq!((&outcome["status"], outcome["reason"].as_str().unwrap_or_default()), (&json!(status), reason));
        assert_eq!((&nps["status"], nps["reason"].as_str().unwrap_or_default()), (&json!(status), reason));
        assert_eq!(outcome["answers"], if shown { json!(count) } else { Value::Null });
        for hidden in [&outcome["promoters"], &outcome["responseRate"], &nps["value"], &nps["denominator"], &nps["interval"]] {
            assert_eq!(hidden.is_null(), !shown, "{count}: {outcome}");
        }
    }
    let empty = outcome(&app, "2025-10").await;
    assert_eq!((&empty["status"], &empty["answers"]), (&json!("NO_DATA"), &json!(0)));
}

async fn a_wave_is_not_given_away_by_the_total(app: App) {
    World::made_by(&app).await;
    send(&app, &answers("2025-10", [20, 10, 10])).await;
    send(&app, &answers("2026-01", [3, 0, 0])).await;

    for path in ["/v1/surveys/reps/results", "/v1/surveys/reps/results?wave=2025-10"] {
        let results = app.get(path).await.expect(200);
        let (total, first) = (&results["items"][0]["total"], &results["items"][0]["waves"][0]["outcome"]);
        assert_eq!((&total["status"], &total["reason"], &total["nps"]["value"]), (&json!("SUPPRESSED"), &json!("SIBLING"), &Value::Null));
        assert_eq!((&first["status"], &first["nps"]["value"]), (&json!("OK"), &json!(25)));
    }
    send(&app, &answers("2026-01", [5, 0, 0])).await;

    let results = app.get("/v1/surveys/reps/results").await.expect(200);
    assert_eq!((&results["items"][0]["total"]["answers"], &results["items"][0]["total"]["promoters"]), (&json!(45), &json!(25)));
}

async fn two_waves_are_compared(app: App) {
    World::made_by(&app).await;
    send(&app, &answers("2025-10", [36, 26, 8])).await;
    let path = "/v1/surveys/reps/comparison?question=recommend&wave=2026-01&with=2025-10";
    let too_early = app.get(path).await.expect(200);
    assert_eq!((&too_early["status"], &too_early["difference"]), (&json!("NO_DATA"), &Value::Null));
    send(&app, &answers("2026-01", [72, 22, 8])).await;

    let compared = app.get(path).await.expect(200);

    assert_eq!((&compared["difference"], &compared["significant"], &compared["status"]), (&json!(22.75), &json!(true), &json!("OK")));
    assert_eq!(compared["with"]["outcome"]["nps"]["value"], 40);
    let field = r#"{ waveComparison(survey: "reps", question: "recommend", wave: "2026-01", with: "2025-10") { difference z pValue significant } }"#;
    let other = app.graphql(field, json!({})).await;
    for name in ["difference", "z", "pValue", "significant"] {
        assert_eq!(other.data()["waveComparison"][name], compared[name], "{name}");
    }
}

async fn waves_are_compared_by_nps_alone(app: App) {
    World::made_by(&app).await;
    let happy = json!({"survey": "reps", "key": "happy", "text": "Are you happy?", "kind": "SATISFACTION"});
    app.post("/v1/questions", happy).await.expect(201);
    let compare = |query: &str| format!("/v1/surveys/reps/comparison{query}");

    app.get(&compare("?question=happy&wave=2026-01&with=2025-10")).await.problem(422, "NOT_APPLICABLE");
    app.get(&compare("?question=recommend&wave=2026-01&with=2026-01")).await.problem(422, "INVALID_VALUE");
    let refused = app.get(&compare("")).await.expect(422);
    let named: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|error| text(&error["parameter"])).collect();
    assert_eq!(named, ["question", "wave", "with"]);
}

async fn other_kinds_have_a_top_box_and_means(app: App) {
    World::made_by(&app).await;
    let happy = json!({"survey": "reps", "key": "happy", "text": "Are you happy?", "kind": "SATISFACTION"});
    app.post("/v1/questions", happy).await.expect(201);
    let points = [10, 9, 9, 8, 8, 8, 8, 7, 5, 3];
    let to_happy = |(place, value): (usize, &u64)| {
        let mut answer = an_answer(&place.to_string(), *value, None);
        answer["question"] = json!("happy");
        answer
    };
    send(&app, &points.iter().enumerate().map(to_happy).collect::<Vec<_>>()).await;

    let results = app.get("/v1/surveys/reps/results?question=happy&wave=2026-01").await.expect(200);

    let outcome = &results["items"][0]["waves"][0]["outcome"];
    assert_eq!((&outcome["topBox"]["value"], &outcome["topBox"]["numerator"]), (&json!(70), &json!(7)));
    assert_eq!((&outcome["mean"]["value"], &outcome["meanPct"]["value"], &outcome["nps"]), (&json!(7.5), &json!(72.22), &Value::Null));
    assert_eq!(outcome["topBox"]["interval"], json!({"low": 39.68, "high": 89.22}));
}

async fn a_small_population_narrows_the_interval(app: App) {
    World::made_by(&app).await;
    send(&app, &answers("2026-01", [36, 26, 8])).await;

    let corrected = app.get("/v1/surveys/reps/results?wave=2026-01&populationCorrection=true").await.expect(200);

    let interval = &corrected["items"][0]["waves"][0]["outcome"]["nps"]["interval"];
    let (low, high) = (interval["low"].as_f64().unwrap(), interval["high"].as_f64().unwrap());
    assert!(low > 22.53 && high < 54.19 && low < 40.0 && high > 40.0, "{interval}");
}

async fn results_are_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    send(&app, &answers("2026-01", [36, 26, 8])).await;

    let shown = app.get("/v1/surveys/reps/results").await.expect(200);

    crate::doors::assert_shown(&app, r#"survey(id: "reps")"#, &json!({"results": shown["items"]})).await;
}

async fn a_scale_stays_once_there_are_answers(app: App) {
    World::made_by(&app).await;
    let happy = json!({"survey": "reps", "key": "happy", "text": "Are you happy?", "kind": "SATISFACTION"});
    let made = app.post("/v1/questions", happy).await.expect(201);
    let path = format!("/v1/questions/{}", text(&made["id"]));
    app.patch(&path, "*", json!({"highest": 7})).await.expect(200);
    let mut answer = an_answer("a", 7, None);
    answer["question"] = json!("happy");
    send(&app, &[answer]).await;

    app.patch(&path, "*", json!({"highest": 10})).await.problem(422, "INVALID_TRANSITION");

    app.patch(&path, "*", json!({"text": "Still happy?"})).await.expect(200);
    app.patch(&path, "*", json!({"kind": "NPS"})).await.problem(422, "INVALID_VALUE");
}

async fn what_has_answers_is_not_deleted(app: App) {
    let world = World::made_by(&app).await;
    app.delete("/v1/surveys/reps", "*").await.problem(409, "IN_USE");
    send(&app, &[an_answer("a", 9, None)]).await;

    for path in ["/v1/questions/{question}", "/v1/waves/{wave}"] {
        app.delete(&world.filled(path), "*").await.problem(409, "IN_USE");
    }

    app.delete(&world.filled("/v1/waves/{with}"), "*").await.expect(204);
}

async fn keys_are_given_once(app: App) {
    World::made_by(&app).await;
    app.post("/v1/surveys", json!({"key": "reps", "title": "Again"})).await.problem(409, "ALREADY_EXISTS");
    let question = |key: &str, text: &str| json!({"survey": "reps", "key": key, "text": text, "kind": "OTHER"});
    app.post("/v1/questions", question("recommend", "Again?")).await.problem(409, "ALREADY_EXISTS");
    let put = "/v1/external/questions/form-1";
    let first = app.put(put, None, question("mood", "How are you?")).await.expect(201);

    assert_eq!(app.put(put, None, question("mood", "How are you?")).await.expect(200).json(), first.json());
    app.put(put, None, question("temper", "How are you?")).await.problem(422, "INVALID_TRANSITION");
}

async fn a_survey_is_shown_as_it_was(app: App) {
    World::made_by(&app).await;
    let before = crate::as_of::now(&app).await;
    app.patch("/v1/surveys/reps", "*", json!({"title": "Other"})).await.expect(200);
    a_wave(&app, "later").await;

    let query =
        format!(r#"{{ survey(id: "reps", asOf: "{before}") {{ title waves {{ key population }} questions {{ key lowest highest }} }} }}"#);
    let then = app.graphql(&query, json!({})).await;

    let survey = &then.data()["survey"];
    assert_eq!(survey["title"], "How are the Reps?");
    assert_eq!(survey["waves"], json!([{"key": "2025-10", "population": 80}, {"key": "2026-01", "population": 80}]));
    assert_eq!(survey["questions"], json!([{"key": "recommend", "lowest": 0, "highest": 10}]));
}
