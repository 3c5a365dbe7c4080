//! Measures as titles state them: `from 10 to 20`, `> 11.5 NPS`, `80 %`, `Publish 5 blog posts`.
//!
//! A change without a start (`increase by 25 %`) has no absolute target: it becomes a `REACH` whose
//! numbers are to be given, with a finding that says so. What holds no number to reach is a milestone.

use rust_decimal::Decimal;

use super::bound_text::Bound;
use super::measure_words::{CHANGE, LEVELS, LOWER, LOWER_IS_BETTER, NUMBER_WORDS, PRODUCE, count};
use super::number_text::{Number, numbers};

use super::placeholder::placeholders;
use super::report::FindingCode;
use super::words::{Word, words};
use crate::measure::{Kind, MeasureDraft};
use crate::number::Quantity;
use crate::unit::{Unit, UnitKind};

pub(super) struct Found {
    pub(super) measure: MeasureDraft,
    pub(super) unit: Unit,
    pub(super) code: FindingCode,
    pub(super) note: Option<String>,
}

pub(super) fn measure(title: &str) -> Found {
    // Beyond this many characters nothing of a title is kept.
    let found = numbers(title);
    let words = words(title);
    let mut note = None;
    let stated = stated(title, &found, &words, &mut note);
    let (measure, unit) = stated.unwrap_or_else(|| (MeasureDraft::of(Kind::Milestone), Unit::plain(UnitKind::Number)));
    let is_out_of_range = note.is_none() && found.iter().any(|number| Quantity::new(number.value).is_err());
    if is_out_of_range {
        note = Some("a number with more digits than are kept exactly: it was left out".to_owned());
    }
    let code = if is_out_of_range { FindingCode::NumberOutOfRange } else { FindingCode::Ambiguous };
    match measure.clone().check() {
        Ok(_) => Found { measure, unit, code, note },
        Err(_) => Found { measure: MeasureDraft::of(Kind::Milestone), unit: Unit::plain(UnitKind::Number), code, note },
    }
}

fn stated(title: &str, found: &[Number], words: &[Word<'_>], note: &mut Option<String>) -> Option<(MeasureDraft, Unit)> {
    let lower = title.to_lowercase();
    if let Some(open) = open(title, &lower, words) {
        return Some(open);
    }
    if let Some(pair) = way(&lower, found).or_else(|| band(&lower, found)) {
        return Some(pair);
    }
    let baseline = baseline(&lower, found);
    let outside: Vec<&Number> = found.iter().filter(|number| !number.in_brackets && baseline != Some(*number)).collect();
    if let Some(number) = outside.iter().find(|number| number.bound.is_some() && !is_condition(&lower, number, &outside)) {
        return bounded(number, number.bound?, baseline, title);
    }
    if let Some(change) = outside.iter().find(|number| is_relative(&lower, number)) {
        return Some(relative(change, baseline, &lower, note));
    }
    let main = outside
        .iter()
        .find(|number| is_target(&lower, number, words))
        .or_else(|| outside.first().filter(|_| outside.len() == 1 && baseline.is_some()));
    match main {
        Some(number) => levelled(number, baseline, title, &lower, words),
        None => spelled(title, words),
    }
}

/// `from A to B`, `A → B`.
fn way(lower: &str, found: &[Number]) -> Option<(MeasureDraft, Unit)> {
    found.iter().zip(found.iter().skip(1)).find_map(|(from, to)| {
        let between = lower.get(from.end..to.start)?.trim();
        let before = lower.get(..from.start)?.trim_end().trim_end_matches(['$', '€', '£', '~', '+']).trim_end();
        let is_way = before.ends_with("from") && is_to(between)
            || before.ends_with("von") && between.ends_with("auf")
            || matches!(between, "→" | "->" | "=>" | "-->");
        let unit = to.unit.clone().or_else(|| from.unit.clone());
        is_way.then(|| reach(Some(from.value), to.value, unit.unwrap_or_else(|| count(lower, to.end))))?
    })
}

fn is_to(between: &str) -> bool {
    let tail = between.rsplit(' ').next().unwrap_or_default().trim_end_matches(['$', '€', '£', '~', '+', '<', '>']);
    (tail == "to" || between.ends_with("to") || matches!(tail, "→" | "->")) && between.len() <= 30 && !between.contains('.')
}

fn band(lower: &str, found: &[Number]) -> Option<(MeasureDraft, Unit)> {
    found.iter().zip(found.iter().skip(1)).find_map(|(from, to)| {
        let joins = matches!(lower.get(from.end..to.start)?.trim(), "and" | "y" | "et" | "und");
        let is_band = joins
            && ["between", "entre", "zwischen"]
                .iter()
                .any(|word| lower.get(..from.start).is_some_and(|before| before.trim_end().ends_with(word)));
        if !is_band {
            return None;
        }
        let (low, high) = (Quantity::new(from.value).ok()?, Quantity::new(to.value).ok()?);
        let unit = to.unit.clone().or_else(|| from.unit.clone()).unwrap_or_else(|| Unit::plain(UnitKind::Number));
        Some((MeasureDraft { lower: Some(low.min(high)), upper: Some(low.max(high)), ..MeasureDraft::of(Kind::Between) }, unit))
    })
}

/// `currently 125k`, `(current is 125k)`, `(from 20)`, `baseline: 5`, `up from 3`.
fn baseline<'n>(lower: &str, found: &'n [Number]) -> Option<&'n Number> {
    found.iter().find(|number| {
        let before =
            lower.get(..number.start).unwrap_or_default().trim_end().trim_end_matches([':', '=', '~', '$', '€', '£', '+']).trim_end();
        [
            "currently",
            "current",
            "current is",
            "currently at",
            "baseline",
            "baseline is",
            "baseline of",
            "today",
            "up from",
            "down from",
            "(from",
            "(was",
            "currently is",
        ]
        .iter()
        .any(|words| before.ends_with(words))
    })
}

/// A bound on something else than the result: `for teams with over 50 people`, `95% of the answers within 4 hours`.
fn is_condition(lower: &str, number: &Number, all: &[&Number]) -> bool {
    let is_share_of = |other: &&Number| {
        let is_share = other.bound.is_none() && other.unit.as_ref().is_some_and(|unit| unit.kind() == UnitKind::Percent);
        is_share && other.end <= number.start && lower.get(other.end..).is_some_and(|after| after.starts_with(" of "))
    };
    if all.iter().any(is_share_of) {
        return true;
    }
    let before = lower.get(..number.start).unwrap_or_default().trim_end();
    ["with", "of", "for"].iter().any(|word| before.ends_with(&format!(" {word}"))) && number.unit.is_none()
}

fn is_relative(lower: &str, number: &Number) -> bool {
    let before = lower.get(..number.start).unwrap_or_default().trim_end();
    let after = lower.get(number.end..).unwrap_or_default().trim_start();
    let changes = words(lower).iter().take(12).any(|word| CHANGE.contains(&word.lower.as_str()) && word.start < number.start);
    let is_share = number.unit.as_ref().is_some_and(|unit| unit.kind() == UnitKind::Percent || unit.label() == Some("x"));
    let by = before.ends_with(" by") || before.ends_with("by at least") || before.ends_with("by an additional");
    let more = ["increase", "reduction", "improvement", "growth", "more ", "decrease", "faster", "fewer", "less "]
        .iter()
        .any(|word| after.starts_with(word));
    by && changes || is_share && more
}

fn relative(change: &Number, baseline: Option<&Number>, lower: &str, note: &mut Option<String>) -> (MeasureDraft, Unit) {
    let falls = words(lower).iter().any(|word| LOWER.contains(&word.lower.as_str()));
    let sign = if falls { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    let target = baseline.and_then(|baseline| match change.unit.as_ref().map(Unit::kind) {
        Some(UnitKind::Percent) => {
            baseline.value.checked_mul(change.value)?.checked_div(Decimal::ONE_HUNDRED)?.checked_mul(sign)?.checked_add(baseline.value)
        }
        _ => baseline.value.checked_add(change.value.checked_mul(sign)?),
    });
    if let (Some(baseline), Some(target)) = (baseline, target)
        && let Some(found) = reach(Some(baseline.value), target, baseline.unit.clone().unwrap_or_else(|| Unit::plain(UnitKind::Number)))
    {
        return found;
    }
    *note = Some("a change without a start: baseline and target are to be given".to_owned());
    (MeasureDraft::of(Kind::Reach), Unit::plain(UnitKind::Number))
}

fn reach(from: Option<Decimal>, to: Decimal, unit: Unit) -> Option<(MeasureDraft, Unit)> {
    let baseline = from.and_then(|from| Quantity::new(from).ok());
    let target = Quantity::new(to).ok()?;
    if baseline == Some(target) {
        return Some((MeasureDraft { target: Some(target), ..MeasureDraft::of(Kind::AtLeast) }, unit));
    }
    Some((MeasureDraft { baseline, target: Some(target), ..MeasureDraft::of(Kind::Reach) }, unit))
}

fn bounded(number: &Number, bound: Bound, baseline: Option<&Number>, title: &str) -> Option<(MeasureDraft, Unit)> {
    let (kind, strict) = match bound {
        Bound::AtLeast { strict } => (Kind::AtLeast, strict),
        Bound::AtMost { strict } => (Kind::AtMost, strict),
    };
    let unit = number.unit.clone().unwrap_or_else(|| count(title, number.end));
    let baseline = baseline.and_then(|baseline| Quantity::new(baseline.value).ok());
    let target = Quantity::new(number.value).ok()?;
    Some((MeasureDraft { target: Some(target), strict: Some(strict), baseline, ..MeasureDraft::of(kind) }, unit))
}

/// A number that is what the key result is about: at its start, behind its first verb, a share, or a sum of money.
fn is_target(lower: &str, number: &Number, words: &[Word<'_>]) -> bool {
    let before: Vec<&Word<'_>> = words.iter().filter(|word| word.end <= number.start).collect();
    let last = before.last().map(|word| word.lower.as_str()).unwrap_or_default();
    let kind = number.unit.as_ref().map(Unit::kind);
    let is_share = kind == Some(UnitKind::Percent) && !matches!(last, "top" | "remaining" | "other");
    let leads = before.len() <= 1
        || before.len() <= 4
            && before.iter().all(|word| {
                PRODUCE.contains(&word.lower.as_str())
                    || matches!(word.lower.as_str(), "and" | "retain" | "or" | "the" | "a" | "another" | "additional")
            });
    let reached = matches!(last, "to" | "reach" | "achieve" | "hit" | "get" | "attain" | "of" | "is" | "maintain")
        && before.first().is_some_and(|word| {
            CHANGE.contains(&word.lower.as_str())
                || matches!(word.lower.as_str(), "reach" | "achieve" | "hit" | "get" | "maintain" | "keep" | "attain")
        });
    let is_money = kind == Some(UnitKind::Currency) && !matches!(last, "for" | "with" | "than");
    let produced = last == "at" && kind.is_none() && lower.get(number.end..).is_some_and(|after| !after.trim().is_empty());
    let is_time = kind == Some(UnitKind::Duration) && !LOWER_IS_BETTER.iter().any(|word| lower.contains(word)) && !reached;
    (is_share || leads || reached || is_money || produced) && !is_time
}

fn levelled(number: &Number, baseline: Option<&Number>, title: &str, lower: &str, words: &[Word<'_>]) -> Option<(MeasureDraft, Unit)> {
    let unit = number.unit.clone().unwrap_or_else(|| count(title, number.end));
    if let Some(baseline) = baseline {
        return reach(Some(baseline.value), number.value, unit);
    }
    let first = words.first().map(|word| word.lower.as_str()).unwrap_or_default();
    let is_count = number.unit.is_none();
    let is_level = unit.label().is_some_and(|label| label.split(' ').any(|word| LEVELS.contains(&word.to_lowercase().as_str())));
    let starts = words.first().is_some_and(|word| word.start >= number.start);
    let near = lower.get(..number.start).is_some_and(|before| before.trim_end().ends_with(" at"));
    let is_produced = is_count && (PRODUCE.contains(&first) || starts && !is_level || near) && number.value > Decimal::ZERO;
    if is_produced {
        return reach(Some(Decimal::ZERO), number.value, unit);
    }
    let target = Some(Quantity::new(number.value).ok()?);
    let falls = LOWER.contains(&first)
        || LOWER_IS_BETTER.iter().any(|word| lower.contains(word)) && !CHANGE.contains(&first)
        || number.value.is_zero();
    let kind = if falls { Kind::AtMost } else { Kind::AtLeast };
    Some((MeasureDraft { target, ..MeasureDraft::of(kind) }, unit))
}

/// `Hire two engineers`: a number in words right behind a first verb of production.
fn spelled(title: &str, words: &[Word<'_>]) -> Option<(MeasureDraft, Unit)> {
    let (first, second) = (words.first()?, words.get(1)?);
    let index = NUMBER_WORDS.iter().position(|word| *word == second.lower)?;
    let target = Decimal::from(u32::try_from(index).ok()?);
    if !PRODUCE.contains(&first.lower.as_str()) || index < 2 {
        return None;
    }
    reach(Some(Decimal::ZERO), target, count(title, second.end))
}

/// A measure whose number is still a placeholder: its kind and unit only.
fn open(title: &str, lower: &str, words: &[Word<'_>]) -> Option<(MeasureDraft, Unit)> {
    let open = placeholders(title).into_iter().find(|found| found.contains(['X', 'N', 'Y', '#']) && found.len() <= 5)?;
    let at = title.find(&open)?;
    let after = title.get(at + open.len()..)?;
    let unit = if after.starts_with('%') || open.contains('%') {
        Unit::plain(UnitKind::Percent)
    } else if open.contains('$') || title.get(..at)?.ends_with('$') {
        Unit::new(UnitKind::Currency, Some("USD")).ok()?
    } else if lower.contains("time") {
        Unit::plain(UnitKind::Number)
    } else {
        count(title, at + open.len())
    };
    let first = words.first().map(|word| word.lower.as_str()).unwrap_or_default();
    let kind = if LOWER.contains(&first) || LOWER_IS_BETTER.iter().any(|word| lower.contains(word)) {
        Kind::AtMost
    } else if PRODUCE.contains(&first) && unit.kind() == UnitKind::Count {
        Kind::Reach
    } else {
        Kind::AtLeast
    };
    Some((MeasureDraft::of(kind), unit))
}
