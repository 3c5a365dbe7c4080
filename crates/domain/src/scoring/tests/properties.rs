//! What holds for all numbers, days and kinds.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::measure::{Period, Policy, Side, Zones};
use crate::scoring::group::{self, GroupPolicy};
use crate::scoring::pace::expected_on;
use crate::scoring::spans::planned_weeks;

/// Small and large numbers, the largest and the finest a quantity can be among them.
fn any_quantity() -> impl Strategy<Value = Quantity> {
    let small = (-1_000_i64..1_000, 0_u32..3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale));
    let any = (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..=12).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale));
    let extreme = prop::sample::select(vec!["999999999999999", "-999999999999999", "0.000000000001", "-0.000000000001", "0", "1"]);
    prop_oneof![small, any, extreme.prop_map(number)].prop_map(|value| Quantity::new(value).unwrap())
}

fn any_number() -> impl Strategy<Value = Option<Quantity>> {
    prop::option::weighted(0.9, any_quantity())
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let (first, last) = (day("1900-01-01"), day("2999-12-31"));
    let near = (0_i64..200).prop_map(|days| day("2026-09-01") + chrono::Duration::days(days));
    prop_oneof![8 => near, 1 => Just(first), 1 => Just(last)]
}

fn any_week_start() -> impl Strategy<Value = Weekday> {
    prop::sample::select(vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun])
}

fn any_measure() -> impl Strategy<Value = Measure> {
    let side = prop::sample::select(vec![Side::AtLeast, Side::AtMost]);
    let policy = prop::sample::select(vec![Policy::Latest, Policy::Share]);
    let period = prop::sample::select(vec![Period::Week, Period::Month]);
    let numbers = (any_number(), any_number(), any_number(), any_number());
    (0_u8..7, side, policy, period, any::<bool>(), numbers, prop::option::of(0_u32..9)).prop_map(
        |(kind, side, policy, period, strict, (baseline, target, commit, stretch), sample_size)| match kind {
            0 => Measure::Reach { baseline, target, zones: Zones { commit, stretch } },
            1 => Measure::Threshold { side, target, strict, baseline, policy, zones: Zones { commit, stretch } },
            2 => Measure::Between { lower: commit, upper: stretch, baseline, policy },
            3 => Measure::Rate { baseline, target, period, zones: Zones { commit, stretch } },
            4 => Measure::Milestone,
            5 => Measure::Ordinal { commit: None, target: None, stretch: None },
            _ => Measure::Test { side, threshold: target, strict, sample_size },
        },
    )
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let zone = prop::sample::select(vec![Zone::None, Zone::Commit, Zone::Target, Zone::Stretch]);
    let sample = (any_quantity(), 0_u32..20).prop_map(|(value, size)| Reading::Sample { value, size });
    prop_oneof![8 => any_quantity().prop_map(Reading::Value), 1 => zone.prop_map(Reading::Zone), 1 => sample]
}

/// Anything that could be stored, and some that could not, such as a due date before the start.
fn any_case() -> impl Strategy<Value = Case> {
    let steps = vec((any_quantity(), prop::option::of(any_day()), prop::option::of(any_day())), 0..3);
    let checkpoints = vec((any_day(), any_quantity()), 0..3);
    (any_measure(), any_day(), any_day(), vec((any_day(), any_reading()), 0..20), steps, checkpoints).prop_map(
        |(measure, start, due, readings, steps, checkpoints)| {
            let mut case = unchecked(Case::of(MeasureDraft::of(Kind::Milestone)), measure);
            (case.key_result.start, case.key_result.due) = (start, due);
            case.key_result.checkpoints = checkpoints.into_iter().map(|(on, value)| Checkpoint { on, value }).collect();
            let case = steps.into_iter().fold(case, |case, (weight, due, done_on)| {
                let text = |on: NaiveDate| on.to_string();
                case.step(&weight.to_string(), due.map(text).as_deref(), done_on.map(text).as_deref())
            });
            readings.into_iter().fold(case, |case, (on, reading)| case.check_in(on, Some(reading), None))
        },
    )
}

fn is_score(value: Option<Decimal>) -> bool {
    value.is_none_or(|value| value >= Decimal::ZERO && value <= Decimal::ONE && value.scale() <= 4)
}

proptest! {
    #[test]
    fn whatever_is_known_there_is_a_score_from_0_to_1_or_a_reason(case in any_case(), on in any_day(), week_start in any_week_start()) {
        let score = score::of(&case.facts(), on, week_start);

        prop_assert!(is_score(score.value));
        prop_assert_eq!(score.raw.is_none(), score.reason.is_some());
        prop_assert_eq!((score.raw.is_none(), score.raw.is_none()), (score.met.is_none(), score.zone.is_none()));
    }

    #[test]
    fn whatever_is_known_pace_and_forecast_are_numbers_or_reasons(case in any_case(), on in any_day()) {
        let pace = case.pace(&on.to_string());
        let forecast = &pace.forecast;

        prop_assert_eq!(pace.expected.is_none(), pace.reason.is_some());
        prop_assert_eq!(forecast.expected.is_none(), forecast.reason.is_some());
        prop_assert!(is_score(forecast.expected.map(|projection| projection.score)));
        if let [Some(low), Some(value), Some(high)] = [forecast.low, forecast.expected, forecast.high] {
            prop_assert!(low.value <= value.value && value.value <= high.value);
        }
        let _ = expected_on(&case.facts(), on);
    }

    #[test]
    fn nearer_to_the_target_is_never_worth_less(start in any_quantity(), end in any_quantity(), one in any_quantity(), other in any_quantity()) {
        prop_assume!(start != end);
        let score = |value: Quantity| Case::at(reach(&start.to_string(), &end.to_string()), &value.to_string()).final_score();
        let (nearer, farther) = if end > start { (one.max(other), one.min(other)) } else { (one.min(other), one.max(other)) };

        prop_assert!(score(nearer).raw >= score(farther).raw);
        prop_assert!(score(nearer).value >= score(farther).value);
    }

    #[test]
    fn only_what_is_met_is_worth_1_by_a_threshold(target in any_quantity(), baseline in any_quantity(), value in any_quantity(), strict: bool) {
        let measure = MeasureDraft { baseline: Some(baseline), strict: Some(strict), ..at_least(&target.to_string()) };
        let score = Case::at(measure, &value.to_string()).final_score();

        prop_assert_eq!(score.value == Some(Decimal::ONE), score.met == Some(true));
    }

    #[test]
    fn the_scale_of_the_weights_does_not_matter(parts in vec((0_u32..=10_000, 0_u32..1_000), 1..8), scale in 1_u32..1_000) {
        let objective = |scale: u32| {
            let cases = parts.iter().zip(1..).map(|((score, weight), id)| {
                scored_at(id, &Decimal::new((*score).into(), 4).to_string()).weight(&(weight * scale).to_string())
            });
            objective_score(&cases.collect::<Vec<_>>())
        };

        prop_assert_eq!(objective(1).value, objective(scale).value);
        prop_assert_eq!(objective(1).reason, objective(scale).reason);
    }

    #[test]
    fn the_order_of_the_check_ins_does_not_matter(case in any_case(), on in any_day()) {
        let mut reversed = case.check_ins.clone();
        reversed.reverse();

        prop_assert_eq!(score::of(&case.facts(), on, Weekday::Mon), score::of(&Facts { check_ins: &reversed, ..case.facts() }, on, Weekday::Mon));
    }

    #[test]
    fn planned_weeks_are_the_days_from_start_to_due(start in any_day(), days in 0_i64..800, week_start in any_week_start()) {
        let due = (start + chrono::Duration::days(days)).min(day("2999-12-31"));
        let weeks: Vec<_> = planned_weeks(start, due, week_start).collect();

        prop_assert_eq!((weeks.first().map(|week| week.first), weeks.last().map(|week| week.last)), (Some(start), Some(due)));
        prop_assert!(weeks.windows(2).all(|pair| pair[0].last.succ_opt() == Some(pair[1].first)));
        prop_assert!(weeks.iter().all(|week| (week.last - week.first).num_days() < 13));
    }
}

#[test]
fn every_three_and_seven_tenths_of_a_way_are_exactly_that() {
    for baseline in 0..=50_i64 {
        for range in 1..=100_i64 {
            for tenths in [3, 7] {
                let value = Decimal::from(baseline) + Decimal::new(range * tenths, 1);
                let case = Case::at(reach(&baseline.to_string(), &(baseline + range).to_string()), &value.to_string());
                let border = Decimal::new(tenths, 1);

                assert_eq!(case.ratios(), (Some(border), Some(border)), "{baseline} + {range}: {value}");
            }
        }
    }
}

#[test]
fn a_group_of_nothing_has_a_reason_by_every_policy() {
    for policy in [GroupPolicy::Equal, GroupPolicy::Weighted, GroupPolicy::Weakest] {
        assert!(group::of(&[], policy).reason.is_some());
    }
}

#[test]
fn eleven_centuries_of_weeks_are_scored() {
    let share = MeasureDraft { policy: Some(Policy::Share), ..at_least("4") };
    let case = Case::of(share).spanning("1900-01-01", "2999-12-31").value("1900-01-07", "4");

    assert_eq!(case.score("2999-12-31").explanation.periods.len(), 57_395);
}
