//! Targets, baselines and current values that stand in fields or columns of their own.

use super::bound_text::Bound;
use super::field::Field;
use super::measure_words::{LOWER, LOWER_IS_BETTER};
use super::number_text::numbers;
use super::outline::OutlinedKeyResult;
use super::words::words;
use crate::measure::{Kind, MeasureDraft};
use crate::number::Quantity;

/// Takes over a stated target, baseline or current value; answers the text when it holds no number.
pub(super) fn state(found: &mut OutlinedKeyResult, field: Field, shown: &str) -> Option<String> {
    let named = || Some(format!("{field:?}: {shown}"));
    let numbers = numbers(shown);
    let Some((number, value)) = numbers.first().and_then(|number| Quantity::new(number.value).ok().map(|value| (number, value))) else {
        return named();
    };
    let lower = shown.to_lowercase();
    if field == Field::Target && lower.get(..number.start).is_some_and(|before| before.trim_end().ends_with(" by")) {
        // `Reduce by 50 %` says how far, not where to.
        return named();
    }
    let mut measure = found.measure.clone();
    match field {
        Field::Current => {
            found.current = Some(value);
            return None;
        }
        Field::Commit => measure.commit = Some(value),
        Field::Stretch => measure.stretch = Some(value),
        Field::Baseline => {
            measure.baseline = Some(value);
            if matches!(measure.kind, Kind::Milestone)
                || measure.kind == Kind::AtLeast && measure.strict != Some(true) && measure.target.is_some()
            {
                measure = MeasureDraft { baseline: Some(value), target: measure.target, ..MeasureDraft::of(Kind::Reach) };
            }
        }
        _ => {
            let bound = number.bound.unwrap_or(if is_falling(found) || value == Quantity::ZERO {
                Bound::AtMost { strict: false }
            } else {
                Bound::AtLeast { strict: false }
            });
            let is_reach = measure.kind == Kind::Reach && number.bound.is_none_or(|_| measure.baseline.is_some());
            if is_reach || measure.kind == Kind::Milestone && measure.baseline.is_some() {
                measure = MeasureDraft { target: Some(value), kind: Kind::Reach, ..measure };
            } else if measure.kind != Kind::Between {
                let (kind, strict) = match bound {
                    Bound::AtLeast { strict } => (Kind::AtLeast, strict),
                    Bound::AtMost { strict } => (Kind::AtMost, strict),
                };
                measure = MeasureDraft { target: Some(value), strict: Some(strict), baseline: measure.baseline, ..MeasureDraft::of(kind) };
            }
        }
    }
    if measure.clone().check().is_err() {
        return named();
    }
    found.measure = measure;
    found.is_measure_stated = true;
    if let Some(unit) = &number.unit {
        found.unit = unit.clone();
    }
    None
}

fn is_falling(found: &OutlinedKeyResult) -> bool {
    let lower = found.title.to_lowercase();
    found.measure.kind == Kind::AtMost
        || LOWER_IS_BETTER.iter().any(|word| lower.contains(word))
        || words(&lower).first().is_some_and(|word| LOWER.contains(&word.lower.as_str()))
}
