//! GraphQL selections of the fields that a JSON value shows.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::harness::App;

/// The type of every field of every object, where it is an object too.
pub(super) struct Shapes(BTreeMap<(String, String), String>);

const TYPES: &str = "{ __schema { types { name fields { name type { ...T ofType { ...T ofType { ...T ofType { ...T } } } } } } } } fragment T on __Type { name kind }";

impl Shapes {
    pub(super) async fn of(app: &App) -> Self {
        let answer = app.graphql(TYPES, json!({})).await;
        let mut shapes = BTreeMap::new();
        for kind in answer.data()["__schema"]["types"].as_array().into_iter().flatten() {
            for field in kind["fields"].as_array().into_iter().flatten() {
                let mut inner = &field["type"];
                while inner["name"].is_null() && !inner["ofType"].is_null() {
                    inner = &inner["ofType"];
                }
                if let (Some("OBJECT"), Some(name)) = (inner["kind"].as_str(), inner["name"].as_str()) {
                    shapes.insert((text(&kind["name"]), text(&field["name"])), name.to_owned());
                }
            }
        }

        Self(shapes)
    }

    /// The selection at a field, which may be written with its arguments.
    pub(super) fn under(&self, parent: &str, field: &str, shown: &Value) -> String {
        let name = field.split('(').next().unwrap_or_default();
        match self.0.get(&(parent.to_owned(), name.to_owned())) {
            Some(kind) => self.selection(kind, shown),
            None => String::new(),
        }
    }

    fn selection(&self, kind: &str, shown: &Value) -> String {
        let members = match shown {
            Value::Object(members) => members.clone(),
            Value::Array(items) => merged(items),
            _ => Map::new(),
        };
        // Null or an empty list shows no fields, and GraphQL wants one.
        if members.is_empty() {
            return "{ __typename }".to_owned();
        }
        let fields = members.iter().map(|(name, value)| format!("{name} {}", self.under(kind, name, value)));

        format!("{{ {} }}", fields.collect::<Vec<_>>().join(" "))
    }
}

/// All members of all items, each with a value that shows most.
fn merged(items: &[Value]) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
        if all.get(name).is_none_or(|known: &Value| known.is_null() || known == &json!([])) {
            all.insert(name.clone(), value.clone());
        }
    }

    all
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
