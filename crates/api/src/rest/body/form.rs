//! Whether a body has the form that the document promises. serde also reads the fields of a struct off a list, in an
//! order that nobody has promised, and the word of an enum off an object.

use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayItems, Schema, SchemaType, Type};

use crate::rest::openapi::shared;

/// A place in a body with a value of another form, by its pointer.
pub(super) struct Misformed {
    pub(super) pointer: String,
    pub(super) detail: &'static str,
}

/// The schema of this name.
pub(super) fn schema(name: &str) -> Option<&'static RefOr<Schema>> {
    shared().components.as_ref()?.schemas.get(name)
}

/// Every list or object that stands where something else belongs. Other types are left to serde, which sees them.
pub(super) fn misformed(schema: &RefOr<Schema>, value: &Value) -> Vec<Misformed> {
    let mut found = Vec::new();
    look(schema, value, String::new(), &mut found);
    found
}

/// Recurses as deep as the document nests.
fn look(schema: &RefOr<Schema>, value: &Value, at: String, found: &mut Vec<Misformed>) {
    match (resolved(schema), value) {
        (Some(Schema::OneOf(choice)), Value::Object(_) | Value::Array(_)) => {
            if let Some(other) = choice.items.iter().find(|item| !is_null(item)) {
                look(other, value, at, found);
            }
        }
        (Some(Schema::Array(array)), Value::Array(values)) => {
            let ArrayItems::RefOrSchema(items) = &array.items else { return };
            values.iter().enumerate().for_each(|(index, value)| look(items, value, format!("{at}/{index}"), found));
        }
        (Some(Schema::Object(object)), Value::Object(fields)) if is(&object.schema_type, &Type::Object) => {
            for (name, value) in fields {
                if let Some(property) = object.properties.get(name) {
                    look(property, value, format!("{at}/{}", super::reading::escaped(name)), found);
                }
            }
        }
        (Some(Schema::Object(object)), Value::Array(_)) if is(&object.schema_type, &Type::Object) => {
            found.push(Misformed { pointer: at, detail: "a list stands where an object is expected" });
        }
        (Some(Schema::Object(object)), Value::Object(_)) if is(&object.schema_type, &Type::String) => {
            found.push(Misformed { pointer: at, detail: "an object stands where a string is expected" });
        }
        _ => {}
    }
}

fn resolved(schema: &RefOr<Schema>) -> Option<&Schema> {
    match schema {
        RefOr::T(schema) => Some(schema),
        RefOr::Ref(reference) => match self::schema(reference.ref_location.rsplit('/').next()?)? {
            RefOr::T(schema) => Some(schema),
            RefOr::Ref(_) => None,
        },
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null))
}

fn is(types: &SchemaType, wanted: &Type) -> bool {
    match types {
        SchemaType::Type(only) => only == wanted,
        SchemaType::Array(several) => several.contains(wanted),
        SchemaType::AnyValue => false,
    }
}
