//! Programmes: who takes part in an initiative, who comes to its end, what it is worth to them, and all of it as evidence.

mod evidence;

use serde_json::{Value, json};

use crate::as_of::now;
use crate::given::{a_quarter, refused, text};
use crate::harness::{App, Client, both};
use crate::statements::cost;

both![
    a_programme_is_counted_by_hand,
    a_programme_is_the_same_at_both_doors,
    programmes_are_those_of_their_categories,
    ratings_of_few_people_are_not_shown,
    a_rating_names_its_programme_and_is_a_whole_number,
    a_window_of_a_programme_that_is_none_is_refused,
    many_programmes_cost_as_many_statements_as_one,
    a_key_result_is_driven_by_completions,
];

/// The path of a new initiative.
async fn an_initiative(client: &Client, external_id: &str, category: &str) -> String {
    let body = json!({"title": external_id, "team": "devrel", "category": category, "externalId": external_id});

    format!("/v1/initiatives/{}", text(&client.post("/v1/initiatives", body).await.expect(201)["id"]))
}

fn event(source: &str, activity: &str, member: &str, initiative: &str, value: Option<u8>) -> Value {
    let member = json!({"type": "username", "value": member});
    let mut event = json!({
        "platform": "forum", "sourceId": source, "type": activity, "member": member, "initiative": initiative,
        "occurredAt": "2026-03-10T08:00:00Z",
    });
    if let Some(value) = value {
        event["value"] = json!(value);
    }
    event
}

async fn tell(client: &Client, events: Vec<Value>) {
    let answer = client.post("/v1/events/batch", json!(events)).await.expect(200);
    assert_eq!(answer["rejected"], json!(0), "{answer:?}");
}

/// Eight join the mentors, one of them of the staff; three complete, and six rate it, one of them twice. A second initiative is a
/// product, which is no programme.
async fn mentors(client: &Client) -> String {
    a_quarter(client).await;
    let mentors = an_initiative(client, "mentors", "MENTORSHIP").await;
    an_initiative(client, "product", "PRODUCT").await;
    let people = ["ada", "ben", "cy", "dot", "eve", "fay", "gus"];
    let mut events: Vec<Value> = people.iter().map(|who| event(&format!("joined-{who}"), "program_joined", who, "mentors", None)).collect();
    let mut staff = event("joined-sam", "program_joined", "sam", "mentors", None);
    staff["memberKind"] = json!("STAFF");
    events.push(staff);
    events.extend(["ada", "ben", "cy"].map(|who| event(&format!("completed-{who}"), "program_completed", who, "mentors", None)));
    let ratings = [("ada", 10), ("ben", 9), ("cy", 8), ("dot", 7), ("eve", 8), ("fay", 1)];
    events.extend(ratings.map(|(who, value)| event(&format!("rated-{who}"), "program_rated", who, "mentors", Some(value))));
    let mut again = event("rated-fay-again", "program_rated", "fay", "mentors", Some(6));
    again["occurredAt"] = json!("2026-03-11T08:00:00Z");
    events.push(again);
    events.push(event("visit", "visit", "hal", "product", None));
    tell(client, events).await;

    mentors
}

/// A value with its numerator and denominator.
fn made_of(figure: &Value) -> [Value; 3] {
    ["value", "numerator", "denominator"].map(|name| figure[name].clone())
}

async fn a_programme_is_counted_by_hand(app: App) {
    let mentors = mentors(&app).await;

    let program = app.get(&format!("{mentors}/program?from=2026-03-01&to=2026-04-01")).await.expect(200);

    assert_eq!((&program["participants"]["value"], &program["completions"]["value"]), (&json!(7), &json!(3)));
    assert_eq!(made_of(&program["completionRate"]), [json!(42.86), json!(3), json!(7)]);
    assert_eq!(made_of(&program["satisfaction"]), [json!(66.67), json!(4), json!(6)]);
    assert_eq!(made_of(&program["meanRating"]), [json!(8), json!(48), json!(6)]);
    assert_eq!((&program["satisfaction"]["status"], &program["isPartial"]), (&json!("LOW_N"), &json!(false)));
    let february = app.get(&format!("{mentors}/program?from=2026-02-01&to=2026-03-01")).await.expect(200);
    assert_eq!((&february["participants"]["value"], &february["completionRate"]["reason"]), (&json!(0), &json!("ZERO_DENOMINATOR")));
    assert_eq!(february["satisfaction"]["reason"], "NO_ANSWERS");
    app.get("/v1/initiatives/ini_00000000000000000000000000/program").await.problem(404, "NOT_FOUND");
    app.elsewhere().get(&format!("{mentors}/program")).await.problem(404, "NOT_FOUND");
}

async fn a_programme_is_the_same_at_both_doors(app: App) {
    let mentors = mentors(&app).await;
    let then = now(&app).await;
    tell(&app, vec![event("joined-ida", "program_joined", "ida", "mentors", None)]).await;

    let query = "query ($then: DateTime) { initiatives(filter: {asOf: $then}, first: 5) { nodes { id
        program(from: \"2026-03-01\", to: \"2026-04-01\") {
            initiativeId start end isPartial timeZone asOf watermark
            participants { value } completions { value } completionRate { value } satisfaction { value status } meanRating { value }
        } } } }";
    for as_of in [None, Some(&then)] {
        let graph = app.graphql(query, json!({"then": as_of})).await;
        let nodes = graph.data()["initiatives"]["nodes"].as_array().expect("nodes").clone();
        assert_eq!(nodes.len(), 2);
        for node in nodes {
            let query = as_of.map_or_else(String::new, |then| format!("&asOf={then}"));
            let path = format!("/v1/initiatives/{}/program?from=2026-03-01&to=2026-04-01{query}", text(&node["id"]));
            let rest = app.get(&path).await.expect(200);
            for (name, value) in node["program"].as_object().expect("an object") {
                match value.as_object() {
                    Some(figure) => figure.iter().for_each(|(field, value)| assert_eq!(rest[name][field], *value, "{name}.{field}")),
                    None if name == "asOf" && as_of.is_none() => {}
                    None => assert_eq!(rest[name], *value, "{name}"),
                }
            }
        }
    }
    let of = async |query: &str| app.get(&format!("{mentors}/program?from=2026-03-01&to=2026-04-01{query}")).await.expect(200);
    assert_eq!((&of("").await["participants"]["value"], &of("").await["watermark"].is_u64()), (&json!(8), &true));
    let past = of(&format!("&asOf={then}")).await;
    assert_eq!((&past["participants"]["value"], &past["watermark"]), (&json!(7), &Value::Null));
}

async fn programmes_are_those_of_their_categories(app: App) {
    mentors(&app).await;
    an_initiative(&app, "welcome", "ONBOARDING").await;
    tell(&app, vec![event("w1", "visit", "ada", "welcome", None), event("w2", "visit", "hal", "welcome", None)]).await;

    let participants = async |more: &str| {
        let series = app.get(&format!("/v1/metrics/program_participants?from=2026-03-01&to=2026-04-01{more}")).await.expect(200);
        series["points"][0]["value"].clone()
    };
    assert_eq!(participants("").await, 8, "of any programme, each once");
    assert_eq!(participants("&category=ONBOARDING").await, 2);
    assert_eq!(participants("&category=PRODUCT").await, 1, "what is named counts");
    assert_eq!(participants("&initiative=product").await, 1);
    assert_eq!(participants("&initiative=welcome&category=MENTORSHIP").await, 0);
    assert_eq!(participants("&platform=forum&includeStaff=true").await, 9);
    let completions = app.get("/v1/metrics/program_completions?from=2026-03-01&to=2026-04-01&statistic=COMPLETION_RATE").await.expect(200);
    assert_eq!(made_of(&completions["points"][0]), [json!(37.5), json!(3), json!(8)]);
    assert_eq!(completions["points"][0]["parts"], json!([{"part": "PARTICIPANTS", "value": 8}]));
    let refusal = app.get("/v1/metrics/active_members?category=ONBOARDING").await.problem(422, "NOT_APPLICABLE");
    assert_eq!(refusal["errors"][0]["parameter"], "category");
    let definition = app.get("/v1/metric-definitions/program_satisfaction").await.expect(200);
    assert_eq!((&definition["family"], &definition["segments"][7]), (&json!("PROGRAMS"), &json!("CATEGORY")));
}

async fn ratings_of_few_people_are_not_shown(app: App) {
    a_quarter(&app).await;
    for initiative in ["one", "other"] {
        an_initiative(&app, initiative, "LEARNING").await;
        let rate = |who: &str| event(&format!("{initiative}-{who}"), "program_rated", who, initiative, Some(10));
        tell(&app, ["ada", "ben", "cy"].map(rate).to_vec()).await;
    }

    let satisfaction = async |more: &str| {
        let series = app.get(&format!("/v1/metrics/program_satisfaction?from=2026-03-01&to=2026-04-01{more}")).await.expect(200);
        let point = series["points"][0].clone();
        json!([point["value"], point["numerator"], point["status"], point["reason"]])
    };
    assert_eq!(satisfaction("").await, json!([null, null, "SUPPRESSED", "FEW_PEOPLE"]), "six ratings of three people");
    assert_eq!(satisfaction("&initiative=one").await, json!([null, null, "SUPPRESSED", "FEW_ANSWERS"]));
    let more = ["dot", "eve"].map(|who| event(&format!("one-{who}"), "program_rated", who, "one", Some(2)));
    tell(&app, more.to_vec()).await;
    assert_eq!(satisfaction("&initiative=one").await, json!([60, 3, "LOW_N", "FEW_ANSWERS"]));
    // Nobody known: somebody all the same.
    let mut nameless = event("one-nobody", "program_rated", "nobody", "one", Some(9));
    nameless.as_object_mut().expect("an object").remove("member");
    tell(&app, vec![nameless]).await;
    assert_eq!(satisfaction("&initiative=one").await, json!([66.67, 4, "LOW_N", "FEW_ANSWERS"]));
    assert_eq!(satisfaction("&initiative=one&organisation=Acme").await, json!([null, null, "NO_DATA", "NO_ANSWERS"]));
}

async fn a_rating_names_its_programme_and_is_a_whole_number(app: App) {
    mentors(&app).await;
    let mut lost = event("r", "program_rated", "ada", "mentors", Some(11));
    lost.as_object_mut().expect("an object").remove("initiative");
    let mut half = event("h", "program_rated", "ada", "mentors", None);
    half["value"] = json!(7.5);

    let refusal = app.post("/v1/events", lost).await.expect(422);
    assert_eq!(refused(&refusal), [("/value", "OUT_OF_RANGE"), ("/initiative", "REQUIRED")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    app.post("/v1/events", half).await.problem(422, "OUT_OF_RANGE");
    app.post("/v1/events", event("v", "program_rated", "ada", "mentors", None)).await.problem(422, "REQUIRED");
}

async fn a_window_of_a_programme_that_is_none_is_refused(app: App) {
    let mentors = mentors(&app).await;

    let backwards = app.get(&format!("{mentors}/program?from=2026-03-01&to=2026-03-01")).await.problem(422, "WRONG_ORDER");
    assert_eq!(backwards["errors"][0]["parameter"], "to");
    app.get(&format!("{mentors}/program?since=2026-03-01")).await.problem(400, "UNKNOWN_FIELD");
    let usual = app.get(&format!("{mentors}/program?to=2026-03-29")).await.expect(200);
    assert_eq!((&usual["start"], &usual["end"]), (&json!("2026-03-01"), &json!("2026-03-29")));
}

async fn many_programmes_cost_as_many_statements_as_one(app: App) {
    a_quarter(&app).await;
    let query = "{ initiatives(first: 50) { nodes { program(from: \"2026-03-01\") { participants { value } } } } }";
    let add = async |number: usize| {
        let name = format!("number-{number}");
        an_initiative(&app, &name, "EVENT").await;
        tell(
            &app,
            vec![event(&name, "event_attended", "ada", &name, None), event(&format!("r{name}"), "program_rated", "ben", &name, Some(4))],
        )
        .await;
    };
    add(0).await;
    let (_, one) = cost(&app, query).await;
    for number in 1..12 {
        add(number).await;
    }

    assert_eq!(cost(&app, query).await.1, one);
}

async fn a_key_result_is_driven_by_completions(app: App) {
    mentors(&app).await;
    let cycle = json!({"key": "2026-Q1", "start": "2026-01-01", "end": "2026-03-31", "status": "ACTIVE"});
    app.post("/v1/cycles", cycle).await.expect(201);
    let objective = json!({"title": "Mentors stay", "team": "devrel", "cycle": "2026-Q1", "status": "PUBLISHED"});
    let objective = app.post("/v1/objectives", objective).await.expect(201);
    let measured = json!({
        "objective": objective["address"], "title": "Completions", "start": "2026-01-01", "due": "2026-03-31",
        "kind": "REACH", "unit": "COUNT", "baseline": 0, "target": 6,
    });
    let key_result = app.post("/v1/key-results", measured).await.expect(201);

    let path = format!("/v1/key-results/{}", text(&key_result["address"]));
    let bound = json!({"metric": "program_completions", "category": "MENTORSHIP"});
    let bound = app.put(&format!("{path}/binding"), None, bound).await.expect(201);

    assert_eq!((&bound["category"], &bound["lastWhole"]["value"]), (&json!("MENTORSHIP"), &json!(3)), "{bound:?}");
    assert_eq!(app.get(&format!("{path}/score")).await.expect(200)["value"], json!(0.5));
}
