//! Which initiatives contributed to which key results, as it was known at an instant.

use serde_json::{Value, json};

use super::{listed, now};
use crate::harness::{App, both};
use crate::world::World;

both![
    a_link_is_listed_as_it_was_said,
    a_link_that_was_taken_back_was_there,
    a_link_dangled_until_its_key_result_came,
    a_link_dangles_only_since_its_key_result_went,
    the_links_of_a_deleted_initiative_were_there,
    linkage_is_counted_as_it_was,
];

async fn a_link_is_listed_as_it_was_said(app: App) {
    let world = World::made_by(&app).await;
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    let instant = now(&app).await;
    let before = app.get(&links).await.expect(200)["items"].clone();

    app.put(&format!("{links}/{}", world.id("keyResult")), None, json!({"evidence": "Another survey"})).await.expect(200);
    app.put(&format!("{links}/{}", world.id("milestone")), None, json!({})).await.expect(200);

    assert_eq!(app.get(&format!("{links}?asOf={instant}")).await.expect(200)["items"], before);
    assert_eq!(listed(&app, &links, "evidence").await, [json!("Another survey"), Value::Null]);
}

async fn a_link_that_was_taken_back_was_there(app: App) {
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    app.delete(&world.filled("/v1/initiatives/{initiative}/contributions/{keyResult}"), None).await.expect(204);

    let of = |query: &str| world.filled(&format!("/v1/initiatives?keyResult={{keyResult}}{query}"));
    assert_eq!(listed(&app, &of(""), "id").await, Vec::<Value>::new());
    assert_eq!(listed(&app, &of(&format!("&asOf={instant}")), "id").await, [world.id("initiative")]);
}

async fn a_link_dangled_until_its_key_result_came(app: App) {
    let world = World::made_by(&app).await;
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    app.put(&format!("{links}/2025-Q4.devrel.O1-KR3"), None, json!({})).await.expect(200);
    let instant = now(&app).await;
    let third = json!({"objective": world.id("objective"), "title": "The third", "kind": "MILESTONE"});
    let third = app.post("/v1/key-results", third).await.expect(201);

    let ids = [json!(world.id("keyResult")), third["id"].clone()];
    assert_eq!(listed(&app, &links, "keyResultId").await, ids);
    assert_eq!(listed(&app, &format!("{links}?asOf={instant}"), "keyResultId").await, [ids[0].clone(), Value::Null]);
    assert_eq!(listed(&app, &format!("/v1/initiatives?linkage=DANGLING&asOf={instant}"), "id").await, [world.id("initiative")]);
    assert_eq!(listed(&app, "/v1/initiatives?linkage=DANGLING", "id").await, Vec::<Value>::new());
}

async fn a_link_dangles_only_since_its_key_result_went(app: App) {
    let world = World::made_by(&app).await;
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    let instant = now(&app).await;
    app.delete(&world.filled("/v1/key-results/{keyResult}"), "\"1\"").await.expect(204);

    assert_eq!(listed(&app, &links, "keyResultId").await, [Value::Null]);
    assert_eq!(listed(&app, &format!("{links}?asOf={instant}"), "keyResultId").await, [world.id("keyResult")]);
}

async fn the_links_of_a_deleted_initiative_were_there(app: App) {
    let world = World::made_by(&app).await;
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    let instant = now(&app).await;
    app.delete(&world.filled("/v1/initiatives/{initiative}"), "\"1\"").await.expect(204);
    let late = now(&app).await;

    assert_eq!(listed(&app, &format!("{links}?asOf={instant}"), "keyResultId").await, [world.id("keyResult")]);
    app.get(&format!("{links}?asOf={late}")).await.problem(404, "NOT_FOUND");
    let list = format!("/v1/key-results?expand=initiatives&fields=initiatives&asOf={late}");
    assert_eq!(listed(&app, &list, "initiatives").await, [json!([]), json!([])]);
}

async fn linkage_is_counted_as_it_was(app: App) {
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    app.post("/v1/initiatives", json!({"title": "Unlinked", "team": "devrel"})).await.expect(201);
    app.delete(&world.filled("/v1/initiatives/{initiative}/contributions/{keyResult}"), None).await.expect(204);

    let then = app.get(&format!("/v1/initiatives/linkage?asOf={instant}")).await.expect(200);
    let now = app.get("/v1/initiatives/linkage").await.expect(200);

    assert_eq!([&then["linked"], &then["total"]], [1, 1]);
    assert_eq!([&now["linked"], &now["total"]], [0, 2]);
}
