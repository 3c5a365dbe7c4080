//! Figures against their targets.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::figure::{Figure, Interval, Reason, Status};
use super::super::target::{Comparator, Target, Verdict};

fn target(comparator: Comparator, value: &str) -> Target {
    Target { comparator, value: decimal(value) }
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn comparator() -> impl Strategy<Value = Comparator> {
    prop_oneof![Just(Comparator::AtLeast), Just(Comparator::Above), Just(Comparator::AtMost), Just(Comparator::Below)]
}

#[test]
fn a_share_that_is_only_rounded_to_its_target_does_not_meet_it() {
    let almost = Figure::rate(39_996, 100_000);

    assert_eq!(almost.value, Some(decimal("40")));
    assert_eq!(target(Comparator::AtLeast, "40").verdict(&almost), Verdict::NotMet);
    assert_eq!(target(Comparator::Below, "40").verdict(&almost), Verdict::Met);
    assert_eq!(target(Comparator::AtLeast, "40").verdict(&Figure::rate(2, 5)), Verdict::Met);
    assert_eq!(target(Comparator::Above, "40").verdict(&Figure::rate(2, 5)), Verdict::NotMet);
}

#[test]
fn a_target_inside_the_interval_is_met_by_chance() {
    // 36 promoters, 26 passives and 8 detractors.
    let interval = Some(Interval { low: decimal("22.53"), high: decimal("54.19") });
    let nps = Figure { interval, ..Figure::rate(28, 70) };

    assert_eq!(target(Comparator::Above, "11.5").verdict(&nps), Verdict::Met);
    assert_eq!(target(Comparator::Above, "22.53").verdict(&nps), Verdict::MetNotSignificant);
    assert_eq!(target(Comparator::Above, "40").verdict(&nps), Verdict::NotMet);
    assert_eq!(target(Comparator::AtMost, "40").verdict(&nps), Verdict::MetNotSignificant);
}

#[test]
fn what_has_no_value_or_may_not_be_shown_is_not_judged() {
    let suppressed = Figure { status: Status::Suppressed, ..Figure::count(3) };

    for figure in [Figure::missing(Status::NoData, Reason::NoAnswers), Figure::rate(0, 0), suppressed] {
        assert_eq!(target(Comparator::AtLeast, "0").verdict(&figure), Verdict::Unknown);
    }
}

#[test]
fn what_is_missing_is_the_fewest_that_would_do() {
    assert_eq!(target(Comparator::AtLeast, "50").missing_of_count(47), Some(3));
    assert_eq!(target(Comparator::Above, "50").missing_of_count(47), Some(4));
    assert_eq!(target(Comparator::AtMost, "50").missing_of_count(47), Some(0));
    assert_eq!(target(Comparator::Below, "4.5").missing_of_count(7), Some(-3));
    assert_eq!(target(Comparator::AtLeast, "40").missing_of_rate(39, 101), Some(2));
    assert_eq!(target(Comparator::AtLeast, "40").missing_of_rate(1, 0), None);
}

#[test]
fn an_nps_lacks_promoters() {
    // 36 promoters, 26 passives and 8 detractors: so many more promoters among them, or so many further ones.
    let missing = |comparator, value: &str| {
        let target = target(comparator, value);
        (target.missing_of_rate(28, 70), target.further_promoters(28, 70))
    };

    assert_eq!(missing(Comparator::AtLeast, "40"), (Some(0), Some(0)));
    assert_eq!(missing(Comparator::Above, "40"), (Some(1), Some(1)));
    assert_eq!(missing(Comparator::AtLeast, "50"), (Some(7), Some(14)));
    assert_eq!(missing(Comparator::AtLeast, "80"), (Some(28), Some(140)));
    assert_eq!(missing(Comparator::AtLeast, "100"), (Some(42), None));
    assert_eq!(missing(Comparator::AtMost, "10"), (Some(-21), None));
    assert_eq!(target(Comparator::AtLeast, "100").further_promoters(0, 0), Some(1));
}

proptest! {
    #[test]
    fn with_what_is_missing_a_rate_meets_its_target_and_with_one_less_it_does_not(
        comparator in comparator(), hundredths in -20_000..20_000_i64, numerator in -50..200_i64, denominator in 1..150_i64,
    ) {
        let target = Target { comparator, value: Decimal::new(hundredths, 2) };
        let missing = target.missing_of_rate(numerator, denominator).expect("a number");
        let meets = |change: i64| target.verdict(&Figure::rate(numerator + change, denominator)) == Verdict::Met;

        prop_assert!(meets(missing));
        prop_assert!(missing == 0 || !meets(missing - missing.signum()));
    }

    #[test]
    fn with_what_is_missing_an_nps_meets_its_target_and_with_one_less_it_does_not(
        hundredths in -10_000..10_000_i64, strict in any::<bool>(), promoters in 0..60_i64, passives in 0..60_i64, detractors in 0..60_i64,
    ) {
        let comparator = if strict { Comparator::Above } else { Comparator::AtLeast };
        let target = Target { comparator, value: Decimal::new(hundredths, 2) };
        let answers = promoters + passives + detractors;
        let nps = |lead: i64, answers: i64| target.verdict(&Figure::rate(lead, answers)) == Verdict::Met;

        let further = target.further_promoters(promoters - detractors, answers).expect("a target below 100 is within reach");
        prop_assert!(nps(promoters - detractors + further, answers + further));
        prop_assert!(further == 0 || !nps(promoters - detractors + further - 1, answers + further - 1));
    }
}
