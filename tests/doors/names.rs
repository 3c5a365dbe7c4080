//! The two contracts spell everything alike.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{App, both};

both![both_doors_know_the_same_fields_of_each_resource, both_doors_spell_each_enum_alike];

const TYPES: &str = "{ __schema { types { name kind fields { name type { kind ofType { kind } } } enumValues { name } } } }";

async fn contracts(app: &App) -> (Vec<Value>, Value) {
    let types = app.graphql(TYPES, json!({})).await.data()["__schema"]["types"].as_array().cloned().unwrap_or_default();
    let document = app.get("/openapi.json").await.expect(200);

    (types, document["components"]["schemas"].clone())
}

fn names(list: &Value) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(|item| item["name"].as_str()).collect()
}

async fn both_doors_know_the_same_fields_of_each_resource(app: App) {
    let (types, schemas) = contracts(&app).await;
    let mut compared = 0;
    for kind in types.iter().filter(|kind| kind["kind"] == "OBJECT") {
        let name = kind["name"].as_str().unwrap_or_default();
        let Some(properties) = schemas[name]["properties"].as_object() else { continue };
        let shown: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        let missing: Vec<_> = shown.difference(&names(&kind["fields"])).copied().collect();
        assert_eq!(missing, Vec::<&str>::new(), "GraphQL's {name} has not");

        let leaves = kind["fields"].as_array().into_iter().flatten().filter(|field| is_leaf(&field["type"]));
        let own = leaves.filter_map(|field| field["name"].as_str()).filter(|field| !field.starts_with("viewerCan"));
        let extra: Vec<_> = own.filter(|field| !shown.contains(field)).collect();
        assert_eq!(extra, Vec::<&str>::new(), "the document's {name} has not");
        compared += 1;
    }
    assert!(compared > 15, "only {compared} resources have the same name at both doors");
}

fn is_leaf(kind: &Value) -> bool {
    let inner = if kind["kind"] == "NON_NULL" { &kind["ofType"] } else { kind };

    inner["kind"] == "SCALAR" || inner["kind"] == "ENUM"
}

async fn both_doors_spell_each_enum_alike(app: App) {
    let (types, schemas) = contracts(&app).await;
    let mut compared = 0;
    for kind in types.iter().filter(|kind| kind["kind"] == "ENUM") {
        let name = kind["name"].as_str().unwrap_or_default();
        let schema = &schemas[name];
        let values = schema["enum"].as_array().cloned().or_else(|| {
            let choices = schema["oneOf"].as_array()?.iter();
            Some(choices.map(|choice| choice.get("const").unwrap_or(&choice["enum"][0]).clone()).collect())
        });
        let Some(values) = values else { continue };
        let documented: BTreeSet<&str> = values.iter().filter_map(Value::as_str).collect();

        assert_eq!(documented, names(&kind["enumValues"]), "{name}");
        compared += 1;
    }
    assert!(compared > 10, "only {compared} enums have the same name at both doors");
}
