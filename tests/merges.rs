//! Merges: members that turn out to be one, and turn out not to be.

mod effects;

use reqwest::Method;
use serde_json::{Value, json};

use crate::given::{refused, text};
use crate::harness::{App, Client, Response, both};
use crate::members::{a_forum, a_member};

both![
    a_member_counts_as_another_until_it_is_unmerged,
    a_member_is_merged_into_one_that_is_merged_itself,
    no_merge_closes_a_loop,
    of_two_merges_that_close_a_loop_at_once_one_is_made,
    a_merge_names_the_version_that_was_read,
    a_change_leaves_a_merge_as_it_is,
    a_preview_shows_what_comes_together_and_who_wins,
    a_preview_is_refused_as_the_merge_would_be,
    both_doors_merge_alike,
];

async fn merge(client: &Client, member: &str, into: &str) -> Response {
    merge_seen(client, member, into, "*").await
}

async fn merge_seen(client: &Client, member: &str, into: &str, etag: &str) -> Response {
    let request = client.request(Method::POST, &format!("/v1/members/{member}/merge")).header("if-match", etag);

    client.send(request.json(&json!({"into": into}))).await
}

async fn unmerge(client: &Client, member: &str) -> Response {
    client.send(client.request(Method::POST, &format!("/v1/members/{member}/unmerge")).header("if-match", "*")).await
}

async fn a_member_counts_as_another_until_it_is_unmerged(app: App) {
    let (ada, countess) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await);

    let merged = merge(&app, &countess, &ada).await.expect(200);
    let again = merge(&app, &countess, &ada).await.expect(200);

    assert_eq!((&merged["mergedIntoId"], &merged["version"]), (&json!(ada), &json!(2)));
    assert_eq!((again.json(), again.etag()), (merged.json(), "\"2\""));
    let unmerged = unmerge(&app, &countess).await.expect(200);
    assert_eq!((&unmerged["mergedIntoId"], &unmerged["version"]), (&Value::Null, &json!(3)));
    assert_eq!(unmerge(&app, &countess).await.expect(200)["version"], 3);
    let history = app.get(&format!("/v1/members/{countess}/history")).await.expect(200);
    assert_eq!(history["items"][2]["changes"], json!([{"field": "mergedIntoId", "before": ada, "after": null}]));
}

async fn a_member_is_merged_into_one_that_is_merged_itself(app: App) {
    let (a, b, c) = (a_member(&app, "A").await, a_member(&app, "B").await, a_member(&app, "C").await);
    merge(&app, &b, &c).await.expect(200);

    merge(&app, &a, &b).await.expect(200);

    let query = format!("{{ member(id: \"{c}\") {{ mergedFrom {{ name mergedInto {{ name }} mergedFrom {{ name }} }} }} }}");
    let answer = app.graphql(&query, json!({})).await;
    let expected = json!([{"name": "B", "mergedInto": {"name": "C"}, "mergedFrom": [{"name": "A"}]}]);
    assert_eq!(answer.data()["member"]["mergedFrom"], expected);
}

async fn no_merge_closes_a_loop(app: App) {
    let (a, b, c) = (a_member(&app, "A").await, a_member(&app, "B").await, a_member(&app, "C").await);
    merge(&app, &b, &a).await.expect(200);
    merge(&app, &c, &b).await.expect(200);

    for into in [&a, &b, &c] {
        let problem = merge(&app, &a, into).await.problem(422, "LOOP");

        assert_eq!(refused(&problem), [("/into".to_owned(), "LOOP".to_owned())]);
    }
    merge(&app, &c, &a).await.problem(422, "INVALID_TRANSITION");
    merge(&app, &a, "mem_01h455vb4pex5vsknk084sn02q").await.problem(422, "NOT_FOUND");
}

async fn of_two_merges_that_close_a_loop_at_once_one_is_made(app: App) {
    let members = [a_member(&app, "A").await, a_member(&app, "B").await, a_member(&app, "C").await];
    let mut merging = tokio::task::JoinSet::new();
    for (member, into) in [(0, 1), (1, 2), (2, 0)] {
        let (client, member, into): (Client, _, _) = (app.clone(), members[member].clone(), members[into].clone());
        merging.spawn(async move { merge(&client, &member, &into).await.status });
    }

    let mut statuses = merging.join_all().await;

    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 422]);
}

async fn a_merge_names_the_version_that_was_read(app: App) {
    let (ada, countess) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await);
    app.patch(&format!("/v1/members/{countess}"), "\"1\"", json!({"name": "Countess of Lovelace"})).await.expect(200);

    let stale = merge_seen(&app, &countess, &ada, "\"1\"").await.problem(412, "VERSION_CONFLICT");

    assert_eq!(stale["current"]["name"], "Countess of Lovelace");
    app.post(&format!("/v1/members/{countess}/merge"), json!({"into": ada})).await.problem(428, "PRECONDITION_REQUIRED");
    app.post(&format!("/v1/members/{countess}/unmerge"), json!({})).await.problem(428, "PRECONDITION_REQUIRED");
}

async fn a_change_leaves_a_merge_as_it_is(app: App) {
    let (ada, countess) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await);
    merge(&app, &countess, &ada).await.expect(200);

    let changed = app.patch(&format!("/v1/members/{countess}"), "*", json!({"kind": "STAFF"})).await.expect(200);

    assert_eq!(changed["mergedIntoId"], json!(ada));
}

async fn a_preview_shows_what_comes_together_and_who_wins(app: App) {
    a_forum(&app).await;
    let (ada, countess, lady) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await, a_member(&app, "Lady").await);
    let other = a_member(&app, "Augusta").await;
    merge(&app, &lady, &countess).await.expect(200);
    merge(&app, &other, &ada).await.expect(200);
    let account = json!({"platform": "forum", "type": "USERNAME", "value": "lady"});
    app.post(&format!("/v1/members/{lady}/identities"), account).await.expect(201);
    let works_for = |value: &str| json!({"attribute": "ORGANISATION", "value": value, "from": "2026-01-01"});
    let loser = app.post(&format!("/v1/members/{countess}/traits"), works_for("Acme")).await.expect(201);
    let winner = app.post(&format!("/v1/members/{ada}/traits"), works_for("Initech")).await.expect(201);
    app.post(&format!("/v1/members/{countess}/traits"), json!({"attribute": "ROLE", "value": "champion"})).await.expect(201);

    let preview = app.get(&format!("/v1/members/{countess}/merge-preview?into={other}")).await.expect(200);

    let ids = (&preview["memberId"], &preview["intoId"], &preview["survivorId"]);
    assert_eq!(ids, (&json!(countess), &json!(other), &json!(ada)));
    assert_eq!((&preview["identities"][0]["value"], &preview["identities"][0]["memberId"]), (&json!("lady"), &json!(lady)));
    assert_eq!(preview["traits"].as_array().map(Vec::len), Some(2));
    assert_eq!(preview["overruled"], json!([{"loser": loser.json(), "winner": winner.json()}]));
    assert_eq!(app.get(&format!("/v1/members/{countess}")).await.expect(200)["mergedIntoId"], Value::Null);
    let query = format!(
        "{{ mergePreview(member: \"{countess}\", into: \"{other}\") {{ survivorId overruled {{ loser {{ value }} winner {{ value }} }} }} }}"
    );
    let overruled = json!([{"loser": {"value": "Acme"}, "winner": {"value": "Initech"}}]);
    let shown = app.graphql(&query, json!({})).await.data()["mergePreview"].clone();
    assert_eq!(shown, json!({"survivorId": ada, "overruled": overruled}));
}

async fn a_preview_is_refused_as_the_merge_would_be(app: App) {
    let (ada, countess) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await);
    merge(&app, &countess, &ada).await.expect(200);

    let problem = app.get(&format!("/v1/members/{ada}/merge-preview?into={countess}")).await.problem(422, "LOOP");

    assert_eq!(problem["errors"][0]["parameter"], "into");
    app.get(&format!("/v1/members/{ada}/merge-preview")).await.problem(400, "REQUIRED");
    let query = format!("{{ mergePreview(member: \"{ada}\", into: \"{countess}\") {{ survivorId }} }}");
    let answer = app.graphql(&query, json!({})).await.expect(200);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LOOP", "{answer:?}");
}

async fn both_doors_merge_alike(app: App) {
    let (ada, countess) = (a_member(&app, "Ada").await, a_member(&app, "Countess").await);
    let merging = "mutation($input: MergeMemberInput!) { mergeMember(input: $input) { member { version mergedInto { name } } userErrors { code path } } }";
    let input = |version: u32, into: &str| json!({"input": {"id": countess, "version": version, "into": into}});

    let refusal = app.graphql(merging, input(1, &countess)).await.data()["mergeMember"]["userErrors"].clone();
    let merged = app.graphql(merging, input(1, &ada)).await.data()["mergeMember"]["member"].clone();
    let stale = app.graphql(merging, input(1, &ada)).await.data()["mergeMember"].clone();

    assert_eq!(refusal, json!([{"code": "LOOP", "path": ["input", "into"]}]));
    assert_eq!(merged, json!({"version": 2, "mergedInto": {"name": "Ada"}}));
    assert_eq!((&stale["member"]["version"], &stale["userErrors"][0]["code"]), (&json!(2), &json!("VERSION_CONFLICT")));
    let unmerging =
        "mutation($input: UnmergeMemberInput!) { unmergeMember(input: $input) { member { mergedIntoId } userErrors { code } } }";
    let answer = app.graphql(unmerging, json!({"input": {"id": countess, "version": 2}})).await;
    assert_eq!(answer.data()["unmergeMember"], json!({"member": {"mergedIntoId": null}, "userErrors": []}));
    assert_eq!(text(&app.get(&format!("/v1/members/{countess}")).await["name"]), "Countess");
}
