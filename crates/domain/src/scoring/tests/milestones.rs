//! Kinds that are done rather than measured: milestones, ordinal key results and tests.

use super::*;
use crate::scoring::{Ignoring, Reason};

fn milestone() -> Case {
    Case::of(MeasureDraft::of(Kind::Milestone))
}

fn ordinal() -> Case {
    Case::of(MeasureDraft::of(Kind::Ordinal))
}

fn sampled(value: &str, size: u32) -> Reading {
    Reading::Sample { value: quantity(value), size }
}

#[test]
fn a_milestone_without_steps_is_done_or_not() {
    assert_eq!(milestone().value("2026-11-10", "0").ratios(), worth("0", "0"));
    assert_eq!(milestone().value("2026-11-10", "1").ratios(), worth("1", "1"));
    assert_eq!(milestone().final_score().reason, Some(Reason::NoCheckIn));
}

#[test]
fn the_weight_of_the_steps_that_are_done_counts() {
    let case = milestone().step("3", None, Some("2026-10-20")).step("1", None, None).step("4", None, Some("2026-11-20"));

    assert_eq!(case.score("2026-11-19").value, Some(number("0.375")));
    assert_eq!(case.final_score().value, Some(number("0.875")));
}

#[test]
fn steps_have_a_score_without_any_check_in() {
    let score = milestone().step("1", None, None).final_score();

    assert_eq!((score.raw, score.value, score.reason), (Some(Decimal::ZERO), Some(Decimal::ZERO), None));
}

#[test]
fn a_step_done_after_the_due_date_came_too_late() {
    let score = milestone().step("1", None, Some("2026-12-31")).step("1", None, Some("2027-01-01")).score("2027-02-01");
    let counted: Vec<bool> = score.explanation.steps.iter().map(|step| step.is_counted).collect();

    assert_eq!(score.value, Some(number("0.5")));
    assert_eq!(counted, [true, false]);
}

#[test]
fn steps_without_any_weight_make_no_score() {
    let score = milestone().step("0", None, Some("2026-10-20")).final_score();

    assert_eq!((score.value, score.reason), (None, Some(Reason::AllWeightsZero)));
}

#[test]
fn where_steps_decide_a_value_is_listed_and_not_used() {
    let score = milestone().step("1", None, None).value("2026-11-10", "1").final_score();

    assert_eq!(score.value, Some(Decimal::ZERO));
    assert_eq!(score.explanation.ignored.first().map(|reading| reading.because), Some(Ignoring::OtherKind));
}

#[test]
fn a_value_from_before_it_became_a_milestone_is_not_used() {
    let case = milestone().value("2026-11-10", "1").value("2026-11-20", "37");

    assert_eq!(case.ratios(), worth("1", "1"));
}

#[test]
fn all_steps_done_is_met() {
    let all = milestone().step("1", None, Some("2026-10-20")).step("0", None, None);

    assert_eq!((all.final_score().met, all.zone()), (Some(true), Some(Zone::Target)));
}

#[test]
fn the_zones_are_worth_three_and_seven_tenths_and_one() {
    for (zone, ratio) in [(Zone::None, "0"), (Zone::Commit, "0.3"), (Zone::Target, "0.7"), (Zone::Stretch, "1")] {
        let case = ordinal().reading("2026-11-10", Reading::Zone(zone));

        assert_eq!((case.ratios(), case.zone()), (worth(ratio, ratio), Some(zone)));
    }
}

#[test]
fn an_ordinal_key_result_is_met_from_its_target_on() {
    let met = |zone| ordinal().reading("2026-11-10", Reading::Zone(zone)).final_score().met;

    assert_eq!([Zone::Commit, Zone::Target, Zone::Stretch].map(met), [false, true, true].map(Some));
}

#[test]
fn a_test_passes_or_fails_once_its_sample_is_large_enough() {
    let case = |value| Case::of(sample_test("0.6", Some(100))).reading("2026-11-10", sampled(value, 100));

    assert_eq!(case("0.6").ratios(), worth("1", "1"));
    assert_eq!(case("0.59").ratios(), worth("0", "0"));
    assert_eq!(case("0.59").final_score().met, Some(false));
}

#[test]
fn a_test_with_too_small_a_sample_is_inconclusive_and_counts_as_0() {
    let score = Case::of(sample_test("0.6", Some(100))).reading("2026-11-10", sampled("0.9", 99)).final_score();

    assert_eq!((score.raw, score.value, score.met), (None, Some(Decimal::ZERO), None));
    assert_eq!(score.reason, Some(Reason::Inconclusive));
}

#[test]
fn a_test_may_pass_below_its_threshold() {
    let below = MeasureDraft { pass_side: Some(crate::measure::Side::AtMost), ..sample_test("0.1", Some(10)) };

    assert_eq!(Case::of(below).reading("2026-11-10", sampled("0.05", 10)).ratios(), worth("1", "1"));
}

#[test]
fn a_test_without_threshold_or_sample_size_has_no_score() {
    let reason = |measure| Case::of(measure).reading("2026-11-10", sampled("0.9", 200)).final_score().reason;

    assert_eq!(reason(sample_test("-", Some(100))), Some(Reason::NoTarget));
    assert_eq!(reason(sample_test("0.6", None)), Some(Reason::NoSampleSize));
}
