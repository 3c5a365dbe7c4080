//! Metrics as evidence of what an initiative contributes.

use serde_json::{Value, json};

use super::{an_initiative, event, tell};
use crate::as_of::now;
use crate::given::{a_quarter, refused, text};
use crate::harness::{App, Client, both};
use crate::statements::cost;

both![
    a_metric_is_evidence_of_its_initiative,
    a_metric_that_is_evidence_is_the_same_at_both_doors,
    evidence_is_of_the_past_too,
    what_cannot_be_asked_is_refused_under_its_field,
    a_figure_that_cannot_be_told_says_why,
    many_links_cost_as_many_statements_as_one,
];

const KEY_RESULT: &str = "2020-Q1.devrel.O1-KR1";

/// Something that somebody did an hour, and a few days, ago.
async fn lately(client: &Client, source: &str, member: &str, initiative: &str) {
    let known = client.post("/v1/events", event(&format!("{source}-seen"), "visit", member, initiative, None)).await.expect(201);
    let now: chrono::DateTime<chrono::Utc> = text(&known["recordedAt"]).parse().expect("an instant");
    let mut event = event(source, "program_joined", member, initiative, None);
    event["occurredAt"] = json!(now - chrono::TimeDelta::days(3));
    tell(client, vec![event]).await;
}

async fn a_metric_is_evidence_of_its_initiative(app: App) {
    a_quarter(&app).await;
    let (mentors, other) = (an_initiative(&app, "mentors", "MENTORSHIP").await, an_initiative(&app, "other", "LEARNING").await);
    lately(&app, "1", "ada", "mentors").await;
    lately(&app, "2", "ben", "mentors").await;
    lately(&app, "3", "cy", "other").await;

    let of = json!({"evidence": "they stay", "evidenceMetric": {"metric": "program_participants", "platform": "forum"}});
    let link = app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, of).await.expect(200);
    let wider = json!({"evidenceMetric": {"metric": "program_participants", "category": "LEARNING"}});
    let wider = app.put(&format!("{other}/contributions/{KEY_RESULT}"), None, wider).await.expect(200);

    let evidence = &link["evidenceMetric"];
    assert_eq!((&evidence["figure"]["value"], &evidence["problem"], &link["evidence"]), (&json!(2), &Value::Null, &json!("they stay")));
    assert_eq!(evidence["initiative"], mentors.strip_prefix("/v1/initiatives/").expect("a path"));
    assert!(text(&evidence["platform"]).starts_with("plf_"), "{evidence}");
    assert_eq!((&wider["evidenceMetric"]["figure"]["value"], &wider["evidenceMetric"]["initiative"]), (&json!(1), &Value::Null));
    lately(&app, "4", "dot", "mentors").await;
    let list = app.get(&format!("{mentors}/contributions")).await.expect(200);
    assert_eq!(list["items"][0]["evidenceMetric"]["figure"]["value"], 3);
    let without = app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, json!({"evidence": "they stay"})).await.expect(200);
    assert_eq!(without["evidenceMetric"], Value::Null);
}

async fn a_metric_that_is_evidence_is_the_same_at_both_doors(app: App) {
    a_quarter(&app).await;
    let mentors = an_initiative(&app, "mentors", "MENTORSHIP").await;
    lately(&app, "1", "ada", "mentors").await;
    let id = mentors.strip_prefix("/v1/initiatives/").expect("a path");

    let mutation = "mutation ($input: LinkInitiativeInput!) { linkInitiative(input: $input) { userErrors { message path }
        contribution { evidenceMetric { metric statistic initiative start end problem includeStaff figure { value numerator } } } } }";
    let metric = json!({"metric": "program_completions", "statistic": "COMPLETION_RATE", "includeStaff": true});
    let input = json!({"initiative": id, "keyResult": KEY_RESULT, "evidenceMetric": metric});
    let made = app.graphql(mutation, json!({"input": input})).await.data()["linkInitiative"].clone();

    assert_eq!(made["userErrors"], json!([]));
    let graph = &made["contribution"]["evidenceMetric"];
    let list = app.get(&format!("{mentors}/contributions")).await.expect(200);
    let rest = &list["items"][0]["evidenceMetric"];
    for field in ["metric", "statistic", "initiative", "start", "end", "problem", "includeStaff"] {
        assert_eq!(graph[field], rest[field], "{field}");
    }
    assert_eq!(graph["figure"], json!({"value": rest["figure"]["value"], "numerator": rest["figure"]["numerator"]}));
    assert_eq!((&graph["figure"]["value"], &graph["statistic"]), (&json!(0), &json!("COMPLETION_RATE")));
    let broken = json!({"initiative": id, "keyResult": KEY_RESULT, "evidenceMetric": {"metric": "nonsense"}});
    let refusal = app.graphql(mutation, json!({"input": broken})).await.data()["linkInitiative"].clone();
    assert_eq!(refusal["userErrors"][0]["path"], json!(["input", "evidenceMetric", "metric"]));
}

async fn evidence_is_of_the_past_too(app: App) {
    a_quarter(&app).await;
    let mentors = an_initiative(&app, "mentors", "MENTORSHIP").await;
    lately(&app, "1", "ada", "mentors").await;
    let of = json!({"evidenceMetric": {"metric": "active_members"}});
    app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, of).await.expect(200);
    let then = now(&app).await;
    lately(&app, "2", "ben", "mentors").await;
    app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, json!({"evidenceMetric": {"metric": "lifecycle"}})).await.expect(200);

    let now = app.get(&format!("{mentors}/contributions")).await.expect(200)["items"][0]["evidenceMetric"].clone();
    let past = app.get(&format!("{mentors}/contributions?asOf={then}")).await.expect(200)["items"][0]["evidenceMetric"].clone();

    assert_eq!((&now["metric"], &now["figure"]["value"]), (&json!("lifecycle"), &json!(2)));
    assert_eq!((&past["metric"], &past["figure"]["value"]), (&json!("active_members"), &json!(1)));
}

async fn what_cannot_be_asked_is_refused_under_its_field(app: App) {
    a_quarter(&app).await;
    let mentors = an_initiative(&app, "mentors", "MENTORSHIP").await;
    let link = async |metric: Value| {
        app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, json!({"evidenceMetric": metric})).await.expect(422)
    };

    let unknown = link(json!({"metric": "nonsense"})).await;
    let several = link(json!({"metric": "growth_rate", "platform": "nowhere", "statistic": "P90"})).await;

    assert_eq!(refused(&unknown), [("/evidenceMetric/metric".to_owned(), "NOT_FOUND".to_owned())]);
    let surveyed = link(json!({"metric": "nps"})).await;
    assert_eq!(refused(&surveyed), [("/evidenceMetric/metric".to_owned(), "NOT_APPLICABLE".to_owned())]);
    let fields: Vec<String> = refused(&several).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["/evidenceMetric/statistic", "/evidenceMetric/platform", "/evidenceMetric/platform"]);
    assert_eq!(app.get(&format!("{mentors}/contributions")).await.expect(200)["items"], json!([]));
    let strange = json!({"evidenceMetric": {"metric": "lifecycle", "from": "2026-01-01"}});
    app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, strange).await.problem(400, "UNKNOWN_FIELD");
    let viewer = app.as_role("viewer");
    let of = json!({"evidenceMetric": {"metric": "lifecycle"}});
    viewer.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, of).await.problem(403, "FORBIDDEN");
}

async fn a_figure_that_cannot_be_told_says_why(app: App) {
    a_quarter(&app).await;
    let mentors = an_initiative(&app, "mentors", "MENTORSHIP").await;
    app.post("/v1/layers", json!({"key": "core", "name": "Core", "position": 1})).await.expect(201);
    let of = json!({"evidenceMetric": {"metric": "active_members", "layer": "core"}});
    app.put(&format!("{mentors}/contributions/{KEY_RESULT}"), None, of).await.expect(200);
    app.delete("/v1/layers/core", "*").await.expect(204);

    let list = app.get(&format!("{mentors}/contributions")).await.expect(200);

    let evidence = &list["items"][0]["evidenceMetric"];
    assert_eq!(evidence["figure"], Value::Null);
    assert!(text(&evidence["problem"]).contains(&text(&evidence["layer"])), "{evidence}");
}

async fn many_links_cost_as_many_statements_as_one(app: App) {
    a_quarter(&app).await;
    let add = async |number: usize, metric: &str| {
        let name = format!("number-{number}");
        let initiative = an_initiative(&app, &name, "EVENT").await;
        lately(&app, &name, "ada", &name).await;
        let of = json!({"evidenceMetric": {"metric": metric}});
        app.put(&format!("{initiative}/contributions/{KEY_RESULT}"), None, of).await.expect(200);
    };
    let query = "{ initiatives(first: 50) { nodes { contributions { evidenceMetric { problem figure { value } } } } } }";
    for (number, metric) in ["program_satisfaction", "program_participants", "contributed_content"].into_iter().enumerate() {
        add(number, metric).await;
    }
    let (_, three) = cost(&app, query).await;
    for number in 3..12 {
        let metric = ["program_completions", "active_members", "program_satisfaction", "contributed_content"][number % 4];
        add(number, metric).await;
    }

    let (data, twelve) = cost(&app, query).await;
    assert_eq!(twelve, three);
    let told = &data["initiatives"]["nodes"][11]["contributions"][0]["evidenceMetric"];
    assert_eq!((&told["problem"], told["figure"].is_object()), (&Value::Null, true));
}
