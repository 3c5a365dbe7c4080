//! `REACH`: the way covered from the baseline to the target, `(v − b) / (t − b)`.

use rust_decimal::Decimal;

use super::allowed::Allowed;
use super::arithmetic::way;
use super::formula::shown;
use super::readings::Readings;
use super::score::Reason;
use super::worked::{Standing, Worked};
use crate::measure::{Side, Zones};
use crate::number::Quantity;

pub(super) fn worked(baseline: Option<Quantity>, target: Option<Quantity>, zones: &Zones, readings: &Readings<'_>) -> Worked {
    let (baseline, target) = match ends(baseline, target) {
        Ok(ends) => ends,
        Err(reason) => return Worked::not_counted(reason),
    };
    let Some(newest) = readings.newest() else {
        return Worked::no_check_in();
    };
    let value = newest.amount;
    let (v, b, t) = (shown(value), shown(baseline), shown(target));
    Worked::of(standing(baseline, target, zones, value), format!("({v} − {b}) / ({t} − {b})")).with_inputs(vec![newest.input()])
}

/// Baseline and target, or why there is no way between them.
pub(super) fn ends(baseline: Option<Quantity>, target: Option<Quantity>) -> Result<(Decimal, Decimal), Reason> {
    let target = target.ok_or(Reason::NoTarget)?.value();
    let baseline = baseline.ok_or(Reason::NoBaseline)?.value();
    if baseline == target {
        return Err(Reason::BaselineEqualsTarget);
    }
    Ok((baseline, target))
}

/// Where a value stands on the way, whichever direction it leads.
pub(super) fn standing(baseline: Decimal, target: Decimal, zones: &Zones, value: Decimal) -> Standing {
    let beyond = beyond(baseline, target, zones);
    match way(value, baseline, target) {
        Some(raw) => Standing::Measured { raw, met: beyond.holds(value), zone: beyond.zone(value) },
        None => Standing::NotCounted(Reason::BaselineEqualsTarget),
    }
}

/// The values at which the target is met: those on its far side, seen from the baseline.
pub(super) fn beyond(baseline: Decimal, target: Decimal, zones: &Zones) -> Allowed {
    let side = if target > baseline { Side::AtLeast } else { Side::AtMost };
    Allowed::Side { side, border: target, strict: false, zones: *zones }
}
