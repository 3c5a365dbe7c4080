//! NDJSON and CSV, and answers that the caller has already.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{App, both};
use crate::world::{World, with_metric};

both![
    ndjson_has_an_item_a_line,
    csv_has_a_line_of_names_and_a_row_an_item,
    csv_guards_against_formulas,
    an_export_guards_against_formulas_too,
    csv_quotes_what_would_break_a_row,
    a_whole_list_is_written_where_no_limit_is_asked_for,
    every_read_has_a_tag_that_saves_its_body,
    a_tag_does_not_depend_on_the_token,
    a_change_changes_the_tag,
    a_score_has_another_tag_after_a_check_in,
    head_is_get_without_the_body,
    a_deleted_thing_is_gone_from_its_list,
];

/// Every address of the document that can be read, with ids of this world.
pub(super) async fn reads(app: &App, world: &World) -> Vec<String> {
    app.put(&world.filled("/v1/key-results/{keyResult}/binding"), None, json!({"metric": "active_members"})).await.expect(201);
    let document = app.get("/openapi.json").await.expect(200);
    let paths = document["paths"].as_object().expect("a document has paths").iter();
    let reads = paths.filter(|(_, item)| item.get("get").is_some()).map(|(path, item)| {
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        let required = parameters.filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
        let query: Vec<String> =
            required.filter_map(|parameter| parameter["name"].as_str()).map(|name| format!("{name}={{{name}}}")).collect();
        let path = with_metric(path).replace("{keyResult}/milestone-steps", "{milestone}/milestone-steps");
        world.filled(&if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) })
    });

    reads.collect()
}

async fn ndjson_has_an_item_a_line(app: App) {
    World::made_by(&app).await;
    let request = app.request(Method::GET, "/v1/key-results").header("accept", "application/x-ndjson");

    let lines = app.send(request).await.expect(200);

    assert_eq!(lines.header("content-type"), "application/x-ndjson");
    let items: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(json!(items), app.get("/v1/key-results").await.expect(200)["items"]);
    assert_eq!(app.get("/v1/key-results?format=ndjson").await.expect(200).text, lines.text);
}

async fn csv_has_a_line_of_names_and_a_row_an_item(app: App) {
    World::made_by(&app).await;

    let table = app.get("/v1/cycles/2025-Q4/scores?format=csv&fields=address,score,confidence").await.expect(200);

    assert_eq!(table.text, "address,score,confidence\r\n2025-Q4.devrel.O1-KR1,0.5,ON_TRACK\r\n2025-Q4.devrel.O1-KR2,0,\r\n");
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.header("content-disposition").starts_with("attachment"));
}

const FORMULAS: [&str; 4] = ["=1+1", "+1", "-1", "@sum"];

async fn csv_guards_against_formulas(app: App) {
    for (number, name) in (0..).zip(FORMULAS) {
        app.post("/v1/teams", json!({"key": format!("t{number}"), "name": name, "kind": "TEAM"})).await.expect(201);
    }

    let table = app.get("/v1/teams?format=csv&fields=name").await.expect(200);

    assert_eq!(table.text.lines().skip(1).collect::<Vec<_>>(), ["'=1+1", "'+1", "'-1", "'@sum"]);
    let json = app.get("/v1/teams?fields=name").await.expect(200);
    assert_eq!(json["items"][0]["name"], "=1+1");
}

async fn an_export_guards_against_formulas_too(app: App) {
    let world = World::made_by(&app).await;
    app.patch(&world.filled("/v1/key-results/{keyResult}"), "\"1\"", json!({"title": "=cmd()"})).await.expect(200);

    let table = app.get("/v1/cycles/2025-Q4/export?format=csv").await.expect(200);

    assert!(table.text.contains(",'=cmd(),"), "{}", table.text);
}

async fn csv_quotes_what_would_break_a_row(app: App) {
    app.post("/v1/teams", json!({"key": "t", "name": "a,\"b\"", "kind": "TEAM"})).await.expect(201);

    let table = app.get("/v1/teams?format=csv&fields=key,name").await.expect(200);

    assert_eq!(table.text, "key,name\r\nt,\"a,\"\"b\"\"\"\r\n");
}

async fn a_whole_list_is_written_where_no_limit_is_asked_for(app: App) {
    for number in 0..203 {
        app.post("/v1/teams", json!({"key": format!("t{number}"), "name": "T", "kind": "TEAM"})).await.expect(201);
    }

    let all = app.get("/v1/teams?format=csv&fields=key&sort=-createdAt").await.expect(200);
    let some = app.get("/v1/teams?format=ndjson&limit=2").await.expect(200);

    let rows: Vec<&str> = all.text.lines().skip(1).collect();
    assert_eq!((rows.len(), rows.first(), rows.last()), (203, Some(&"t202"), Some(&"t0")));
    assert_eq!(some.text.lines().count(), 2);
    assert!(some.header("link").contains("rel=\"next\""));
}

async fn every_read_has_a_tag_that_saves_its_body(app: App) {
    let world = World::made_by(&app).await;
    for path in reads(&app, &world).await {
        let first = app.get(&path).await.expect(200);
        let again = app.send(app.request(Method::GET, &path).header("if-none-match", first.etag())).await;
        assert!(again.status == 304 && again.text.is_empty() && again.etag() == first.etag(), "{again:?}");
        let other = app.send(app.request(Method::GET, &path).header("if-none-match", "\"other\"")).await;
        assert!(other.status == 200, "{other:?}");
    }
}

async fn a_tag_does_not_depend_on_the_token(app: App) {
    let world = World::made_by(&app).await;
    let admin = app.as_role("admin");
    for path in reads(&app, &world).await.into_iter().filter(|path| path != "/v1/me") {
        assert_eq!(admin.get(&path).await.expect(200).etag(), app.get(&path).await.expect(200).etag(), "{path}");
    }
}

async fn a_change_changes_the_tag(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/teams/{team}");
    let (thing, list) = (app.get(&path).await.expect(200), app.get("/v1/teams").await.expect(200));

    app.patch(&path, thing.etag(), json!({"name": "Other"})).await.expect(200);

    assert_ne!(app.get(&path).await.expect(200).etag(), thing.etag());
    assert_ne!(app.get("/v1/teams").await.expect(200).etag(), list.etag());
}

async fn a_score_has_another_tag_after_a_check_in(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/objectives/{objective}/score");
    let before = app.get(&path).await.expect(200);

    app.post("/v1/check-ins", json!({"keyResult": world.id("keyResult"), "on": "2025-10-20", "value": 175})).await.expect(201);

    let after = app.send(app.request(Method::GET, &path).header("if-none-match", before.etag())).await.expect(200);
    assert_ne!(after.etag(), before.etag());
}

async fn head_is_get_without_the_body(app: App) {
    let world = World::made_by(&app).await;
    for path in reads(&app, &world).await {
        let head = app.send(app.request(Method::HEAD, &path)).await.expect(200);
        let read = app.get(&path).await.expect(200);
        assert!(head.text.is_empty(), "{head:?}");
        for header in ["content-type", "etag"] {
            assert_eq!(head.find(header), read.find(header), "{header} of {path}");
        }
    }
}

async fn a_deleted_thing_is_gone_from_its_list(app: App) {
    let world = World::made_by(&app).await;

    app.delete(&world.filled("/v1/initiatives/{initiative}"), "\"1\"").await.expect(204);

    app.get(&world.filled("/v1/initiatives/{initiative}")).await.problem(404, "NOT_FOUND");
    assert_eq!(app.get("/v1/initiatives").await.expect(200)["items"], json!([]));
}
