use super::*;
use crate::measure::Policy;
use crate::scoring::trend::{self, Trend};
use crate::scoring::{Projection, Reason};

/// Ten days apart from 11 October on, which is the tenth day after the start; the due date is the 91st.
fn every_ten_days(measure: MeasureDraft, values: &[&str]) -> Case {
    let days = day("2026-10-11").iter_days().step_by(10);
    days.zip(values).fold(Case::of(measure), |case, (on, value)| case.value(&on.to_string(), value))
}

fn projection(value: &str, raw: &str, score: &str) -> Option<Projection> {
    Some(Projection { value: number(value), raw: number(raw), score: number(score) })
}

#[test]
fn a_steady_trend_goes_on_to_the_due_date() {
    let forecast = every_ten_days(reach("0", "182"), &["10", "20", "30", "40", "50"]).forecast("2026-11-20");

    assert_eq!(forecast.expected, projection("91", "0.5", "0.5"));
    assert_eq!((forecast.low, forecast.high), (forecast.expected, forecast.expected));
    assert_eq!((forecast.slope, forecast.points, forecast.reason), (Some(Decimal::ONE), 5, None));
}

#[test]
fn one_wild_reading_does_not_move_the_trend() {
    let forecast = every_ten_days(reach("0", "182"), &["10", "20", "9000", "40", "50", "60"]).forecast("2026-11-30");

    assert_eq!(forecast.expected.map(|projection| projection.value), Some(number("91")));
}

#[test]
fn the_interval_holds_the_forecast_between_its_bounds() {
    let forecast = every_ten_days(reach("0", "100"), &["10", "18", "33", "35", "52", "54"]).forecast("2026-11-30");
    let [low, value, high] = [forecast.low, forecast.expected, forecast.high].map(|projection| projection.unwrap().value);

    assert!(low < value && value < high, "{low} {value} {high}");
}

#[test]
fn the_trend_agrees_with_a_published_example() {
    // The example of `ci.theil` in the R package statpsych, after Hollander and Wolfe (1999).
    let values = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19];
    let days = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51];
    let mut points: Vec<trend::Point> =
        days.into_iter().zip(values).map(|(day, value)| (Decimal::from(day), Decimal::from(value))).collect();
    points.sort_unstable();

    let Trend { slope, low, high } = trend::of(&points).unwrap();

    assert_eq!((slope, low.round_dp(7), high), (number("0.5"), number("0.3243243"), number("0.75")));
}

#[test]
fn a_threshold_is_forecast_with_the_score_its_value_would_mean() {
    let measure = MeasureDraft { baseline: maybe("0"), ..at_least("182") };
    let forecast = every_ten_days(measure, &["10", "20", "30", "40", "50"]).forecast("2026-11-20");

    assert_eq!(forecast.expected, projection("91", "0.5", "0.5"));
}

#[test]
fn four_readings_are_too_few() {
    let forecast = every_ten_days(reach("0", "100"), &["10", "20", "30", "40"]).forecast("2026-11-20");

    assert_eq!((forecast.expected, forecast.points, forecast.reason), (None, 4, Some(Reason::TooFewPoints)));
}

#[test]
fn readings_on_two_days_are_too_few() {
    let case = ["1", "2", "3"].into_iter().fold(Case::of(reach("0", "100")), |case, value| case.value("2026-10-02", value));
    let case = ["4", "5", "6"].into_iter().fold(case, |case, value| case.value("2026-10-09", value));

    assert_eq!(case.forecast("2026-10-10").reason, Some(Reason::TooFewPoints));
}

#[test]
fn readings_from_before_the_start_are_not_part_of_the_trend() {
    let case = every_ten_days(reach("0", "100"), &["10", "20", "30", "40"]).value("2026-09-20", "90");

    assert_eq!(case.forecast("2026-11-20").points, 4);
}

#[test]
fn the_newest_sixty_readings_make_the_trend() {
    let days = day("2026-10-01").iter_days().take(80);
    let case = days.enumerate().fold(Case::of(reach("0", "100")), |case, (index, on)| {
        let value = if index < 20 { "1000".to_owned() } else { index.to_string() };
        case.value(&on.to_string(), &value)
    });
    let forecast = case.forecast("2026-12-25");

    assert_eq!((forecast.points, forecast.expected.map(|projection| projection.value)), (60, Some(number("91"))));
}

#[test]
fn after_the_due_date_there_is_nothing_to_forecast() {
    let case = every_ten_days(reach("0", "100"), &["10", "20", "30", "40", "50"]);

    assert_eq!(case.forecast(END).reason, None);
    assert_eq!(case.forecast("2027-01-01").reason, Some(Reason::PastDue));
}

#[test]
fn where_one_value_does_not_decide_there_is_no_forecast() {
    let share = MeasureDraft { policy: Some(Policy::Share), ..at_least("4") };
    for measure in [share, rate("0", "10"), MeasureDraft::of(Kind::Milestone), MeasureDraft::of(Kind::Ordinal), sample_test("1", Some(5))] {
        assert_eq!(Case::of(measure).forecast("2026-11-20").reason, Some(Reason::NoTrend));
    }
}

#[test]
fn what_has_no_score_has_no_forecast_for_the_same_reason() {
    assert_eq!(Case::of(reach("-", "1")).forecast("2026-11-20").reason, Some(Reason::NoBaseline));
    assert_eq!(Case::of(at_least("-")).forecast("2026-11-20").reason, Some(Reason::NoTarget));
    assert_eq!(scored_at(1, "1").status(KeyResultStatus::Excluded).forecast("2026-11-20").reason, Some(Reason::Excluded));
}
