//! Days, weeks, months and years of a place, and the instants at which its days begin.

use chrono::{DateTime, Datelike, Days, LocalResult, Months, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// A calendar period.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Granularity {
    Day,
    /// Seven days from the workspace's first day of the week.
    Week,
    #[default]
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    Year,
}

impl Granularity {
    /// The first day of the period that a day lies in.
    pub fn first_day(self, day: NaiveDate, week_start: Weekday) -> NaiveDate {
        let of_month = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => day.week(week_start).checked_first_day().unwrap_or(NaiveDate::MIN),
            Self::Month => of_month(day.month()),
            Self::Quarter => of_month(day.month0() / 3 * 3 + 1),
            Self::Year => of_month(1),
        }
    }

    /// The day as many periods later: the last day of a month that is too short for its number.
    pub fn later(self, day: NaiveDate, periods: u32) -> NaiveDate {
        let later = match self {
            Self::Day => day.checked_add_days(Days::new(u64::from(periods))),
            Self::Week => day.checked_add_days(Days::new(7 * u64::from(periods))),
            Self::Month | Self::Quarter | Self::Year => day.checked_add_months(Months::new(periods.saturating_mul(self.months()))),
        };
        later.unwrap_or(NaiveDate::MAX)
    }

    /// The day as many periods earlier, as [`Granularity::later`].
    pub fn earlier(self, day: NaiveDate, periods: u32) -> NaiveDate {
        let earlier = match self {
            Self::Day => day.checked_sub_days(Days::new(u64::from(periods))),
            Self::Week => day.checked_sub_days(Days::new(7 * u64::from(periods))),
            Self::Month | Self::Quarter | Self::Year => day.checked_sub_months(Months::new(periods.saturating_mul(self.months()))),
        };
        earlier.unwrap_or(NaiveDate::MIN)
    }

    fn months(self) -> u32 {
        match self {
            Self::Day | Self::Week => 0,
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// The first instant at which the clocks of a zone show this day or a later one.
///
/// That is its midnight where there is one, and the earlier where there are two. Where clocks go forward over
/// midnight it is when they do, and a day that a zone leaves out begins with the day after it.
pub fn first_instant(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.with_timezone(&Utc),
        LocalResult::None => first_after_gap(midnight.and_utc(), zone),
    }
}

/// The day that the clocks of a zone show.
pub fn day_of(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    let offset = zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc();
    instant.naive_utc().checked_add_signed(TimeDelta::seconds(offset.into())).map_or(NaiveDate::MAX, |local| local.date())
}

/// No zone is a day or more away from UTC, so the clocks pass the midnight within a day of UTC's own. They go forward
/// there, so what they show only rises, and the second can be found by halving.
fn first_after_gap(midnight: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let day = midnight.date_naive();
    let around = |seconds: i64| midnight.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(midnight);
    let (mut before, mut after) = (-86_400_i64, 86_400_i64);
    while after - before > 1 {
        let middle = before.midpoint(after);
        if day_of(around(middle), zone) < day {
            before = middle;
        } else {
            after = middle;
        }
    }
    around(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn begins(on: &str, zone: Tz) -> String {
        first_instant(day(on), zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn a_day_without_a_midnight_begins_when_the_clocks_go_forward() {
        assert_eq!(begins("2018-11-04", Tz::America__Sao_Paulo), "2018-11-04T03:00:00Z");
        assert_eq!(begins("2024-03-31", Tz::Asia__Beirut), "2024-03-30T22:00:00Z");
        assert_eq!(begins("1919-03-31", Tz::America__Toronto), "1919-03-31T04:30:00Z");
    }

    #[test]
    fn a_day_with_two_midnights_begins_at_the_first() {
        assert_eq!(begins("2024-11-03", Tz::America__Havana), "2024-11-03T04:00:00Z");
        assert_eq!(begins("2018-02-18", Tz::America__Sao_Paulo), "2018-02-18T03:00:00Z");
    }

    #[test]
    fn a_day_that_a_zone_left_out_begins_with_the_next_one() {
        assert_eq!(begins("2011-12-30", Tz::Pacific__Apia), "2011-12-30T10:00:00Z");
        assert_eq!(begins("2011-12-31", Tz::Pacific__Apia), "2011-12-30T10:00:00Z");
    }

    #[test]
    fn the_first_instant_of_a_day_is_the_first_that_shows_it() {
        for zone in [Tz::America__Sao_Paulo, Tz::Asia__Beirut, Tz::Europe__Berlin, Tz::Asia__Kathmandu, Tz::America__Havana] {
            for on in day("2018-01-01").iter_days().take(366) {
                let first = first_instant(on, zone);

                assert_eq!(day_of(first, zone), on, "{zone}");
                assert!(day_of(first - TimeDelta::seconds(1), zone) < on, "{zone} {on}");
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_days_like_others() {
        for zone in [Tz::Pacific__Kiritimati, Tz::America__Anchorage] {
            assert!(first_instant(NaiveDate::MIN, zone) < first_instant(NaiveDate::MAX, zone));
        }
    }

    #[test]
    fn weeks_begin_where_the_workspace_says() {
        let first = |on: &str, week_start| Granularity::Week.first_day(day(on), week_start);

        assert_eq!(first("2027-01-03", Weekday::Mon), day("2026-12-28"));
        assert_eq!(first("2027-01-03", Weekday::Sun), day("2027-01-03"));
        assert_eq!(first("2027-01-03", Weekday::Sat), day("2027-01-02"));
    }

    #[test]
    fn a_period_later_than_the_last_of_a_long_month_is_the_last_of_a_short_one() {
        assert_eq!(Granularity::Month.later(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(Granularity::Year.earlier(day("2024-02-29"), 1), day("2023-02-28"));
        assert_eq!(Granularity::Quarter.first_day(day("2024-06-30"), Weekday::Mon), day("2024-04-01"));
    }
}
