use super::*;
use crate::measure::Policy;
use crate::scoring::{Ignoring, PeriodReading, Reason};

/// The Sundays on which the planned weeks of the quarter end.
const SUNDAYS: [&str; 13] = [
    "2026-10-04",
    "2026-10-11",
    "2026-10-18",
    "2026-10-25",
    "2026-11-01",
    "2026-11-08",
    "2026-11-15",
    "2026-11-22",
    "2026-11-29",
    "2026-12-06",
    "2026-12-13",
    "2026-12-20",
    "2026-12-27",
];

fn share(measure: MeasureDraft) -> Case {
    Case::of(MeasureDraft { policy: Some(Policy::Share), ..measure })
}

fn thirteen_weeks() -> Case {
    let values = ["4.8", "4.2", "4.5", "3.5", "4.25", "-", "4.5", "2", "3", "4.5", "4.6", "5", "4.5"];
    let measured = SUNDAYS.iter().zip(values).filter(|(_, value)| *value != "-");
    measured.fold(share(between("4", "5")), |case, (on, value)| case.value(on, value))
}

#[test]
fn a_missed_week_counts_as_not_met() {
    let score = thirteen_weeks().final_score();

    assert_eq!(score.value, Some(number("0.6923")));
    assert_eq!(score.explanation.filled.as_deref(), Some("9 / 13"));
}

#[test]
fn a_missed_week_is_listed_as_missed() {
    let weeks = thirteen_weeks().final_score().explanation.periods;
    let missed: Vec<&PeriodReading> = weeks.iter().filter(|week| week.is_missed).collect();

    assert_eq!(weeks.len(), 13);
    assert_eq!(
        missed.iter().map(|week| (week.first, week.last, week.is_met)).collect::<Vec<_>>(),
        [(day("2026-11-02"), day("2026-11-08"), Some(false))]
    );
}

#[test]
fn a_week_counts_from_the_day_it_is_over() {
    let case = share(at_least("4")).value("2026-10-04", "4");

    assert_eq!(case.score("2026-10-10").value, Some(number("1")));
    assert_eq!(case.score("2026-10-11").value, Some(number("0.5")));
}

#[test]
fn a_week_that_is_not_over_counts_once_it_has_a_value() {
    let case = share(at_least("4")).value("2026-10-04", "4").value("2026-10-06", "3");

    assert_eq!(case.score("2026-10-06").value, Some(number("0.5")));
}

#[test]
fn the_newest_value_of_a_week_counts() {
    let case = share(at_least("4")).value("2026-10-02", "3").value("2026-10-04", "4");

    assert_eq!(case.score("2026-10-04").value, Some(number("1")));
}

#[test]
fn the_days_after_the_last_week_belong_to_it() {
    let case = SUNDAYS.iter().take(12).fold(share(at_least("4")), |case, on| case.value(on, "4")).value("2026-12-31", "5");

    assert_eq!(case.final_score().explanation.filled.as_deref(), Some("13 / 13"));
}

#[test]
fn a_span_without_the_end_of_a_week_is_one_planned_week() {
    let case = share(at_least("4")).spanning("2026-10-06", "2026-10-08").value("2026-10-07", "4");

    assert_eq!(case.final_score().explanation.filled.as_deref(), Some("1 / 1"));
}

#[test]
fn readings_outside_the_span_are_listed_and_not_used() {
    let case = share(at_least("4")).value("2026-09-30", "5").value("2026-10-04", "3").value("2027-01-02", "5");
    let score = case.score("2027-01-10");
    let ignored: Vec<Ignoring> = score.explanation.ignored.iter().map(|reading| reading.because).collect();

    assert_eq!(score.value, Some(Decimal::ZERO));
    assert_eq!(ignored, [Ignoring::BeforeStart, Ignoring::AfterDue]);
}

#[test]
fn without_any_reading_the_reason_is_no_check_in_and_the_missed_weeks_are_listed() {
    let score = share(at_least("4")).value("2026-09-30", "5").score("2026-10-11");

    assert_eq!((score.raw, score.value, score.reason), (None, Some(Decimal::ZERO), Some(Reason::NoCheckIn)));
    assert_eq!(score.explanation.periods.iter().filter(|week| week.is_missed).count(), 2);
}

#[test]
fn it_is_met_when_every_week_met_it() {
    let all = SUNDAYS.iter().fold(share(at_least("4")), |case, on| case.value(on, "4"));

    assert_eq!((all.final_score().met, all.zone()), (Some(true), Some(Zone::Target)));
    assert_eq!((thirteen_weeks().final_score().met, thirteen_weeks().zone()), (Some(false), Some(Zone::None)));
}

#[test]
fn the_zone_is_the_least_that_every_week_reached() {
    let measure = MeasureDraft { commit: maybe("3"), ..at_least("4") };
    let case = share(measure).value("2026-10-04", "5").value("2026-10-11", "3");

    assert_eq!(case.score("2026-10-11").zone, Some(Zone::Commit));
}

#[test]
fn the_week_starts_where_the_workspace_says() {
    let case = share(at_least("4")).value("2026-10-03", "4").value("2026-10-04", "3");

    let monday = score::of(&case.facts(), day("2026-10-04"), Weekday::Mon);
    let sunday = score::of(&case.facts(), day("2026-10-04"), Weekday::Sun);

    assert_eq!(monday.explanation.filled.as_deref(), Some("0 / 1"));
    assert_eq!(sunday.explanation.filled.as_deref(), Some("1 / 2"));
}
