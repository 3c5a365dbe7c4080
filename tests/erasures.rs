//! Erasures: people who are to be forgotten, and what is told of it.

mod anonymous;
mod crashes;
mod doors;
mod refusals;

use std::collections::BTreeMap;

use chrono::{TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};

use crate::as_of::now;
use crate::given::{send, text};
use crate::harness::{App, Client, Response, both};

both![
    nothing_is_left_of_whom_is_erased,
    metrics_are_as_if_the_erased_had_never_been_there,
    a_receipt_tells_which_figures_moved,
    answers_to_a_question_that_is_gone_are_still_there,
    who_is_erased_is_not_taken_in_again_until_that_is_lifted,
    a_dry_run_tells_the_same_and_writes_nothing,
];

/// What tells who Zenobia is: parts of her names, accounts, ids and words.
const MARKS: [&str; 5] = ["zenobia", "quill", "zq-7781", "palmyra", "0x5e1f"];
/// The person as events name her on the forum.
const ZENOBIA: &str = "Zenobia-Quill";

/// An instant so many days ago, at noon.
pub(crate) fn ago(days: i64) -> String {
    (Utc::now() - TimeDelta::days(days)).format("%Y-%m-%dT12:00:00Z").to_string()
}

pub(crate) fn event(source: &str, activity: &str, member: Option<&str>, at: &str, more: Value) -> Value {
    let mut event = json!({"platform": "forum", "sourceId": source, "type": activity, "occurredAt": at});
    if let Some(member) = member {
        event["member"] = json!({"type": "username", "value": member});
    }
    for (name, value) in more.as_object().expect("fields are an object") {
        event[name] = value.clone();
    }
    event
}

pub(crate) async fn tell(client: &Client, events: &[Value]) -> Response {
    client.post("/v1/events/batch", json!(events)).await.expect(200)
}

/// What the others did on the forum; among it an answer to Zenobia's question, a question that she answers first, a reply
/// that she takes back, and one that was first told as hers.
fn of_others() -> Vec<Value> {
    let mut events = Vec::new();
    for name in ["ben", "cy", "dot", "eve", "fay"] {
        events.push(event(&format!("early-{name}"), "reply", Some(name), &ago(70), json!({"channel": "lounge"})));
        events.push(event(&format!("late-{name}"), "code_contribution", Some(name), &ago(40), json!({})));
    }
    events.extend([
        event("to-hers", "answer", Some("ben"), &ago(44), json!({"parent": "hers"})),
        event("bens", "question_opened", Some("ben"), &ago(44), json!({})),
        event("second", "answer", Some("cy"), &ago(42), json!({"parent": "bens"})),
        event("rash", "topic_opened", Some("dot"), &ago(41), json!({})),
        event("mistaken", "talk", Some("fay"), &ago(39), json!({})),
    ]);
    events
}

/// What Zenobia did, by both of her accounts.
fn of_hers() -> Vec<Value> {
    let said = json!({"channel": "lounge", "properties": {"url": "https://git.example.org/zenobia"}, "tags": ["priority"]});
    let rating = json!({"parent": "to-hers", "value": 9});
    let hers = |source: &str, activity: &str, days, more| event(source, activity, Some(ZENOBIA), &ago(days), more);
    let mut code = hers("palmyra-1", "code_contribution", 41, said.clone());
    (code["platform"], code["member"]["value"]) = (json!("git"), json!("0x5E1F"));
    vec![
        hers("mistaken", "talk", 39, said.clone()),
        hers("zenobia-1", "reply", 70, said),
        hers("early-hers", "visit", 100, json!({})),
        hers("hers", "question_opened", 45, json!({})),
        hers("first", "answer", 43, json!({"parent": "bens"})),
        hers("rated", "support_rated", 43, rating),
        hers("piece", "content_published", 40, json!({})),
        hers("left", "member_left", 20, json!({})),
        code,
    ]
}

/// That dot's topic is taken back, by her or by nobody in particular.
fn taking_back(by: Option<&str>) -> Value {
    event("undone", "retraction", by, &ago(40), json!({"parent": "rash"}))
}

async fn a_survey(client: &Client) {
    client.post("/v1/surveys", json!({"key": "reps", "title": "How are the Reps?"})).await.expect(201);
    let question = json!({"survey": "reps", "key": "recommend", "text": "Would you recommend it?", "kind": "NPS"});
    client.post("/v1/questions", question).await.expect(201);
    let wave = json!({"survey": "reps", "key": "2026-01", "start": "2026-01-01", "end": "2026-01-28"});
    client.post("/v1/waves", wave).await.expect(201);
    let answers: Vec<Value> = (0..6).map(|number| answer(&format!("anonymous-{number}"), 4 + number, None)).collect();
    send(client, &answers).await;
}

fn answer(source: &str, value: u64, of: Option<&str>) -> Value {
    crate::given::an_answer(source, value, of)
}

/// A community without Zenobia.
async fn a_community(client: &Client) {
    tell(client, &of_others()).await;
    tell(client, &[taking_back(None)]).await;
    a_survey(client).await;
}

/// The same, with Zenobia in it: two members who turned out to be one, a name, traits, a layer and an answer. Gives the id
/// of the member that the other is merged into, and of that other.
async fn a_community_with_zenobia(client: &Client) -> (String, String) {
    let her_own = of_hers();
    let batch = tell(client, &her_own).await;
    assert_eq!(batch["created"], json!(her_own.len()), "{batch:?}");
    tell(client, &[of_others(), vec![taking_back(Some(ZENOBIA))]].concat()).await;
    a_survey(client).await;
    send(client, &[answer("zenobia-form", 3, Some(ZENOBIA)), answer("zenobia-form", 2, Some(ZENOBIA))]).await;
    send(client, &[answer("zenobia-later", 9, Some("zenobia-QUILL"))]).await;
    let forum = the_member(client, "forum/username/zenobia-quill").await.expect("she is known on the forum");
    let git = the_member(client, "git/username/0x5e1f").await.expect("she is known where code is");
    let named = json!({"name": "Zenobia Quillfeather", "externalId": "crm-ZQ-7781"});
    client.patch(&format!("/v1/members/{forum}"), "*", named).await.expect(200);
    for said in [json!({"attribute": "ROLE", "value": "champion"}), json!({"attribute": "ORGANISATION", "value": "Quill & Sons"})] {
        client.post(&format!("/v1/members/{forum}/traits"), said).await.expect(201);
    }
    let told = json!({"attribute": "PROPERTY", "name": "city", "value": "Palmyra"});
    client.post(&format!("/v1/members/{git}/traits"), told).await.expect(201);
    client.post("/v1/layers", json!({"key": "inner", "name": "Inner circle", "position": 1})).await.expect(201);
    client.post("/v1/layer-assignments", json!({"member": forum, "layer": "inner", "from": "2026-01-01"})).await.expect(201);
    let merging = client.request(Method::POST, &format!("/v1/members/{git}/merge")).header("if-match", "*").json(&json!({"into": forum}));
    client.send(merging).await.expect(200);
    (forum, git)
}

async fn the_member(client: &Client, account: &str) -> Option<String> {
    let list = client.get(&format!("/v1/members?identity={account}")).await.expect(200);

    list["items"][0]["id"].as_str().map(str::to_owned)
}

/// `erase` or `anonymise`, whatever version the member has.
pub(crate) async fn forget(client: &Client, how: &str, member: &str) -> Response {
    client.send(client.request(Method::POST, &format!("/v1/members/{member}/{how}")).header("if-match", "*")).await
}

/// Figures by their metrics, statistics and months.
pub(crate) type Figures = BTreeMap<(String, String, String), Value>;

/// Every figure of the last twelve months that can be asked for without naming anything.
pub(crate) async fn figures(client: &Client) -> Figures {
    figures_with(client, "").await
}

/// As [`figures`], with more that is asked for, such as `&asOf=`.
async fn figures_with(client: &Client, more: &str) -> Figures {
    let definitions = client.get("/v1/metric-definitions").await.expect(200);
    let mut figures = BTreeMap::new();
    for definition in definitions["items"].as_array().expect("definitions are listed") {
        let metric = text(&definition["key"]);
        let series = client.get(&format!("/v1/metrics/{metric}?granularity=MONTH{more}")).await;
        for point in series["points"].as_array().into_iter().flatten() {
            let mut note = |statistic: &Value, figure: &Value| {
                let parts = ["value", "numerator", "denominator", "interval", "status", "reason"];
                let figure: Value =
                    parts.iter().map(|part| ((*part).to_owned(), figure[part].clone())).collect::<serde_json::Map<_, _>>().into();
                figures.insert((metric.clone(), text(statistic), text(&point["start"])), figure);
            };
            note(&series["statistic"], point);
            for further in point["statistics"].as_array().into_iter().flatten() {
                note(&further["statistic"], &further["figure"]);
            }
        }
    }
    assert!(figures.len() > 200, "most metrics are told");
    figures
}

/// That what was known at an instant is what is told now; of surveys nothing is told of then.
#[track_caller]
fn assert_known(then: &Figures, now: &Figures) {
    let of_then: Figures =
        now.iter().filter(|(key, _)| then.contains_key(*key)).map(|(key, figure)| (key.clone(), figure.clone())).collect();
    assert!(of_then.len() > 200 && *then == of_then, "{then:?} is not {of_then:?}");
}

/// That an effect tells exactly what differs between two sets of figures.
#[track_caller]
pub(crate) fn assert_moved(before: &Figures, effect: &Value, after: &Figures) {
    let mut told = before.clone();
    for metric in effect["metrics"].as_array().expect("an effect lists metrics") {
        for window in metric["windows"].as_array().expect("a metric has windows") {
            let key = (text(&metric["metric"]), text(&metric["statistic"]), text(&window["start"]));
            if window["before"].is_null() {
                assert_ne!(before[&key], after[&key], "{key:?} is said to have moved");
                told.insert(key.clone(), after[&key].clone());
            } else {
                assert_eq!(window["before"], before[&key], "before, of {key:?}");
                told.insert(key, window["after"].clone());
            }
        }
    }
    let missed: Vec<_> = after.iter().filter(|(key, figure)| told.get(key) != Some(figure)).collect();
    assert!(missed.is_empty(), "not told as they are: {missed:?}");
}

/// That no table, and on SQLite no page of the file, holds anything that tells who she is; nor does the log.
#[track_caller]
fn assert_forgotten(app: &mut App) {
    app.server.stop();
    let dump = app.server.database.dump().to_lowercase();
    let log = app.server.log().to_lowercase();
    assert!(dump.contains("lounge"), "the dump shows what is there");
    for mark in MARKS {
        for (place, text) in [("the database", &dump), ("the log", &log)] {
            let around = text.split(mark).skip(1).map(|rest| rest.chars().take(120).collect::<String>());
            let found: Vec<String> = around.collect();
            assert!(found.is_empty(), "{place} holds {mark} before {found:?}");
        }
    }
}

async fn nothing_is_left_of_whom_is_erased(mut app: App) {
    let (member, merged) = a_community_with_zenobia(&app).await;

    let receipt = forget(&app, "erase", &member).await.expect(201);

    let removed = json!({
        "members": 2, "identities": 2, "traits": 3, "layerAssignments": 1, "events": of_hers().len(), "responses": 2, "changes": 8,
    });
    assert_eq!((&receipt["removed"], &receipt["kind"]), (&removed, &json!("ERASED")));
    for id in [&member, &merged] {
        app.get(&format!("/v1/members/{id}")).await.problem(404, "NOT_FOUND");
        let history = app.get(&format!("/v1/members/{id}/history")).await.expect(200);
        let entries = history["items"].as_array().cloned().expect("a history has items");
        assert_eq!((entries.len(), &entries[0]["action"], &entries[0]["changes"]), (1, &json!("DELETED"), &json!([])));
    }
    forget(&app, "erase", &member).await.problem(404, "NOT_FOUND");
    let then = app.get(&format!("/v1/surveys/reps/responses?asOf={}", now(&app).await)).await.expect(200);
    assert_eq!(then["items"].as_array().map(Vec::len), Some(6));
    assert_forgotten(&mut app);
}

async fn metrics_are_as_if_the_erased_had_never_been_there(app: App) {
    let other = App::start(app.server.database.backend, &[]).await;
    let (member, _) = a_community_with_zenobia(&app).await;
    let then = format!("&asOf={}", now(&app).await);
    a_community(&other).await;
    assert_ne!(figures(&app).await, figures(&other).await);

    forget(&app, "erase", &member).await.expect(201);

    let health = async |app: &App| app.get("/v1/community/health").await.expect(200)["lines"].clone();
    let results = async |app: &App| app.get("/v1/surveys/reps/results").await.expect(200)["items"][0]["total"].clone();
    assert_eq!(figures(&app).await, figures(&other).await);
    assert_known(&figures_with(&app, &then).await, &figures(&other).await);
    assert_eq!(health(&app).await, health(&other).await);
    assert_eq!(results(&app).await, results(&other).await);
    app.server.database.run(&["metrics", "verify", "--all"]);
    app.server.database.run(&["metrics", "rebuild"]);
    assert_eq!(figures(&app).await, figures(&other).await);
}

async fn a_receipt_tells_which_figures_moved(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let before = figures(&app).await;

    let receipt = forget(&app, "erase", &member).await.expect(201);

    assert_moved(&before, &receipt["effect"], &figures(&app).await);
    let moved: Vec<String> =
        receipt["effect"]["metrics"].as_array().expect("metrics").iter().map(|metric| text(&metric["metric"])).collect();
    for metric in ["active_members", "contributed_content", "first_response_time", "growth_rate", "peer_support"] {
        assert!(moved.iter().any(|known| known == metric), "{metric} moved: {moved:?}");
    }
    assert_eq!(receipt["effect"]["surveys"].as_array().map(Vec::len), Some(1));
    let kept = app.get(receipt.header("location")).await.expect(200);
    assert_eq!(kept.json(), receipt.json());
    assert_eq!(app.get("/v1/erasures?kind=ERASED").await.expect(200)["items"], json!([receipt.json()]));
    assert_eq!(app.get("/v1/erasures?kind=ANONYMISED").await.expect(200)["items"], json!([]));
}

async fn answers_to_a_question_that_is_gone_are_still_there(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let gone = app.get("/v1/events?platform=forum&sourceId=hers").await.expect(200)["items"][0]["id"].clone();

    forget(&app, "erase", &member).await.expect(201);

    let answer = app.get("/v1/events?platform=forum&sourceId=to-hers").await.expect(200)["items"][0].clone();
    assert_eq!(answer["parentId"], gone);
    let query = format!("{{ event(id: {}) {{ sourceId parent {{ id }} }} }}", answer["id"]);
    assert_eq!(app.graphql(&query, json!({})).await.data()["event"], json!({"sourceId": "to-hers", "parent": null}));
    let undone = app.get("/v1/events?platform=forum&sourceId=undone").await.expect(200)["items"][0].clone();
    assert_eq!((&undone["memberId"], &undone["parentId"].is_string()), (&Value::Null, &true));
    assert!(!app.get("/v1/events?platform=forum&sourceId=rash").await.expect(200)["items"][0]["retractedAt"].is_null());
}

async fn who_is_erased_is_not_taken_in_again_until_that_is_lifted(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let receipt = forget(&app, "erase", &member).await.expect(201);
    let before = figures(&app).await;

    let again = tell(&app, &[of_hers(), of_others(), vec![taking_back(Some(ZENOBIA))]].concat()).await;
    let said = send(&app, &[answer("zenobia-new", 9, Some("ZENOBIA-quill"))]).await;

    assert_eq!((&again["created"], &again["rejected"]), (&json!(0), &json!(of_hers().len() + 1)), "{again:?}");
    let refused = |item: &Value| (item["status"].clone(), item["errors"][0]["pointer"].clone(), item["errors"][0]["code"].clone());
    let erased = |pointer: &str| (json!("REJECTED"), json!(pointer), json!("ERASED"));
    assert_eq!(refused(&again["items"][0]), erased("/member"));
    assert_eq!(refused(&said["items"][0]), erased("/member"));
    assert_eq!(figures(&app).await, before);
    let lifted = app.post(&format!("{}/lift", receipt.header("location")), Value::Null).await.expect(200);
    assert!(lifted["liftedAt"].is_string() && lifted["effect"] == receipt["effect"], "{lifted:?}");
    let back = tell(&app, &of_hers()).await;
    // What was first told as hers had been told as fay's since, and is hers again.
    assert_eq!((&back["created"], &back["updated"], &back["rejected"]), (&json!(of_hers().len() - 1), &json!(1), &json!(0)));
    assert_ne!(the_member(&app, "forum/username/zenobia-quill").await, Some(member));
}

async fn a_dry_run_tells_the_same_and_writes_nothing(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let (figures_before, watermark) = (figures(&app).await, app.get("/v1/events/watermark").await.json().clone());
    for how in ["erase", "anonymise"] {
        let tried = forget(&app, &format!("{how}?dryRun=true"), &member).await.expect(200);

        assert_eq!((&tried["dryRun"], &tried["removed"]["identities"]), (&json!(true), &json!(2)));
        app.get(&format!("/v1/erasures/{}", text(&tried["id"]))).await.problem(404, "NOT_FOUND");
    }
    assert_eq!((figures(&app).await, app.get("/v1/events/watermark").await.json()), (figures_before, &watermark));
    tell(&app, &[event("more", "visit", Some(ZENOBIA), &ago(3), json!({}))]).await;
    assert_eq!(the_member(&app, "forum/username/zenobia-quill").await, Some(member));
}
