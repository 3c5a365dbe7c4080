//! Text people type: trimmed, bounded, and free of characters that databases disagree about.

use crate::rejection::{Code, Violation};

/// Longest title of an objective, key result, initiative, team or cycle, in characters.
pub const TITLE_LIMIT: usize = 1_000;
/// Longest free text such as evidence or a measurement plan, in characters.
pub const PROSE_LIMIT: usize = 20_000;
/// Longest label, name or external id, in characters.
pub const LABEL_LIMIT: usize = 200;
/// Longest key of a team or cycle, in characters.
pub const KEY_LIMIT: usize = 63;
/// What keys are made of, as a regular expression.
pub const KEY_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9_-]*$";
/// Longest web address, in characters.
pub const LINK_LIMIT: usize = 2_000;

/// A required line of text.
pub fn title(text: &str) -> Result<String, Violation> {
    required(text, TITLE_LIMIT)
}

/// A required short name.
pub fn label(text: &str) -> Result<String, Violation> {
    required(text, LABEL_LIMIT)
}

/// Optional prose: blank text is the same as none.
pub fn prose(text: Option<&str>) -> Result<Option<String>, Violation> {
    optional(text, PROSE_LIMIT)
}

/// An optional short name: blank text is the same as none.
pub fn optional_label(text: Option<&str>) -> Result<Option<String>, Violation> {
    optional(text, LABEL_LIMIT)
}

/// A web address that browsers can open: `http://` or `https://`, no white space.
pub fn link(text: &str) -> Result<String, Violation> {
    let link = required(text, LINK_LIMIT)?;
    let opens = link.starts_with("https://") || link.starts_with("http://");
    if opens && !link.contains(char::is_whitespace) {
        return Ok(link);
    }
    Err(Violation::new(Code::InvalidText, "a link starts with `https://` or `http://` and has no spaces"))
}

/// The key of a team or cycle, a part of addresses such as `2026-Q4.devrel.O1-KR2`.
pub fn key(text: &str) -> Result<String, Violation> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts_well && text.chars().all(inside) && text.len() <= KEY_LIMIT {
        return Ok(text.to_owned());
    }
    Err(Violation::new(
        Code::InvalidKey,
        format!("a key starts with a letter or digit, goes on with letters, digits, `-` and `_`, and has at most {KEY_LIMIT} characters"),
    ))
}

fn required(text: &str, limit: usize) -> Result<String, Violation> {
    optional(Some(text), limit)?.ok_or_else(|| Violation::new(Code::Required, "must not be blank"))
}

fn optional(text: Option<&str>, limit: usize) -> Result<Option<String>, Violation> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.contains('\0') {
        return Err(Violation::new(Code::InvalidText, "the character U+0000 is not allowed in text"));
    }
    if text.chars().nth(limit).is_some() {
        return Err(Violation::new(Code::TooLong, format!("must have at most {limit} characters")));
    }
    Ok(Some(text.to_owned()))
}
