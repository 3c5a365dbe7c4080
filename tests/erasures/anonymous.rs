//! Members who are anonymised: what they did stays, and nobody knows who did it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;

both![
    what_the_anonymised_did_keeps_counting,
    nothing_leads_to_whom_is_anonymised,
    an_anonymised_person_keeps_roles_and_layers_and_has_another_id,
    of_the_answers_of_the_anonymised_those_that_count_stay,
];

async fn what_the_anonymised_did_keeps_counting(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let before = figures(&app).await;
    let layer = "/v1/metrics/active_members?granularity=MONTH&layer=inner";
    let in_layer = app.get(layer).await.expect(200)["points"].clone();
    let then = format!("&asOf={}", now(&app).await);

    let receipt = forget(&app, "anonymise", &member).await.expect(201);

    assert_eq!((&receipt["kind"], &receipt["effect"]), (&json!("ANONYMISED"), &json!({"metrics": [], "surveys": []})));
    assert_eq!(figures(&app).await, before);
    assert_known(&figures_with(&app, &then).await, &before);
    assert_eq!(app.get(layer).await.expect(200)["points"], in_layer);
    app.server.database.run(&["metrics", "verify", "--all"]);
    app.server.database.run(&["metrics", "rebuild"]);
    assert_eq!(figures(&app).await, before);
    let again = tell(&app, &of_hers()).await;
    assert_eq!(again["rejected"], json!(of_hers().len()));
}

async fn nothing_leads_to_whom_is_anonymised(mut app: App) {
    let (member, merged) = a_community_with_zenobia(&app).await;

    let receipt = forget(&app, "anonymise", &member).await.expect(201);

    assert_eq!((&receipt["removed"]["members"], &receipt["removed"]["identities"]), (&json!(2), &json!(2)));
    for id in [&member, &merged] {
        app.get(&format!("/v1/members/{id}")).await.problem(404, "NOT_FOUND");
    }
    assert_forgotten(&mut app);
}

async fn an_anonymised_person_keeps_roles_and_layers_and_has_another_id(app: App) {
    let (member, merged) = a_community_with_zenobia(&app).await;

    forget(&app, "anonymise", &member).await.expect(201);

    let query = "{ members(filter: {role: \"champion\"}) { nodes { id name externalId identities { id } mergedFrom { id name traits { value } }
        traits { attribute value member { id } history(first: 9) { nodes { action } } } history(first: 9) { nodes { action changes { field } } } } } }";
    let answer = app.graphql(query, json!({})).await;
    let found = &answer.data()["members"]["nodes"];
    let anonymous = &found[0];
    let id = text(&anonymous["id"]);
    assert!(found.as_array().map(Vec::len) == Some(1) && ![&member, &merged].contains(&&id), "{answer:?}");
    assert_eq!((&anonymous["name"], &anonymous["externalId"], &anonymous["identities"]), (&Value::Null, &Value::Null, &json!([])));
    assert_eq!((anonymous["mergedFrom"].as_array().map(Vec::len), &anonymous["mergedFrom"][0]["traits"]), (Some(1), &json!([])));
    let traits = anonymous["traits"].as_array().cloned().expect("traits");
    assert_eq!(traits.len(), 1);
    assert_eq!((&traits[0]["value"], &traits[0]["member"]["id"]), (&json!("champion"), &json!(id)));
    assert_eq!(traits[0]["history"]["nodes"], json!([{"action": "CREATED"}]));
    let changes = anonymous["history"]["nodes"].as_array().cloned().expect("a history");
    let fields: BTreeSet<String> = changes
        .iter()
        .flat_map(|change| change["changes"].as_array().cloned().unwrap_or_default())
        .map(|field| text(&field["field"]))
        .collect();
    assert_eq!(fields, BTreeSet::from(["kind".to_owned()]));
    let layers = app.get("/v1/layer-assignments?layer=inner").await.expect(200);
    assert_eq!(layers["items"][0]["memberId"], json!(id));
    let events = app.get(&format!("/v1/events?member={id}")).await.expect(200);
    let events = events["items"].as_array().cloned().expect("events");
    assert!(events.len() > 5 && events.iter().all(|event| event["properties"] == json!({})), "{events:?}");
}

async fn of_the_answers_of_the_anonymised_those_that_count_stay(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let results = async || app.get("/v1/surveys/reps/results").await.expect(200)["items"].clone();
    let before = results().await;

    forget(&app, "anonymise", &member).await.expect(201);

    assert_eq!(results().await, before);
    let answers = app.get("/v1/surveys/reps/responses").await.expect(200);
    let answers = answers["items"].as_array().cloned().expect("answers");
    assert!(answers.len() == 7 && answers.iter().all(|answer| answer["memberId"].is_null()), "{answers:?}");
}
