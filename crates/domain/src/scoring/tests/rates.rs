use super::*;
use crate::measure::Period;
use crate::scoring::{Ignoring, Reason};

fn weekly(measure: MeasureDraft) -> MeasureDraft {
    MeasureDraft { period: Some(Period::Week), ..measure }
}

#[test]
fn the_mean_over_the_months_counts() {
    let case = Case::of(rate("10", "17")).value("2026-10-31", "12").value("2026-11-30", "13").value("2026-12-31", "15");

    assert_eq!(case.final_score().value, Some(number("0.4762")));
    assert_eq!(case.final_score().explanation.filled.as_deref(), Some("(40 / 3 − 10) / (17 − 10)"));
}

#[test]
fn a_month_without_a_value_is_listed_and_does_not_count() {
    let score = Case::of(rate("10", "20")).value("2026-10-31", "12").value("2026-12-31", "14").final_score();
    let missed: Vec<bool> = score.explanation.periods.iter().map(|month| month.is_missed).collect();

    assert_eq!(score.value, Some(number("0.3")));
    assert_eq!(missed, [false, true, false]);
}

#[test]
fn a_month_that_is_not_over_is_not_missed() {
    let score = Case::of(rate("10", "20")).value("2026-10-31", "12").score("2026-11-29");

    assert_eq!(score.explanation.periods.len(), 1);
}

#[test]
fn the_newest_value_of_a_month_counts() {
    let case = Case::of(rate("10", "20")).value("2026-10-05", "20").value("2026-10-31", "12");

    assert_eq!(case.ratios(), worth("0.2", "0.2"));
}

#[test]
fn each_month_shows_the_ratio_it_would_have_alone() {
    let score = Case::of(rate("10", "20")).value("2026-10-31", "12").value("2026-11-30", "25").final_score();
    let ratios: Vec<Option<Decimal>> = score.explanation.periods.iter().map(|month| month.ratio).collect();

    assert_eq!(ratios, [Some(number("0.2")), Some(number("1.5")), None]);
}

#[test]
fn a_week_cut_by_the_start_is_a_week_of_its_own() {
    let case = Case::of(weekly(rate("0", "10"))).value("2026-10-04", "2").value("2026-10-05", "4");

    assert_eq!(case.ratios(), worth("0.3", "0.3"));
}

#[test]
fn three_thirds_are_exactly_one() {
    let case = Case::of(rate("0", "3")).value("2026-10-31", "2").value("2026-11-30", "2").value("2026-12-31", "5");

    assert_eq!((case.ratios(), case.final_score().met), (worth("1", "1"), Some(true)));
}

#[test]
fn a_rate_may_go_down() {
    let case = Case::of(rate("20", "10")).value("2026-10-31", "18").value("2026-11-30", "12");

    assert_eq!(case.ratios(), worth("0.5", "0.5"));
}

#[test]
fn the_zone_follows_the_mean() {
    let measure = MeasureDraft { commit: maybe("12"), ..rate("10", "20") };
    let case = Case::of(measure).value("2026-10-31", "30").value("2026-11-30", "-6");

    assert_eq!(case.zone(), Some(Zone::Commit));
}

#[test]
fn values_outside_the_span_are_listed_and_not_used() {
    let case = Case::of(rate("10", "20")).value("2026-09-30", "20").value("2026-10-31", "12").value("2027-01-01", "20");
    let ignored: Vec<Ignoring> = case.score("2027-02-01").explanation.ignored.iter().map(|reading| reading.because).collect();

    assert_eq!(case.score("2027-02-01").value, Some(number("0.2")));
    assert_eq!(ignored, [Ignoring::BeforeStart, Ignoring::AfterDue]);
}

#[test]
fn without_a_value_the_score_is_0_and_says_so() {
    let score = Case::of(rate("10", "20")).score("2026-11-10");

    assert_eq!((score.value, score.reason), (Some(Decimal::ZERO), Some(Reason::NoCheckIn)));
    assert_eq!(score.explanation.periods.len(), 1);
}

#[test]
fn missing_numbers_make_no_score_with_the_reason() {
    assert_eq!(Case::of(rate("-", "20")).final_score().reason, Some(Reason::NoBaseline));
    assert_eq!(Case::of(rate("10", "-")).final_score().reason, Some(Reason::NoTarget));
}
