use super::*;
use crate::measure::Policy;
use crate::scoring::explanation::ROUNDING;
use crate::scoring::{Explanation, IgnoredReading, Ignoring, InputName};

fn explanation(case: &Case) -> Explanation {
    case.final_score().explanation
}

fn filled(case: &Case) -> String {
    explanation(case).filled.unwrap()
}

#[test]
fn a_reach_shows_its_formula_in_letters_and_in_numbers() {
    let explanation = explanation(&Case::at(reach("2", "5"), "4.1"));

    assert_eq!((explanation.formula.as_str(), explanation.filled.as_deref()), ("(v − b) / (t − b)", Some("(4.1 − 2) / (5 − 2)")));
    assert_eq!((explanation.kind, explanation.raw, explanation.rounding), (Kind::Reach, Some(number("0.7")), ROUNDING));
}

#[test]
fn negative_numbers_stand_in_brackets() {
    assert_eq!(filled(&Case::at(reach("-10", "5"), "-1.50")), "((−1.5) − (−10)) / (5 − (−10))");
}

#[test]
fn every_number_says_where_it_comes_from() {
    let case = Case::at(reach("2", "5"), "4.1");
    let inputs = explanation(&case).inputs;
    let origins: Vec<_> = inputs.iter().map(|input| (input.name, input.value, input.provenance, input.on)).collect();

    assert_eq!(
        origins,
        [
            (InputName::Baseline, Some(number("2")), Some(Provenance::Entered), None),
            (InputName::Target, Some(number("5")), Some(Provenance::Entered), None),
            (InputName::Value, Some(number("4.1")), Some(Provenance::Metric), Some(day("2026-11-10"))),
        ]
    );
    assert_eq!(inputs.last().and_then(|input| input.check_in), case.check_ins.first().map(|check_in| check_in.id));
}

#[test]
fn a_number_that_is_missing_is_named() {
    let explanation = explanation(&Case::at(reach("2", "-"), "4.1"));
    let missing: Vec<InputName> = explanation.inputs.iter().filter(|input| input.value.is_none()).map(|input| input.name).collect();

    assert_eq!((missing, explanation.filled), (vec![InputName::Target], None));
}

#[test]
fn a_clamp_is_said() {
    assert!(explanation(&Case::at(reach("0", "100"), "150")).is_clamped);
    assert!(explanation(&Case::at(reach("0", "100"), "-1")).is_clamped);
    assert!(!explanation(&Case::at(reach("0", "100"), "100")).is_clamped);
}

#[test]
fn thresholds_say_whether_they_hold_and_what_way_is_covered() {
    let with_way = MeasureDraft { baseline: maybe("10"), ..at_least("20") };

    assert_eq!(filled(&Case::at(at_most("4"), "3")), "3 ≤ 4 is so: 1");
    assert_eq!(filled(&Case::at(at_most("4"), "5")), "5 ≤ 4 is not so: 0");
    assert_eq!(filled(&Case::at(with_way.clone(), "15")), "15 ≥ 20 is not so: 1 − 5 / 10");
    assert_eq!(filled(&Case::at(between("4", "5"), "6")), "4 ≤ 6 ≤ 5 is not so: 0");
    assert_eq!(explanation(&Case::of(with_way)).formula, "1 if v ≥ t, else 1 − (t − v) / (t − b)");
}

#[test]
fn formulas_follow_side_strictness_and_policy() {
    let strict = MeasureDraft { strict: Some(true), ..at_least("20") };
    let share = MeasureDraft { policy: Some(Policy::Share), ..at_most("4") };
    let way = MeasureDraft { baseline: maybe("2"), ..between("4", "5") };
    let formula = |measure| explanation(&Case::of(measure)).formula;

    assert_eq!(formula(strict), "1 if v > t, else 0");
    assert_eq!(formula(share), "planned weeks with v ≤ t / planned weeks so far");
    assert_eq!(formula(way), "1 if l ≤ v ≤ u, else 1 − d(v) / d(b) with d(x) = max(l − x, x − u)");
    assert_eq!(formula(rate("0", "1")), "mean of (v − b) / (t − b) over the months with a value");
}

#[test]
fn a_test_says_how_much_of_its_sample_is_there() {
    let case = |size| Case::of(sample_test("0.6", Some(100))).reading("2026-11-10", Reading::Sample { value: quantity("0.7"), size });

    assert_eq!(filled(&case(40)), "40 of 100 samples: 0");
    assert_eq!(filled(&case(120)), "0.7 ≥ 0.6 over 120 samples is so: 1");
    assert_eq!(
        explanation(&case(120)).inputs.last().map(|input| (input.name, input.value)),
        Some((InputName::SamplesSoFar, Some(number("120"))))
    );
}

#[test]
fn done_things_are_written_out_too() {
    let steps = Case::of(MeasureDraft::of(Kind::Milestone)).step("3", None, Some("2026-11-10")).step("2", None, None);
    let zone = Case::of(MeasureDraft::of(Kind::Ordinal)).reading("2026-11-10", Reading::Zone(Zone::Target));

    assert_eq!(filled(&steps), "3 / 5");
    assert_eq!(filled(&zone), "target: 0.7");
    assert_eq!(explanation(&zone).inputs.first().and_then(|input| input.zone), Some(Zone::Target));
}

#[test]
fn what_is_ignored_is_listed_with_the_reason() {
    let case = Case::at(reach("0", "1"), "1").value("2027-01-05", "0").reading("2026-11-01", Reading::Zone(Zone::None));
    let ignored = case.score("2027-02-01").explanation.ignored;

    let listed = |nth: usize, because| IgnoredReading { check_in: case.check_ins[nth].id, on: case.check_ins[nth].on, because };
    assert_eq!(ignored, [listed(2, Ignoring::OtherKind), listed(1, Ignoring::AfterDue)]);
}

#[test]
fn what_does_not_count_still_shows_its_definition() {
    let explanation = explanation(&Case::at(reach("0", "1"), "1").status(KeyResultStatus::Cancelled));

    assert_eq!((explanation.inputs.len(), explanation.raw, explanation.filled), (2, None, None));
}
