//! The page a frontend draws costs the same number of SQL statements, however much is on it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::given::{a_check_in, a_key_result, a_quarter, an_objective, text};
use crate::harness::{App, both};

both![the_nested_page_costs_the_same_for_five_objectives_and_for_twenty];

const PAGE: &str = r#"{
  cycle(id: "2020-Q1") {
    key
    score { value }
    objectives(first: 50) { nodes {
      address title score { value }
      team { key }
      keyResults(first: 10) { nodes {
        number title score { value reason }
        checkIns(last: 3) { nodes { on value confidence } }
        contributions { evidence initiative { title } }
      } }
    } }
  }
}"#;

async fn add_objectives(app: &App, initiative: &str, count: usize) {
    for number in 0..count {
        let objective = an_objective(app, &format!("Objective {number}")).await;
        for _ in 0..2 {
            let made = a_key_result(app, &objective, json!({"kind": "REACH", "baseline": 0, "target": 10})).await.expect(201);
            let address = text(&made["address"]);
            for day in 1..=4 {
                a_check_in(app, &address, &format!("2020-02-0{day}"), json!({"value": day})).await.expect(201);
            }
            app.put(&format!("{initiative}/contributions/{address}"), None, json!({"evidence": "a pilot"})).await.expect(200);
        }
    }
}

pub(crate) async fn statements(app: &App) -> u64 {
    let metrics = app.get("/metrics").await.expect(200);
    let line = metrics.text.lines().find_map(|line| line.strip_prefix("waymark_sql_statements_total "));

    line.and_then(|count| count.trim().parse().ok()).expect("the metrics count SQL statements")
}

/// What a query answers, and what it costs. The token's last use may be written beside it, and days be folded, so the cheapest of
/// several counts.
pub(crate) async fn cost(app: &App, query: &str) -> (Value, u64) {
    let mut cheapest = u64::MAX;
    let mut data = Value::Null;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let before = statements(app).await;
        data = app.graphql(query, json!({})).await.expect(200).data().clone();
        cheapest = cheapest.min(statements(app).await - before);
    }
    (data, cheapest)
}

/// The page and what it cost.
async fn page(app: &App) -> (Value, u64) {
    let (data, cheapest) = cost(app, PAGE).await;
    (data["cycle"].clone(), cheapest)
}

async fn the_nested_page_costs_the_same_for_five_objectives_and_for_twenty(app: App) {
    a_quarter(&app).await;
    let made = app.post("/v1/initiatives", json!({"title": "Mentors", "team": "devrel"})).await.expect(201);
    let initiative = format!("/v1/initiatives/{}", text(&made["id"]));
    add_objectives(&app, &initiative, 5).await;
    let (small, cost_of_five) = page(&app).await;

    add_objectives(&app, &initiative, 15).await;
    let (large, cost_of_twenty) = page(&app).await;

    println!("the page costs {cost_of_five} statements with 5 objectives and {cost_of_twenty} with 20");
    assert_eq!(cost_of_twenty, cost_of_five);
    let objectives = |page: &Value| page["objectives"]["nodes"].as_array().map_or(0, Vec::len);
    assert_eq!((objectives(&small), objectives(&large)), (5, 20));
    let key_result = &large["objectives"]["nodes"][19]["keyResults"]["nodes"][1];
    let days: Vec<&str> = key_result["checkIns"]["nodes"].as_array().unwrap().iter().filter_map(|one| one["on"].as_str()).collect();
    assert_eq!(days, ["2020-02-02", "2020-02-03", "2020-02-04"]);
    assert_eq!(key_result["contributions"][0]["initiative"]["title"], "Mentors");
    assert_eq!(key_result["score"]["value"], json!(0.4));
}
