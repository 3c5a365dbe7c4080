//! Schemas as clients should see them, where what is drawn from the types falls short.

use std::collections::BTreeSet;

use crate::rest::expand::EXPANDED;
use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::schema::{ArrayItems, Object, Schema};
use utoipa::openapi::{OpenApi, Ref, RefOr};

/// A list of `T` is called `Listed_T`.
pub(super) const LISTED: &str = "Listed_";
/// A list of `T` that has no pages.
const WHOLE: &str = "Whole_";
/// Answers in which some fields are left out at times.
const WITH_GAPS: [&str; 3] = ["PageLinks", "Problem", "ProblemError"];

pub(super) struct Schemas;

impl Modify for Schemas {
    fn modify(&self, document: &mut OpenApi) {
        let inputs = inputs(document);
        let Some(components) = document.components.as_mut() else { return };
        let names: BTreeSet<String> = components.schemas.keys().cloned().collect();
        for (name, schema) in &mut components.schemas {
            let RefOr::T(Schema::Object(object)) = schema else { continue };
            forget_null_defaults(object);
            let item = name.strip_prefix(LISTED).or_else(|| name.strip_prefix(WHOLE));
            if let Some(item) = item.filter(|item| names.contains(*item)) {
                name_items(object, item);
            }
            if !inputs.contains(name) && !WITH_GAPS.contains(&name.as_str()) {
                object.required = object.properties.keys().filter(|field| !EXPANDED.contains(&field.as_str())).cloned().collect();
            }
        }
    }
}

/// What may stand in a body that is sent: the schemas of bodies, and all they name.
pub(super) fn inputs(document: &OpenApi) -> BTreeSet<String> {
    let items = document.paths.paths.values();
    let operations = items.flat_map(|item| [&item.post, &item.put, &item.patch, &item.delete]).flatten();
    let bodies = operations.filter_map(|operation| serde_json::to_value(&operation.request_body).ok());
    let mut open: Vec<String> = bodies.flat_map(|body| references(&body)).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        let schema = document.components.as_ref().and_then(|components| components.schemas.get(&name));
        if found.insert(name) {
            open.extend(references(&serde_json::to_value(schema).unwrap_or_default()));
        }
    }
    found
}

/// The names of the schemas that are referred to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/components/schemas/"));
            own.map(str::to_owned).into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// What a patch leaves out stays: the default of null that is derived for it would clear it.
fn forget_null_defaults(object: &mut Object) {
    for property in object.properties.values_mut() {
        let default = match property {
            RefOr::Ref(reference) => &mut reference.default,
            RefOr::T(Schema::Object(object)) => &mut object.default,
            RefOr::T(Schema::Array(array)) => &mut array.default,
            RefOr::T(Schema::OneOf(choice)) => &mut choice.default,
            RefOr::T(Schema::AllOf(whole)) => &mut whole.default,
            RefOr::T(Schema::AnyOf(choice)) => &mut choice.default,
            RefOr::T(_) => continue,
        };
        default.take_if(|default| default.is_null());
    }
}

/// The items of a list are written out by utoipa; they have a name.
fn name_items(listed: &mut Object, item: &str) {
    if let Some(RefOr::T(Schema::Array(array))) = listed.properties.get_mut("items") {
        array.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
    }
}
