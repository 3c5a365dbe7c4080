use super::*;
use crate::measure::Policy;
use crate::scoring::pace::expected_on;
use crate::scoring::{PaceBasis, Reason};

/// The expected ratio on a day, and the gap to it.
fn pace(case: &Case, on: &str) -> (Option<Decimal>, Option<Decimal>) {
    let pace = case.pace(on);
    (pace.expected.map(|expected| expected.ratio), pace.gap)
}

fn expected_value(case: &Case, on: &str) -> Option<Decimal> {
    case.pace(on).expected.and_then(|expected| expected.value)
}

fn ten_days(measure: MeasureDraft) -> Case {
    Case::of(measure).spanning("2026-10-01", "2026-10-11")
}

#[test]
fn a_reach_is_expected_on_a_straight_line() {
    let case = ten_days(reach("20", "120")).value("2026-10-05", "50");

    assert_eq!(pace(&case, "2026-10-05"), worth("0.4", "-0.1"));
    assert_eq!(expected_value(&case, "2026-10-05"), Some(number("60")));
}

#[test]
fn it_starts_at_the_baseline_and_ends_at_the_target() {
    let case = ten_days(reach("100", "20"));

    assert_eq!(expected_value(&case, "2026-10-01"), Some(number("100")));
    assert_eq!(expected_value(&case, "2026-10-11"), Some(number("20")));
    assert_eq!(expected_value(&case, "2027-01-01"), Some(number("20")));
}

#[test]
fn a_reach_of_one_day_is_expected_at_its_target() {
    let case = Case::of(reach("0", "10")).spanning("2026-10-01", "2026-10-01");

    assert_eq!(expected_value(&case, "2026-10-01"), Some(number("10")));
}

#[test]
fn checkpoints_bend_the_line() {
    let case = ten_days(reach("0", "100")).checkpoint("2026-10-03", "10").checkpoint("2026-10-09", "40");
    let values = ["2026-10-02", "2026-10-03", "2026-10-06", "2026-10-09", "2026-10-10"].map(|on| expected_value(&case, on));

    assert_eq!(values, ["5", "10", "25", "40", "70"].map(|value| Some(number(value))));
    assert_eq!(case.pace("2026-10-02").expected.map(|expected| expected.basis), Some(PaceBasis::Checkpoints));
}

#[test]
fn checkpoints_on_or_outside_the_ends_do_not_bend_it() {
    let case = ten_days(reach("0", "100")).checkpoint("2026-09-01", "90").checkpoint("2026-10-01", "50").checkpoint("2026-10-11", "10");

    assert_eq!(expected_value(&case, "2026-10-06"), Some(number("50")));
    assert_eq!(case.pace("2026-10-06").expected.map(|expected| expected.basis), Some(PaceBasis::Linear));
}

#[test]
fn before_the_start_nothing_is_expected() {
    let pace = ten_days(reach("0", "100")).pace("2026-09-30");

    assert_eq!((pace.expected, pace.gap, pace.reason), (None, None, Some(Reason::NotStarted)));
}

#[test]
fn without_a_check_in_the_gap_is_the_whole_expectation() {
    assert_eq!(pace(&ten_days(reach("0", "100")), "2026-10-06"), worth("0.5", "-0.5"));
}

#[test]
fn who_is_ahead_has_a_gap_above_0() {
    assert_eq!(pace(&ten_days(reach("0", "100")).value("2026-10-06", "160"), "2026-10-06"), worth("0.5", "1.1"));
}

#[test]
fn thresholds_and_rates_are_expected_to_hold_from_the_start_on() {
    let share = MeasureDraft { policy: Some(Policy::Share), ..at_most("4") };
    for measure in [at_least("4"), share, between("4", "5"), rate("1", "4")] {
        let case = ten_days(measure).value("2026-10-02", "4");

        assert_eq!(
            case.pace("2026-10-02").expected.map(|expected| (expected.ratio, expected.basis)),
            Some((Decimal::ONE, PaceBasis::Kept))
        );
        assert_eq!(case.pace("2026-10-02").gap, Some(Decimal::ZERO));
    }
}

#[test]
fn a_milestone_follows_the_dates_of_its_steps() {
    let case =
        Case::of(MeasureDraft::of(Kind::Milestone)).step("1", Some("2026-10-10"), Some("2026-10-09")).step("3", Some("2026-11-10"), None);

    assert_eq!(pace(&case, "2026-10-10"), worth("0.25", "0"));
    assert_eq!(pace(&case, "2026-11-10"), worth("1", "-0.75"));
}

#[test]
fn after_the_due_date_no_more_is_expected_than_on_it() {
    let case = ten_days(MeasureDraft::of(Kind::Milestone)).step("1", Some("2026-10-05"), None).step("1", Some("2026-12-05"), None);

    assert_eq!(pace(&case, "2027-01-01"), worth("0.5", "-0.5"));
}

#[test]
fn a_milestone_with_an_undated_step_follows_a_straight_line() {
    let case = ten_days(MeasureDraft::of(Kind::Milestone)).step("1", Some("2026-10-02"), None).step("1", None, None);

    assert_eq!(case.pace("2026-10-06").expected.map(|expected| (expected.ratio, expected.basis)), Some((number("0.5"), PaceBasis::Linear)));
}

#[test]
fn what_is_done_at_once_is_expected_on_the_due_date() {
    for (kind, ratio) in [(Kind::Milestone, "1"), (Kind::Ordinal, "0.7")] {
        let case = Case::of(MeasureDraft::of(kind));

        assert_eq!(case.pace("2026-12-30").reason, Some(Reason::NotGradual));
        assert_eq!(case.pace(END).expected.map(|expected| expected.ratio), Some(number(ratio)));
    }
}

#[test]
fn without_a_score_there_is_no_pace_for_the_same_reason() {
    assert_eq!(Case::at(reach("-", "1"), "1").pace(END).reason, Some(Reason::NoBaseline));
    assert_eq!(scored_at(1, "1").status(KeyResultStatus::Cancelled).pace(END).reason, Some(Reason::Cancelled));
}

#[test]
fn the_line_of_the_plan_can_be_drawn_without_a_score() {
    let case = ten_days(reach("0", "3"));

    assert_eq!(
        expected_on(&case.facts(), day("2026-10-02")).map(|expected| (expected.ratio, expected.value)),
        Ok((number("0.1"), Some(number("0.3"))))
    );
    assert_eq!(expected_on(&case.facts(), day("2026-09-02")), Err(Reason::NotStarted));
}
