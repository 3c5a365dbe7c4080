//! A service that is killed while somebody is erased.

use std::time::Duration;

use super::*;

both![a_killed_service_leaves_an_erasure_whole_or_not_at_all];

/// A person with many events: erasing them takes a while.
async fn a_busy_person(client: &Client, name: &str) -> String {
    let deed = |number: i64| event(&format!("{name}-{number}"), "reply", Some(name), &ago(number % 300), json!({}));
    tell(client, &(0..2_000).map(deed).collect::<Vec<_>>()).await;

    the_member(client, &format!("forum/username/{name}")).await.expect("who does something is known")
}

async fn events_of(client: &Client, name: &str) -> Value {
    client.get(&format!("/v1/events?sourceId={name}-7&platform=forum")).await.expect(200)["items"].clone()
}

async fn a_killed_service_leaves_an_erasure_whole_or_not_at_all(mut app: App) {
    for (round, pause) in [2, 15, 40, 80].into_iter().enumerate() {
        let name = format!("busy{round}");
        let member = a_busy_person(&app, &name).await;
        let receipts = app.get("/v1/erasures?count=true").await.expect(200)["page"]["total"].clone();
        let client = Client::clone(&app);
        let path = format!("/v1/members/{member}/erase");
        let erasing = tokio::spawn(async move { client.request(Method::POST, &path).header("if-match", "*").send().await.is_ok() });
        tokio::time::sleep(Duration::from_millis(pause)).await;

        app.server.kill();
        let is_acknowledged = erasing.await.expect("the client ends");
        app.server.restart().await;

        let is_gone = app.get(&format!("/v1/members/{member}")).await.status == 404;
        let more = app.get("/v1/erasures?count=true").await.expect(200)["page"]["total"] != receipts;
        let is_there = events_of(&app, &name).await.as_array().is_some_and(|events| !events.is_empty());
        assert!(is_gone || !is_acknowledged, "what was acknowledged is done");
        assert_eq!((more, is_there, the_member(&app, &format!("forum/username/{name}")).await.is_some()), (is_gone, !is_gone, !is_gone));
        let again = tell(&app, &[event("again", "visit", Some(&name), &ago(1), json!({}))]).await;
        assert_eq!(again["rejected"] == 1, is_gone);
        app.server.database.run(&["metrics", "verify", "--all"]);
    }
}
