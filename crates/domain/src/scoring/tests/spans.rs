use super::*;
use crate::measure::Period;
use crate::scoring::spans::{Span, calendar_periods, planned_weeks};

fn weeks(start: &str, due: &str) -> Vec<(String, String)> {
    written(planned_weeks(day(start), day(due), Weekday::Mon))
}

fn written(spans: impl Iterator<Item = Span>) -> Vec<(String, String)> {
    spans.map(|span| (span.first.to_string(), span.last.to_string())).collect()
}

fn span(first: &str, last: &str) -> (String, String) {
    (first.to_owned(), last.to_owned())
}

#[test]
fn a_quarter_has_thirteen_planned_weeks() {
    let weeks = weeks("2026-10-01", END);

    assert_eq!(weeks.len(), 13);
    assert_eq!(weeks.first(), Some(&span("2026-10-01", "2026-10-04")));
    assert_eq!(weeks.last(), Some(&span("2026-12-21", "2026-12-31")));
}

#[test]
fn whole_weeks_are_planned_as_they_are() {
    assert_eq!(weeks("2026-10-05", "2026-10-18"), [span("2026-10-05", "2026-10-11"), span("2026-10-12", "2026-10-18")]);
}

#[test]
fn a_single_day_is_one_planned_week() {
    assert_eq!(weeks("2026-10-07", "2026-10-07"), [span("2026-10-07", "2026-10-07")]);
}

#[test]
fn a_span_that_ends_before_it_starts_has_no_weeks() {
    assert_eq!(weeks("2026-10-07", "2026-10-06"), []);
}

#[test]
fn months_are_cut_to_the_span() {
    let months = written(calendar_periods(day("2028-01-31"), day("2028-03-01"), Period::Month, Weekday::Mon));

    assert_eq!(months, [span("2028-01-31", "2028-01-31"), span("2028-02-01", "2028-02-29"), span("2028-03-01", "2028-03-01")]);
}

#[test]
fn the_last_days_of_the_calendar_are_days_as_well() {
    let weeks = planned_weeks(NaiveDate::MAX, NaiveDate::MAX, Weekday::Mon);

    assert_eq!(weeks.collect::<Vec<_>>(), [Span { first: NaiveDate::MAX, last: NaiveDate::MAX }]);
}
