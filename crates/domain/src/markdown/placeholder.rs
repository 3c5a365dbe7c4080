//! Placeholders left in: `[X]`, `[date]`, `TBD`, `TO DO`, `WIP`, `$X`, `XX%`, a title that is only `Objective`.

use super::words::{Word, chunks};

const WORDS_INSIDE: &[&str] = &[
    "specific",
    "number",
    "date",
    "name",
    "metric",
    "percentage",
    "percent",
    "timeframe",
    "target",
    "baseline",
    "quarter",
    "your",
    "team",
    "e.g",
    "insert",
    "tbd",
    "value",
    "amount",
    "measurable",
    "outcome",
    "result",
    "objective",
    "role",
    "description",
    "year",
    "score",
];

/// Every placeholder in a text, as written.
pub(super) fn placeholders(text: &str) -> Vec<String> {
    let mut found = bracketed(text);
    let chunks = chunks(text);
    for (index, chunk) in chunks.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chunks.get(index));
        if let Some(word) = standing_in(chunk, before) {
            found.push(word);
        }
        if chunk.text == "TO" && chunks.get(index + 1).is_some_and(|next| next.text.trim_end_matches([':', '.']) == "DO") {
            found.push("TO DO".to_owned());
        }
    }
    if is_empty_title(text) {
        found.push(text.trim().to_owned());
    }
    found
}

fn bracketed(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(open) {
            rest = after;
            let length = after.char_indices().take(80).find(|(_, c)| *c == close || *c == open).map(|(at, _)| at);
            let Some(inside) = length.and_then(|length| after.get(..length)) else { continue };
            let closes = after.get(inside.len()..).is_some_and(|rest| rest.starts_with(close));
            if closes && is_stand_in(inside) {
                found.push(format!("{open}{inside}{close}"));
            }
        }
    }
    let whole = text.trim();
    if found.is_empty() && whole.starts_with('[') && whole.ends_with(']') && whole.len() > 4 {
        found.push(whole.to_owned());
    }
    found
}

fn is_stand_in(inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let is_letters =
        (1..=3).contains(&inside.len()) && inside.chars().all(|c| matches!(c, 'X' | 'Y' | 'Z' | 'N' | '#' | '_' | '.' | '%' | '?'));
    is_letters
        || WORDS_INSIDE
            .iter()
            .any(|word| lower.split(|c: char| !c.is_alphanumeric() && c != '.').any(|part| part.trim_end_matches('.') == *word))
}

fn standing_in(chunk: &Word<'_>, before: Option<&Word<'_>>) -> Option<String> {
    let bare = chunk.text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%' | '?' | '+'));
    let is_word = matches!(bare, "TBD" | "TBA" | "TODO" | "WIP" | "FIXME" | "TODO™")
        || matches!(bare.trim_end_matches('+'), "$X" | "€X" | "£X" | "$N" | "$Y" | "X%" | "N%" | "Y%");
    let is_run =
        bare.len() >= 2 && bare.trim_end_matches('%').chars().all(|c| c == 'X') || bare.len() >= 3 && bare.chars().all(|c| c == '?');
    let introduces = |word: &Word<'_>| {
        matches!(
            word.lower.as_str(),
            "to" | "of"
                | "by"
                | "from"
                | "than"
                | "least"
                | "reach"
                | "achieve"
                | "get"
                | "over"
                | "in"
                | ">"
                | "<"
                | ">="
                | "<="
                | "increase"
                | "launch"
        )
    };
    let is_letter = matches!(bare, "X" | "N") && before.is_none_or(introduces) && !chunk.text.starts_with('[');
    (is_word || is_run || is_letter || chunk.text.contains("____")).then(|| bare.to_owned())
}

fn is_empty_title(text: &str) -> bool {
    let lower = text.trim().trim_end_matches(['.', ':', '…']).to_lowercase();
    let words = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '#'));
    matches!(words, "objective" | "key result" | "kr" | "key result kr" | "o" | "objective title" | "title" | "lorem ipsum")
}
