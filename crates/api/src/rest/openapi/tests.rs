//! The document keeps its promises, whoever adds to it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::document;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn written() -> Value {
    serde_json::to_value(document()).unwrap()
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| METHODS.iter().filter_map(move |method| Some((format!("{method} {path}"), item.get(*method)?)))).collect()
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|inner| walk(inner, visit));
        }
        Value::Array(values) => values.iter().for_each(|inner| walk(inner, visit)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = written();
    let mut references = BTreeSet::new();
    walk(&document, &mut |object| references.extend(object.get("$ref").and_then(Value::as_str)));

    let lost: Vec<&&str> = references.iter().filter(|place| document.pointer(place.trim_start_matches('#')).is_none()).collect();

    assert!(!references.is_empty());
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_component_is_used() {
    let document = written();
    let text = document.to_string();
    for kind in ["schemas", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            assert!(text.contains(&format!("\"#/components/{kind}/{name}\"")), "{kind}/{name}");
        }
    }
}

#[test]
fn every_operation_says_what_it_does() {
    let document = written();
    let tags: HashSet<&str> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = HashSet::new();
    for (place, operation) in operations(&document) {
        let text = |field: &str| operation[field].as_str().unwrap_or_default().to_owned();
        let (id, summary, description) = (text("operationId"), text("summary"), text("description"));

        assert!(!summary.is_empty() && !summary.ends_with('.'), "{place}: its summary");
        assert!(!description.is_empty() && description != summary, "{place}: its description");
        assert!(id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_alphanumeric()), "{place}: {id}");
        assert!(ids.insert(id.clone()), "{place}: {id} is the name of another operation");
        assert!(operation["tags"].as_array().unwrap().iter().all(|tag| tags.contains(tag.as_str().unwrap())), "{place}: its tag");
        for (status, response) in operation["responses"].as_object().unwrap() {
            let is_refusal = !status.starts_with('2');
            assert!(!is_refusal || response.get("$ref").is_some(), "{place}: {status} is declared apart");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{place}: {}", parameter["name"]);
        }
    }
}

#[test]
fn every_list_names_its_orders_fields_and_formats() {
    let document = written();
    for (place, operation) in operations(&document) {
        let named = |name: &str| operation["parameters"].as_array()?.iter().find(|parameter| parameter["name"] == name);
        let Some(sort) = named("sort") else { continue };

        assert!(sort["schema"]["enum"].is_array(), "{place}: what it is sorted by is missing in the table of lists");
        assert!(named("fields").unwrap()["schema"]["items"]["enum"].is_array(), "{place}: its fields");
        let formats: Vec<&String> = operation["responses"]["200"]["content"].as_object().unwrap().keys().collect();
        assert_eq!(formats, ["application/json", "application/x-ndjson", "text/csv"], "{place}");
    }
}

#[test]
fn what_is_sent_has_no_unknown_fields() {
    let document = written();
    for (place, operation) in operations(&document) {
        for content in operation["requestBody"]["content"].as_object().into_iter().flat_map(|contents| contents.values()) {
            let Some(name) = content["schema"]["$ref"].as_str() else { continue };
            let schema = document.pointer(name.trim_start_matches('#')).unwrap();
            let is_closed = schema["additionalProperties"] == Value::Bool(false);
            assert!(is_closed || schema.get("oneOf").is_some(), "{place}: {name}");
        }
    }
}

/// Two types of one name overwrite each other in the document without a word.
#[test]
fn no_two_types_share_a_name() {
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut is_schema = false;
        for line in text.lines().map(str::trim) {
            is_schema |= line.starts_with("#[derive(") && line.contains("ToSchema");
            let name =
                ["pub struct ", "pub enum ", "pub(crate) struct ", "pub(crate) enum "].iter().find_map(|word| line.strip_prefix(word));
            if let Some(rest) = name {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                if std::mem::take(&mut is_schema) {
                    places.entry(name).or_default().push(path.clone());
                }
            }
        }
    }

    assert!(places.len() > 30, "{}", places.len());
    let shared: Vec<_> = places.into_iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:#?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn what_is_sent_has_bounds() {
    let mut document = written();
    let components = document["components"]["schemas"].take();
    let mut open: Vec<(String, Value)> = Vec::new();
    for (place, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] != "header") {
            open.push((format!("{place}: {}", parameter["name"]), parameter["schema"].clone()));
        }
        let contents = operation["requestBody"]["content"].as_object().into_iter().flat_map(|contents| contents.values());
        open.extend(contents.map(|content| (place.clone(), content["schema"].clone())));
    }
    let (mut seen, mut boundless) = (BTreeSet::new(), BTreeSet::new());
    // Parameters have lists of words alone, which the length of an address bounds.
    while let Some((place, schema)) = open.pop() {
        if let Some(name) = schema["$ref"].as_str().and_then(|text| text.rsplit('/').next()) {
            if seen.insert(name.to_owned()) {
                open.push((name.to_owned(), components[name].clone()));
            }
            continue;
        }
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.get(*keyword).is_some());
        let is = |name: &str| schema["type"] == name || schema["type"].as_array().is_some_and(|types| types.contains(&name.into()));
        let is_bounded = (!is("string") || has(&["maxLength", "format", "enum", "const"]))
            && (!is("number") && !is("integer") || has(&["minimum"]) && has(&["maximum"]))
            && (!is("array") || has(&["maxItems"]) || place.contains(": "));
        if !is_bounded {
            boundless.insert(place.clone());
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        open.extend(properties.map(|(name, inner)| (format!("{place}.{name}"), inner.clone())));
        let choices = schema["oneOf"].as_array().into_iter().flatten().chain(schema.get("items"));
        open.extend(choices.map(|inner| (place.clone(), inner.clone())));
    }

    assert!(seen.len() > 20, "{seen:?}");
    assert_eq!(boundless, BTreeSet::new());
}
