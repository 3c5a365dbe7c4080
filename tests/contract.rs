//! The documents that frontends generate their types from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use reqwest::Method;
use serde_json::Value;

use crate::harness::{App, Database, both};

both![
    the_committed_documents_are_what_the_program_prints,
    the_served_document_is_the_printed_one,
    every_documented_path_is_served_with_its_methods,
    a_reader_who_stops_early_is_no_failure,
];

/// Names that belong to parameters, for a path to be asked with.
const ANYTHING: &str = "anything";

fn committed(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the repository");

    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}; see \"Contracts\" in CONTRIBUTING.md"))
}

fn document() -> Value {
    serde_json::from_str(&committed("openapi/openapi.json")).expect("the document is JSON")
}

async fn the_committed_documents_are_what_the_program_prints(app: App) {
    for (command, path) in [("schema", "schema/schema.graphql"), ("openapi", "openapi/openapi.json")] {
        let (committed, printed) = (committed(path), app.server.database.run(&[command]));

        let differs = committed.lines().zip(printed.lines()).zip(1..).find(|((old, new), _)| old != new);
        assert_eq!(differs, None, "write {path} anew: target/debug/waymark {command} > {path}");
        assert_eq!(committed.trim_end().lines().count(), printed.lines().count(), "{path}");
    }
}

async fn the_served_document_is_the_printed_one(app: App) {
    let served = app.anonymous().get("/openapi.json").await.expect(200);

    let printed: Value = serde_json::from_str(&app.server.database.run(&["openapi"])).expect("the document is JSON");
    assert_eq!(served.json(), &printed);
    let schema = app.anonymous().get("/graphql/schema.graphql").await.expect(200);
    assert_eq!(schema.text.trim_end(), app.server.database.run(&["schema"]));
}

/// As behind `waymark schema | head`: the document is longer than what a pipe holds unread.
async fn a_reader_who_stops_early_is_no_failure(database: Arc<Database>) {
    let mut printing = database.waymark(&["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("run waymark");
    drop(printing.stdout.take());

    let done = printing.wait_with_output().expect("waymark ends");

    assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn methods(item: &Value) -> BTreeSet<String> {
    let names = item.as_object().expect("a path has operations").keys().filter(|name| *name != "parameters");

    names.map(|name| name.to_uppercase()).collect()
}

async fn every_documented_path_is_served_with_its_methods(app: App) {
    for (path, item) in document()["paths"].as_object().expect("a document has paths") {
        let asked: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { ANYTHING } else { part }).collect();
        let answer = app.send(app.request(Method::OPTIONS, &asked.join("/"))).await.expect(204);

        let allowed: BTreeSet<String> = answer.header("allow").split(", ").map(str::to_owned).collect();
        let mut documented = methods(item);
        if documented.contains("GET") {
            documented.insert("HEAD".to_owned());
        }
        documented.insert("OPTIONS".to_owned());
        assert_eq!(allowed, documented, "{path}");
    }
}

/// Addresses of the route list in the source: no request can tell what else is served.
#[test]
fn every_served_route_of_the_api_is_documented() {
    let routes = committed("crates/api/src/rest/routes.rs");
    let quoted = routes.split('"').skip(1).step_by(2).filter(|text| text.starts_with("/v1"));
    let document = document();
    let documented = document["paths"].as_object().expect("a document has paths");

    let missing: Vec<&str> = quoted.filter(|path| !documented.contains_key(*path)).collect();

    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_route_is_listed_once() {
    let routes = committed("crates/api/src/rest/routes.rs");
    let mut known = BTreeSet::new();

    let twice: Vec<&str> = routes.split('"').skip(1).step_by(2).filter(|text| text.starts_with('/') && !known.insert(*text)).collect();

    assert_eq!(twice, Vec::<&str>::new());
}

/// Every object of the document, with the way to it.
fn walk(value: &Value, at: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(at, value);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| walk(value, &format!("{at}/{name}"), visit)),
        Value::Array(items) => items.iter().zip(0..).for_each(|(value, index)| walk(value, &format!("{at}/{index}"), visit)),
        _ => {}
    }
}

#[test]
fn every_reference_resolves() {
    let document = document();
    let mut broken = Vec::new();

    walk(&document, "", &mut |at, value| {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        if reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer)).is_none() {
            broken.push(format!("{at}: {reference}"));
        }
    });

    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_operation_has_an_id_of_its_own_and_says_what_it_does() {
    let document = document();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for (path, item) in document["paths"].as_object().expect("a document has paths") {
        for method in methods(item) {
            let operation = &item[method.to_lowercase()];
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            for text in ["operationId", "summary", "description"] {
                assert!(operation[text].as_str().is_some_and(|text| !text.is_empty()), "{method} {path} has no {text}");
            }
            assert_eq!(ids.insert(id.clone(), path.clone()), None, "{id}");
        }
    }
}

#[test]
fn parameters_of_a_path_stand_in_it_and_nowhere_else() {
    let document = document();
    for (path, item) in document["paths"].as_object().expect("a document has paths") {
        let in_path: BTreeSet<&str> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        for method in methods(item) {
            let parameters = item[method.to_lowercase()]["parameters"].as_array().cloned().unwrap_or_default();
            let declared =
                parameters.iter().filter(|parameter| parameter["in"] == "path").filter_map(|parameter| parameter["name"].as_str());

            assert_eq!(declared.collect::<BTreeSet<_>>(), in_path, "{method} {path}");
        }
    }
}

#[test]
fn bodies_refuse_unknown_fields() {
    let document = document();
    let mut open = BTreeSet::new();
    walk(&document["paths"], "", &mut |_, value| {
        let bodies = value["requestBody"]["content"].as_object().into_iter().flat_map(|content| content.values());
        for name in bodies.filter_map(|body| body["schema"]["$ref"].as_str()) {
            let schema = document.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
            if schema["additionalProperties"] != false {
                open.insert(name.to_owned());
            }
        }
    });

    assert_eq!(open, BTreeSet::new());
}
