//! Windows that follow each other, and those that one is compared with.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use super::calendar::Granularity;
use super::window::{Rolling, Window};
use crate::rejection::{Code, Rejection, Violation};

/// Most windows of a series.
pub const MOST_BUCKETS: usize = 1_000;

/// What a series goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// One window after the other.
    Calendar(Granularity),
    /// A window for every day, which ends with it.
    Rolling(Rolling),
}

impl From<Granularity> for Step {
    fn from(granularity: Granularity) -> Self {
        Self::Calendar(granularity)
    }
}

/// One window of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bucket {
    /// The days that count: those of the period that were asked for.
    pub window: Window,
    /// The whole period.
    pub period: Window,
    pub step: Step,
}

impl Bucket {
    /// Whether days of its period are missing: those that were not asked for, or that are not over yet.
    pub fn is_partial(self, as_of: DateTime<Utc>, zone: Tz) -> bool {
        self.window != self.period || self.window.is_running(as_of, zone)
    }

    /// The whole period right before this one.
    pub fn previous(self) -> Window {
        let Window { start, .. } = self.period;
        match self.step {
            Step::Calendar(granularity) => Window { start: granularity.earlier(start, 1), end: start },
            Step::Rolling(rolling) => rolling.ending_with(start.pred_opt().unwrap_or(NaiveDate::MIN)),
        }
    }

    /// The whole period a year before: the same days of the year, and for weeks the week 52 weeks before.
    pub fn year_before(self) -> Window {
        let Window { start, end } = self.period;
        match self.step {
            Step::Calendar(Granularity::Week) => {
                Window { start: Granularity::Week.earlier(start, 52), end: Granularity::Week.earlier(end, 52) }
            }
            Step::Calendar(granularity) => {
                let start = Granularity::Year.earlier(start, 1);
                Window { start, end: granularity.later(start, 1) }
            }
            Step::Rolling(rolling) => rolling.ending_with(Granularity::Year.earlier(self.period.last_day(), 1)),
        }
    }
}

/// The windows that have days from `from` up to but without `to`, in order.
///
/// Calendar periods are cut to these days. There is a rolling window for each of these days, and it reaches back before
/// the first of them. Refused, under `to`, when there is no day, and under `granularity` when there are over 1,000 windows.
pub fn buckets(from: NaiveDate, to: NaiveDate, step: impl Into<Step>, week_start: Weekday) -> Result<Vec<Bucket>, Rejection> {
    let (asked, step) = (Window::new(from, to)?, step.into());
    let mut found = Vec::new();
    let mut next = from;
    while next < to {
        if found.len() == MOST_BUCKETS {
            let detail = format!("a series has at most {MOST_BUCKETS} windows: take longer ones, or fewer days than from {from} to {to}");
            return Err(Violation::new(Code::TooMany, detail).at("granularity").into());
        }
        let bucket = bucket(next, asked, step, week_start);
        found.push(bucket);
        next = match step {
            Step::Calendar(_) => bucket.period.end,
            Step::Rolling(_) => bucket.window.end,
        };
    }
    Ok(found)
}

fn bucket(day: NaiveDate, asked: Window, step: Step, week_start: Weekday) -> Bucket {
    match step {
        Step::Calendar(granularity) => {
            let start = granularity.first_day(day, week_start);
            let period = Window { start, end: granularity.later(start, 1) };
            Bucket { window: period.cut_to(asked), period, step }
        }
        Step::Rolling(rolling) => {
            let period = rolling.ending_with(day);
            Bucket { window: period, period, step }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn window(start: &str, end: &str) -> Window {
        Window { start: day(start), end: day(end) }
    }

    fn series(from: &str, to: &str, step: impl Into<Step>) -> Vec<Bucket> {
        buckets(day(from), day(to), step, Weekday::Mon).expect("a series")
    }

    #[test]
    fn what_is_cut_or_runs_is_partial_and_the_rest_is_not() {
        let months = series("2024-01-15", "2024-04-01", Granularity::Month);

        let windows: Vec<Window> = months.iter().map(|bucket| bucket.window).collect();
        let expected = [window("2024-01-15", "2024-02-01"), window("2024-02-01", "2024-03-01"), window("2024-03-01", "2024-04-01")];
        assert_eq!(windows, expected);
        let as_of = "2024-03-31T23:59:59Z".parse().expect("an instant");
        let partial: Vec<bool> = months.iter().map(|bucket| bucket.is_partial(as_of, Tz::UTC)).collect();
        assert_eq!(partial, [true, false, true]);
    }

    #[test]
    fn months_are_compared_with_whole_months_of_their_own_length() {
        let february = series("2024-02-01", "2024-03-01", Granularity::Month)[0];

        assert_eq!(february.previous(), window("2024-01-01", "2024-02-01"));
        assert_eq!(february.year_before(), window("2023-02-01", "2023-03-01"));
    }

    #[test]
    fn a_leap_day_is_compared_with_the_last_of_february() {
        let leap_day = series("2024-02-29", "2024-03-01", Granularity::Day)[0];

        assert_eq!(leap_day.previous(), window("2024-02-28", "2024-02-29"));
        assert_eq!(leap_day.year_before(), window("2023-02-28", "2023-03-01"));
    }

    #[test]
    fn weeks_are_compared_with_the_same_days_of_the_week() {
        let weeks = buckets(day("2027-01-01"), day("2027-01-10"), Granularity::Week, Weekday::Sun).expect("a series");

        let periods: Vec<Window> = weeks.iter().map(|bucket| bucket.period).collect();
        assert_eq!(periods, [window("2026-12-27", "2027-01-03"), window("2027-01-03", "2027-01-10")]);
        assert_eq!(weeks[1].previous(), periods[0]);
        assert_eq!(weeks[1].year_before(), window("2026-01-04", "2026-01-11"));
    }

    #[test]
    fn rolling_windows_end_with_each_day_and_reach_back_before_the_first() {
        let rolling = Rolling::new(28).expect("days");
        let windows = series("2024-03-01", "2024-03-03", Step::Rolling(rolling));

        assert_eq!(windows[0].window, window("2024-02-03", "2024-03-02"));
        assert_eq!(windows[1].window, window("2024-02-04", "2024-03-03"));
        assert_eq!(windows[1].previous(), window("2024-01-07", "2024-02-04"));
        assert_eq!(windows[1].year_before(), window("2023-02-03", "2023-03-03"));
    }

    #[test]
    fn at_most_a_thousand_windows_are_made() {
        let days = |to: &str| buckets(day("2024-01-01"), day(to), Granularity::Day, Weekday::Mon);

        assert_eq!(days("2026-09-27").map(|found| found.len()), Ok(1_000));
        let refused = days("2026-09-28").expect_err("too many");
        assert_eq!((refused.violations()[0].field.as_str(), refused.violations()[0].code), ("granularity", Code::TooMany));
    }

    #[test]
    fn a_series_at_the_end_of_time_ends() {
        let end = NaiveDate::MAX;
        let last = end.pred_opt().expect("a day");

        assert_eq!(buckets(last, end, Granularity::Year, Weekday::Mon).map(|found| found.len()), Ok(1));
    }
}
