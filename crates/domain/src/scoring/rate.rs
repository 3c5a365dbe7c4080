//! `RATE`: the mean over the weeks or months counts, not the end value.

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::arithmetic::{add, count, div, mul, sub, way};
use super::explanation::PeriodReading;
use super::formula::shown;
use super::reach;
use super::readings::{Readings, by_period};
use super::score::Reason;
use super::worked::{Standing, Worked};
use crate::key_result::KeyResult;
use crate::measure::Measure;

/// The mean of `(v − b) / (t − b)` over the periods that have a value. Periods without one are listed,
/// and do not count: a month that was not measured says nothing about the average.
pub(super) fn worked(key_result: &KeyResult, readings: &Readings<'_>, day: NaiveDate, week_start: Weekday) -> Worked {
    let Measure::Rate { baseline, target, period, zones } = &key_result.measure else {
        // Nothing else is asked here; without a rate's numbers there would be no score either.
        return Worked::not_counted(Reason::NoTarget);
    };
    let (baseline, target) = match reach::ends(*baseline, *target) {
        Ok(ends) => ends,
        Err(reason) => return Worked::not_counted(reason),
    };
    let mut periods = by_period(key_result, readings, Some(*period), day, week_start);
    for period in &mut periods {
        period.ratio = period.value.and_then(|value| way(counted(period, value, baseline, target), baseline, target));
    }
    let number = count(periods.iter().filter(|period| !period.is_missed).count());
    let values = periods.iter().filter_map(|period| Some(counted(period, period.value?, baseline, target)));
    let sum = values.fold(Decimal::ZERO, add);
    // Summed before it is divided, once: three thirds are exactly 1.
    let raw = div(sub(sum, mul(number, baseline)), mul(number, sub(target, baseline)));
    let (Some(raw), Some(mean)) = (raw, div(sum, number)) else {
        return Worked::no_check_in().with_periods(periods);
    };
    let beyond = reach::beyond(baseline, target, zones);
    let standing = Standing::Measured { raw, met: beyond.holds(mean), zone: beyond.zone(mean) };
    let (s, n, b, t) = (shown(sum), number, shown(baseline), shown(target));
    Worked::of(standing, format!("({s} / {n} − {b}) / ({t} − {b})")).with_periods(periods)
}

/// What a period counts as. One whose guardrail did not hold is no better than the baseline: growth does not count then.
fn counted(period: &PeriodReading, value: Decimal, baseline: Decimal, target: Decimal) -> Decimal {
    let is_better = way(value, baseline, target).is_some_and(|ratio| ratio > Decimal::ZERO);
    if period.guardrail_held == Some(false) && is_better { baseline } else { value }
}
