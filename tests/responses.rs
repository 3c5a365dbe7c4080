//! Answers to surveys: sent in batches, each once, and read one by one by those alone who may.

use reqwest::Method;
use serde_json::{Value, json};

use crate::as_of::now;
use crate::given::{an_answer, send, text};
use crate::harness::{App, Client, Response, Server, both};
use crate::world::World;

both![
    sending_the_same_again_changes_nothing,
    other_content_under_the_same_id_changes_the_answer_and_keeps_what_it_said,
    a_batch_may_change_its_own_answers,
    one_bad_answer_does_not_stop_the_others,
    an_atomic_batch_takes_in_all_or_nothing,
    a_value_off_the_scale_is_refused_with_the_scale,
    lines_are_read_one_by_one,
    what_is_no_batch_is_refused,
    a_batch_has_at_most_five_thousand_answers,
    an_account_becomes_one_member,
    a_member_is_named_by_id_too,
    two_processes_sent_the_same_batch_take_it_in_once,
    a_closed_survey_takes_no_answers,
    single_answers_are_for_those_who_may_read_them,
    a_mutation_sends_the_same,
];

/// The outcome of each item.
fn outcomes(batch: &Response) -> Vec<String> {
    batch["items"].as_array().expect("a batch has items").iter().map(|item| text(&item["status"])).collect()
}

/// The pointers and codes of what was wrong with an item.
fn errors(item: &Value) -> Vec<(String, String)> {
    let errors = item["errors"].as_array().expect("an item has errors").iter();
    errors.map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

fn error(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

async fn kept(client: &Client, query: &str) -> Vec<Value> {
    let list = client.get(&format!("/v1/surveys/reps/responses{query}")).await.expect(200);
    list["items"].as_array().cloned().expect("a list has items")
}

async fn sending_the_same_again_changes_nothing(app: App) {
    World::made_by(&app).await;
    let batch = [an_answer("a", 9, Some("ada")), an_answer("b", 3, None)];
    let first = send(&app, &batch).await;
    let before = kept(&app, "").await;

    let again = send(&app, &batch).await;

    assert_eq!((outcomes(&first), outcomes(&again)), (vec!["CREATED".to_owned(); 2], vec!["UNCHANGED".to_owned(); 2]));
    assert_eq!(first["items"][0]["id"], again["items"][0]["id"]);
    assert_eq!(kept(&app, "").await, before);
}

async fn other_content_under_the_same_id_changes_the_answer_and_keeps_what_it_said(app: App) {
    World::made_by(&app).await;
    send(&app, &[an_answer("a", 9, Some("ada"))]).await;
    let instant = now(&app).await;

    let changed = send(&app, &[an_answer("a", 2, Some("ada"))]).await;

    assert_eq!(outcomes(&changed), ["UPDATED"]);
    let (then, today) = (kept(&app, &format!("?asOf={instant}")).await, kept(&app, "").await);
    assert_eq!((then.len(), &then[0]["value"], &then[0]["revision"]), (1, &json!(9), &json!(1)));
    assert_eq!((today.len(), &today[0]["value"], &today[0]["revision"]), (1, &json!(2), &json!(2)));
    assert_eq!(then[0]["memberId"], today[0]["memberId"]);
}

async fn a_batch_may_change_its_own_answers(app: App) {
    World::made_by(&app).await;

    let batch = send(&app, &[an_answer("a", 9, None), an_answer("a", 9, None), an_answer("a", 4, None)]).await;

    assert_eq!(outcomes(&batch), ["CREATED", "UNCHANGED", "UPDATED"]);
    let kept = kept(&app, "").await;
    assert_eq!((kept.len(), &kept[0]["value"]), (1, &json!(4)));
}

async fn one_bad_answer_does_not_stop_the_others(app: App) {
    World::made_by(&app).await;
    let mut batch = [an_answer("a", 9, None), an_answer("b", 9, None), an_answer("c", 9, None), an_answer("d", 9, None), json!(7)];
    batch[0]["question"] = json!("nothing");
    batch[1]["wave"] = json!("never");
    batch[1]["member"] = json!({"type": "username", "value": "ada"});
    batch[3]["submittedAt"] = json!("1979-12-31T23:59:59Z");
    batch[3]["colour"] = json!("green");

    let answer = send(&app, &batch).await;

    assert_eq!(outcomes(&answer), ["REJECTED", "REJECTED", "CREATED", "REJECTED", "REJECTED"]);
    let wrong: Vec<_> = [0, 1, 3, 4].iter().map(|place| errors(&answer["items"][place])).collect();
    assert_eq!(wrong[0], [error("/question", "NOT_FOUND")]);
    assert_eq!(wrong[1], [error("/wave", "NOT_FOUND"), error("/member/platform", "REQUIRED")]);
    assert_eq!(wrong[2], [error("/colour", "UNKNOWN_FIELD")]);
    assert_eq!(wrong[3], [error("", "MALFORMED")]);
    assert_eq!((kept(&app, "").await.len(), &answer["items"][0]["id"]), (1, &Value::Null));
}

async fn an_atomic_batch_takes_in_all_or_nothing(app: App) {
    World::made_by(&app).await;
    let batch = json!([an_answer("a", 9, None), an_answer("b", 11, None)]);

    let refused = app.post("/v1/responses/batch?atomic=true", batch).await.expect(422);

    assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/1/value"), &json!("OUT_OF_RANGE")));
    assert_eq!(kept(&app, "").await.len(), 0);
}

async fn a_value_off_the_scale_is_refused_with_the_scale(app: App) {
    World::made_by(&app).await;
    let happy = json!({"survey": "reps", "key": "happy", "text": "Are you happy?", "kind": "SATISFACTION"});
    app.post("/v1/questions", happy).await.expect(201);
    let to_happy = |source: &str, value: Value| {
        let mut answer = an_answer(source, 0, None);
        answer["question"] = json!("happy");
        answer["value"] = value;
        answer
    };

    let batch = [to_happy("a", json!(0)), to_happy("b", json!(7.5)), to_happy("c", json!(11)), to_happy("d", json!(10.0))];
    let answer = send(&app, &[batch.as_slice(), &[an_answer("e", 0, None)]].concat()).await;

    assert_eq!(outcomes(&answer), ["REJECTED", "REJECTED", "REJECTED", "CREATED", "CREATED"]);
    assert_eq!(errors(&answer["items"][0]), [error("/value", "OUT_OF_RANGE")]);
    assert!(text(&answer["items"][0]["errors"][0]["detail"]).contains("from 1 to 10"), "{answer:?}");
}

async fn lines_are_read_one_by_one(app: App) {
    World::made_by(&app).await;
    let lines = format!("{}\n\n{{\"survey\"\n{}\n", an_answer("a", 9, None), an_answer("b", 8, Some("ada")));
    let request = app.request(Method::POST, "/v1/responses/batch").header("content-type", "application/x-ndjson; charset=utf-8");

    let answer = app.send(request.body(lines)).await.expect(200);

    assert_eq!(outcomes(&answer), ["CREATED", "REJECTED", "CREATED"]);
    assert_eq!(errors(&answer["items"][1]), [error("", "MALFORMED")]);
}

async fn what_is_no_batch_is_refused(app: App) {
    app.post("/v1/responses/batch", json!({"responses": []})).await.problem(400, "MALFORMED");
    let request = |kind: &str| app.request(Method::POST, "/v1/responses/batch").header("content-type", kind);
    app.send(request("text/csv").body("a,b")).await.problem(415, "UNSUPPORTED_MEDIA_TYPE");
    app.send(request("application/json").body("[{]")).await.problem(400, "MALFORMED");
    app.send(request("application/x-ndjson").body(vec![b'x'; (5 << 20) + 1])).await.problem(413, "PAYLOAD_TOO_LARGE");
}

async fn a_batch_has_at_most_five_thousand_answers(app: App) {
    World::made_by(&app).await;
    let lines = |count: usize| "{}\n".repeat(count);
    let request = || app.request(Method::POST, "/v1/responses/batch").header("content-type", "application/x-ndjson");

    let most = app.send(request().body(lines(5_000))).await.expect(200);
    let refused = app.send(request().body(lines(5_001))).await;

    assert_eq!(errors(&most["items"][4_999]).len(), 6, "every required field is named");
    refused.problem(422, "TOO_MANY");
}

async fn an_account_becomes_one_member(app: App) {
    World::made_by(&app).await;

    send(&app, &[an_answer("a", 9, Some("Ada")), an_answer("b", 8, Some("ada")), an_answer("c", 7, Some("grace"))]).await;

    let kept = kept(&app, "").await;
    let member = |source: &str| kept.iter().find(|response| response["sourceId"] == source).map(|response| text(&response["memberId"]));
    assert_eq!(member("a"), member("b"));
    assert_ne!(member("a"), member("c"));
}

async fn a_member_is_named_by_id_too(app: App) {
    World::made_by(&app).await;
    send(&app, &[an_answer("a", 9, Some("ada"))]).await;
    let ada = kept(&app, "").await[0]["memberId"].clone();
    let of = |source: &str, member: Value| {
        let mut answer = an_answer(source, 5, None);
        answer["member"] = member;
        answer
    };

    let nobody = json!({"id": "mem_01h455vb4pex5vsknk084sn02q"});
    let batch = send(&app, &[of("b", json!({"id": ada})), of("c", nobody), of("d", json!({"id": ada, "value": "ada"}))]).await;

    assert_eq!(outcomes(&batch), ["CREATED", "REJECTED", "REJECTED"]);
    assert_eq!(errors(&batch["items"][1]), [error("/member/id", "NOT_FOUND")]);
    assert_eq!(errors(&batch["items"][2]), [error("/member/value", "NOT_APPLICABLE")]);
    assert!(kept(&app, "").await.iter().all(|response| response["memberId"] == ada));
}

async fn two_processes_sent_the_same_batch_take_it_in_once(app: App) {
    World::made_by(&app).await;
    let other = Server::start(&app.server.database, &[]).await;
    let second = Client::new(other.url(), Some(app.server.database.run(&["token", "create", "--role", "ingest", "--name", "second"])));
    let batch: Vec<Value> = (0..200).map(|number| an_answer(&format!("r{number}"), number % 11, Some(&format!("p{number}")))).collect();

    let (first, second) = tokio::join!(send(&app, &batch), send(&second, &batch));

    let count = |outcome: &str| [&first, &second].iter().flat_map(|batch| outcomes(batch)).filter(|found| found == outcome).count();
    assert_eq!((count("CREATED"), count("UNCHANGED")), (200, 200));
    let all = app.get("/v1/surveys/reps/responses?count=true&limit=200").await.expect(200);
    assert_eq!(all["page"]["total"], 200);
    let members: std::collections::BTreeSet<String> =
        all["items"].as_array().unwrap().iter().map(|response| text(&response["memberId"])).collect();
    assert_eq!(members.len(), 200);
}

async fn a_closed_survey_takes_no_answers(app: App) {
    World::made_by(&app).await;
    app.patch("/v1/surveys/reps", "*", json!({"status": "CLOSED"})).await.expect(200);

    let refused = send(&app, &[an_answer("a", 9, None)]).await;

    assert_eq!(errors(&refused["items"][0]), [error("/survey", "SURVEY_CLOSED")]);
    app.patch("/v1/surveys/reps", "*", json!({"status": "OPEN"})).await.expect(200);
    assert_eq!(outcomes(&send(&app, &[an_answer("a", 9, None)]).await), ["CREATED"]);
}

async fn single_answers_are_for_those_who_may_read_them(app: App) {
    World::made_by(&app).await;
    send(&app.as_role("ingest"), &[an_answer("a", 9, Some("ada")), an_answer("b", 3, None)]).await;

    let all = app.as_role("admin").get("/v1/surveys/reps/responses?question=recommend&wave=2026-01&sort=-submittedAt").await.expect(200);

    assert_eq!((all["items"].as_array().map(Vec::len), &all["items"][0]["author"]), (Some(2), &json!("ingest")));
    assert_eq!(kept(&app, "?wave=2025-10").await.len(), 0);
    app.get("/v1/surveys/reps/responses?wave=never").await.problem(422, "NOT_FOUND");
    for role in ["editor", "contributor", "viewer", "ingest"] {
        app.as_role(role).get("/v1/surveys/reps/responses").await.problem(403, "FORBIDDEN");
    }
}

async fn a_mutation_sends_the_same(app: App) {
    World::made_by(&app).await;
    let query = "mutation($responses: [NewResponse!]!) { submitResponses(input: {responses: $responses}) {
        batch { created unchanged updated rejected items { index status id errors { pointer code detail } } } userErrors { code path } } }";
    let batch = [an_answer("a", 9, Some("ada")), an_answer("b", 99, None)];
    app.graphql(query, json!({"responses": batch})).await.data();

    let again = app.graphql(query, json!({"responses": batch})).await;

    assert_eq!(again.data()["submitResponses"]["batch"], *send(&app, &batch).await.json());
    let many: Vec<Value> = (0..501).map(|number| an_answer(&format!("r{number}"), 9, None)).collect();
    let refused = app.graphql(query, json!({"responses": many})).await;
    assert_eq!(refused.data()["submitResponses"]["userErrors"], json!([{"code": "TOO_MANY", "path": ["input", "responses"]}]));
}
