//! Scores where scores stand: at the end of a line, in a field, in a column of a table.

use rust_decimal::Decimal;

use super::outline::StatedScore;

/// The score a whole text is: `0.7`, `40%`, `7/10`, `1`. Nothing else.
pub(super) fn score(text: &str) -> Option<StatedScore> {
    let text = text.trim().trim_matches(['*', '_', '`']).trim();
    let value = value(text)?;
    (value >= Decimal::ZERO && value <= Decimal::ONE).then(|| StatedScore { value: value.normalize(), text: text.to_owned() })
}

/// Whether a text stands where a score would and says that there is none.
pub(super) fn is_no_score(text: &str) -> bool {
    matches!(
        text.trim().trim_matches(['(', ')', '[', ']', '*']).to_ascii_lowercase().as_str(),
        "na" | "n/a" | "n.a." | "-" | "–" | "—" | "?" | ""
    )
}

fn value(text: &str) -> Option<Decimal> {
    if text.len() > 12 {
        return None;
    }
    if let Some(percent) = text.strip_suffix('%') {
        return number(percent.trim_end())?.checked_div(Decimal::ONE_HUNDRED);
    }
    if let Some((part, whole)) = text.split_once('/') {
        let (part, whole) = (number(part.trim())?, number(whole.trim())?);
        let is_scale = whole == Decimal::ONE || whole == Decimal::from(5) || whole == Decimal::TEN || whole == Decimal::ONE_HUNDRED;
        return part.checked_div(whole).filter(|_| is_scale);
    }
    number(text)
}

fn number(text: &str) -> Option<Decimal> {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let text = text.replace(',', ".");
    let text = if text.starts_with('.') { format!("0{text}") } else { text };
    Decimal::from_str_exact(&text).ok().filter(|_| is_plain)
}

/// A score at the end of a line, and the line without it: `(0.45)`, `[0.7]`, `-- (0.9)`, `- 66%`, `Score: 0.7`.
pub(super) fn at_end(text: &str) -> Option<(Option<StatedScore>, &str)> {
    let text = text.trim_end().trim_end_matches(['.', '*']).trim_end();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, inside)) = text.strip_suffix(close).and_then(|text| text.rsplit_once(open)) {
            let inside = named(inside).unwrap_or(inside).trim();
            // A whole number in brackets may be anything: an issue, a count, a footnote.
            let is_marked = inside.contains(['.', '%', '/']) && !inside.starts_with('.');
            let found = if is_marked { score(inside) } else { None };
            let is_absent = matches!(inside.to_ascii_lowercase().as_str(), "na" | "n/a");
            let before_dash = without_dash(before);
            return (found.is_some() || is_absent).then_some((found, before_dash));
        }
    }
    if let Some(at) = text.to_ascii_lowercase().rfind("score:").or_else(|| text.to_ascii_lowercase().rfind("grade:")) {
        let (before, after) = (text.get(..at)?, text.get(at + 6..)?);
        let found = score(after)?;
        return Some((Some(found), without_dash(before)));
    }
    let (before, last) = text.rsplit_once(' ')?;
    let is_marked = last.contains(['.', '%', '/']) || matches!(last, "0" | "1");
    let dashed = without_dash(before);
    if is_marked && dashed.len() < before.trim_end().len() && before.ends_with(['-', '–', '—', '|', ':']) && !before.ends_with(" :") {
        let after_word = before.ends_with(':') && !before.ends_with("::");
        return score(last).filter(|_| !after_word).map(|found| (Some(found), dashed));
    }
    None
}

fn named(text: &str) -> Option<&str> {
    let (name, value) = text.split_once([':', ' ', '='])?;
    let is_score = matches!(name.trim().to_ascii_lowercase().as_str(), "score" | "grade" | "final" | "scored" | "graded");
    is_score.then_some(value)
}

fn without_dash(text: &str) -> &str {
    text.trim_end().trim_end_matches(['-', '–', '—', '|', ',', ';']).trim_end()
}
