//! Half-open spans of local days: what a figure tells of.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::calendar::first_instant;
use crate::rejection::{Code, Violation};

/// The days from `start` up to but without `end`; none where `end` is not after `start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

impl Window {
    /// At least one day. The violation is of the end, `to`.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, Violation> {
        if start < end {
            return Ok(Self { start, end });
        }
        let detail = format!("a window holds at least one day: its end, {end}, does not belong to it and comes after its start, {start}");
        Err(Violation::new(Code::WrongOrder, detail).at("to"))
    }

    /// From the first instant of the first day up to but without the first instant of `end`, by the clocks of a zone.
    pub fn instants(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        (first_instant(self.start, zone), first_instant(self.end, zone))
    }

    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }

    /// The last day that belongs to it.
    pub fn last_day(self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// How many days it holds.
    pub fn days(self) -> u64 {
        u64::try_from((self.end - self.start).num_days()).unwrap_or(0)
    }

    /// Whether it is not over yet.
    pub fn is_running(self, as_of: DateTime<Utc>, zone: Tz) -> bool {
        as_of < first_instant(self.end, zone)
    }

    /// The same days as another window has, of those that both have.
    #[must_use]
    pub fn cut_to(self, other: Self) -> Self {
        Self { start: self.start.max(other.start), end: self.end.min(other.end) }
    }
}

/// Windows of equally many days, one for each day that they end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rolling(u16);

impl Rolling {
    /// Most days of a rolling window: a leap year.
    pub const MOST_DAYS: u16 = 366;
    /// What dashboards show where nothing else is asked for.
    pub const DASHBOARD: Self = Self(28);

    /// From 1 to 366 days.
    pub fn new(days: i64) -> Result<Self, Violation> {
        let fitting = u16::try_from(days).ok().filter(|days| (1..=Self::MOST_DAYS).contains(days));
        fitting.map(Self).ok_or_else(|| Violation::new(Code::OutOfRange, "a rolling window has from 1 to 366 days"))
    }

    pub fn days(self) -> u16 {
        self.0
    }

    /// The window whose last day this is.
    pub fn ending_with(self, last: NaiveDate) -> Window {
        let end = last.succ_opt().unwrap_or(NaiveDate::MAX);
        Window { start: end.checked_sub_days(Days::new(u64::from(self.0))).unwrap_or(NaiveDate::MIN), end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, end: &str) -> Window {
        Window { start: start.parse().expect("a day"), end: end.parse().expect("a day") }
    }

    #[test]
    fn a_month_with_a_change_of_clocks_is_as_long_as_its_midnights_say() {
        let (start, end) = window("2018-11-01", "2018-12-01").instants(Tz::America__Sao_Paulo);

        assert_eq!((end - start).num_hours(), 30 * 24 - 1);
    }

    #[test]
    fn a_window_that_holds_no_day_is_refused() {
        let refused = Window::new("2026-03-01".parse().expect("a day"), "2026-03-01".parse().expect("a day"));

        assert_eq!(refused.map_err(|violation| (violation.field, violation.code)), Err(("to".to_owned(), Code::WrongOrder)));
    }

    #[test]
    fn a_window_runs_until_the_first_instant_after_it() {
        let november = window("2018-11-01", "2018-11-04");
        let runs = |at: &str| november.is_running(at.parse().expect("an instant"), Tz::America__Sao_Paulo);

        assert!(runs("2018-11-04T02:59:59Z"));
        assert!(!runs("2018-11-04T03:00:00Z"));
    }

    #[test]
    fn a_rolling_window_ends_with_its_last_day() {
        assert_eq!(Rolling::DASHBOARD.ending_with("2024-03-01".parse().expect("a day")), window("2024-02-03", "2024-03-02"));
        assert!(Rolling::new(0).is_err() && Rolling::new(367).is_err());
    }
}
