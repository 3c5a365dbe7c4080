//! Formulas as people read them, and the numbers of the definition that go into them.

use rust_decimal::Decimal;

use super::allowed::{self, Allowed};
use super::explanation::Input;
use crate::check_in::Provenance;
use crate::key_result::KeyResult;
use crate::measure::{Measure, Period, Policy, Side};
use crate::number::Quantity;

/// The formula of a measure in letters.
pub(super) fn text(measure: &Measure, has_steps: bool) -> String {
    match measure {
        Measure::Reach { .. } => "(v − b) / (t − b)".to_owned(),
        Measure::Threshold { side, strict, policy, baseline, .. } => {
            let sign = comparison(*side, *strict);
            let way = match side {
                Side::AtLeast => "1 − (t − v) / (t − b)",
                Side::AtMost => "1 − (v − t) / (b − t)",
            };
            threshold(&format!("v {sign} t"), way, *policy, has_way(measure, *baseline))
        }
        Measure::Between { policy, baseline, .. } => {
            let way = "1 − d(v) / d(b) with d(x) = max(l − x, x − u)";
            threshold("l ≤ v ≤ u", way, *policy, has_way(measure, *baseline))
        }
        Measure::Rate { period, .. } => {
            let periods = match period {
                Period::Week => "weeks",
                Period::Month => "months",
            };
            format!("mean of (v − b) / (t − b) over the {periods} with a value")
        }
        Measure::Milestone if has_steps => "weight of the steps done / weight of all steps".to_owned(),
        Measure::Milestone => "1 if done, else 0".to_owned(),
        Measure::Ordinal { .. } => "none 0, commit 0.3, target 0.7, stretch 1".to_owned(),
        Measure::Test { side, strict, .. } => format!("1 if v {} t over at least n samples, else 0", comparison(*side, *strict)),
    }
}

fn threshold(condition: &str, way: &str, policy: Policy, has_way: bool) -> String {
    match policy {
        Policy::Share => format!("planned weeks with {condition} / planned weeks so far"),
        Policy::Latest if has_way => format!("1 if {condition}, else {way}"),
        Policy::Latest => format!("1 if {condition}, else 0"),
    }
}

/// Whether there is a baseline with a way from it to the allowed values.
fn has_way(measure: &Measure, baseline: Option<Quantity>) -> bool {
    allowed::of(measure).zip(baseline).is_some_and(|(allowed, baseline): (Allowed, _)| !allowed.distance(baseline.value()).is_zero())
}

pub(super) fn comparison(side: Side, strict: bool) -> &'static str {
    match (side, strict) {
        (Side::AtLeast, false) => "≥",
        (Side::AtLeast, true) => ">",
        (Side::AtMost, false) => "≤",
        (Side::AtMost, true) => "<",
    }
}

/// A number as part of a formula; negative ones in brackets, as they may stand after a minus.
pub(super) fn shown(number: Decimal) -> String {
    let number = number.normalize();
    if number.is_sign_negative() { format!("(−{})", number.abs()) } else { number.to_string() }
}

/// The numbers a key result was defined with, the missing ones among them where its kind needs them.
pub(super) fn definition(key_result: &KeyResult) -> Vec<Input> {
    let provenance = |name| if key_result.imported.contains(&name) { Provenance::Imported } else { Provenance::Entered };
    key_result
        .measure
        .numbers()
        .into_iter()
        .map(|(name, number)| Input {
            name,
            value: number.map(Quantity::value),
            zone: None,
            provenance: number.map(|_| provenance(name)),
            check_in: None,
            on: None,
        })
        .collect()
}
