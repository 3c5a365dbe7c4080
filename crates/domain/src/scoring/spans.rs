//! Planned weeks, and the calendar weeks and months a rate is averaged over.

use std::iter;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::measure::Period;

/// Days in a row, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// The weeks in which a check-in is planned, in order; together they are the days from start to due.
///
/// One is planned for every calendar week that ends on one of these days. The days after the last
/// week's end belong to that week, and a span without any week's end is one planned week: a fraction
/// of a week at the end asks for no check-in of its own.
pub fn planned_weeks(start: NaiveDate, due: NaiveDate, week_start: Weekday) -> impl Iterator<Item = Span> {
    consecutive(start, due, move |first| {
        let end = week_end(first, week_start);
        match end.checked_add_days(Days::new(7)) {
            Some(next_end) if next_end <= due => end,
            _ => due,
        }
    })
}

/// The calendar weeks or months that have days from start to due, cut to these days, in order.
pub fn calendar_periods(start: NaiveDate, due: NaiveDate, period: Period, week_start: Weekday) -> impl Iterator<Item = Span> {
    consecutive(start, due, move |first| match period {
        Period::Week => week_end(first, week_start),
        Period::Month => month_end(first),
    })
}

/// Spans that follow each other from start to due, each as long as `end_of` its first day says.
fn consecutive(start: NaiveDate, due: NaiveDate, end_of: impl Fn(NaiveDate) -> NaiveDate) -> impl Iterator<Item = Span> {
    let mut next = (start <= due).then_some(start);
    iter::from_fn(move || {
        let first = next?;
        let last = end_of(first).min(due);
        next = last.succ_opt().filter(|day| *day <= due);
        Some(Span { first, last })
    })
}

fn week_end(day: NaiveDate, week_start: Weekday) -> NaiveDate {
    day.week(week_start).checked_last_day().unwrap_or(NaiveDate::MAX)
}

fn month_end(day: NaiveDate) -> NaiveDate {
    let days = u64::from(day.num_days_in_month()).saturating_sub(u64::from(day.day()));
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
