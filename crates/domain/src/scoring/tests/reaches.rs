use super::*;
use crate::measure::Zones;
use crate::scoring::Reason;

#[test]
fn more_than_the_target_is_shown_raw_and_scored_as_1() {
    assert_eq!(Case::at(reach("0", "100"), "150").ratios(), worth("1.5", "1"));
}

#[test]
fn a_target_below_the_baseline_is_reached_downwards() {
    assert_eq!(Case::at(reach("100", "20"), "80").ratios(), worth("0.25", "0.25"));
}

#[test]
fn going_the_wrong_way_is_shown_raw_and_scored_as_0() {
    assert_eq!(Case::at(reach("20", "100"), "0").ratios(), worth("-0.25", "0"));
}

#[test]
fn decimals_are_exact_where_binary_floats_are_not() {
    assert_eq!(Case::at(reach("2", "5"), "4.1").ratios(), worth("0.7", "0.7"));
}

#[test]
fn negative_numbers_are_numbers() {
    assert_eq!(Case::at(reach("-10", "-30"), "-25").ratios(), worth("0.75", "0.75"));
}

#[test]
fn half_of_the_last_decimal_is_rounded_up() {
    assert_eq!(Case::at(reach("0", "1"), "0.12345").ratios(), worth("0.12345", "0.1235"));
}

#[test]
fn the_raw_ratio_is_not_rounded_to_4_decimals() {
    let score = Case::at(reach("0", "3"), "1").final_score();

    assert_eq!(score.value, Some(number("0.3333")));
    assert_eq!(score.raw, Some(number("0.3333333333333333333333333333")));
}

#[test]
fn a_border_is_met_to_the_digit_whatever_the_rounding_says() {
    let almost = Case::at(reach("0", "1"), "0.99999").final_score();

    assert_eq!((almost.value, almost.met), (Some(Decimal::ONE), Some(false)));
    assert_eq!(Case::at(reach("0", "1"), "1").final_score().met, Some(true));
}

#[test]
fn without_a_check_in_the_score_is_0_and_says_so() {
    let score = Case::of(reach("0", "100")).final_score();

    assert_eq!((score.raw, score.value, score.reason), (None, Some(Decimal::ZERO), Some(Reason::NoCheckIn)));
    assert_eq!((score.met, score.zone), (None, None));
}

#[test]
fn a_check_in_without_a_value_measures_nothing() {
    let score = Case::of(reach("0", "100")).confidence("2026-11-10", Confidence::OnTrack).final_score();

    assert_eq!(score.reason, Some(Reason::NoCheckIn));
}

#[test]
fn missing_numbers_make_no_score_with_the_reason() {
    for (measure, reason) in
        [(reach("0", "-"), Reason::NoTarget), (reach("-", "100"), Reason::NoBaseline), (reach("-", "-"), Reason::NoTarget)]
    {
        let score = Case::at(measure, "50").final_score();

        assert_eq!((score.raw, score.value, score.reason), (None, None, Some(reason)));
    }
}

#[test]
fn a_way_of_no_length_makes_no_score() {
    let same = Measure::Reach { baseline: maybe("5"), target: maybe("5"), zones: Zones::default() };
    let score = unchecked(Case::at(reach("0", "5"), "5"), same).final_score();

    assert_eq!((score.value, score.reason), (None, Some(Reason::BaselineEqualsTarget)));
}

#[test]
fn what_does_not_count_has_no_score_and_says_why() {
    for (status, reason) in [
        (KeyResultStatus::NotApplicable, Reason::NotApplicable),
        (KeyResultStatus::Cancelled, Reason::Cancelled),
        (KeyResultStatus::Excluded, Reason::Excluded),
    ] {
        let score = Case::at(reach("0", "100"), "50").status(status).grade("0.5").final_score();

        assert_eq!((score.raw, score.value, score.reason, score.grade), (None, None, Some(reason), Some(number("0.5"))));
    }
}

#[test]
fn the_newest_day_decides_not_the_order_of_recording() {
    let case = Case::of(reach("0", "100")).value("2026-11-20", "60").value("2026-11-10", "40");

    assert_eq!(case.ratios(), worth("0.6", "0.6"));
}

#[test]
fn of_two_check_ins_on_a_day_the_one_recorded_later_decides() {
    let case = Case::of(reach("0", "100")).value("2026-11-20", "60").value("2026-11-20", "40");

    assert_eq!(case.ratios(), worth("0.4", "0.4"));
}

#[test]
fn a_check_in_after_the_day_is_not_known_yet() {
    let case = Case::of(reach("0", "100")).value("2026-10-20", "20").value("2026-11-20", "60");

    assert_eq!(case.score("2026-11-19").value, Some(number("0.2")));
    assert_eq!(case.score("2026-11-20").value, Some(number("0.6")));
}

#[test]
fn a_reading_after_the_due_date_changes_nothing() {
    let case = Case::of(reach("0", "100")).value("2026-12-31", "60").value("2027-01-01", "100");

    assert_eq!(case.score("2027-02-01").value, Some(number("0.6")));
}

#[test]
fn a_reading_before_the_start_serves_until_there_is_a_newer_one() {
    let case = Case::of(reach("0", "100")).value("2026-09-20", "20").value("2026-10-20", "30");

    assert_eq!(case.score("2026-10-19").value, Some(number("0.2")));
    assert_eq!(case.score("2026-10-20").value, Some(number("0.3")));
}

#[test]
fn the_zone_follows_the_named_values() {
    let measure = MeasureDraft { commit: maybe("40"), stretch: maybe("150"), ..reach("0", "100") };
    let zone = |value| Case::at(measure.clone(), value).zone();

    let zones = ["39.9", "40", "99", "100", "149", "150"].map(zone);

    assert_eq!(zones, [Zone::None, Zone::Commit, Zone::Commit, Zone::Target, Zone::Target, Zone::Stretch].map(Some));
}

#[test]
fn downwards_the_zone_is_reached_from_above() {
    let measure = MeasureDraft { commit: maybe("50"), stretch: maybe("10"), ..reach("100", "20") };
    let zone = |value| Case::at(measure.clone(), value).zone();

    assert_eq!(["51", "50", "20", "10"].map(zone), [Zone::None, Zone::Commit, Zone::Target, Zone::Stretch].map(Some));
}

#[test]
fn a_reading_of_another_kind_is_not_used() {
    let case = Case::at(reach("0", "100"), "50").reading("2026-11-20", Reading::Zone(Zone::Stretch));

    assert_eq!(case.ratios(), worth("0.5", "0.5"));
}
