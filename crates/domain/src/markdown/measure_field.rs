//! The notation in which a measure and what belongs to it are written out in full.
//!
//! ```text
//! - Measure: reach from 10 to 17, commit 12, stretch 20
//! - Measure: at least 50 | more than 11.5, from 4, share | at most 4 | less than 2
//! - Measure: between 4 and 5, share
//! - Measure: rate from 10 to 17 per month
//! - Measure: test at least 70 in a sample of 100
//! - Measure: milestone | ordinal
//! - Unit: percent | number | score | currency EUR | duration h | count members | custom NPS
//! - Checkpoints: 2026-10-31 = 12, 2026-11-30 = 15
//! - Check-in 2026-10-12: 4.2 | commit | 0.7 of 120
//! ```
//!
//! `?` stands for a number that is not given yet.

use super::field::Field;
use super::outline::{CheckInNote, Step};
use super::{account, guard};
use crate::check_in::{Reading, Zone};
use crate::checkpoint::Checkpoint;
use crate::measure::{Kind, Measure, MeasureDraft, Period, Policy, Side};
use crate::number::Quantity;
use crate::unit::{DURATION_LABELS, Unit, UnitKind};

/// The measure; of an ordinal one its words are fields of their own.
pub(super) fn write(measure: &Measure) -> String {
    let draft = measure.draft();
    let strict = draft.strict.unwrap_or(false);
    let mut text = match draft.kind {
        Kind::Reach => format!("reach from {} to {}", shown(draft.baseline), shown(draft.target)),
        Kind::AtLeast => format!("{} {}", bound(Side::AtLeast, strict), shown(draft.target)),
        Kind::AtMost => format!("{} {}", bound(Side::AtMost, strict), shown(draft.target)),
        Kind::Between => format!("between {} and {}", shown(draft.lower), shown(draft.upper)),
        Kind::Rate => {
            let period = if draft.period == Some(Period::Week) { "week" } else { "month" };
            format!("rate from {} to {} per {period}", shown(draft.baseline), shown(draft.target))
        }
        Kind::Milestone => "milestone".to_owned(),
        Kind::Ordinal => "ordinal".to_owned(),
        Kind::Test => {
            let size = draft.sample_size.map_or_else(|| "?".to_owned(), |size| size.to_string());
            format!("test {} {} in a sample of {size}", bound(draft.pass_side.unwrap_or(Side::AtLeast), strict), shown(draft.target))
        }
    };
    let is_way = matches!(draft.kind, Kind::Reach | Kind::Rate);
    let parts = [("from", draft.baseline.filter(|_| !is_way)), ("commit", draft.commit), ("stretch", draft.stretch)];
    for (name, value) in parts {
        text.extend(value.map(|value| format!(", {name} {value}")));
    }
    if draft.policy == Some(Policy::Share) {
        text.push_str(", share");
    }
    text
}

fn shown(value: Option<Quantity>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

fn bound(side: Side, strict: bool) -> &'static str {
    match (side, strict) {
        (Side::AtLeast, false) => "at least",
        (Side::AtLeast, true) => "more than",
        (Side::AtMost, false) => "at most",
        (Side::AtMost, true) => "less than",
    }
}

/// The measure a text states in this notation, with a unit behind its last number if it has one.
pub(super) fn read(text: &str) -> Option<(MeasureDraft, Option<Unit>)> {
    let mut parts = text.split(',').map(str::trim);
    let head = parts.next()?.to_lowercase();
    let words: Vec<&str> = head.split_whitespace().collect();
    let (mut draft, used) = head_of(&words)?;
    let unit = words.get(used..).filter(|rest| !rest.is_empty()).map(|rest| unit(&rest.join(" ")));
    for part in parts {
        let (name, value) = part.split_once(' ').unwrap_or((part, ""));
        let value = || value.trim().parse::<Quantity>().ok();
        match name.to_lowercase().as_str() {
            "from" => draft.baseline = Some(value()?),
            "commit" => draft.commit = Some(value()?),
            "stretch" => draft.stretch = Some(value()?),
            "share" => draft.policy = Some(Policy::Share),
            _ => return None,
        }
    }
    draft.clone().check().ok()?;
    match unit {
        Some(unit) => Some((draft, Some(unit?))),
        None => Some((draft, None)),
    }
}

/// The measure of the first words, and how many of them it took.
fn head_of(words: &[&str]) -> Option<(MeasureDraft, usize)> {
    let number = |at: usize| match words.get(at).copied() {
        Some("?") => Some(None),
        Some(word) => word.parse::<Quantity>().ok().map(Some),
        None => None,
    };
    let way = |kind: Kind, at: usize| match (words.get(at).copied(), words.get(at + 2).copied()) {
        (Some("from"), Some("to")) => Some(MeasureDraft { baseline: number(at + 1)?, target: number(at + 3)?, ..MeasureDraft::of(kind) }),
        _ => None,
    };
    match *words.first()? {
        "reach" => Some((way(Kind::Reach, 1)?, 5)),
        "from" => Some((way(Kind::Reach, 0)?, 4)),
        "rate" => {
            let draft = way(Kind::Rate, 1)?;
            match (words.get(5).copied(), words.get(6).copied()) {
                (Some("per"), Some("week")) => Some((MeasureDraft { period: Some(Period::Week), ..draft }, 7)),
                (Some("per"), Some("month")) => Some((MeasureDraft { period: Some(Period::Month), ..draft }, 7)),
                _ => Some((draft, 5)),
            }
        }
        "between" => {
            let bounds = words.get(2).copied() == Some("and");
            let draft = MeasureDraft { lower: number(1)?, upper: number(3)?, ..MeasureDraft::of(Kind::Between) };
            bounds.then_some((draft, 4))
        }
        "milestone" => Some((MeasureDraft::of(Kind::Milestone), 1)),
        "ordinal" => Some((MeasureDraft::of(Kind::Ordinal), 1)),
        "test" => {
            let (side, strict) = side(words.get(1..3)?)?;
            let is_sample = words.get(4..8)? == ["in", "a", "sample", "of"];
            let sample_size = words.get(8)?.parse().ok();
            let target = number(3)?;
            let draft = MeasureDraft { target, strict: Some(strict), sample_size, pass_side: Some(side), ..MeasureDraft::of(Kind::Test) };
            is_sample.then_some((draft, 9))
        }
        _ => {
            let (side, strict) = side(words.get(..2)?)?;
            let kind = if side == Side::AtLeast { Kind::AtLeast } else { Kind::AtMost };
            Some((MeasureDraft { target: number(2)?, strict: Some(strict), ..MeasureDraft::of(kind) }, 3))
        }
    }
}

fn side(words: &[&str]) -> Option<(Side, bool)> {
    match words {
        ["at", "least"] => Some((Side::AtLeast, false)),
        ["more", "than"] => Some((Side::AtLeast, true)),
        ["at", "most"] => Some((Side::AtMost, false)),
        ["less", "than"] => Some((Side::AtMost, true)),
        _ => None,
    }
}

pub(super) fn write_unit(unit: &Unit) -> String {
    let kind = match unit.kind() {
        UnitKind::Number => "number",
        UnitKind::Percent => "percent",
        UnitKind::Currency => "currency",
        UnitKind::Duration => "duration",
        UnitKind::Score => "score",
        UnitKind::Count => "count",
        UnitKind::Custom => "custom",
    };
    unit.label().map_or_else(|| kind.to_owned(), |label| format!("{kind} {}", super::escape::text(label)))
}

/// `percent`, `currency EUR`; and what people write instead: `%`, `EUR`, `hours`.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let (word, label) = text.split_once(' ').map_or((text, None), |(word, label)| (word, Some(label.trim())));
    let kind = match word.to_lowercase().as_str() {
        "number" => UnitKind::Number,
        "percent" | "%" => UnitKind::Percent,
        "currency" => UnitKind::Currency,
        "duration" => UnitKind::Duration,
        "score" => UnitKind::Score,
        "count" => UnitKind::Count,
        "custom" => UnitKind::Custom,
        _ => return by_label(text),
    };
    Unit::new(kind, label).ok()
}

fn by_label(text: &str) -> Option<Unit> {
    if DURATION_LABELS.contains(&text) {
        return Unit::new(UnitKind::Duration, Some(text)).ok();
    }
    let currency = Unit::new(UnitKind::Currency, Some(text)).ok();
    currency.or_else(|| Unit::new(UnitKind::Custom, Some(text)).ok())
}

pub(super) fn write_checkpoints(checkpoints: &[Checkpoint]) -> String {
    checkpoints.iter().map(|point| format!("{} = {}", point.on, point.value)).collect::<Vec<_>>().join(", ")
}

pub(super) fn checkpoints(text: &str) -> Option<Vec<Checkpoint>> {
    let point = |part: &str| {
        let (on, value) = part.split_once(['=', ':'])?;
        Some(Checkpoint { on: on.trim().parse().ok()?, value: value.trim().parse().ok()? })
    };
    text.split(',').map(point).collect()
}

/// What was measured, as it stands behind the day of a check-in.
pub(super) fn write_reading(reading: Option<&Reading>) -> String {
    match reading {
        Some(Reading::Value(value)) => value.to_string(),
        Some(Reading::Sample { value, size }) => format!("{value} of {size}"),
        Some(Reading::Zone(Zone::None)) => "none".to_owned(),
        Some(Reading::Zone(Zone::Commit)) => "commit".to_owned(),
        Some(Reading::Zone(Zone::Target)) => "target".to_owned(),
        Some(Reading::Zone(Zone::Stretch)) => "stretch".to_owned(),
        None => "no value".to_owned(),
    }
}

/// `Check-in 2026-10-12: 4.2`.
pub(super) fn check_in(text: &str) -> Option<CheckInNote> {
    let (head, value) = text.split_once(':')?;
    let on = super::words::strip_word(head.trim(), "check-in")?.trim().parse().ok()?;
    let reading = match value.trim().to_lowercase().as_str() {
        "" | "no value" => None,
        "none" => Some(Reading::Zone(Zone::None)),
        "commit" => Some(Reading::Zone(Zone::Commit)),
        "target" => Some(Reading::Zone(Zone::Target)),
        "stretch" => Some(Reading::Zone(Zone::Stretch)),
        value => Some(match value.split_once(" of ") {
            Some((value, size)) => Reading::Sample { value: value.parse().ok()?, size: size.parse().ok()? },
            None => Reading::Value(value.parse().ok()?),
        }),
    };
    Some(CheckInNote { on, reading, confidence: None, evidence: None, risks: None, blockers: None, next_actions: None })
}

/// Adds what a check-in says in words.
pub(super) fn say(check_in: &mut CheckInNote, field: Field, text: &str) {
    let prose = match field {
        Field::Risks => &mut check_in.risks,
        Field::Blockers => &mut check_in.blockers,
        Field::NextActions => &mut check_in.next_actions,
        _ => &mut check_in.evidence,
    };
    account::append(prose, text);
}

/// What stands in brackets behind a step: `(weight 2; due 2026-11-01; done 2026-10-20)`.
pub(super) fn write_step(step: &Step) -> String {
    let weight = (step.weight != Quantity::ONE).then(|| format!("weight {}", step.weight));
    let parts = [weight, step.due.map(|due| format!("due {due}")), step.done_on.map(|on| format!("done {on}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// Takes the brackets off a guarded step, and reads them.
pub(super) fn step<'t>(text: &'t str, step: &mut Step) -> &'t str {
    let Some((before, inside)) = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" (")) else { return text };
    let mut read = step.clone();
    for part in inside.split(';') {
        let part = guard::reveal(part);
        let is_known = match part.trim().split_once(' ') {
            Some(("weight", weight)) => weight.parse().map(|weight| read.weight = weight).is_ok(),
            Some(("due", day)) => day.parse().map(|day| read.due = Some(day)).is_ok(),
            Some(("done", day)) => day.parse().map(|day| read.done_on = Some(day)).is_ok(),
            _ => false,
        };
        if !is_known {
            return text;
        }
    }
    *step = read;
    before
}
