//! Activity types: what is built in, and what a workspace adds.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Response, both};

both![
    the_catalogue_begins_with_what_is_built_in,
    what_is_built_in_is_read_like_everything_else,
    what_is_built_in_cannot_be_changed_or_deleted,
    a_key_that_is_built_in_is_taken,
    pages_lead_from_what_is_built_in_to_what_is_not,
    activity_types_are_filtered_by_class_and_origin,
    a_type_is_reclassified,
    a_workspace_has_at_most_200_types_of_its_own,
    an_activity_type_of_another_workspace_is_none_of_ours,
];

fn keys(answer: &Response) -> Vec<String> {
    answer["items"].as_array().expect("a list has items").iter().map(|item| text(&item["key"])).collect()
}

async fn a_type(app: &App, key: &str, class: &str) -> Response {
    app.post("/v1/activity-types", json!({"key": key, "name": key, "class": class})).await.expect(201)
}

async fn the_catalogue_begins_with_what_is_built_in(app: App) {
    a_type(&app, "waved", "PASSIVE").await;

    let all = app.get("/v1/activity-types?limit=200&count=true").await.expect(200);

    let keys = keys(&all);
    assert_eq!((keys.first(), keys.last()), (Some(&"visit".to_owned()), Some(&"waved".to_owned())));
    assert_eq!(all["page"]["total"], keys.len());
    assert!(keys.len() > 20, "{keys:?}");
}

async fn what_is_built_in_is_read_like_everything_else(app: App) {
    let answer = app.get("/v1/activity-types/answer").await.expect(200);

    let shown: Vec<&Value> =
        ["builtIn", "class", "knowledge", "role", "member", "parent", "value", "version"].iter().map(|field| &answer[*field]).collect();
    assert_eq!(json!(shown), json!([true, "CONTRIBUTION", "CREATED", "ANSWERS", "REQUIRED", "REQUIRED", "OPTIONAL", 1]));
    let id = text(&answer["id"]);
    assert_eq!(app.get(&format!("/v1/activity-types/{id}")).await.expect(200).json(), answer.json());
    let query = "query ($id: ID!) { node(id: $id) { id ... on ActivityType { key viewerCanEdit history { totalCount } } } }";
    let node = app.graphql(query, json!({"id": id})).await;
    let expected = json!({"id": id, "key": "answer", "viewerCanEdit": false, "history": {"totalCount": 0}});
    assert_eq!(node.data()["node"], expected);
    for named in ["answer", &id] {
        assert_eq!(app.get(&format!("/v1/activity-types/{named}/history")).await.expect(200)["items"], json!([]));
    }
    assert_eq!(app.elsewhere().get("/v1/activity-types/answer").await.expect(200)["id"], id);
}

async fn what_is_built_in_cannot_be_changed_or_deleted(app: App) {
    app.patch("/v1/activity-types/answer", "\"1\"", json!({"class": "PASSIVE"})).await.problem(422, "NOT_APPLICABLE");
    app.delete("/v1/activity-types/answer", "*").await.problem(422, "NOT_APPLICABLE");

    let query = "mutation { deleteActivityType(input: {id: \"answer\", version: 1}) { activityType { id } userErrors { code message } } }";
    let payload = app.graphql(query, json!({})).await.data()["deleteActivityType"].clone();
    assert_eq!((&payload["activityType"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!("NOT_APPLICABLE")));
    assert!(text(&payload["userErrors"][0]["message"]).contains("built in"), "{payload}");
}

async fn a_key_that_is_built_in_is_taken(app: App) {
    let problem = app.post("/v1/activity-types", json!({"key": "answer", "name": "", "class": "PASSIVE"})).await.expect(422);

    let expected = [("/key", "ALREADY_EXISTS"), ("/name", "REQUIRED")];
    assert_eq!(refused(&problem), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    a_type(&app, "waved", "PASSIVE").await;
    let again = json!({"key": "waved", "name": "Waved", "class": "PASSIVE"});
    app.post("/v1/activity-types", again).await.problem(409, "ALREADY_EXISTS");
}

async fn pages_lead_from_what_is_built_in_to_what_is_not(app: App) {
    for key in ["a", "b", "c"] {
        a_type(&app, key, "PASSIVE").await;
    }
    for sort in ["createdAt", "-createdAt", "updatedAt", "name", "-name"] {
        let all = keys(&app.get(&format!("/v1/activity-types?limit=200&sort={sort}")).await.expect(200));
        let mut seen = Vec::new();
        let mut path = format!("/v1/activity-types?sort={sort}&limit=7");
        while !path.is_empty() {
            let page = app.get(&path).await.expect(200);
            seen.extend(keys(&page));
            let next = page["page"]["next"].as_str();
            path = next.map_or_else(String::new, |cursor| format!("/v1/activity-types?sort={sort}&limit=7&cursor={cursor}"));
        }

        assert_eq!(seen, all, "{sort}");
    }
    let lines = app.get("/v1/activity-types?format=csv&fields=key").await.expect(200);
    assert_eq!(lines.text.lines().skip(1).last(), Some("c"));
}

async fn activity_types_are_filtered_by_class_and_origin(app: App) {
    a_type(&app, "keynote", "LEADERSHIP").await;

    let own = app.get("/v1/activity-types?builtIn=false").await.expect(200);
    let leading = app.get("/v1/activity-types?class=LEADERSHIP&sort=-createdAt").await.expect(200);
    let since = app.get("/v1/activity-types?updatedSince=2000-01-01T00:00:00Z").await.expect(200);

    assert_eq!((keys(&own), keys(&since)), (vec!["keynote".to_owned()], vec!["keynote".to_owned()]));
    assert_eq!(keys(&leading), ["keynote", "talk", "mentoring_session", "moderation", "event_organised"]);
}

async fn a_type_is_reclassified(app: App) {
    let made = a_type(&app, "waved", "PASSIVE").await;

    let changes = json!({"class": "PARTICIPATION", "knowledge": "SHARED"});
    let changed = app.patch("/v1/activity-types/waved", made.etag(), changes).await.expect(200);
    app.patch("/v1/activity-types/waved", changed.etag(), json!({"knowledge": null})).await.expect(200);

    assert_eq!((&changed["class"], &changed["knowledge"], &changed["version"]), (&json!("PARTICIPATION"), &json!("SHARED"), &json!(2)));
    let history = app.get("/v1/activity-types/waved/history").await.expect(200);
    assert_eq!(history["items"][2]["changes"], json!([{"field": "knowledge", "before": "SHARED", "after": null}]));
    app.delete("/v1/activity-types/waved", "\"3\"").await.expect(204);
    app.get("/v1/activity-types/waved").await.problem(404, "NOT_FOUND");
}

async fn a_workspace_has_at_most_200_types_of_its_own(app: App) {
    for number in 0..200 {
        a_type(&app, &format!("t{number}"), "PASSIVE").await;
    }

    app.post("/v1/activity-types", json!({"key": "one-more", "name": "One more", "class": "PASSIVE"})).await.problem(422, "TOO_MANY");

    let all = app.get("/v1/activity-types?format=ndjson").await.expect(200);
    assert!(all.text.lines().count() > 220, "{}", all.text.lines().count());
    app.delete("/v1/activity-types/t7", "*").await.expect(204);
    a_type(&app, "one-more", "PASSIVE").await;
}

async fn an_activity_type_of_another_workspace_is_none_of_ours(app: App) {
    a_type(&app, "waved", "PASSIVE").await;
    let stranger = app.elsewhere();

    let theirs = stranger.get("/v1/activity-types?builtIn=false").await.expect(200);

    assert_eq!(theirs["items"], json!([]));
    stranger.post("/v1/activity-types", json!({"key": "waved", "name": "Waved", "class": "PASSIVE"})).await.expect(201);
}
