//! `TEST`: pass or fail, once the sample is large enough to tell.

use rust_decimal::Decimal;

use super::allowed::is_met;
use super::formula::{comparison, shown};
use super::readings::Readings;
use super::score::Reason;
use super::worked::{Standing, Worked};
use crate::check_in::Reading;
use crate::measure::Side;
use crate::number::Quantity;

pub(super) fn worked(side: Side, strict: bool, threshold: Option<Quantity>, sample_size: Option<u32>, readings: &Readings<'_>) -> Worked {
    let Some(threshold) = threshold else {
        return Worked::not_counted(Reason::NoTarget);
    };
    let Some(needed) = sample_size else {
        return Worked::not_counted(Reason::NoSampleSize);
    };
    let Some((newest, Reading::Sample { size, .. })) = readings.newest().map(|newest| (newest, newest.reading)) else {
        return Worked::no_check_in();
    };
    let inputs = vec![newest.input(), newest.size_input(size)];
    if size < needed {
        return Worked::of(Standing::Zero(Reason::Inconclusive), format!("{size} of {needed} samples: 0")).with_inputs(inputs);
    }
    let passed = is_met(side, strict, newest.amount, threshold.value());
    let raw = if passed { Decimal::ONE } else { Decimal::ZERO };
    let (v, sign, t) = (shown(newest.amount), comparison(side, strict), shown(threshold.value()));
    let verdict = if passed { "is so: 1" } else { "is not so: 0" };
    Worked::of(Standing::met_or_not(raw, passed), format!("{v} {sign} {t} over {size} samples {verdict}")).with_inputs(inputs)
}
