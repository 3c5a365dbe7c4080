use serde_json::Value;

/// The same value with `<kr>` for an id, `<time>` for an instant and `<token>` for a token, so that
/// a whole answer can stand in a test.
pub(crate) fn redacted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(redacted).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), redacted(value))).collect(),
        Value::String(text) => Value::String(word(text)),
        other => other.clone(),
    }
}

fn word(text: &str) -> String {
    match text.split_once('_') {
        Some(("wmk", _)) => "<token>".to_owned(),
        Some((prefix, suffix)) if is_id(suffix) => format!("<{prefix}>"),
        _ if is_instant(text) => "<time>".to_owned(),
        _ => text.to_owned(),
    }
}

/// The second part of a TypeID: a UUID in 26 characters of base 32.
fn is_id(suffix: &str) -> bool {
    suffix.len() == 26 && suffix.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// `2026-11-20T08:00:00Z`, with or without a fraction.
fn is_instant(text: &str) -> bool {
    text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T') && text.starts_with(|first: char| first.is_ascii_digit())
}
