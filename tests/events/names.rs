//! What events name is there as long as they are.

use serde_json::json;

use super::{listed, send, told};
use crate::given::{a_quarter, text};
use crate::harness::{App, both};

both![what_an_event_names_is_not_deleted, a_channel_that_is_deleted_while_an_event_names_it_stays_or_is_made_again,];

async fn what_an_event_names_is_not_deleted(app: App) {
    a_quarter(&app).await;
    let idea = app.post("/v1/initiatives", json!({"title": "Mentoring", "team": "devrel", "category": "MENTORSHIP"})).await.expect(201);
    let idea = text(&idea["id"]);
    send(&app, &[told("e1", json!({"channel": "core", "initiative": idea}))]).await.expect(200);
    let channel = text(&listed(&app, "").await[0]["channelId"]);

    app.delete(&format!("/v1/channels/{channel}"), "*").await.problem(409, "IN_USE");
    app.delete("/v1/platforms/git", "*").await.problem(409, "IN_USE");
    app.delete(&format!("/v1/initiatives/{idea}"), "*").await.problem(409, "IN_USE");

    // Told otherwise, it names neither any more.
    send(&app, &[told("e1", json!({}))]).await.expect(200);
    app.delete(&format!("/v1/channels/{channel}"), "*").await.expect(204);
    app.delete(&format!("/v1/initiatives/{idea}"), "*").await.expect(204);
    app.delete("/v1/platforms/git", "*").await.problem(409, "IN_USE");
}

async fn a_channel_that_is_deleted_while_an_event_names_it_stays_or_is_made_again(app: App) {
    send(&app, &[told("first", json!({}))]).await.expect(200);
    for number in 0..10 {
        let key = format!("channel-{number}");
        let made = app.post("/v1/channels", json!({"platform": "git", "key": key, "name": "Core"})).await.expect(201);
        let channel = text(&made["id"]);
        let event = [told(&format!("e{number}"), json!({"channel": key}))];
        let place = format!("/v1/channels/{channel}");

        let (sent, deleted) = tokio::join!(send(&app, &event), app.delete(&place, "*"));

        assert_eq!(sent.expect(200)["created"], 1);
        assert!([204, 409].contains(&deleted.status), "{deleted:?}");
        let named = text(&listed(&app, &format!("platform=git&sourceId=e{number}")).await[0]["channelId"]);
        assert_eq!(named == channel, deleted.status == 409, "{named} and {deleted:?}");
        app.get(&format!("/v1/channels/{named}")).await.expect(200);
    }
}
