//! Cycles as people name them: `2020-Q1`, `Q4 FY21`, `CY19-Q4`, `2019 H2`, `Q2-Q3 2025`, `January 2020`, `2020`.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::outline::CycleName;
use super::words::{Word, words};

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// From 1, of a name or its first three letters.
pub(super) fn month(word: &str) -> Option<u32> {
    let is_short = |name: &str| word == name || word.len() == 3 && name.starts_with(word) || word == "sept" && name == "september";
    let index = MONTHS.iter().position(|name| is_short(name))?;
    u32::try_from(index + 1).ok()
}

/// The first day of a month, and the last day of the month `months` later, less one.
pub(super) fn span(year: i32, first_month: u32, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let start = NaiveDate::from_ymd_opt(year, first_month, 1)?;
    let end = start.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
    Some((start, end))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The first and last month, and the letter of the part: `Q` or `H`.
    Months(u32, u32, char),
    Year(i32),
    /// A fiscal year, which need not be a calendar year.
    FiscalYear(i32),
}

/// The cycle a line names. `year` is used where it names a quarter without one.
pub(super) fn find(text: &str, year: Option<i32>, line: usize) -> Option<CycleName> {
    let found = words(text);
    let mut months: Option<(u32, u32, char)> = None;
    let mut stated_year = None;
    let mut is_fiscal = false;
    for (index, word) in found.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| found.get(index));
        for part in parts(text, word, before, found.get(index + 1)) {
            match part {
                Part::Months(from, to, letter) => months = Some(joined(months, (from, to, letter), text, before, word)),
                Part::Year(year) => stated_year = stated_year.or(Some(year)),
                Part::FiscalYear(year) => {
                    stated_year = stated_year.or(Some(year));
                    is_fiscal = true;
                }
            }
        }
    }
    named(months, stated_year, is_fiscal, year, line)
}

/// Two parts with a dash or the like between them are one span: `Q2-Q3`.
fn joined(
    known: Option<(u32, u32, char)>,
    new: (u32, u32, char),
    text: &str,
    before: Option<&Word<'_>>,
    word: &Word<'_>,
) -> (u32, u32, char) {
    let Some(known) = known else { return new };
    let between = before.and_then(|before| text.get(before.end..word.start)).unwrap_or_default().trim();
    let joins = matches!(between, "-" | "–" | "—" | "+" | "/" | "&")
        || before.is_some_and(|before| matches!(before.lower.as_str(), "to" | "and" | "through"));
    if joins && new.0 > known.0 { (known.0, new.1, known.2) } else { known }
}

fn named(months: Option<(u32, u32, char)>, stated: Option<i32>, is_fiscal: bool, hint: Option<i32>, line: usize) -> Option<CycleName> {
    let year = stated.or(hint.filter(|_| months.is_some()))?;
    let prefix = if is_fiscal { format!("FY{:02}", year.rem_euclid(100)) } else { year.to_string() };
    let Some((from, to, letter)) = months else {
        let (start, end) = span(year, 1, 12)?;
        return Some(CycleName { key: prefix, name: None, start, end, line });
    };
    let (start, end) = span(year, from, to + 1 - from)?;
    let key = match (letter, from, to) {
        ('Q', from, to) if to - from == 2 => format!("{prefix}-Q{}", to / 3),
        ('Q', from, to) => format!("{prefix}-Q{}-Q{}", from.div_ceil(3), to / 3),
        ('H', 1, 6) => format!("{prefix}-H1"),
        ('H', 7, 12) => format!("{prefix}-H2"),
        (_, from, to) if from == to => format!("{prefix}-{from:02}"),
        (_, from, to) if to - from == 2 && to % 3 == 0 => format!("{prefix}-Q{}", to / 3),
        (_, 1, 12) => prefix,
        (_, from, to) => format!("{prefix}-{from:02}-{to:02}"),
    };
    Some(CycleName { key, name: None, start, end, line })
}

fn parts(text: &str, word: &Word<'_>, before: Option<&Word<'_>>, after: Option<&Word<'_>>) -> Vec<Part> {
    let lower = word.lower.as_str();
    if let Some(part) = part_of_year(lower) {
        return vec![part];
    }
    if let Some(year) = whole_year(lower) {
        // `2020-03` names a month.
        let numbered =
            after.filter(|after| text.get(word.end..after.start).is_some_and(|gap| gap == "-" || gap == "/") && after.lower.len() == 2);
        let month = numbered.and_then(|after| after.lower.parse().ok()).filter(|month| (1..=12).contains(month));
        return std::iter::once(year).chain(month.map(|month| Part::Months(month, month, 'M'))).collect();
    }
    let is_near_part = |word: Option<&Word<'_>>| word.is_some_and(|word| part_of_year(&word.lower).is_some());
    let apostrophe = text.get(..word.start).is_some_and(|before| before.ends_with(['\'', '’', '‘']));
    if lower.len() == 2
        && (is_near_part(before) && before.is_none_or(|before| text.get(before.end..word.start) != Some("."))
            || apostrophe
            || is_near_part(after))
    {
        return lower.parse::<i32>().ok().filter(|year| (10..=60).contains(year)).map(|year| Part::Year(2000 + year)).into_iter().collect();
    }
    if let Some(month) = month(lower) {
        let is_verb = lower == "may" || lower == "march";
        let near_year = after.is_some_and(|after| whole_year(&after.lower).is_some());
        return if is_verb && !near_year { Vec::new() } else { vec![Part::Months(month, month, 'M')] };
    }
    let ordinal = ["first", "second", "third", "fourth"].iter().position(|name| *name == lower).and_then(|index| u32::try_from(index).ok());
    match (ordinal, after.map(|after| after.lower.as_str())) {
        (Some(index), Some("quarter")) => return vec![quarter(index + 1)],
        (Some(index), Some("half")) if index < 2 => return vec![Part::Months(index * 6 + 1, index * 6 + 6, 'H')],
        _ => {}
    }
    if lower == "quarter"
        && let Some(number) = after.and_then(|after| after.lower.parse().ok()).filter(|number| (1..=4).contains(number))
    {
        return vec![quarter(number)];
    }
    glued(lower)
}

fn quarter(number: u32) -> Part {
    Part::Months(number * 3 - 2, number * 3, 'Q')
}

/// `q3`, `3q`, `h1`.
fn part_of_year(lower: &str) -> Option<Part> {
    match lower.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] | [digit @ b'1'..=b'4', b'q'] => Some(quarter(u32::from(digit - b'0'))),
        [b'h', digit @ b'1'..=b'2'] | [digit @ b'1'..=b'2', b'h'] => {
            let half = u32::from(digit - b'0');
            Some(Part::Months(half * 6 - 5, half * 6, 'H'))
        }
        _ => None,
    }
}

/// `2020`, `cy19`, `fy2021`.
fn whole_year(lower: &str) -> Option<Part> {
    let plain = |digits: &str| digits.parse::<i32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let short = |digits: &str| match digits.len() {
        2 => plain(digits).map(|year| 2000 + year),
        4 => plain(digits).filter(|year| (1990..=2099).contains(year)),
        _ => None,
    };
    if let Some(digits) = lower.strip_prefix("fy") {
        return short(digits).map(Part::FiscalYear);
    }
    if let Some(digits) = lower.strip_prefix("cy") {
        return short(digits).map(Part::Year);
    }
    (lower.len() == 4).then(|| short(lower)).flatten().map(Part::Year)
}

/// `2020q1`, `q12020`, `fy21q3`, `q4fy19`, `20q1`, `1q20`.
fn glued(lower: &str) -> Vec<Part> {
    for at in lower.char_indices().map(|(at, _)| at).skip(1) {
        let (Some(head), Some(tail)) = (lower.get(..at), lower.get(at..)) else { continue };
        let year = |text: &str| {
            whole_year(text).or_else(|| {
                text.parse()
                    .ok()
                    .filter(|_| text.len() == 2)
                    .filter(|year| (10..=60).contains(year))
                    .map(|year: i32| Part::Year(2000 + year))
            })
        };
        for (part, whole) in [(part_of_year(head), year(tail)), (part_of_year(tail), year(head))] {
            if let (Some(part), Some(whole)) = (part, whole) {
                return vec![part, whole];
            }
        }
    }
    Vec::new()
}

/// The quarter a day lies in.
pub(super) fn quarter_of(day: NaiveDate, line: usize) -> Option<CycleName> {
    let quarter = day.month0() / 3;
    let (start, end) = span(day.year(), quarter * 3 + 1, 3)?;
    Some(CycleName { key: format!("{}-Q{}", day.year(), quarter + 1), name: None, start, end, line })
}

const SMALL_WORDS: &[&str] =
    &["okr", "okrs", "objectives", "goals", "key", "results", "and", "the", "of", "for", "rest", "our", "team", "quarterly", "annual"];

/// Whether a heading is about its cycle, rather than an objective that mentions a year.
pub(super) fn names_cycle(heading: &str) -> bool {
    let found = words(heading);
    let others = found.iter().enumerate().filter(|(index, word)| {
        let before = index.checked_sub(1).and_then(|index| found.get(index));
        parts(heading, word, before, found.get(index + 1)).is_empty()
            && word.lower.chars().any(char::is_alphabetic)
            && !SMALL_WORDS.contains(&word.lower.as_str())
    });
    others.count() <= 3
}
