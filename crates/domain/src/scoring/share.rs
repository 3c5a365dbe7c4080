//! The `SHARE` policy: how many of the planned weeks so far met the threshold. A missed week did not.

use chrono::{NaiveDate, Weekday};

use super::allowed::Allowed;
use super::arithmetic::{count, div};
use super::explanation::PeriodReading;
use super::readings::{Readings, by_period};
use super::worked::{Standing, Worked};
use crate::check_in::Zone;
use crate::key_result::KeyResult;

/// Weeks that met it / planned weeks so far. It is met, and a zone is reached, when every week did.
pub(super) fn worked(allowed: &Allowed, key_result: &KeyResult, readings: &Readings<'_>, day: NaiveDate, week_start: Weekday) -> Worked {
    let mut weeks = by_period(key_result, readings, None, day, week_start);
    for week in &mut weeks {
        let counts = week.guardrail_held != Some(false);
        week.is_met = Some(counts && week.value.is_some_and(|value| allowed.holds(value)));
    }
    if readings.used.is_empty() {
        return Worked::no_check_in().with_periods(weeks);
    }
    let met = weeks.iter().filter(|week| week.is_met == Some(true)).count();
    let Some(raw) = div(count(met), count(weeks.len())) else {
        return Worked::no_check_in();
    };
    let counted = |week: &PeriodReading| week.value.filter(|_| week.guardrail_held != Some(false));
    let zone = weeks.iter().map(|week| counted(week).map_or(Zone::None, |value| allowed.zone(value))).min().unwrap_or(Zone::None);
    let standing = Standing::Measured { raw, met: met == weeks.len(), zone };
    Worked::of(standing, format!("{met} / {}", weeks.len())).with_periods(weeks)
}
