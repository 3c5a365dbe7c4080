//! Lists are cut, sorted, counted and written alike, and reads are not sent twice.

mod formats;
mod refusals;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{App, Response, both};

both![
    next_leads_through_the_whole_list,
    prev_leads_back,
    the_link_header_leads_on,
    a_list_is_counted_when_asked,
    a_list_is_sorted_by_the_field_that_is_named,
    equal_sort_keys_do_not_lose_items_between_pages,
    only_the_wanted_fields_are_given,
    a_limit_has_bounds,
    a_page_holds_50_items_unless_asked_otherwise,
    a_cursor_that_was_not_given_is_refused,
    a_cursor_belongs_to_its_filter_and_its_order,
    a_cursor_belongs_to_its_workspace,
    an_item_that_is_added_meanwhile_does_not_shift_the_pages,
];

async fn add_teams(app: &App, count: usize) {
    for number in 0..count {
        let team = json!({"key": format!("team-{number}"), "name": format!("Name {}", number / 2), "kind": "TEAM"});
        app.post("/v1/teams", team).await.expect(201);
    }
}

fn keys(answer: &Response) -> Vec<String> {
    let items = answer["items"].as_array().expect("a list has items").iter();

    items.map(|item| item["key"].as_str().expect("a team has a key").to_owned()).collect()
}

fn cursor<'a>(answer: &'a Response, direction: &str) -> &'a str {
    answer["page"][direction].as_str().unwrap_or_else(|| panic!("no {direction} in {answer:?}"))
}

async fn next_leads_through_the_whole_list(app: App) {
    add_teams(&app, 5).await;

    let first = app.get("/v1/teams?limit=2").await.expect(200);
    let second = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&first, "next"))).await.expect(200);
    let third = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&second, "next"))).await.expect(200);

    assert_eq!([keys(&first), keys(&second), keys(&third)].concat(), ["team-0", "team-1", "team-2", "team-3", "team-4"]);
    assert_eq!([&first["page"]["hasNext"], &third["page"]["hasNext"]], [true, false]);
    assert_eq!([&first["page"]["prev"], &third["page"]["next"]], [&Value::Null, &Value::Null]);
}

async fn prev_leads_back(app: App) {
    add_teams(&app, 5).await;
    let first = app.get("/v1/teams?limit=2").await.expect(200);
    let second = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&first, "next"))).await.expect(200);
    let third = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&second, "next"))).await.expect(200);

    let back = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&third, "prev"))).await.expect(200);
    let begin = app.get(&format!("/v1/teams?limit=2&cursor={}", cursor(&back, "prev"))).await.expect(200);

    assert_eq!([keys(&back), keys(&begin)], [keys(&second), keys(&first)]);
    assert_eq!(begin["page"]["prev"], Value::Null);
    assert_eq!(back["page"]["hasNext"], true);
}

async fn the_link_header_leads_on(app: App) {
    add_teams(&app, 5).await;
    let first = app.get("/v1/teams?limit=2&sort=-name&kind=TEAM,GROUP").await.expect(200);
    let link = first.header("link").to_owned();
    let (target, relation) = link.split_once(">; ").expect("a link has a relation");
    assert_eq!(relation, "rel=\"next\"");

    let second = app.get(target.trim_start_matches('<')).await.expect(200);

    // By name descending the fifth comes first, then two with one name each.
    assert!(keys(&first).iter().all(|key| !keys(&second).contains(key)), "{second:?}");
    let both = second.header("link").to_owned();
    assert!(both.contains("rel=\"next\"") && both.contains("rel=\"prev\""), "{both}");
}

async fn a_list_is_counted_when_asked(app: App) {
    add_teams(&app, 3).await;

    let counted = app.get("/v1/teams?limit=1&count=true").await.expect(200);
    let uncounted = app.get("/v1/teams?limit=1").await.expect(200);

    assert_eq!(counted["page"]["total"], 3);
    assert_eq!(uncounted["page"].get("total"), None);
}

async fn a_list_is_sorted_by_the_field_that_is_named(app: App) {
    for (key, name) in [("a", "Beta"), ("b", "alpha"), ("c", "Gamma")] {
        app.post("/v1/teams", json!({"key": key, "name": name, "kind": "TEAM"})).await.expect(201);
    }

    let up = app.get("/v1/teams?sort=name").await.expect(200);
    let down = app.get("/v1/teams?sort=-name").await.expect(200);

    let mut reversed = keys(&down);
    reversed.reverse();
    assert_eq!(keys(&up), reversed);
    assert_eq!(keys(&app.get("/v1/teams?sort=-createdAt").await.expect(200)), ["c", "b", "a"]);
    let refused = app.get("/v1/teams?sort=colour").await.problem(400, "INVALID_VALUE");
    assert_eq!(refused["errors"][0]["parameter"], "sort");
}

async fn equal_sort_keys_do_not_lose_items_between_pages(app: App) {
    add_teams(&app, 6).await;
    for sort in ["name", "-name"] {
        let mut seen = BTreeSet::new();
        let mut path = format!("/v1/teams?sort={sort}&limit=1");
        for _ in 0..6 {
            let page = app.get(&path).await.expect(200);
            seen.extend(keys(&page));
            path = format!("/v1/teams?sort={sort}&limit=1&cursor={}", page["page"]["next"].as_str().unwrap_or_default());
        }

        assert_eq!(seen.len(), 6, "{sort}");
    }
}

async fn only_the_wanted_fields_are_given(app: App) {
    add_teams(&app, 1).await;

    let short = app.get("/v1/teams?fields=key,version").await.expect(200);

    assert_eq!(short["items"][0], json!({"key": "team-0", "version": 1}));
    app.get("/v1/teams?fields=key,colour").await.problem(400, "UNKNOWN_FIELD");
}

async fn a_limit_has_bounds(app: App) {
    for limit in ["0", "201", "-1", "many", "1.5"] {
        let refused = app.get(&format!("/v1/teams?limit={limit}")).await.expect(400);
        assert_eq!(refused["errors"][0]["parameter"], "limit", "{limit}");
    }

    app.get("/v1/teams?limit=200").await.expect(200);
}

async fn a_page_holds_50_items_unless_asked_otherwise(app: App) {
    add_teams(&app, 51).await;

    let page = app.get("/v1/teams").await.expect(200);

    assert_eq!(keys(&page).len(), 50);
    assert_eq!(page["page"]["hasNext"], true);
}

async fn a_cursor_that_was_not_given_is_refused(app: App) {
    add_teams(&app, 2).await;
    let first = app.get("/v1/teams?limit=1").await.expect(200);
    let given = cursor(&first, "next");

    for cursor in ["", "n", "nonsense", "%00", &given[1..], &format!("{given}A"), &given.replacen('n', "p", 1)[..given.len() - 1]] {
        app.get(&format!("/v1/teams?limit=1&cursor={cursor}")).await.expect(400);
    }
}

async fn a_cursor_belongs_to_its_filter_and_its_order(app: App) {
    add_teams(&app, 3).await;
    let first = app.get("/v1/teams?limit=1&kind=TEAM").await.expect(200);
    let given = cursor(&first, "next");

    for others in ["", "kind=GROUP", "kind=TEAM&sort=name", "kind=TEAM&sort=-createdAt"] {
        app.get(&format!("/v1/teams?limit=1&cursor={given}&{others}")).await.problem(400, "INVALID_CURSOR");
    }
    app.get(&format!("/v1/cycles?limit=1&cursor={given}")).await.problem(400, "INVALID_CURSOR");
    app.get(&format!("/v1/teams?limit=2&cursor={given}&kind=TEAM&count=true")).await.expect(200);
}

async fn a_cursor_belongs_to_its_workspace(app: App) {
    add_teams(&app, 2).await;
    let first = app.get("/v1/teams?limit=1").await.expect(200);

    app.elsewhere().get(&format!("/v1/teams?limit=1&cursor={}", cursor(&first, "next"))).await.problem(400, "INVALID_CURSOR");
}

async fn an_item_that_is_added_meanwhile_does_not_shift_the_pages(app: App) {
    add_teams(&app, 4).await;
    let first = app.get("/v1/teams?limit=2&sort=-createdAt").await.expect(200);
    app.post("/v1/teams", json!({"key": "late", "name": "Late", "kind": "TEAM"})).await.expect(201);

    let second = app.get(&format!("/v1/teams?limit=2&sort=-createdAt&cursor={}", cursor(&first, "next"))).await.expect(200);

    assert_eq!([keys(&first), keys(&second)].concat(), ["team-3", "team-2", "team-1", "team-0"]);
}
