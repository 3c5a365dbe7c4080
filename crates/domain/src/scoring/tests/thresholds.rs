use super::*;
use crate::scoring::Reason;

fn strict(measure: MeasureDraft) -> MeasureDraft {
    MeasureDraft { strict: Some(true), ..measure }
}

fn from(baseline: &str, measure: MeasureDraft) -> MeasureDraft {
    MeasureDraft { baseline: maybe(baseline), ..measure }
}

#[test]
fn a_threshold_that_is_met_is_worth_1_and_no_more() {
    assert_eq!(Case::at(at_least("11.5"), "20").ratios(), worth("1", "1"));
    assert_eq!(Case::at(at_most("4"), "1").ratios(), worth("1", "1"));
}

#[test]
fn an_inclusive_border_is_met() {
    assert_eq!(Case::at(at_least("11.5"), "11.5").ratios(), worth("1", "1"));
    assert_eq!(Case::at(at_most("4"), "4").ratios(), worth("1", "1"));
}

#[test]
fn a_strict_border_is_not_met() {
    assert_eq!(Case::at(strict(at_least("11.5")), "11.5").ratios(), worth("0", "0"));
    assert_eq!(Case::at(strict(at_most("4")), "4").ratios(), worth("0", "0"));
}

#[test]
fn without_a_baseline_what_is_not_met_is_worth_0() {
    assert_eq!(Case::at(at_least("11.5"), "11.4").ratios(), worth("0", "0"));
}

#[test]
fn with_a_baseline_the_way_covered_counts() {
    assert_eq!(Case::at(from("10", at_least("20")), "15").ratios(), worth("0.5", "0.5"));
    assert_eq!(Case::at(from("12", at_most("4")), "6").ratios(), worth("0.75", "0.75"));
}

#[test]
fn further_off_than_the_baseline_is_shown_raw_and_scored_as_0() {
    assert_eq!(Case::at(from("10", at_least("20")), "5").ratios(), worth("-0.5", "0"));
}

#[test]
fn a_baseline_that_met_it_already_leaves_no_way_to_cover() {
    assert_eq!(Case::at(from("25", at_least("20")), "19").ratios(), worth("0", "0"));
    assert_eq!(Case::at(from("20", strict(at_least("20"))), "19").ratios(), worth("0", "0"));
}

#[test]
fn the_whole_way_to_a_strict_border_is_almost_1() {
    let score = Case::at(from("10", strict(at_least("20"))), "20").final_score();

    assert_eq!((score.raw, score.value, score.met), (Some(Decimal::ONE), Some(number("0.9999")), Some(false)));
    assert!(score.explanation.is_capped);
}

#[test]
fn what_is_not_met_never_rounds_to_1() {
    let score = Case::at(from("0", at_least("1000000")), "999999").final_score();

    assert_eq!((score.raw, score.value), worth("0.999999", "0.9999"));
    assert_eq!((score.met, score.explanation.is_capped), (Some(false), true));
}

#[test]
fn what_is_met_is_not_capped() {
    assert!(!Case::at(at_least("1"), "1").final_score().explanation.is_capped);
}

#[test]
fn both_bounds_of_a_band_lie_inside() {
    for value in ["4", "4.5", "5"] {
        assert_eq!(Case::at(between("4", "5"), value).ratios(), worth("1", "1"));
    }
}

#[test]
fn outside_a_band_without_a_baseline_is_worth_0() {
    for value in ["3.9", "5.1"] {
        assert_eq!(Case::at(between("4", "5"), value).ratios(), worth("0", "0"));
    }
}

#[test]
fn the_way_to_a_band_leads_from_either_side() {
    assert_eq!(Case::at(from("2", between("4", "5")), "3").ratios(), worth("0.5", "0.5"));
    assert_eq!(Case::at(from("9", between("4", "5")), "6").ratios(), worth("0.75", "0.75"));
    assert_eq!(Case::at(from("2", between("4", "5")), "6").ratios(), worth("0.5", "0.5"));
}

#[test]
fn missing_bounds_and_targets_make_no_score() {
    for measure in [at_least("-"), at_most("-"), between("4", "-"), between("-", "5")] {
        let score = Case::at(measure, "4").final_score();

        assert_eq!((score.value, score.reason), (None, Some(Reason::NoTarget)));
    }
}

#[test]
fn the_zone_of_a_threshold_follows_the_named_values() {
    let measure = MeasureDraft { commit: maybe("8"), stretch: maybe("2"), ..at_most("4") };
    let zone = |value| Case::at(measure.clone(), value).zone();

    assert_eq!(["9", "8", "4", "2"].map(zone), [Zone::None, Zone::Commit, Zone::Target, Zone::Stretch].map(Some));
}

#[test]
fn named_values_are_as_strict_as_the_target() {
    let measure = MeasureDraft { commit: maybe("8"), stretch: maybe("2"), ..strict(at_most("4")) };
    let zone = |value| Case::at(measure.clone(), value).zone();

    assert_eq!(
        ["8", "7", "4", "3", "2", "1"].map(zone),
        [Zone::None, Zone::Commit, Zone::Commit, Zone::Target, Zone::Target, Zone::Stretch].map(Some)
    );
}
