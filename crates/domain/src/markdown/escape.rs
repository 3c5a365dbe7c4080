//! Text as Markdown that reads back as the same text.

use super::cycle_text;
use super::guard;
use super::inline;
use super::mark::{self, Mark};
use super::section::{self, Exclusion};
use super::title;

/// Text within a line: only what would be markup is escaped; line breaks become `<br>`.
pub(super) fn text(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match c {
            '\n' => written.push_str("<br>"),
            '<' => written.push_str("&lt;"),
            '&' if next == '#' || next.is_ascii_alphabetic() => written.push_str("&amp;"),
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => written.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' => written.extend(['\\', c]),
            ' ' if before == ' ' || next == ' ' => written.push_str("&#32;"),
            c if c != ' ' && is_odd(c) => written.push_str(&entity(c)),
            c => written.push(c),
        }
        before = c;
    }
    written
}

/// White space and invisible characters that a reader may change or lose.
fn is_odd(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}')
}

fn entity(c: char) -> String {
    format!("&#{};", u32::from(c))
}

/// Text in which nothing can be taken for a mark, a score, a status or a handle.
fn guarded(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    for c in text.chars() {
        let starts_word = c.is_alphanumeric() && !before.is_alphanumeric();
        match c {
            '\n' => written.push_str("<br>"),
            '<' | '&' => written.push_str(&entity(c)),
            c if c.is_ascii_punctuation() => written.extend(['\\', c]),
            ' ' if before != ' ' && !written.is_empty() => written.push(' '),
            c if starts_word || !c.is_alphanumeric() => written.push_str(&entity(c)),
            c => written.push(c),
        }
        before = c;
    }
    written
}

/// The title behind a mark such as `O1`, in the plainest form that reads back as itself.
pub(super) fn title(label: &str, title: &str) -> String {
    let plain = text(title);
    if reads_back(label, &plain, title) { plain } else { guarded(title) }
}

fn reads_back(label: &str, written: &str, meant: &str) -> bool {
    let line = inline::plain(&format!("**{label}**: {written}"));
    let marked = mark::marked(&line.text);
    let found = title::title(&marked.rest);
    let is_bare =
        found.result.is_none() && found.score.is_none() && found.status.is_none() && found.people.is_empty() && found.priority.is_none();
    let keeps_mark = matches!(&marked.mark, Mark::Objective(id) | Mark::KeyResult(id) if id.label == label) && marked.owner.is_none();
    keeps_mark
        && is_bare
        && found.title == meant
        && !found.is_not_applicable
        && line.links.is_empty()
        && !line.is_struck
        && !written.ends_with('#')
}

/// The text of a step behind its box.
pub(super) fn step(title: &str) -> String {
    let plain = text(title);
    let line = inline::plain(&plain);
    let found = title::title(&line.text);
    let is_bare =
        found.result.is_none() && found.score.is_none() && found.status.is_none() && found.people.is_empty() && found.priority.is_none();
    let is_plain = is_bare && found.title == title && !title.ends_with(')') && super::field::field(&line.text).is_none();
    let says_nothing_else = mark::marked(&line.text).mark == Mark::None
        && !section::announces_example(&line.text)
        && !plain.starts_with(['-', '+', '#', '(', '•', '·', '◦', '○', '●', '▪', '‣', '–']);
    let is_ordinal = plain.starts_with(|c: char| c.is_ascii_digit()) || plain.chars().nth(1).is_some_and(|c| matches!(c, '.' | ')'));
    if is_plain && says_nothing_else && !is_ordinal && !line.is_link { plain } else { guarded(title) }
}

/// The name of a team as a heading.
pub(super) fn heading(name: &str) -> String {
    let plain = text(name);
    let line = inline::plain(&plain);
    let says_nothing = mark::marked(&line.text).mark == Mark::None && section::exclusion(&line.text, false) == Exclusion::None;
    let is_team = !section::holds_okrs(&line.text) && cycle_text::find(&line.text, Some(2020), 0).is_none();
    let is_safe = says_nothing && is_team && guard::reveal(&line.text) == name && !plain.ends_with('#');
    if is_safe { plain } else { guarded(name) }
}

/// A value in front matter, in quotes.
pub(super) fn quoted(value: &str) -> String {
    let mut written = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '"' | '\\' => written.extend(['\\', c]),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}
