//! History from files, at the command line.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use super::{listed, told};
use crate::harness::{App, both};

both![
    a_file_of_events_is_imported_and_imported_again,
    standard_input_is_a_file_too,
    lines_that_are_rejected_are_named_and_kept,
    an_import_that_was_killed_ends_the_same_when_it_is_run_again,
    a_file_that_is_not_there_is_named,
];

/// More than one batch.
fn history(count: usize) -> String {
    let line = |number: usize| {
        let who = json!({"type": "username", "value": format!("user-{}", number % 100)});
        told(&number.to_string(), json!({"member": who, "recordedAt": "2026-03-02T00:00:00Z"})).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

/// Beside the runtime, whose connections would not see meanwhile that the server closes them.
async fn import(app: &App, text: impl AsRef<[u8]>, options: &[&str]) -> Output {
    let database = &app.server.database;
    fs::write(database.folder().join("events.ndjson"), text).expect("write the file");
    let arguments: Vec<&str> = ["import", "events", "events.ndjson"].into_iter().chain(options.iter().copied()).collect();
    let mut command = database.waymark(&arguments);

    tokio::task::spawn_blocking(move || command.output().expect("run waymark")).await.expect("it ends")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

async fn a_file_of_events_is_imported_and_imported_again(app: App) {
    let text = format!("\u{feff}{}", history(5_100));

    let first = import(&app, &text, &[]).await;
    assert!(first.status.success() && first.stderr.is_empty(), "{first:?}");
    assert_eq!(printed(&first), "5100 events: 5100 created, 0 unchanged, 0 updated, 0 rejected");
    let again = import(&app, &text, &[]).await;
    assert_eq!(printed(&again), "5100 events: 0 created, 5100 unchanged, 0 updated, 0 rejected");

    let count = app.get("/v1/events?limit=1&count=true").await.expect(200);
    assert_eq!((&count["page"]["total"], &count["items"][0]["recordedAt"]), (&json!(5_100), &json!("2026-03-02T00:00:00Z")));
}

async fn standard_input_is_a_file_too(app: App) {
    let mut command = app.server.database.waymark(&["import", "events", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("run waymark");
    child.stdin.take().expect("a pipe").write_all(history(3).as_bytes()).expect("write to it");

    let done = child.wait_with_output().expect("it ends");

    assert_eq!(printed(&done), "3 events: 3 created, 0 unchanged, 0 updated, 0 rejected");
    assert_eq!(listed(&app, "").await.len(), 3);
}

async fn lines_that_are_rejected_are_named_and_kept(app: App) {
    let old = told("2", json!({"occurredAt": "1979-01-01T00:00:00Z"}));
    let long = format!("{{\"platform\": \"{}\"}}", "x".repeat(2 << 20));
    let text = format!("{}\n\n{{\"platform\"\n{old}\n{long}\n{}", told("1", json!({})), told("3", json!({})));
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(b"\n\xff\n");
    bytes.extend((0..30).flat_map(|_| b"[]\n".to_vec()));

    let done = import(&app, bytes, &["--rejected", "rejected.ndjson"]).await;

    assert_eq!(done.status.code(), Some(1));
    assert_eq!(printed(&done), "36 events: 2 created, 0 unchanged, 0 updated, 34 rejected");
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    let lines: Vec<&str> = complaint.lines().collect();
    assert!(lines[0].starts_with("line 3: not JSON") && lines[1].starts_with("line 4: occurredAt: "), "{complaint}");
    assert!(lines[2].starts_with("line 5: longer") && lines[3] == "line 7: not UTF-8", "{complaint}");
    assert_eq!((lines.len(), lines[20]), (21, "waymark: 34 lines were rejected"));
    let kept = fs::read_to_string(app.server.database.folder().join("rejected.ndjson")).expect("the file is there");
    let kept: Vec<Value> = kept.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!((kept.len(), &kept[1]["line"], &kept[1]["text"]), (34, &json!(4), &json!(old.to_string())));
    assert_eq!((&kept[1]["errors"][0]["pointer"], &kept[1]["errors"][0]["code"]), (&json!("/occurredAt"), &json!("OUT_OF_RANGE")));
}

async fn an_import_that_was_killed_ends_the_same_when_it_is_run_again(app: App) {
    let count = 12_000;
    fs::write(app.server.database.folder().join("events.ndjson"), history(count)).expect("write the file");
    let mut command = app.server.database.waymark(&["import", "events", "events.ndjson"]);
    let mut child = command.stdout(Stdio::null()).spawn().expect("run waymark");
    let total = async || app.get("/v1/events?limit=1&count=true").await.expect(200)["page"]["total"].as_u64().expect("a number");
    while total().await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }

    child.kill().expect("kill it");
    child.wait().expect("it ends");
    let before = total().await;
    let again = import(&app, history(count), &[]).await;

    assert_eq!(printed(&again), format!("{count} events: {} created, {before} unchanged, 0 updated, 0 rejected", count as u64 - before));
    assert_eq!(total().await, count as u64);
    let members = app.get("/v1/events?format=csv&fields=memberId").await.expect(200);
    assert_eq!(members.text.lines().skip(1).collect::<std::collections::BTreeSet<_>>().len(), 100);
}

async fn a_file_that_is_not_there_is_named(app: App) {
    let done = app.server.database.waymark(&["import", "events", "nowhere.ndjson"]).output().expect("run waymark");

    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("waymark: nowhere.ndjson: "), "{done:?}");
}
