//! Lists and links as they were known at an instant: through both doors, in every format, page after page.

mod links;

use std::time::Duration;

use serde_json::{Value, json};

use crate::given::{a_check_in, a_first_objective, a_key_result, a_quarter, a_way_to_a_hundred, an_objective, text};
use crate::harness::{App, Client, both};
use crate::world::World;

both![
    a_list_before_something_was_created_does_not_hold_it,
    a_list_holds_what_a_change_has_changed_since_as_it_was,
    a_list_holds_what_was_deleted_since,
    a_key_result_that_moved_since_is_listed_where_it_was,
    every_list_of_the_past_is_the_same_at_both_doors,
    pages_of_the_past_stand_still_while_others_write,
    a_cursor_belongs_to_its_instant,
    filters_and_orders_are_those_of_the_past,
    confidence_and_staleness_are_those_of_the_past,
    updated_since_keeps_its_meaning_in_the_past,
    the_past_comes_as_lines_and_as_a_table,
    what_is_expanded_is_of_the_same_instant,
    what_is_nested_is_of_the_same_instant,
    a_correction_is_not_known_before_it_was_made,
    single_things_are_shown_as_they_were,
    what_is_named_need_not_be_there_any_more,
    a_future_instant_sees_all_that_is_there,
];

/// An instant between what was done before and what is done after.
pub(crate) async fn now(client: &Client) -> String {
    tokio::time::sleep(Duration::from_millis(5)).await;
    let workspace = client.get("/v1/workspace").await.expect(200);
    let touched = client.patch("/v1/workspace", workspace.etag(), json!({"name": format!("Version {}", workspace["version"])})).await;
    tokio::time::sleep(Duration::from_millis(5)).await;

    text(&touched.expect(200)["updatedAt"])
}

/// What a field of the items of a list is.
pub(crate) async fn listed(client: &Client, path: &str, field: &str) -> Vec<Value> {
    let list = client.get(path).await.expect(200);
    list["items"].as_array().expect("a list has items").iter().map(|item| item[field].clone()).collect()
}

async fn a_list_before_something_was_created_does_not_hold_it(app: App) {
    let nothing = now(&app).await;
    World::made_by(&app).await;
    let everything = now(&app).await;

    for (what, count) in [("teams", 1), ("cycles", 1), ("objectives", 1), ("key-results", 2), ("check-ins", 1), ("initiatives", 1)] {
        let before = app.get(&format!("/v1/{what}?asOf={nothing}&count=true")).await.expect(200);
        let after = app.get(&format!("/v1/{what}?asOf={everything}&count=true")).await.expect(200);
        assert_eq!((&before["items"], &before["page"]["total"]), (&json!([]), &json!(0)), "{what}");
        assert_eq!(after["page"]["total"], count, "{what}");
        assert_eq!(after["items"], app.get(&format!("/v1/{what}")).await.expect(200)["items"], "{what}");
    }
}

async fn a_list_holds_what_a_change_has_changed_since_as_it_was(app: App) {
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    let before = everything(&app, &world, &format!("?asOf={instant}")).await;
    for (path, change) in [
        ("/v1/teams/{team}", json!({"name": "Renamed"})),
        ("/v1/cycles/{cycle}", json!({"name": "Renamed"})),
        ("/v1/objectives/{objective}", json!({"title": "Renamed", "weight": 3, "status": "PARKED"})),
        ("/v1/key-results/{keyResult}", json!({"title": "Renamed", "baseline": 1.5, "due": "2025-12-01"})),
        ("/v1/milestone-steps/{milestoneStep}", json!({"title": "Renamed", "doneOn": "2025-10-11"})),
        ("/v1/check-ins/{checkIn}", json!({"value": 170, "confidence": "OFF_TRACK", "correction": "a digit"})),
        ("/v1/initiatives/{initiative}", json!({"title": "Renamed", "status": "DONE"})),
    ] {
        let path = world.filled(path);
        let read = app.get(&path).await.expect(200);
        app.patch(&path, read.etag(), change).await.expect(200);
    }

    assert_eq!(everything(&app, &world, &format!("?asOf={instant}")).await, before);
    let now = everything(&app, &world, "").await;
    for (then, now) in before.iter().zip(&now) {
        assert_ne!(then, now);
    }
}

/// The lists that the world is in, but for links, which nothing changes here.
async fn everything(app: &App, world: &World, query: &str) -> Vec<Value> {
    let steps = world.filled("key-results/{milestone}/milestone-steps");
    let mut lists = Vec::new();
    for what in ["teams", "cycles", "objectives", "key-results", &steps, "check-ins", "initiatives"] {
        lists.push(app.get(&format!("/v1/{what}{query}")).await.expect(200)["items"].clone());
    }
    lists
}

async fn a_list_holds_what_was_deleted_since(app: App) {
    let world = World::made_by(&app).await;
    let (instant, before) = (now(&app).await, everything(&app, &world, "").await);
    for path in ["/v1/milestone-steps/{milestoneStep}", "/v1/initiatives/{initiative}", "/v1/objectives/{objective}"] {
        let path = world.filled(path);
        let read = app.get(&path).await.expect(200);
        app.delete(&path, read.etag()).await.expect(204);
    }

    assert_eq!(everything(&app, &world, &format!("?asOf={instant}")).await, before);
    for what in ["objectives", "key-results", "check-ins", "initiatives"] {
        assert_eq!(listed(&app, &format!("/v1/{what}"), "id").await, Vec::<Value>::new(), "{what}");
        let late = now(&app).await;
        assert_eq!(listed(&app, &format!("/v1/{what}?asOf={late}"), "id").await, Vec::<Value>::new(), "{what}");
    }
}

async fn a_key_result_that_moved_since_is_listed_where_it_was(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let other = an_objective(&app, "The other one").await;
    let instant = now(&app).await;
    let path = format!("/v1/key-results/{address}");
    let read = app.get(&path).await.expect(200);
    app.patch(&path, read.etag(), json!({"objective": other})).await.expect(200);

    let of = async |objective: &str, query: &str| listed(&app, &format!("/v1/key-results?objective={objective}{query}"), "address").await;
    let then = format!("&asOf={instant}");
    assert_eq!(of("2020-Q1.devrel.O1", &then).await, [json!("2020-Q1.devrel.O1-KR1")]);
    assert_eq!(of("2020-Q1.devrel.O2", &then).await, Vec::<Value>::new());
    assert_eq!(of("2020-Q1.devrel.O1", "").await, Vec::<Value>::new());
    assert_eq!(of("2020-Q1.devrel.O2", "").await, [json!("2020-Q1.devrel.O2-KR1")]);
    // The address it has now names it then, too.
    let shown = app.get(&format!("/v1/key-results/2020-Q1.devrel.O2-KR1?asOf={instant}")).await.expect(200);
    assert_eq!(shown["address"], "2020-Q1.devrel.O1-KR1");
}

async fn every_list_of_the_past_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    for path in ["/v1/initiatives/{initiative}", "/v1/objectives/{objective}"] {
        let path = world.filled(path);
        app.delete(&path, app.get(&path).await.expect(200).etag()).await.expect(204);
    }

    for (path, field) in [
        ("teams", "teams"),
        ("cycles", "cycles"),
        ("objectives", "objectives"),
        ("key-results", "keyResults"),
        ("check-ins", "checkIns"),
        ("initiatives", "initiatives"),
    ] {
        let query = format!(r#"{{ it: {field}(filter: {{asOf: "{instant}"}}, first: 10) {{ totalCount nodes {{ id version }} }} }}"#);
        let shown = app.graphql(&query, json!({})).await.data()["it"].clone();
        let list = app.get(&format!("/v1/{path}?asOf={instant}&fields=id,version&count=true")).await.expect(200);
        assert_eq!((&shown["nodes"], &shown["totalCount"]), (&list["items"], &list["page"]["total"]), "{field}");
        assert_ne!(list["items"], json!([]), "{field}");
    }
}

async fn pages_of_the_past_stand_still_while_others_write(app: App) {
    let objective = a_first_objective(&app).await;
    for number in 0..7 {
        let fields = json!({"kind": "MILESTONE", "title": format!("Title {}", number / 3)});
        a_key_result(&app, &objective, fields).await.expect(201);
    }
    let instant = now(&app).await;
    let whole = listed(&app, "/v1/key-results?sort=-title", "id").await;

    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next {
        let page = app.get(&format!("/v1/key-results?asOf={instant}&sort=-title&limit=2{cursor}")).await.expect(200);
        let ids: Vec<Value> = page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
        a_key_result(&app, &objective, json!({"kind": "MILESTONE", "title": "Title 1"})).await.expect(201);
        let path = format!("/v1/key-results/{}", text(ids.last().unwrap()));
        let read = app.get(&path).await.expect(200);
        let renamed = app.patch(&path, read.etag(), json!({"title": "A title that sorts elsewhere"})).await.expect(200);
        app.delete(&path, renamed.etag()).await.expect(204);
        seen.extend(ids);
        next = page["page"]["next"].as_str().map(|cursor| format!("&cursor={cursor}"));
    }

    assert_eq!(seen, whole);
}

async fn a_cursor_belongs_to_its_instant(app: App) {
    a_quarter(&app).await;
    app.post("/v1/teams", json!({"key": "docs", "name": "Docs", "kind": "TEAM"})).await.expect(201);
    let instant = now(&app).await;
    let page = app.get(&format!("/v1/teams?limit=1&asOf={instant}")).await.expect(200);
    let cursor = text(&page["page"]["next"]);

    app.get(&format!("/v1/teams?limit=1&cursor={cursor}")).await.problem(400, "INVALID_CURSOR");
    app.get(&format!("/v1/teams?limit=1&asOf=2030-01-01T00:00:00Z&cursor={cursor}")).await.problem(400, "INVALID_CURSOR");
    app.get(&format!("/v1/teams?limit=1&asOf={instant}&cursor={cursor}")).await.expect(200);
}

async fn filters_and_orders_are_those_of_the_past(app: App) {
    let objective = a_first_objective(&app).await;
    let support = an_objective(&app, "Below").await;
    let mut addresses = Vec::new();
    for (title, kind) in [("b", "MILESTONE"), ("a", "MILESTONE"), ("c", "ORDINAL")] {
        addresses.push(text(&a_key_result(&app, &objective, json!({"kind": kind, "title": title})).await.expect(201)["address"]));
    }
    let path = format!("/v1/objectives/{support}");
    let below = app.patch(&path, app.get(&path).await.expect(200).etag(), json!({"parent": objective})).await.expect(200);
    let instant = now(&app).await;
    let cancelled = json!({"status": "CANCELLED", "statusReason": "late", "title": "z", "owner": "devrel"});
    let path = format!("/v1/key-results/{}", addresses[1]);
    app.patch(&path, app.get(&path).await.expect(200).etag(), cancelled).await.expect(200);
    app.patch(&format!("/v1/objectives/{support}"), below.etag(), json!({"parent": null})).await.expect(200);

    let titles = async |query: &str| listed(&app, &format!("/v1/key-results?asOf={instant}&{query}"), "title").await;
    assert_eq!(titles("sort=title").await, ["a", "b", "c"]);
    assert_eq!(titles("sort=-title&kind=MILESTONE&status=ACTIVE").await, ["b", "a"]);
    assert_eq!(titles("status=CANCELLED").await, Vec::<Value>::new());
    assert_eq!(titles("owner=devrel").await, Vec::<Value>::new());
    assert_eq!(titles("team=devrel&cycle=2020-Q1&objective=2020-Q1.devrel.O1&sort=due&limit=2").await, ["b", "a"]);
    let supporting = listed(&app, &format!("/v1/objectives?supports={objective}&asOf={instant}"), "parentId").await;
    assert_eq!(supporting, [app.get(&format!("/v1/objectives/{objective}")).await.expect(200)["id"].clone()]);
    assert_eq!(listed(&app, &format!("/v1/objectives?supports={objective}"), "id").await, Vec::<Value>::new());
}

async fn confidence_and_staleness_are_those_of_the_past(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    a_check_in(&app, &address, "2020-02-01", json!({"value": 30, "confidence": "AT_RISK"})).await.expect(201);
    a_check_in(&app, &address, "2020-02-08", json!({"value": 40})).await.expect(201);
    let instant = now(&app).await;
    let today = text(&app.get("/v1/teams").await.expect(200)["items"][0]["createdAt"])[..10].to_owned();
    a_check_in(&app, &address, &today, json!({"value": 60, "confidence": "ON_TRACK"})).await.expect(201);

    let found = async |query: &str| listed(&app, &format!("/v1/key-results?{query}"), "id").await.len();
    assert_eq!([found("confidence=AT_RISK").await, found("confidence=ON_TRACK").await], [0, 1]);
    assert_eq!([found("stale=true").await, found("stale=false").await], [0, 1]);
    let then = |query: &str| format!("{query}&asOf={instant}");
    assert_eq!([found(&then("confidence=AT_RISK")).await, found(&then("confidence=ON_TRACK")).await], [1, 0]);
    assert_eq!([found(&then("stale=true")).await, found(&then("stale=false")).await], [1, 0]);
}

async fn updated_since_keeps_its_meaning_in_the_past(app: App) {
    let world = World::made_by(&app).await;
    let path = world.filled("/v1/key-results/{milestone}");
    let between = now(&app).await;
    let changed = app.patch(&path, app.get(&path).await.expect(200).etag(), json!({"title": "Renamed"})).await.expect(200);
    let instant = now(&app).await;
    app.patch(&path, changed.etag(), json!({"title": "Renamed again"})).await.expect(200);

    let list = format!("/v1/key-results?updatedSince={between}&asOf={instant}");
    assert_eq!(listed(&app, &list, "title").await, ["Renamed"]);
    assert_eq!(listed(&app, &format!("/v1/key-results?updatedSince={instant}&asOf={instant}"), "title").await, Vec::<Value>::new());
}

async fn the_past_comes_as_lines_and_as_a_table(app: App) {
    let address = a_way_to_a_hundred(&app).await;
    let instant = now(&app).await;
    let path = format!("/v1/key-results/{address}");
    let read = app.get(&path).await.expect(200);
    app.patch(&path, read.etag(), json!({"title": "Renamed"})).await.expect(200);

    let lines = app.get(&format!("/v1/key-results?asOf={instant}&format=ndjson")).await.expect(200);
    let line: Value = serde_json::from_str(lines.text.trim()).expect("one line of JSON");
    let table = app.get(&format!("/v1/key-results?asOf={instant}&format=csv&fields=title,version")).await.expect(200);

    assert_eq!(&line, read.json());
    assert_eq!(table.text, "title,version\r\nMeasured,1\r\n");
}

async fn what_is_expanded_is_of_the_same_instant(app: App) {
    let world = World::made_by(&app).await;
    let list = "/v1/objectives?expand=keyResults.checkIns,keyResults.initiatives,keyResults.milestoneSteps";
    let before = app.get(list).await.expect(200)["items"].clone();
    let instant = now(&app).await;
    for path in ["/v1/milestone-steps/{milestoneStep}", "/v1/initiatives/{initiative}", "/v1/key-results/{milestone}"] {
        let path = world.filled(path);
        app.delete(&path, app.get(&path).await.expect(200).etag()).await.expect(204);
    }
    let path = world.filled("/v1/check-ins/{checkIn}");
    app.patch(&path, app.get(&path).await.expect(200).etag(), json!({"value": 170, "correction": "a digit"})).await.expect(200);

    assert_eq!(app.get(&format!("{list}&asOf={instant}")).await.expect(200)["items"], before);
    assert_ne!(app.get(list).await.expect(200)["items"], before);
}

async fn what_is_nested_is_of_the_same_instant(app: App) {
    const PAGE: &str = r#"query($asOf: DateTime) { cycles(filter: {asOf: $asOf}, first: 2) { nodes {
        key name score { value }
        objectives(first: 5) { nodes { title score { value } team { name } cycle { name } keyResults(first: 5) { nodes {
            title version address score { value } objective { title } milestoneSteps { title keyResult { title } }
            checkIns(last: 1) { nodes { value revisions { number } keyResult { title } } }
            contributions { evidence initiative { title team { name } } } initiatives { title }
        } } } }
    } } }"#;
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    let before = app.graphql(PAGE, json!({})).await.data().clone();
    for (path, change) in [
        ("/v1/teams/{team}", json!({"name": "Renamed"})),
        ("/v1/cycles/{cycle}", json!({"name": "Renamed"})),
        ("/v1/check-ins/{checkIn}", json!({"value": 170, "correction": "a digit"})),
        ("/v1/initiatives/{initiative}", json!({"title": "Renamed"})),
        ("/v1/milestone-steps/{milestoneStep}", json!({"title": "Renamed"})),
        ("/v1/key-results/{keyResult}", json!({"title": "Renamed"})),
    ] {
        let path = world.filled(path);
        app.patch(&path, app.get(&path).await.expect(200).etag(), change).await.expect(200);
    }
    let path = world.filled("/v1/objectives/{objective}");
    app.delete(&path, app.get(&path).await.expect(200).etag()).await.expect(204);

    assert_eq!(app.graphql(PAGE, json!({"asOf": instant})).await.data(), &before);
    let single = format!(r#"{{ it: objective(id: "{}", asOf: "{instant}") {{ keyResults {{ totalCount }} }} }}"#, world.id("objective"));
    assert_eq!(app.graphql(&single, json!({})).await.data()["it"]["keyResults"]["totalCount"], 2);
}

async fn a_correction_is_not_known_before_it_was_made(app: App) {
    let world = World::made_by(&app).await;
    let instant = now(&app).await;
    let path = world.filled("/v1/check-ins/{checkIn}");
    app.patch(&path, app.get(&path).await.expect(200).etag(), json!({"value": 170, "correction": "a digit"})).await.expect(200);

    assert_eq!(listed(&app, &format!("/v1/check-ins?asOf={instant}"), "value").await, [json!(150)]);
    assert_eq!(listed(&app, "/v1/check-ins", "value").await, [json!(170)]);
    assert_eq!(listed(&app, &format!("{path}/revisions?asOf={instant}"), "number").await, [json!(1)]);
}

async fn single_things_are_shown_as_they_were(app: App) {
    let world = World::made_by(&app).await;
    let names = ["team", "cycle", "milestoneStep", "checkIn", "initiative", "objective", "keyResult"];
    let paths = ["teams", "cycles", "milestone-steps", "check-ins", "initiatives", "objectives", "key-results"];
    let instant = now(&app).await;

    for (name, path) in names.into_iter().zip(paths) {
        let path = format!("/v1/{path}/{}", world.id(name));
        let shown = app.get(&path).await.expect(200);
        assert_eq!(app.get(&format!("{path}?asOf={instant}")).await.expect(200).json(), shown.json());
        app.get(&format!("{path}?asOf=2020-01-01T00:00:00Z")).await.problem(404, "NOT_FOUND");
        let query = format!(
            r#"{{ then: {name}(id: "{0}", asOf: "{instant}") {{ id }} before: {name}(id: "{0}", asOf: "2020-01-01T00:00:00Z") {{ id }} }}"#,
            world.id(name)
        );
        let answer = app.graphql(&query, json!({})).await;
        assert_eq!(answer.data(), &json!({"then": {"id": world.id(name)}, "before": null}));
    }
}

async fn what_is_named_need_not_be_there_any_more(app: App) {
    app.post("/v1/teams", json!({"key": "docs", "name": "Docs", "kind": "TEAM"})).await.expect(201);
    let made = app.post("/v1/initiatives", json!({"title": "Write", "team": "docs"})).await.expect(201);
    let instant = now(&app).await;
    app.delete(&format!("/v1/initiatives/{}", text(&made["id"])), made.etag()).await.expect(204);
    app.delete("/v1/teams/docs", "\"1\"").await.expect(204);

    assert_eq!(listed(&app, &format!("/v1/initiatives?team=docs&asOf={instant}"), "title").await, ["Write"]);
    app.get("/v1/initiatives?team=docs").await.expect(422);
}

async fn a_future_instant_sees_all_that_is_there(app: App) {
    World::made_by(&app).await;

    for what in ["teams", "cycles", "objectives", "key-results", "check-ins", "initiatives"] {
        let now = app.get(&format!("/v1/{what}")).await.expect(200)["items"].clone();
        assert_eq!(app.get(&format!("/v1/{what}?asOf=2100-01-01T00:00:00Z")).await.expect(200)["items"], now, "{what}");
    }
}
