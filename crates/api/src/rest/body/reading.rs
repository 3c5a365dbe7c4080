//! Reads a value as what it should be, and finds everything that keeps it from being that.

use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use waymark_domain::rejection::{self, Code, Rejection, Violation};

use super::form::{self, Misformed};
use crate::rest::problem::field_at;
use crate::scalars;

/// Most broken fields that are named of one value.
const MOST_ERRORS: usize = 20;
/// What is said of a field that is absent.
const REQUIRED: &str = "this field is required";

/// The value as a `T`, or its broken fields.
pub(super) fn read<T: DeserializeOwned + ToSchema>(mut value: Value) -> Result<T, Rejection> {
    if !value.is_object() {
        return Err(Violation::new(Code::Malformed, "not a JSON object").into());
    }
    make_whole(&mut value);
    let schema = form::schema(&T::name());
    let mut broken: Vec<Violation> = Vec::new();
    for Misformed { pointer, detail } in schema.map(|schema| form::misformed(schema, &value)).unwrap_or_default() {
        remove(&mut value, &pointer);
        broken.push(violation(&pointer, Code::Malformed, detail));
    }
    broken.truncate(MOST_ERRORS);
    loop {
        let failure = match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(parsed) if broken.is_empty() => return Ok(parsed),
            Ok(_) => break,
            Err(failure) => failure,
        };
        let detail = failure.inner().to_string();
        let pointer = pointer(&failure, &detail);
        let is_removed = match absent(&detail) {
            Some(_) if pointer.is_empty() => {
                broken.extend(missing(schema, &value, &broken, &detail));
                break;
            }
            Some(name) => {
                let absent = violation(&format!("{pointer}/{}", escaped(name)), Code::Required, REQUIRED);
                // One that was there and broken has been taken out.
                if !broken.iter().any(|known| known.field == absent.field) {
                    broken.push(absent);
                }
                remove(&mut value, &pointer)
            }
            None => {
                let is_removed = remove(&mut value, &pointer);
                broken.push(violation(&pointer, code(&detail), detail));
                is_removed
            }
        };
        // Without the broken field, the next one shows.
        if !is_removed || broken.len() >= MOST_ERRORS {
            break;
        }
    }
    Err(broken.into_iter().collect())
}

fn code(detail: &str) -> Code {
    match scalars::beyond(detail) {
        Some(code) => code,
        None if detail.starts_with("unknown field") => Code::UnknownField,
        None => Code::Malformed,
    }
}

fn violation(pointer: &str, code: Code, detail: impl Into<String>) -> Violation {
    Violation::new(code, detail).at(field_at(pointer))
}

/// `3.0` is an integer to JSON Schema, and to languages that know one kind of number.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            let whole = text.split_once('.').filter(|(_, fraction)| fraction.chars().all(|digit| digit == '0'));
            if let Some(whole) = whole.and_then(|(whole, _)| whole.parse::<i64>().ok()) {
                *value = whole.into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The path of a failure as a JSON pointer. An unknown field is named in the message alone.
fn pointer(failure: &serde_path_to_error::Error<serde_json::Error>, detail: &str) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in failure.path() {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => pointer.push_str(&escaped(key)),
            Segment::Unknown => pointer.push('-'),
        }
    }
    let unknown = detail.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')).map(|(name, _)| escaped(name));
    match unknown {
        Some(name) if !pointer.ends_with(&format!("/{name}")) => format!("{pointer}/{name}"),
        _ => pointer,
    }
}

pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Takes a field out of an object; false where there is nothing that can be taken out.
fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
    let key = key.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(&key).is_some(),
        _ => false,
    }
}

/// The field whose absence is the failure.
fn absent(detail: &str) -> Option<&str> {
    detail.strip_prefix("missing field `")?.split_once('`').map(|(name, _)| name)
}

/// All required fields that are absent, leaving out those that were there but broken.
fn missing(schema: Option<&RefOr<Schema>>, value: &Value, known: &[Violation], detail: &str) -> Vec<Violation> {
    let is_known = |name: &str| known.iter().any(|broken| rejection::names(&broken.field).next().as_deref() == Some(name));
    let required = match schema {
        Some(RefOr::T(Schema::Object(object))) => object.required.as_slice(),
        _ => &[],
    };
    let absent = required.iter().filter(|name| value.get(name.as_str()).is_none() && !is_known(name));
    let fields: Vec<Violation> = absent.map(|name| Violation::new(Code::Required, REQUIRED).at(rejection::name(name))).collect();
    if fields.is_empty() && known.is_empty() { vec![Violation::new(Code::Required, detail)] } else { fields }
}
