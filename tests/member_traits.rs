//! Traits: what is true of a member for a time, without contradiction.

use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, Response, both};
use crate::members::a_member;

both![
    a_trait_is_added_ended_and_deleted,
    traits_that_contradict_each_other_share_no_day,
    a_change_does_not_contradict_another_trait,
    a_trait_is_what_its_attribute_allows,
    of_two_traits_that_contradict_each_other_at_once_one_is_kept,
    a_member_has_at_most_two_hundred_traits,
];

async fn say(client: &Client, member: &str, said: Value) -> Response {
    client.post(&format!("/v1/members/{member}/traits"), said).await
}

async fn a_trait_is_added_ended_and_deleted(app: App) {
    let ada = a_member(&app, "Ada").await;
    let added = say(&app, &ada, json!({"attribute": "ROLE", "value": "champion", "from": "2026-01-01"})).await.expect(201);
    let place = added.header("location").to_owned();

    let ended = app.patch(&place, added.etag(), json!({"until": "2026-03-01"})).await.expect(200);
    app.delete(&place, ended.etag()).await.expect(204);

    assert_eq!((&ended["from"], &ended["until"], &ended["version"]), (&json!("2026-01-01"), &json!("2026-03-01"), &json!(2)));
    assert_eq!(app.get(&format!("/v1/members/{ada}/traits")).await.expect(200)["items"], json!([]));
    let history = app.get(&format!("{place}/history")).await.expect(200);
    assert_eq!(history["items"][1]["changes"], json!([{"field": "until", "before": null, "after": "2026-03-01"}]));
    assert_eq!(history["items"][2]["action"], "DELETED");
}

async fn traits_that_contradict_each_other_share_no_day(app: App) {
    let ada = a_member(&app, "Ada").await;
    let acme = json!({"attribute": "ORGANISATION", "value": "Acme", "from": "2026-01-01", "until": "2026-02-01"});
    let added = say(&app, &ada, acme).await.expect(201);

    let early = json!({"attribute": "ORGANISATION", "value": "Initech", "until": "2026-01-02"});
    let early = say(&app, &ada, early).await.problem(409, "ALREADY_EXISTS");
    let within = json!({"attribute": "ORGANISATION", "value": "Initech", "from": "2026-01-31"});
    let within = say(&app, &ada, within).await.problem(409, "ALREADY_EXISTS");

    assert_eq!((refused(&early)[0].0.as_str(), refused(&within)[0].0.as_str()), ("/until", "/from"));
    assert!(text(&early["detail"]).contains(&text(&added["id"])), "{early:?}");
    say(&app, &ada, json!({"attribute": "ORGANISATION", "value": "Initech", "from": "2026-02-01"})).await.expect(201);
    say(&app, &ada, json!({"attribute": "ROLE", "value": "champion"})).await.expect(201);
    say(&app, &ada, json!({"attribute": "ROLE", "value": "moderator"})).await.expect(201);
    say(&app, &ada, json!({"attribute": "ROLE", "value": "champion", "from": "2026-01-01"})).await.problem(409, "ALREADY_EXISTS");
}

async fn a_change_does_not_contradict_another_trait(app: App) {
    let ada = a_member(&app, "Ada").await;
    say(&app, &ada, json!({"attribute": "KIND", "value": "STAFF", "until": "2026-01-01"})).await.expect(201);
    let later = say(&app, &ada, json!({"attribute": "KIND", "value": "COMMUNITY", "from": "2026-01-01"})).await.expect(201);
    let query = "mutation($input: UpdateMemberTraitInput!) { updateMemberTrait(input: $input) { userErrors { code path } } }";

    let input = json!({"id": later["id"], "version": 1, "changes": {"from": null}});
    let answer = app.graphql(query, json!({ "input": input })).await;

    let expected = json!([{"code": "ALREADY_EXISTS", "path": ["input", "changes", "from"]}]);
    assert_eq!(answer.data()["updateMemberTrait"]["userErrors"], expected);
    app.patch(later.header("location"), "\"1\"", json!({"value": "BOT"})).await.expect(200);
}

async fn a_trait_is_what_its_attribute_allows(app: App) {
    let ada = a_member(&app, "Ada").await;
    let wrong = [
        (json!({"attribute": "KIND", "value": "staff"}), "/value", "INVALID_VALUE"),
        (json!({"attribute": "PROPERTY", "value": "NL"}), "/name", "REQUIRED"),
        (json!({"attribute": "ROLE", "name": "since", "value": "champion"}), "/name", "NOT_APPLICABLE"),
        (json!({"attribute": "ROLE", "value": "champion", "from": "2026-01-01", "until": "2026-01-01"}), "/until", "WRONG_ORDER"),
    ];
    for (said, pointer, code) in wrong {
        let problem = say(&app, &ada, said).await.problem(422, code);

        assert_eq!(refused(&problem), [(pointer.to_owned(), code.to_owned())]);
    }
}

async fn of_two_traits_that_contradict_each_other_at_once_one_is_kept(app: App) {
    let ada = a_member(&app, "Ada").await;
    let mut saying = tokio::task::JoinSet::new();
    for organisation in ["Acme", "Initech", "Umbrella"] {
        let (client, ada): (Client, _) = (app.clone(), ada.clone());
        saying.spawn(async move { say(&client, &ada, json!({"attribute": "ORGANISATION", "value": organisation})).await.status });
    }

    let mut statuses = saying.join_all().await;

    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
}

async fn a_member_has_at_most_two_hundred_traits(app: App) {
    let ada = a_member(&app, "Ada").await;
    for number in 0..200 {
        say(&app, &ada, json!({"attribute": "ROLE", "value": format!("role{number}")})).await.expect(201);
    }

    say(&app, &ada, json!({"attribute": "ROLE", "value": "one more"})).await.problem(422, "TOO_MANY");
}
