use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::change::{Change, between};
use super::*;
use crate::metric::figure::Interval;
use crate::survey::scale::Scale;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn counts(promoters: u32, passives: u32, detractors: u32) -> Counts {
    Counts { promoters, passives, detractors }
}

fn layer((promoters, passives, detractors): (u32, u32, u32), members: u64) -> Layer {
    Layer { counts: counts(promoters, passives, detractors), members }
}

fn score(promoters: u32, passives: u32, detractors: u32) -> Nps {
    of(counts(promoters, passives, detractors), None)
}

fn shown(nps: &Nps) -> (Decimal, Decimal, Decimal) {
    let Interval { low, high } = nps.figure.interval.unwrap();
    (nps.figure.value.unwrap(), low, high)
}

fn expected(value: &str, low: &str, high: &str) -> (Decimal, Decimal, Decimal) {
    (decimal(value), decimal(low), decimal(high))
}

#[test]
fn published_scores_have_their_published_intervals() {
    assert_eq!(shown(&score(36, 26, 8)), expected("40.00", "22.53", "54.19"));
    assert_eq!(shown(&score(72, 22, 8)), expected("62.75", "48.78", "73.12"));
    assert_eq!(shown(&score(2308, 579, 131)), expected("72.13", "70.15", "73.98"));
}

#[test]
fn the_whole_numbers_stand_beside_the_value() {
    let figure = score(8, 26, 36).figure;

    assert_eq!((figure.value, figure.numerator, figure.denominator), (Some(decimal("-40")), Some(-28), Some(70)));
    assert_eq!((figure.status, figure.reason), (Status::Ok, None));
}

#[test]
fn nine_promotes_seven_is_passive_and_six_detracts() {
    let tally = Tally::of(Scale::NPS, (0..=10).map(|point| (point, 1))).unwrap();

    assert_eq!(Counts::of(&tally), counts(2, 2, 7));
}

#[test]
fn four_answers_are_suppressed_with_all_their_numbers() {
    assert_eq!(score(3, 1, 0), Nps::withheld(Reason::FewAnswers));
    assert_eq!(score(0, 0, 0).figure, Figure::missing(Status::NoData, Reason::NoAnswers));
}

#[test]
fn from_five_to_twenty_nine_answers_are_few() {
    let status = |answers| score(answers, 0, 0).figure.status;

    assert_eq!([4, 5, 29, 30].map(status), [Status::Suppressed, Status::LowN, Status::LowN, Status::Ok]);
}

#[test]
fn seventy_answers_out_of_a_hundred_people_say_more_than_out_of_a_million() {
    let among = |population| shown(&of(counts(36, 26, 8), Some(population)));

    assert_eq!(among(100), expected("40", "30.69", "48.28"));
    assert_eq!(among(1_000_000_000), shown(&score(36, 26, 8)));
}

#[test]
fn when_everybody_has_answered_the_interval_is_the_value() {
    assert_eq!(shown(&of(counts(36, 26, 8), Some(70))), expected("40", "40", "40"));
    assert_eq!(shown(&of(counts(36, 26, 8), Some(60))), expected("40", "40", "40"), "more answers than members");
}

/// 10 of 100 and 40 of 900: 0.1 * 80 + 0.9 * -25, where without weights it is -4.
#[test]
fn a_layer_weighs_as_much_as_it_has_members() {
    let layers = [layer((8, 2, 0), 100), layer((10, 10, 20), 900)];

    let weighted = by_layer(&layers, false);

    assert_eq!(shown(&weighted), expected("-14.5", "-35.72", "9.10"));
    assert_eq!(shown(&by_layer(&layers, true)), expected("-14.5", "-35.29", "8.59"));
    assert_eq!((weighted.figure.numerator, weighted.figure.denominator), (None, None));
    assert_eq!(weighted.counts, Some(counts(18, 12, 20)));
}

#[test]
fn a_layer_that_did_not_answer_cannot_be_heard() {
    let heard = [layer((8, 2, 0), 100), layer((10, 10, 20), 900)];
    let with_silence = [heard[0], heard[1], layer((0, 0, 0), 50_000)];

    assert_eq!(by_layer(&with_silence, true), by_layer(&heard, true));
    assert_eq!(by_layer(&with_silence[2..], false).figure, Figure::missing(Status::NoData, Reason::NoAnswers));
}

#[test]
fn layers_of_few_answers_count_as_one_so_that_the_score_does_not_give_them_away() {
    let (large, middle, small) = (layer((10, 10, 20), 900), layer((8, 2, 0), 100), layer((0, 1, 1), 40));

    let weighted = by_layer(&[large, middle, small], false);

    assert_eq!(weighted, by_layer(&[large, layer((8, 3, 1), 140)], false));
}

#[test]
fn layers_without_members_give_nothing_to_weigh_by() {
    let weighted = by_layer(&[layer((8, 2, 0), 0)], false);

    assert_eq!(weighted.figure, Figure::missing(Status::NoData, Reason::ZeroDenominator));
}

/// The adjusted scores lie 22.596 points apart, 2.218 standard errors.
#[test]
fn two_waves_differ_when_their_difference_is_large_against_its_error() {
    let change = between(&score(36, 26, 8), &score(72, 22, 8));

    assert_eq!(change.difference, Some(decimal("22.75")));
    assert_eq!((change.z, change.p_value), (Some(decimal("2.22")), Some(decimal("0.0265"))));
    assert_eq!((change.is_significant, change.status), (Some(true), Status::Ok));

    let change = between(&score(72, 22, 8), &score(2308, 579, 131));
    assert_eq!((change.z, change.p_value), (Some(decimal("1.77")), Some(decimal("0.0771"))));
    assert_eq!(change.is_significant, Some(false));
}

#[test]
fn a_wave_in_which_all_answered_alike_can_be_compared() {
    let change = between(&score(40, 0, 0), &score(40, 0, 0));

    assert_eq!((change.difference, change.z, change.p_value), (Some(Decimal::ZERO), Some(Decimal::ZERO), Some(Decimal::ONE)));
    assert_eq!(change.is_significant, Some(false));
}

#[test]
fn when_everybody_answered_twice_any_difference_is_real() {
    let census = |promoters, detractors| of(counts(promoters, 0, detractors), Some(40));
    let change = between(&census(20, 20), &census(21, 19));

    assert_eq!((change.difference, change.z, change.is_significant), (Some(decimal("5")), None, Some(true)));
    assert_eq!(between(&census(20, 20), &census(20, 20)).is_significant, Some(false));
}

#[test]
fn a_comparison_says_what_is_the_matter_with_either_wave() {
    let (full, few, hidden, empty) = (score(20, 10, 10), score(5, 2, 3), score(1, 1, 1), score(0, 0, 0));
    let sibling = Nps::withheld(Reason::Sibling);
    let said = |earlier, later| {
        let Change { status, reason, difference, .. } = between(earlier, later);
        (status, reason, difference.is_some())
    };

    assert_eq!(said(&full, &few), (Status::LowN, Some(Reason::FewAnswers), true));
    assert_eq!(said(&few, &full), (Status::LowN, Some(Reason::FewAnswers), true));
    assert_eq!(said(&full, &sibling), (Status::Suppressed, Some(Reason::Sibling), false));
    assert_eq!(said(&hidden, &full), (Status::Suppressed, Some(Reason::FewAnswers), false));
    assert_eq!(said(&full, &hidden), (Status::Suppressed, Some(Reason::FewAnswers), false));
    assert_eq!(said(&empty, &full), (Status::NoBaseline, Some(Reason::NoPrevious), false));
    assert_eq!(said(&full, &empty), (Status::NoData, Some(Reason::NoAnswers), false));
}

fn few_or_many() -> impl Strategy<Value = Counts> {
    let answers = || prop_oneof![0_u32..10, 0_u32..5_000, Just(0)];
    (answers(), answers(), answers()).prop_map(|(promoters, passives, detractors)| counts(promoters, passives, detractors))
}

fn any_counts() -> impl Strategy<Value = Counts> {
    few_or_many().prop_filter("shown", |counts| counts.answers() >= 5)
}

fn swapped(counts: Counts) -> Counts {
    Counts { promoters: counts.detractors, detractors: counts.promoters, ..counts }
}

proptest! {
    #[test]
    fn the_interval_holds_the_value_and_stays_on_the_scale(counts in any_counts(), silent in prop::option::of(0_u64..10_000)) {
        let population = silent.map(|silent| silent + u64::from(counts.answers()));
        let (value, low, high) = shown(&of(counts, population));

        prop_assert!(Decimal::from(-100) <= low && low <= value && value <= high && high <= Decimal::ONE_HUNDRED);
    }

    #[test]
    fn the_interval_by_layer_holds_the_value_too(layers in vec((few_or_many(), 1_u64..10_000), 1..6), is_finite: bool) {
        let layers: Vec<Layer> = layers.into_iter().map(|(counts, members)| Layer { counts, members }).collect();
        prop_assume!(layers.iter().map(|layer| layer.counts.answers()).sum::<u32>() >= 5);
        let (value, low, high) = shown(&by_layer(&layers, is_finite));

        prop_assert!(Decimal::from(-100) <= low && low <= value && value <= high && high <= Decimal::ONE_HUNDRED);
    }

    #[test]
    fn promoters_and_detractors_are_treated_alike(counts in any_counts()) {
        let (value, low, high) = shown(&of(counts, None));

        prop_assert_eq!(shown(&of(swapped(counts), None)), (-value, -high, -low));
    }

    #[test]
    fn one_layer_is_the_whole_community(counts in any_counts(), silent in 0_u64..10_000) {
        let members = silent + u64::from(counts.answers());
        let layers = [Layer { counts, members }];

        prop_assert_eq!(shown(&by_layer(&layers, false)), shown(&of(counts, None)));
        prop_assert_eq!(shown(&by_layer(&layers, true)), shown(&of(counts, Some(members))));
    }

    #[test]
    fn a_change_seen_from_the_other_side_is_its_opposite(earlier in any_counts(), later in any_counts()) {
        let (forth, back) = (between(&of(earlier, None), &of(later, None)), between(&of(later, None), &of(earlier, None)));

        prop_assert_eq!(forth.difference, back.difference.map(|difference| -difference));
        prop_assert_eq!((forth.p_value, forth.is_significant), (back.p_value, back.is_significant));
        prop_assert!(forth.p_value.is_some_and(|p| p >= Decimal::ZERO && p <= Decimal::ONE));
    }

    #[test]
    fn more_answers_of_the_same_kind_narrow_the_interval(counts in any_counts()) {
        let width = |times: u32| {
            let Counts { promoters, passives, detractors } = counts;
            let (_, low, high) = shown(&score(promoters * times, passives * times, detractors * times));
            high - low
        };

        prop_assert!(width(3) <= width(1));
    }
}
