//! Documents in and out: every line is accounted for, once, and nothing is guessed in silence.

mod shapes;

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::given::text;
use crate::harness::{App, Client, Database, Response, Server, both};

both![
    every_line_is_accounted_for_once,
    lines_that_became_okrs_name_them,
    counts_are_of_what_the_document_holds,
    the_same_document_again_changes_nothing,
    a_second_report_says_what_the_first_said,
    the_same_document_twice_in_one_import_is_there_once,
    numbers_that_were_imported_say_so_until_they_are_changed,
    the_statements_of_an_import_do_not_grow_with_its_items,
    the_command_line_says_that_there_is_no_workspace_yet,
    a_dry_run_reports_the_same_and_writes_nothing,
    one_bad_document_leaves_nothing_of_the_others,
    placeholders_are_findings_and_no_numbers,
    nesting_becomes_a_cascade,
    a_result_becomes_a_check_in,
    a_stated_score_becomes_an_imported_grade,
    definitions_and_prose_are_ignored,
    thresholds_and_baselines_are_read,
    a_document_without_a_cycle_goes_where_it_is_told,
    an_export_imports_to_the_same_markdown,
    the_command_line_reports_as_the_service_does,
    the_command_line_refuses_a_file_that_is_not_there,
    an_export_is_json_and_csv_as_well,
    a_viewer_does_not_import,
    a_closed_cycle_takes_no_import,
];

const CASCADE: &str = include_str!("fixtures/cascade.md");
const BLOG: &str = include_str!("fixtures/blog.md");
const TEMPLATE: &str = include_str!("fixtures/template.md");
const SHEET: &str = include_str!("fixtures/sheet.md");
const COMMITTEE: &str = include_str!("fixtures/committee.md");
const ALL: [(&str, &str); 5] =
    [("cascade.md", CASCADE), ("blog.md", BLOG), ("template.md", TEMPLATE), ("sheet.md", SHEET), ("committee.md", COMMITTEE)];

/// Objectives, key results and check-ins of the documents above, in their order.
const COUNTS: [(u64, u64, u64); 5] = [(3, 5, 1), (1, 3, 0), (1, 2, 0), (2, 3, 0), (2, 3, 0)];

fn body(documents: &[(&str, &str)]) -> Value {
    let documents: Vec<Value> = documents.iter().map(|(path, text)| json!({"path": path, "text": text})).collect();

    json!({"documents": documents, "cycle": null, "team": null})
}

async fn import(client: &Client, documents: &[(&str, &str)]) -> Response {
    client.post("/v1/import", body(documents)).await.expect(200)
}

fn documents(report: &Value) -> &Vec<Value> {
    report["documents"].as_array().expect("a report is of documents")
}

async fn how_many(client: &Client, what: &str) -> usize {
    client.get(&format!("/v1/{what}?limit=200")).await.expect(200)["items"].as_array().map_or(0, Vec::len)
}

async fn every_line_is_accounted_for_once(app: App) {
    let report = import(&app, &ALL).await;

    for (document, (path, source)) in documents(report.json()).iter().zip(ALL) {
        let numbers: Vec<u64> = document["lines"].as_array().unwrap().iter().filter_map(|line| line["line"].as_u64()).collect();
        let expected: Vec<u64> = (1..).take(source.lines().count()).collect();
        assert_eq!((document["path"].as_str(), numbers), (Some(path), expected));
    }
}

async fn lines_that_became_okrs_name_them(app: App) {
    let report = import(&app, &ALL).await;

    for document in documents(report.json()) {
        for line in document["lines"].as_array().unwrap() {
            let path = match line["became"].as_str() {
                Some("OBJECTIVE") => "objectives",
                Some("KEY_RESULT") => "key-results",
                _ => continue,
            };
            let found = app.get(&format!("/v1/{path}/{}", text(&line["address"]))).await.expect(200);
            assert_eq!(found["id"], line["id"]);
        }
    }
}

async fn counts_are_of_what_the_document_holds(app: App) {
    let report = import(&app, &ALL).await;

    let told = |document: &Value| {
        let number = |field: &str| document[field].as_u64().unwrap();
        (number("objectives"), number("keyResults"), number("checkIns"))
    };
    assert_eq!(documents(report.json()).iter().map(told).collect::<Vec<_>>(), COUNTS, "{report:?}");
    let (objectives, key_results) = (how_many(&app, "objectives").await, how_many(&app, "key-results").await);
    assert_eq!((objectives, key_results), (9, 16));
}

async fn the_same_document_again_changes_nothing(app: App) {
    let first = import(&app, &ALL).await;
    let before = everything(&app).await;

    let second = import(&app, &ALL).await;

    assert_eq!(everything(&app).await, before);
    for (document, earlier) in documents(second.json()).iter().zip(documents(first.json())) {
        assert_eq!(document["created"], json!({"cycles": 0, "teams": 0, "objectives": 0, "keyResults": 0, "checkIns": 0}));
        let unchanged = ["objectives", "keyResults", "checkIns"].map(|what| document["unchanged"][what].clone());
        assert_eq!(unchanged, ["objectives", "keyResults", "checkIns"].map(|what| document[what].clone()));
        assert_eq!([&document["lines"], &document["findings"]], [&earlier["lines"], &earlier["findings"]]);
    }
}

/// What is not stored, cannot be stored, or was left in is told of what is there already as well.
async fn a_second_report_says_what_the_first_said(app: App) {
    let text = "# 2020-Q1 OKRs\n\n## Objective: [P1] Newcomers stay @ada @bo (0.4)\n\n- KR: P0 @cy @di - Grow from 1 to [X] people (0.3)\n- KR: TBD\n";

    let first = import(&app, &[("notes.md", text)]).await;
    let second = import(&app, &[("notes.md", text)]).await;

    let told = |report: &Response| ["lines", "findings"].map(|what| documents(report.json())[0][what].clone());
    assert_eq!(told(&first), told(&second));
    assert!(first.text.contains("the priority P0 is not stored"), "{first:?}");
}

async fn the_same_document_twice_in_one_import_is_there_once(app: App) {
    let report = import(&app, &[("one.md", CASCADE), ("two.md", CASCADE)]).await;

    assert_eq!((how_many(&app, "objectives").await, how_many(&app, "key-results").await), (3, 5));
    assert_eq!(documents(report.json())[1]["created"]["keyResults"], 0);
}

async fn numbers_that_were_imported_say_so_until_they_are_changed(app: App) {
    import(&app, &[("cascade.md", CASCADE)]).await;
    let path = format!("/v1/key-results/{}", text(&key_result(&app, "Grow weekly writers").await["id"]));
    let provenances = async || {
        let score = app.get(&format!("{path}/score")).await.expect(200);
        let numbers = score["explanation"]["inputs"].as_array().unwrap().clone();
        numbers.iter().map(|number| (text(&number["name"]), text(&number["provenance"]))).collect::<BTreeMap<_, _>>()
    };
    let shown = |baseline: &str, target: &str| {
        BTreeMap::from([("BASELINE", baseline), ("TARGET", target)].map(|(a, b)| (a.to_owned(), b.to_owned())))
    };
    assert_eq!(provenances().await, shown("IMPORTED", "IMPORTED"));

    let read = app.get(&path).await.expect(200);
    app.patch(&path, read.etag(), json!({"target": 2000, "title": "Writers"})).await.expect(200);

    assert_eq!(provenances().await, shown("IMPORTED", "ENTERED"));
}

async fn the_statements_of_an_import_do_not_grow_with_its_items(app: App) {
    let document = |cycle: &str, count: usize| {
        let objective = |number| {
            format!("## Objective: Number {number}\n\n- KR: Raise thing {number} from 1% to 50% => 20% (0.4)\n- KR: Ship {number} @ada\n\n")
        };
        format!("# {cycle} OKRs\n\n{}", (0..count).map(objective).collect::<String>())
    };
    import(&app, &[("teams.md", &document("2019-Q1", 1))]).await;
    let mut costs = Vec::new();
    for (cycle, count) in [("2020-Q1", 3), ("2020-Q2", 60)] {
        let before = crate::statements::statements(&app).await;
        import(&app, &[("many.md", &document(cycle, count))]).await;
        costs.push(crate::statements::statements(&app).await - before);
    }

    println!("an import costs {costs:?} statements with 3 objectives and with 60");
    // A token's last use may be written beside it.
    assert!(costs[1].abs_diff(costs[0]) <= 2, "{costs:?}");
}

async fn the_command_line_says_that_there_is_no_workspace_yet(database: Arc<Database>) {
    fs::write(database.folder().join("cascade.md"), CASCADE).unwrap();

    for arguments in [vec!["import", "cascade.md"], vec!["export", "--cycle", "2020-Q1"], vec!["token", "list"]] {
        let done = database.waymark(&arguments).output().expect("run waymark");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains("there is none yet: `waymark workspace create` makes one"), "{said}");
    }
}

/// All that there is, by address and id.
async fn everything(client: &Client) -> BTreeMap<&'static str, Value> {
    let mut all = BTreeMap::new();
    for what in ["teams", "cycles", "objectives", "key-results", "check-ins"] {
        all.insert(what, client.get(&format!("/v1/{what}?limit=200")).await.expect(200)["items"].clone());
    }
    all
}

async fn a_dry_run_reports_the_same_and_writes_nothing(app: App) {
    let before = everything(&app).await;

    let tried = app.post("/v1/import?dryRun=true", body(&ALL)).await.expect(200);

    assert_eq!(everything(&app).await, before);
    assert_eq!(tried["dryRun"], true);
    let done = import(&app, &ALL).await;
    for (tried, done) in documents(tried.json()).iter().zip(documents(done.json())) {
        for field in ["objectives", "keyResults", "checkIns", "created", "findings"] {
            assert_eq!(tried[field], done[field]);
        }
    }
}

async fn one_bad_document_leaves_nothing_of_the_others(app: App) {
    let before = everything(&app).await;
    let too_long = "x".repeat((1 << 20) + 1);

    let refused = app.post("/v1/import", body(&[("good.md", CASCADE), ("long.md", &too_long)])).await;
    assert!((400..500).contains(&refused.status), "{}", refused.status);
    assert_eq!(everything(&app).await, before);

    app.post("/v1/cycles", json!({"key": "2020-Q2", "start": "2020-04-01", "end": "2020-06-30", "status": "CLOSED"})).await.expect(201);
    let before = everything(&app).await;
    let refused = app.post("/v1/import", body(&[("good.md", CASCADE), ("sheet.md", SHEET)])).await;
    assert!(refused["code"] == "CYCLE_CLOSED", "{refused:?}");
    assert_eq!(everything(&app).await, before);
}

fn findings<'a>(document: &'a Value, code: &str) -> Vec<&'a str> {
    let found = document["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == code);

    found.filter_map(|finding| finding["text"].as_str()).collect()
}

async fn placeholders_are_findings_and_no_numbers(app: App) {
    let report = import(&app, &[("template.md", TEMPLATE), ("cascade.md", CASCADE)]).await;

    let all = documents(report.json());
    assert_eq!(findings(&all[0], "PLACEHOLDER"), ["[X]", "[date]", "[Specific number]", "[X]"]);
    assert_eq!(findings(&all[1], "PLACEHOLDER"), ["WIP", "TO DO", "$X"]);
    assert_eq!(findings(&all[0], "CYCLE_ASSUMED").len(), 1, "the template names no cycle");
    let line = &all[0]["lines"][6];
    let key_result = app.get(&format!("/v1/key-results/{}", text(&line["address"]))).await.expect(200);
    assert_eq!(
        (&key_result["target"], &key_result["measurement"]),
        (&Value::Null, &json!("Monthly active members\nTarget: [Specific number]")),
        "the placeholder stays where a person can see it"
    );
}

async fn nesting_becomes_a_cascade(app: App) {
    import(&app, &[("cascade.md", CASCADE)]).await;

    let objectives = app.get("/v1/objectives?cycle=2020-Q1&sort=createdAt").await.expect(200);

    let all = objectives["items"].as_array().unwrap();
    let shown: Vec<(&str, bool)> = all.iter().map(|one| (one["title"].as_str().unwrap(), one["parentId"].is_string())).collect();
    assert_eq!(shown, [("Live within our means", false), ("Make the editor a joy", true), ("Keep $X of revenue.", false)]);
    let whole = app.get(&format!("/v1/objectives/{}/cascade", text(&all[0]["id"]))).await.expect(200);
    assert_eq!(whole["objectives"].as_array().map(Vec::len), Some(2));
}

async fn key_result(client: &Client, title: &str) -> Value {
    let all = client.get("/v1/key-results?limit=200").await.expect(200);
    let found = all["items"].as_array().unwrap().iter().find(|one| one["title"].as_str().is_some_and(|shown| shown.starts_with(title)));

    found.unwrap_or_else(|| panic!("no key result {title} in {all:?}")).clone()
}

async fn a_result_becomes_a_check_in(app: App) {
    import(&app, &[("cascade.md", CASCADE)]).await;

    let id = text(&key_result(&app, "Interview 12 writers").await["id"]);
    let check_ins = app.get(&format!("/v1/check-ins?keyResult={id}")).await.expect(200);

    let check_in = &check_ins["items"][0];
    assert_eq!((&check_in["evidence"], &check_in["provenance"]), (&json!("Twelve were interviewed."), &json!("IMPORTED")));
    assert_eq!((&check_in["on"], &check_in["value"]), (&json!("2020-03-31"), &Value::Null));
}

async fn a_stated_score_becomes_an_imported_grade(app: App) {
    let report = import(&app, &[("cascade.md", CASCADE), ("sheet.md", SHEET)]).await;

    let writers = key_result(&app, "Grow weekly writers").await;
    assert_eq!((&writers["grade"], &writers["gradeProvenance"]), (&json!(0.4), &json!("IMPORTED")));
    assert_eq!((&writers["baseline"], &writers["target"]), (&json!(900), &json!(1500)));
    assert_eq!(findings(&documents(report.json())[0], "SCORE_DIFFERS").len(), 1);
    assert_eq!(key_result(&app, "Ship a search").await["grade"], json!(0.9));
    let score = app.get(&format!("/v1/key-results/{}/score", text(&writers["id"]))).await.expect(200);
    assert_eq!((&score["value"], &score["grade"]), (&json!(0), &json!(0.4)));
}

async fn definitions_and_prose_are_ignored(app: App) {
    let report = import(&app, &[("committee.md", COMMITTEE), ("blog.md", BLOG)]).await;

    let became = |document: usize, line: usize| documents(report.json())[document]["lines"][line - 1]["became"].clone();
    assert_eq!([became(0, 5), became(0, 8), became(0, 10)], [json!("IGNORED"), json!("IGNORED"), json!("IGNORED")]);
    assert_eq!(became(1, 11), json!("IGNORED"));
    assert_eq!(became(1, 2), json!("BLANK"));
}

async fn thresholds_and_baselines_are_read(app: App) {
    import(&app, &[("blog.md", BLOG), ("committee.md", COMMITTEE)]).await;

    let mood = key_result(&app, "Newcomer mood").await;
    assert_eq!((&mood["kind"], &mood["target"], &mood["strict"]), (&json!("AT_LEAST"), &json!(11.5), &json!(true)));
    let views = key_result(&app, "200k views").await;
    assert_eq!((&views["kind"], &views["baseline"], &views["target"]), (&json!("REACH"), &json!(125_000), &json!(200_000)));
}

async fn a_document_without_a_cycle_goes_where_it_is_told(app: App) {
    app.post("/v1/teams", json!({"key": "docs", "name": "Docs", "kind": "TEAM"})).await.expect(201);
    let mut body = body(&[("template.md", TEMPLATE)]);
    (body["cycle"], body["team"]) = (json!("2021-Q2"), json!("docs"));

    app.post("/v1/import", body).await.expect(200);

    assert_eq!(app.get("/v1/objectives/2021-Q2.docs.O1").await.expect(200)["title"], "Lay the ground");
}

async fn an_export_imports_to_the_same_markdown(app: App) {
    import(&app, &ALL).await;
    let elsewhere = app.elsewhere();
    for cycle in ["2020-Q1", "2020-Q2", "2020-Q3"] {
        let first = app.get(&format!("/v1/cycles/{cycle}/export")).await.expect(200);
        assert!(first.header("content-type").starts_with("text/markdown"), "{first:?}");

        import(&elsewhere, &[("export.md", &first.text)]).await;

        let second = elsewhere.get(&format!("/v1/cycles/{cycle}/export")).await.expect(200);
        assert_eq!(second.text, first.text);
    }
}

async fn the_command_line_reports_as_the_service_does(database: Arc<Database>) {
    let server = Server::start(&database, &[]).await;
    let client = Client::new(server.url(), server.owner_token());
    let file = database.folder().join("cascade.md");
    fs::write(&file, CASCADE).unwrap();
    let said = |arguments: &[&str]| serde_json::from_str::<Value>(&database.run(arguments)).expect("a report in JSON");

    let tried = said(&["import", "cascade.md", "--format", "json", "--dry-run"]);
    assert_eq!((tried["dryRun"].clone(), how_many(&client, "objectives").await), (json!(true), 0));
    let done = said(&["import", "cascade.md", "--format", "json"]);
    let again = import(&client, &[("cascade.md", CASCADE)]).await;

    assert_eq!(documents(again.json())[0]["lines"], documents(&done)[0]["lines"]);
    assert_eq!(documents(again.json())[0]["created"]["keyResults"], 0);
    let exported = client.get("/v1/cycles/2020-Q1/export").await.expect(200);
    assert_eq!(database.run(&["export", "--cycle", "2020-Q1"]), exported.text.trim_end());
}

async fn the_command_line_refuses_a_file_that_is_not_there(database: Arc<Database>) {
    let done = database.waymark(&["import", "nowhere.md"]).output().expect("run waymark");

    assert!(!done.status.success());
    assert!(String::from_utf8_lossy(&done.stderr).contains("nowhere.md"));
}

async fn an_export_is_json_and_csv_as_well(app: App) {
    import(&app, &[("cascade.md", CASCADE)]).await;

    let json = app.get("/v1/cycles/2020-Q1/export?format=json").await.expect(200);
    assert_eq!((json["objectives"].as_array().map(Vec::len), json["keyResults"].as_array().map(Vec::len)), (Some(3), Some(5)));
    let csv = app.get("/v1/cycles/2020-Q1/export?format=csv").await.expect(200);
    assert_eq!(csv.text.lines().count(), 6, "a head and five key results: {csv:?}");
}

async fn a_viewer_does_not_import(app: App) {
    app.as_role("viewer").post("/v1/import", body(&[("a.md", CASCADE)])).await.problem(403, "FORBIDDEN");
}

async fn a_closed_cycle_takes_no_import(app: App) {
    import(&app, &[("cascade.md", "# 2020-Q1 OKRs\n\n## Objective: Newcomers stay\n\n- KR: Grow from 1 to 5 people\n")]).await;
    let mut cycle = app.get("/v1/cycles/2020-Q1").await.expect(200);
    for status in ["GRADING", "CLOSED"] {
        cycle = app.patch("/v1/cycles/2020-Q1", cycle.etag(), json!({"status": status})).await.expect(200);
    }
    let before = everything(&app).await;

    let graded = "# 2020-Q1 OKRs\n\n## Objective: Newcomers stay\n\n- KR: Grow from 1 to 5 people (0.5)\n";
    let answer = app.post("/v1/import", body(&[("cascade.md", graded)])).await;

    assert!(answer["code"] == "CYCLE_CLOSED", "{answer:?}");
    assert_eq!(everything(&app).await, before);
}
