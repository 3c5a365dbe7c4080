//! The parts of a line that are found by looking ahead: link targets, entities, runs of backticks.

use std::collections::{HashMap, VecDeque};

pub(super) const HTML_TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "tt",
    "u",
    "ul",
    "input",
];

pub(super) fn tick_runs(source: &[char]) -> HashMap<usize, VecDeque<usize>> {
    let mut runs: HashMap<usize, VecDeque<usize>> = HashMap::new();
    let mut at = 0;
    while at < source.len() {
        let length = source.iter().skip(at).take_while(|c| **c == '`').count();
        if length > 0 {
            runs.entry(length).or_default().push_back(at);
        }
        at += length.max(1);
    }
    runs
}

/// The address after `](`, and where to go on after its `)`.
pub(super) fn destination(source: &[char], start: usize) -> Option<(String, usize)> {
    let mut depth = 0_usize;
    let mut in_title = false;
    let mut url = String::new();
    let mut in_url = true;
    for (offset, c) in source.iter().skip(start).enumerate() {
        match c {
            '"' => in_title = !in_title,
            '[' | ']' if !in_title || offset > 4_000 => return None,
            '(' if !in_title => depth += 1,
            ')' if !in_title && depth == 0 => return Some((url, start + offset + 1)),
            ')' if !in_title => depth -= 1,
            ' ' if !in_title => in_url = url.is_empty(),
            _ => {}
        }
        if in_url && !in_title && *c != ' ' {
            url.push(*c);
        }
    }
    None
}

/// Where to go on after the `]` of a reference such as `[text][1]`.
pub(super) fn reference(source: &[char], start: usize) -> Option<usize> {
    let length = source.iter().skip(start).take(60).take_while(|c| !matches!(c, '[' | ']' | ' ')).count();
    (source.get(start + length) == Some(&']')).then_some(start + length + 1)
}

pub(super) fn entity(source: &[char], at: usize) -> Option<(char, usize)> {
    let name: String = source.iter().skip(at + 1).take(10).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').collect();
    let next = at + 1 + name.len();
    if source.get(next) != Some(&';') {
        return None;
    }
    let named = match name.as_str() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "rarr" => Some('→'),
        "ge" => Some('≥'),
        "le" => Some('≤'),
        _ => None,
    };
    let numbered = || {
        let digits = name.strip_prefix('#')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(code).filter(|c| *c != '\0')
    };
    named.or_else(numbered).map(|decoded| (decoded, next + 1))
}
