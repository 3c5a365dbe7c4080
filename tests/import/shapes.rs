//! Documents of many shapes, as companies publish them, are read as a careful person reads them.

use serde_json::{Value, json};

use super::{documents, import, key_result};
use crate::harness::{App, both};

both![
    each_shape_holds_what_a_reader_counts,
    a_score_behind_a_result_is_the_score,
    columns_of_a_review_give_the_way_and_the_confidence,
    owners_with_a_bare_letter_make_a_cascade,
    headings_alone_are_enough,
    a_share_of_something_is_the_target_and_not_its_condition,
    an_arrow_between_two_numbers_is_the_way,
    an_id_that_is_given_twice_is_a_finding,
    a_document_older_than_its_cycle_is_taken,
];

/// The document, its cycle, its objectives and its key results.
const SHAPES: [(&str, &str, Option<&str>, u64, u64); 12] = [
    ("handbook.md", HANDBOOK, Some("2024-Q2"), 2, 6),
    ("tags.md", include_str!("../fixtures/shapes/tags.md"), Some("2023-Q3"), 2, 6),
    ("table.md", include_str!("../fixtures/shapes/table.md"), Some("2025-Q1"), 2, 5),
    ("headings.md", HEADINGS, Some("2022-Q4"), 2, 5),
    ("bold.md", BOLD, Some("2021-Q1"), 2, 5),
    ("retro-scores.md", RETRO, Some("2019-Q4"), 3, 8),
    ("cascade.md", CASCADE, Some("2024-Q3"), 4, 8),
    ("definitions.md", include_str!("../fixtures/shapes/definitions.md"), None, 0, 0),
    ("checkbox.md", CHECKBOX, Some("2025-Q2"), 2, 6),
    ("numbered.md", include_str!("../fixtures/shapes/numbered.md"), Some("2020-Q4"), 2, 6),
    ("multi-team.md", include_str!("../fixtures/shapes/multi-team.md"), Some("2023-Q1"), 4, 9),
    ("weekly.md", WEEKLY, Some("2024-Q2"), 2, 5),
];

const HANDBOOK: &str = include_str!("../fixtures/shapes/handbook.md");
const HEADINGS: &str = include_str!("../fixtures/shapes/headings.md");
const BOLD: &str = include_str!("../fixtures/shapes/bold.md");
const RETRO: &str = include_str!("../fixtures/shapes/retro-scores.md");
const CASCADE: &str = include_str!("../fixtures/shapes/cascade.md");
const CHECKBOX: &str = include_str!("../fixtures/shapes/checkbox.md");
const WEEKLY: &str = include_str!("../fixtures/shapes/weekly.md");

async fn each_shape_holds_what_a_reader_counts(app: App) {
    for (path, text, cycle, objectives, key_results) in SHAPES {
        let report = import(&app, &[(path, text)]).await;

        let document = &documents(report.json())[0];
        let counted = [&document["cycle"], &document["objectives"], &document["keyResults"]];
        assert_eq!(counted, [&json!(cycle), &json!(objectives), &json!(key_results)], "{path}");
    }
}

async fn a_score_behind_a_result_is_the_score(app: App) {
    import(&app, &[("handbook.md", HANDBOOK), ("retro-scores.md", RETRO)]).await;

    assert_eq!(key_result(&app, "Raise monthly availability").await["grade"], json!(0.8));
    assert_eq!(key_result(&app, "Cut cost per million requests").await["grade"], json!(0.3));
    let said = app.get("/v1/check-ins?limit=200").await.expect(200);
    let evidence: Vec<&Value> = said["items"].as_array().unwrap().iter().map(|check_in| &check_in["evidence"]).collect();
    assert!(evidence.contains(&&json!("99.9%")) && evidence.contains(&&json!("$3.70")), "{evidence:?}");
}

async fn columns_of_a_review_give_the_way_and_the_confidence(app: App) {
    import(&app, &[("weekly.md", WEEKLY)]).await;

    let payouts = key_result(&app, "Failed payouts").await;
    assert_eq!([&payouts["kind"], &payouts["baseline"], &payouts["target"]], [&json!("REACH"), &json!(35), &json!(10)]);
    let said = app.get("/v1/check-ins?confidence=ON_TRACK").await.expect(200);
    assert_eq!((&said["items"][0]["keyResultId"], &said["items"][0]["value"]), (&payouts["id"], &json!(18)));
}

async fn owners_with_a_bare_letter_make_a_cascade(app: App) {
    import(&app, &[("cascade.md", CASCADE)]).await;

    let objectives = app.get("/v1/objectives").await.expect(200);
    let shown: Vec<(&str, bool)> =
        objectives["items"].as_array().unwrap().iter().map(|one| (one["title"].as_str().unwrap(), one["parentId"].is_string())).collect();
    let expected =
        [("Reach profitability", false), ("Know every euro", true), ("Sell to those who stay", true), ("A place people recommend", false)];
    assert_eq!(shown, expected);
}

async fn headings_alone_are_enough(app: App) {
    import(&app, &[("headings.md", HEADINGS)]).await;

    let share = key_result(&app, "Increase share of questions").await;
    assert_eq!([&share["baseline"], &share["target"]], [&json!(22), &json!(50)]);
    let objectives = app.get("/v1/objectives?fields=title").await.expect(200);
    assert_eq!(objectives["items"][1]["title"], "Make talks reusable");
}

async fn a_share_of_something_is_the_target_and_not_its_condition(app: App) {
    import(&app, &[("handbook.md", HANDBOOK)]).await;

    let published = key_result(&app, "Publish 100%").await;
    assert_eq!([&published["kind"], &published["target"], &published["unit"]], [&json!("AT_LEAST"), &json!(100), &json!("PERCENT")]);
}

async fn an_arrow_between_two_numbers_is_the_way(app: App) {
    import(&app, &[("bold.md", BOLD)]).await;

    let retention = key_result(&app, "D30 retention").await;
    assert_eq!([&retention["kind"], &retention["baseline"], &retention["target"]], [&json!("REACH"), &json!(21), &json!(28)]);
}

async fn an_id_that_is_given_twice_is_a_finding(app: App) {
    let report = import(&app, &[("checkbox.md", CHECKBOX)]).await;

    assert_eq!(super::findings(&documents(report.json())[0], "DUPLICATE"), ["KR 2.2"]);
}

async fn a_document_older_than_its_cycle_is_taken(app: App) {
    let text = "# OKRs\n\n## Objective: Be heard\n\n- KR1: 100 % of the team watches the forum by 2017-02-28\n- KR2: 5 talks given\n";
    let documents = json!({"cycle": "2026-Q4", "documents": [{"path": "old.md", "text": text}]});

    let report = app.post("/v1/import", documents).await.expect(200);

    assert_eq!(report["documents"][0]["keyResults"], 2, "{report:?}");
    let old = key_result(&app, "100 % of the team").await;
    assert_eq!((&old["start"], &old["due"]), (&json!("2017-02-28"), &json!("2017-02-28")));
    let notes: Vec<&str> = report["documents"][0]["lines"].as_array().unwrap().iter().filter_map(|line| line["note"].as_str()).collect();
    assert!(notes.iter().any(|note| note.contains("starts and is due on 2017-02-28")), "{notes:?}");
}
