//! Who is not erased, and who is not let in.

use super::*;
use crate::given::refused;

both![
    an_erasure_names_the_version_that_was_read,
    half_a_person_is_not_erased,
    no_member_is_made_of_what_the_erased_were_known_by,
    who_is_erased_while_events_of_theirs_come_in_is_gone,
];

async fn an_erasure_names_the_version_that_was_read(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    for how in ["erase", "anonymise"] {
        let path = format!("/v1/members/{member}/{how}");

        app.post(&path, Value::Null).await.problem(428, "PRECONDITION_REQUIRED");
        let stale = app.send(app.request(Method::POST, &path).header("if-match", "\"1\"")).await.problem(412, "VERSION_CONFLICT");
        assert_eq!(stale["current"]["version"], 2);
        app.send(app.request(Method::POST, &format!("{path}?dry=true")).header("if-match", "*")).await.problem(400, "UNKNOWN_FIELD");
    }
    app.delete(&format!("/v1/members/{member}"), "*").await.problem(405, "METHOD_NOT_ALLOWED");
    app.get(&format!("/v1/members/{member}")).await.expect(200);
    let exact = app.request(Method::POST, &format!("/v1/members/{member}/erase")).header("if-match", "\"2\"");
    app.send(exact).await.expect(201);
}

async fn half_a_person_is_not_erased(app: App) {
    let (member, merged) = a_community_with_zenobia(&app).await;

    for how in ["erase", "anonymise"] {
        forget(&app, how, &merged).await.problem(422, "INVALID_TRANSITION");
    }
    for id in [member, merged] {
        app.get(&format!("/v1/members/{id}")).await.expect(200);
    }
}

async fn no_member_is_made_of_what_the_erased_were_known_by(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let receipt = forget(&app, "anonymise", &member).await.expect(201);
    let ben = the_member(&app, "forum/username/ben").await.expect("ben is known");
    let account = json!({"platform": "forum", "type": "USERNAME", "value": " zenobia-QUILL"});

    let whole = json!({"externalId": "crm-ZQ-7781", "identities": [{"platform": "git", "type": "USERNAME", "value": "new"}, account]});
    let problem = app.post("/v1/members", whole).await.problem(422, "INVALID");
    let erased = |pointer: &str| (pointer.to_owned(), "ERASED".to_owned());
    assert_eq!(refused(&problem), [erased("/externalId"), erased("/identities/1/value")]);
    app.post(&format!("/v1/members/{ben}/identities"), account.clone()).await.problem(422, "ERASED");
    app.put("/v1/external/members/crm-ZQ-7781", None, json!({"name": "Somebody"})).await.problem(422, "ERASED");
    app.patch(&format!("/v1/members/{ben}"), "*", json!({"externalId": "crm-ZQ-7781"})).await.problem(422, "ERASED");
    let single = event("single", "visit", Some(ZENOBIA), &ago(1), json!({}));
    app.post("/v1/events", single.clone()).await.problem(422, "ERASED");
    app.post("/v1/events/batch?atomic=true", json!([single])).await.problem(422, "ERASED");

    app.post(&format!("{}/lift", receipt.header("location")), Value::Null).await.expect(200);
    app.post(&format!("/v1/members/{ben}/identities"), account).await.expect(201);
    app.put("/v1/external/members/crm-ZQ-7781", None, json!({"name": "Somebody"})).await.expect(201);
}

async fn who_is_erased_while_events_of_theirs_come_in_is_gone(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..4 {
        let client = Client::clone(&app);
        senders.spawn(async move {
            for number in 0.. {
                let event = event(&format!("{sender}-{number}"), "visit", Some(ZENOBIA), &ago(number % 30), json!({}));
                if tell(&client, &[event]).await["rejected"] == 1 {
                    break;
                }
            }
        });
    }

    forget(&app, "erase", &member).await.expect(201);
    senders.join_all().await;

    assert_eq!(the_member(&app, "forum/username/zenobia-quill").await, None);
    assert_eq!(app.get("/v1/events?type=visit").await.expect(200)["items"], json!([]));
    app.server.database.run(&["metrics", "verify", "--all"]);
}
