//! Days as people write them: `by 2017-03-31`, `by the end of February`, `by March 15`, `EOQ`.

use chrono::{Datelike, NaiveDate};

use super::cycle_text::{self, month, span};
use super::outline::CycleName;
use super::words::{Word, words};

/// The day a title says it is due, with years and quarters taken from the cycle.
pub(super) fn due(text: &str, cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let found = words(text);
    for (index, word) in found.iter().enumerate() {
        let rest = found.get(index + 1..).unwrap_or_default();
        let day = match word.lower.as_str() {
            "by" | "before" | "until" | "till" | "due" => day_at(text, rest, cycle),
            "end" if !starts_from(&found, index) => end_of(text, found.get(index..).unwrap_or_default(), cycle),
            "eoy" | "eoq" => day_at(text, found.get(index..).unwrap_or_default(), cycle),
            _ => None,
        };
        if day.is_some() {
            return day;
        }
    }
    None
}

/// `from the end of ...` says when something starts.
fn starts_from(found: &[Word<'_>], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|at| found.get(at)).map(|word| word.lower.as_str());
    matches!(before(1), Some("from" | "since" | "after")) || matches!(before(2), Some("from" | "since" | "after"))
}

/// A whole text that is a day: a field such as `Due: March 15, 2020`.
pub(super) fn day(text: &str, cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let found = words(text);
    day_at(text, &found, cycle).or_else(|| due(text, cycle))
}

fn day_at(text: &str, rest: &[Word<'_>], cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let skipped = rest.iter().take_while(|word| matches!(word.lower.as_str(), "the" | "on" | "date" | "early" | "mid")).count();
    let rest = rest.get(skipped..)?;
    let first = rest.first()?;
    if let Some(day) = numeric(text, rest) {
        return Some(day);
    }
    if let Some(month) = month(&first.lower) {
        return month_day(month, rest.get(1..)?, cycle);
    }
    if let (Some(number), Some(month)) = (day_number(&first.lower), rest.get(1).and_then(|word| month(&word.lower))) {
        let year = rest.get(2).and_then(|word| year(&word.lower));
        return in_year(month, number, year, cycle);
    }
    match first.lower.as_str() {
        "end" | "year" | "eoy" | "eoq" => end_of(text, rest, cycle),
        _ => part_end(text, rest, cycle),
    }
}

/// `2017-03-31`, `2017/03/31`, `31.03.2017`; not `03/04/2017`, which two halves of the world read differently.
fn numeric(text: &str, rest: &[Word<'_>]) -> Option<NaiveDate> {
    let [first, second, third] = rest.get(..3)? else { return None };
    let gap = text.get(first.end..second.start)?;
    if gap != text.get(second.end..third.start)? || !matches!(gap, "-" | "/" | ".") {
        return None;
    }
    let number = |word: &Word<'_>| word.lower.parse::<u32>().ok();
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.lower.len() == 4 {
        return NaiveDate::from_ymd_opt(i32::try_from(a).ok()?, b, c);
    }
    let year = i32::try_from(c).ok().filter(|_| third.lower.len() == 4)?;
    match (a > 12, b > 12) {
        (true, false) => NaiveDate::from_ymd_opt(year, b, a),
        (false, true) => NaiveDate::from_ymd_opt(year, a, b),
        _ if gap == "." => NaiveDate::from_ymd_opt(year, b, a),
        _ => None,
    }
}

fn day_number(word: &str) -> Option<u32> {
    word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (1990..=2099).contains(year) && word.len() == 4)
}

fn month_day(month: u32, rest: &[Word<'_>], cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let first = rest.first().map(|word| word.lower.as_str()).unwrap_or_default();
    let stated = rest.get(1).and_then(|word| year(&word.lower));
    match (year(first), day_number(first)) {
        (Some(year), _) => span(year, month, 1).map(|(_, end)| end),
        (None, Some(day)) => in_year(month, day, stated, cycle),
        (None, None) => last_of_month(month, cycle),
    }
}

/// In the stated year, or the first such day from the start of the cycle on.
fn in_year(month: u32, day: u32, stated: Option<i32>, cycle: Option<&CycleName>) -> Option<NaiveDate> {
    if let Some(year) = stated {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let start = cycle?.start;
    NaiveDate::from_ymd_opt(start.year(), month, day)
        .filter(|day| *day >= start)
        .or_else(|| NaiveDate::from_ymd_opt(start.year() + 1, month, day))
}

fn last_of_month(month: u32, cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let start = cycle?.start;
    let last = |year| span(year, month, 1).map(|(_, end)| end);
    last(start.year()).filter(|day| *day >= start).or_else(|| last(start.year() + 1))
}

/// `end of Q2`, `end of the year`, `end of February 2017`, `EOY`, `year end`.
fn end_of(text: &str, rest: &[Word<'_>], cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let first = rest.first()?.lower.as_str();
    let year_end = |cycle: Option<&CycleName>| NaiveDate::from_ymd_opt(cycle?.start.year(), 12, 31);
    match first {
        "eoy" => return year_end(cycle),
        "eoq" => return cycle.map(|cycle| cycle.end),
        "year" => return rest.get(1).filter(|word| word.lower == "end").and_then(|_| year_end(cycle)),
        _ => {}
    }
    let skipped = rest.iter().skip(1).take_while(|word| matches!(word.lower.as_str(), "of" | "the" | "this" | "current")).count();
    let is_dated = rest
        .get(1)
        .is_some_and(|word| word.lower == "of" || year(&word.lower).is_some() || word.lower.starts_with('q') && word.lower.len() == 2);
    if !is_dated {
        return None;
    }
    let rest = rest.get(1 + skipped..)?;
    let first = rest.first()?;
    if let Some(month) = month(&first.lower) {
        let stated = rest.get(1).and_then(|word| year(&word.lower));
        return stated.map_or_else(|| last_of_month(month, cycle), |year| span(year, month, 1).map(|(_, end)| end));
    }
    match first.lower.as_str() {
        "quarter" | "cycle" => cycle.map(|cycle| cycle.end),
        "year" => year_end(cycle),
        _ => part_end(text, rest, cycle),
    }
}

/// The last day of `Q2`, `Q2 2020`, `2020`, `H1`.
fn part_end(text: &str, rest: &[Word<'_>], cycle: Option<&CycleName>) -> Option<NaiveDate> {
    let first = rest.first()?;
    let last = rest
        .get(1)
        .filter(|word| year(&word.lower).is_some() || month(&first.lower).is_none() && word.lower.starts_with('q'))
        .unwrap_or(first);
    let named = text.get(first.start..last.end)?;
    let hint = cycle.map(|cycle| cycle.start.year());
    let is_part = first.lower.len() == 2 || year(&first.lower).is_some() || first.lower.starts_with("fy");
    is_part.then(|| cycle_text::find(named, hint, 0)).flatten().map(|cycle| cycle.end)
}
