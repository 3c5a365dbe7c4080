//! Numbers within a text, with what stands around them; numbers that are part of a name are left out.

use rust_decimal::Decimal;

use super::cycle_text;
use crate::unit::{DURATION_LABELS, Unit, UnitKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast { strict: bool },
    AtMost { strict: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: Decimal,
    /// Percent, currency, duration, multiple; nothing where it is a plain number.
    pub(super) unit: Option<Unit>,
    pub(super) bound: Option<Bound>,
    pub(super) in_brackets: bool,
    /// The bytes of the number with its signs and unit.
    pub(super) start: usize,
    pub(super) end: usize,
}

const NAME_WORDS: &[&str] = &[
    "rfc",
    "tier",
    "phase",
    "version",
    "v",
    "level",
    "stage",
    "step",
    "issue",
    "pr",
    "part",
    "chapter",
    "week",
    "day",
    "month",
    "quarter",
    "sprint",
    "milestone",
    "type",
    "class",
    "section",
    "objective",
    "kr",
    "o",
    "series",
    "iso",
    "soc",
    "top",
    "node",
    "python",
    "java",
    "no",
    "no.",
    "number",
    "round",
    "layer",
    "page",
    "wave",
    "batch",
    "grade",
    "q",
    "http",
    "ipv",
    "option",
    "figure",
    "appendix",
    "wcag",
    "p",
];

const MORE: &[(&str, bool)] = &[
    (">=", false),
    ("≥", false),
    ("=>", false),
    (">", true),
    ("at least", false),
    ("minimum of", false),
    ("a minimum", false),
    ("min", false),
    ("no less than", false),
    ("not less than", false),
    ("no fewer than", false),
    ("more than", true),
    ("over", true),
    ("above", true),
    ("exceeds", true),
    ("exceed", true),
    ("exceeding", true),
    ("greater than", true),
    ("higher than", true),
    ("mindestens", false),
    ("au moins", false),
    ("al menos", false),
    ("über", true),
];
const LESS: &[(&str, bool)] = &[
    ("<=", false),
    ("≤", false),
    ("<", true),
    ("at most", false),
    ("maximum of", false),
    ("max", false),
    ("no more than", false),
    ("not more than", false),
    ("no longer than", false),
    ("up to", false),
    ("less than", true),
    ("fewer than", true),
    ("lower than", true),
    ("under", true),
    ("below", true),
    ("within", false),
    ("höchstens", false),
    ("unter", true),
];

pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut depth = 0_i32;
    let mut skip_to = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if at >= skip_to && c.is_ascii_digit() && !before.is_alphanumeric() {
            let digits = digits(text.get(at..).unwrap_or_default());
            skip_to = at + digits.len();
            found.extend(number(text, at, digits, &mut skip_to).map(|number| Number { in_brackets: depth > 0, ..number }));
        }
        before = c;
        if found.len() > 64 {
            break;
        }
    }
    found
}

fn digits(text: &str) -> &str {
    let length = text.chars().take(40).take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).map(char::len_utf8).sum();
    text.get(..length).unwrap_or_default().trim_end_matches(['.', ','])
}

fn number(text: &str, at: usize, digits: &str, skip_to: &mut usize) -> Option<Number> {
    let before = text.get(..at)?;
    let mut rest = text.get(at + digits.len()..)?;
    let joined =
        rest.chars().next().filter(|c| matches!(c, '-' | '–' | '/')).filter(|_| rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
    if let Some(joint) = joined {
        // A range, a date, a ratio: the numbers in it say little alone. `4.5/5` is a rating.
        let second = rest.get(joint.len_utf8()..)?;
        *skip_to += joint.len_utf8()
            + second.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/')).map(char::len_utf8).sum::<usize>();
        let scale: Decimal = value(self::digits(second))?;
        let is_rating = joint == '/' && (scale == Decimal::TEN || scale == Decimal::from(5) || scale == Decimal::ONE_HUNDRED);
        let rated = value(digits).filter(|_| is_rating)?;
        let (bound, start) = bound_before(before, at);
        return Some(Number { value: rated, unit: Some(Unit::plain(UnitKind::Score)), bound, in_brackets: false, start, end: *skip_to });
    }
    if before.ends_with(['#', '/', '_']) || before.ends_with('-') && !before.ends_with(" -") {
        return None;
    }
    let mut value = value(digits)?;
    let is_negative = before.ends_with(" -") || before.ends_with('−');
    let currency = currency_before(before);
    if let Some((factor, length)) = magnitude(rest, currency.is_some()) {
        value = value.checked_mul(factor)?;
        rest = rest.get(length..)?;
    }
    let (unit, length) = unit_after(rest)?;
    let unit = match currency {
        Some(code) => Unit::new(UnitKind::Currency, Some(code)).ok(),
        None => unit,
    };
    let end = text.len() - rest.len() + length;
    *skip_to = (*skip_to).max(end);
    let after = text.get(end..)?;
    if unit.is_none() && is_name(before, digits, after) {
        return None;
    }
    let sign = usize::from(currency.is_some()) * before.chars().next_back().map_or(0, char::len_utf8);
    let (bound, start) = bound_before(before.get(..at - sign)?, at - sign);
    let value = if is_negative { -value } else { value };
    Some(Number { value, unit, bound: bound.or_else(|| bound_after(after)), in_brackets: false, start, end })
}

fn value(digits: &str) -> Option<Decimal> {
    let groups: Vec<&str> = digits.split(',').collect();
    let is_grouped = groups.len() > 1 && groups.iter().skip(1).all(|group| group.split('.').next().is_some_and(|group| group.len() == 3));
    let plain = if is_grouped { digits.replace(',', "") } else { digits.replace(',', ".") };
    // `1.2.3` is a version.
    (plain.matches('.').count() <= 1).then(|| Decimal::from_str_exact(&plain).ok()).flatten()
}

fn currency_before(before: &str) -> Option<&'static str> {
    match before.trim_end_matches(['-', '+']).chars().next_back()? {
        '$' => Some("USD"),
        '€' => Some("EUR"),
        '£' => Some("GBP"),
        '¥' => Some("JPY"),
        '₹' => Some("INR"),
        _ => None,
    }
}

fn magnitude(rest: &str, is_money: bool) -> Option<(Decimal, usize)> {
    let word: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let gap = rest.len() - rest.trim_start().len();
    let thousand = Decimal::ONE_THOUSAND;
    let factor = match word.as_str() {
        "k" | "K" if gap == 0 => thousand,
        "M" | "MM" | "mm" if gap == 0 => thousand * thousand,
        "m" if gap == 0 && is_money => thousand * thousand,
        "b" | "B" | "bn" | "Bn" if gap == 0 && is_money => thousand * thousand * thousand,
        "thousand" => thousand,
        "million" | "Million" | "mio" => thousand * thousand,
        "billion" => thousand * thousand * thousand,
        _ => return None,
    };
    Some((factor, gap + word.len()))
}

/// The unit behind a number and its length; nothing at all when letters glued to it make it a name (`2FA`, `5G`, `1st`).
fn unit_after(rest: &str) -> Option<(Option<Unit>, usize)> {
    let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
    let trimmed = rest.get(gap..)?;
    if trimmed.starts_with('%') && gap <= 1 {
        return Some((Some(Unit::plain(UnitKind::Percent)), gap + 1));
    }
    let word: String = trimmed.chars().take(12).take_while(|c| c.is_alphabetic()).collect();
    if word.eq_ignore_ascii_case("percent") || word == "pp" {
        return Some((Some(Unit::plain(UnitKind::Percent)), gap + word.len()));
    }
    if word == "NPS" {
        return Some((Unit::new(UnitKind::Custom, Some("NPS")).ok(), gap + word.len()));
    }
    if word == "x" && gap == 0 || word == "times" {
        return Some((Unit::new(UnitKind::Custom, Some("x")).ok(), gap + word.len()));
    }
    let business = trimmed.strip_prefix("business ").or_else(|| trimmed.strip_prefix("working "));
    let skipped = business.map_or(0, |after| trimmed.len() - after.len());
    let after: String = business.unwrap_or(trimmed).chars().take(12).take_while(|c| c.is_alphabetic()).collect();
    if let Some(label) = duration(&after) {
        return Some((Unit::new(UnitKind::Duration, Some(label)).ok(), gap + skipped + after.len()));
    }
    let is_glued = gap == 0 && !word.is_empty();
    if is_glued && matches!(word.as_str(), "TB" | "GB" | "MB" | "KB" | "TiB" | "GiB" | "MiB" | "KiB" | "PB" | "pt" | "pts") {
        return Some((Unit::new(UnitKind::Custom, Some(&word)).ok(), word.len()));
    }
    if is_glued { None } else { Some((None, usize::from(rest.starts_with('+')))) }
}

fn duration(word: &str) -> Option<&'static str> {
    let label = match word {
        "ms" | "milliseconds" | "millisecond" => "ms",
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "min" | "mins" | "minute" | "minutes" => "min",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        _ => return None,
    };
    DURATION_LABELS.contains(&label).then_some(label)
}

/// Whether a plain number is part of a name or a date: `Tier 1`, `RFC 42`, `in 2020`, `March 15`, `top 3`.
fn is_name(before: &str, digits: &str, after: &str) -> bool {
    let word_before = before.trim_end().rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    let word_after: String = after.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_year = digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1990..=2099).contains(&year));
    let names_day = cycle_text::month(&word_before).is_some() || cycle_text::month(&word_after).is_some() && word_after != "may";
    let ends_name = before.ends_with(' ') && NAME_WORDS.contains(&word_before.as_str());
    is_year || names_day || ends_name
}

/// The comparison that stands right before a number, and where it starts.
fn bound_before(before: &str, at: usize) -> (Option<Bound>, usize) {
    let trimmed = before.trim_end().trim_end_matches(['$', '€', '£', '~', '+']).trim_end();
    let lower = trimmed.get(trimmed.char_indices().rev().nth(20).map_or(0, |(at, _)| at)..).unwrap_or_default().to_lowercase();
    let (more, less) = (longest(MORE, &lower), longest(LESS, &lower));
    let (word, bound) = match (more, less) {
        (Some((more, strict)), less) if less.is_none_or(|(less, _)| less.len() < more.len()) => (more, Bound::AtLeast { strict }),
        (_, Some((less, strict))) => (less, Bound::AtMost { strict }),
        _ => return (None, at),
    };
    (Some(bound), trimmed.len().saturating_sub(word.len()))
}

/// The longest of the words that a text ends with.
fn longest(words: &'static [(&'static str, bool)], text: &str) -> Option<(&'static str, bool)> {
    let ends = |word: &str| {
        text.strip_suffix(word).is_some_and(|rest| !word.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphanumeric))
    };
    words.iter().filter(|(word, _)| ends(word)).max_by_key(|(word, _)| word.len()).copied()
}

fn bound_after(after: &str) -> Option<Bound> {
    let at_least = Bound::AtLeast { strict: false };
    if after.starts_with('+') {
        return Some(at_least);
    }
    let lower: String = after.trim_start().chars().take(14).collect::<String>().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if starts(&["or more", "or higher", "or above", "or greater", "or better", "plus ", "이상"]) {
        return Some(at_least);
    }
    starts(&["or less", "or fewer", "or lower", "or below", "이내", "이하"]).then_some(Bound::AtMost { strict: false })
}
