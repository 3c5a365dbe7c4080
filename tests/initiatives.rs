//! Initiatives: work, and the key results it is done for.

use serde_json::{Value, json};

use crate::given::{a_first_objective, a_key_result, a_quarter, a_way_to_a_hundred, text};
use crate::harness::{App, Client, both};

both![
    an_initiative_is_linked_with_its_evidence,
    a_link_to_what_does_not_exist_dangles_until_it_does,
    a_deleted_key_result_leaves_a_dangling_link,
    the_share_of_linked_initiatives_is_told,
    without_initiatives_there_is_no_share,
    a_link_follows_its_key_result_to_another_objective,
    an_unlinked_initiative_is_found,
    linking_again_replaces_what_was_said,
    a_rerun_by_external_id_changes_nothing,
    an_initiative_does_not_end_before_it_starts,
];

async fn an_initiative(client: &Client, title: &str) -> String {
    let made = client.post("/v1/initiatives", json!({"title": title, "team": "devrel", "category": "MENTORSHIP"})).await.expect(201);

    format!("/v1/initiatives/{}", text(&made["id"]))
}

/// The titles of the initiatives that stand so to key results.
async fn titles(client: &Client, linkage: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/initiatives?linkage={linkage}&sort=title")).await.expect(200);

    list["items"].as_array().unwrap().iter().map(|initiative| text(&initiative["title"])).collect()
}

async fn an_initiative_is_linked_with_its_evidence(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let mentors = an_initiative(&app, "Mentors").await;

    let said = json!({"expectedContribution": "half of it", "evidence": "a pilot"});
    app.put(&format!("{mentors}/contributions/{address}"), None, said).await.expect(200);

    let links = app.get(&format!("{mentors}/contributions")).await.expect(200);
    let link = &links["items"][0];
    assert_eq!((&link["expectedContribution"], &link["evidence"]), (&json!("half of it"), &json!("a pilot")));
    assert_eq!(link["keyResultId"], app.get(&format!("/v1/key-results/{address}")).await["id"]);
}

async fn a_link_to_what_does_not_exist_dangles_until_it_does(app: App) {
    let objective = a_first_objective(&app).await;
    let mentors = an_initiative(&app, "Mentors").await;
    let link = app.put(&format!("{mentors}/contributions/2020-Q1.devrel.O1-KR1"), None, json!({})).await.expect(200);
    assert_eq!(link["keyResultId"], Value::Null);
    assert_eq!(titles(&app, "DANGLING").await, ["Mentors"]);

    let made = a_key_result(&app, &objective, json!({"kind": "MILESTONE"})).await.expect(201);

    assert_eq!(app.get(&format!("{mentors}/contributions")).await["items"][0]["keyResultId"], made["id"]);
    assert_eq!((titles(&app, "DANGLING").await.len(), titles(&app, "LINKED").await), (0, vec!["Mentors".to_owned()]));
}

async fn a_deleted_key_result_leaves_a_dangling_link(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let mentors = an_initiative(&app, "Mentors").await;
    app.put(&format!("{mentors}/contributions/{address}"), None, json!({"evidence": "a pilot"})).await.expect(200);

    app.delete(&format!("/v1/key-results/{address}"), "*").await.expect(204);

    let links = app.get(&format!("{mentors}/contributions")).await.expect(200);
    assert_eq!((&links["items"][0]["keyResultId"], &links["items"][0]["evidence"]), (&Value::Null, &json!("a pilot")));
    assert_eq!(titles(&app, "DANGLING").await, ["Mentors"]);
}

async fn the_share_of_linked_initiatives_is_told(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    for title in ["One", "Two", "Three", "Four"] {
        let initiative = an_initiative(&app, title).await;
        if title != "Four" {
            app.put(&format!("{initiative}/contributions/{address}"), None, json!({})).await.expect(200);
        }
    }

    let linkage = app.get("/v1/initiatives/linkage").await.expect(200);

    assert_eq!(
        (&linkage["total"], &linkage["linked"], &linkage["unlinked"], &linkage["dangling"]),
        (&json!(4), &json!(3), &json!(1), &json!(0))
    );
    assert_eq!((&linkage["linkedShare"], &linkage["healthyShare"]), (&json!(0.75), &json!(0.8)));
}

async fn without_initiatives_there_is_no_share(app: App) {
    let linkage = app.get("/v1/initiatives/linkage").await.expect(200);

    assert_eq!((&linkage["total"], &linkage["linkedShare"]), (&json!(0), &Value::Null));
}

async fn a_link_follows_its_key_result_to_another_objective(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let mentors = an_initiative(&app, "Mentors").await;
    app.put(&format!("{mentors}/contributions/{address}"), None, json!({})).await.expect(200);
    let other = crate::given::an_objective(&app, "Elsewhere").await;
    app.patch(&format!("/v1/key-results/{address}"), "*", json!({"objective": other})).await.expect(200);

    let found = app.get("/v1/initiatives?keyResult=2020-Q1.devrel.O2-KR1").await.expect(200);

    assert_eq!(found["items"][0]["title"], "Mentors");
    app.delete(&format!("{mentors}/contributions/{address}"), None).await.expect(204);
    assert_eq!(titles(&app, "LINKED").await.len(), 0);
}

async fn an_unlinked_initiative_is_found(app: App) {
    a_quarter(&app).await;
    an_initiative(&app, "Stickers").await;

    assert_eq!(titles(&app, "UNLINKED").await, ["Stickers"]);
}

async fn linking_again_replaces_what_was_said(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let link = format!("{}/contributions/{address}", an_initiative(&app, "Mentors").await);
    app.put(&link, None, json!({"evidence": "a pilot"})).await.expect(200);

    let again = app.put(&link, None, json!({"expectedContribution": "all of it"})).await.expect(200);

    assert_eq!((&again["evidence"], &again["expectedContribution"]), (&Value::Null, &json!("all of it")));
}

async fn a_rerun_by_external_id_changes_nothing(app: App) {
    a_quarter(&app).await;
    let body = json!({"title": "Mentors", "team": "devrel", "category": "MENTORSHIP", "start": "2020-01-01"});
    let first = app.put("/v1/external/initiatives/jira-1", None, body.clone()).await.expect(201);

    let again = app.put("/v1/external/initiatives/jira-1", None, body).await.expect(200);

    assert_eq!(again.json(), first.json());
}

async fn an_initiative_does_not_end_before_it_starts(app: App) {
    a_quarter(&app).await;
    let backwards = json!({"title": "Mentors", "team": "devrel", "start": "2020-02-01", "end": "2020-01-01"});

    app.post("/v1/initiatives", backwards).await.problem(422, "WRONG_ORDER");
}
