use super::*;
use crate::binding::reading::Guard;
use crate::binding::{Gauge, Guardrail};
use crate::metric::Metric;
use crate::metric::catalogue::{MetricKey, Statistic};
use crate::metric::setting::Given;
use crate::metric::target::Verdict;
use crate::scoring::Reason;

impl Case {
    /// Puts the newest check-in under a guardrail.
    fn under(mut self, verdict: Verdict) -> Self {
        let gauge = Gauge {
            metric: Metric::BuiltIn(MetricKey::EngagementRate),
            statistic: Statistic::Value,
            segment: Vec::new(),
            given: Given::default(),
        };
        let (guardrail, guard) = (Guardrail { gauge, target: None }, Guard { value: None, before: None, verdict });
        self.guarded.extend(self.check_ins.last().map(|check_in| Guarded { check_in: check_in.id, guardrail, guard }));
        self
    }
}

#[test]
fn what_grew_while_the_guardrail_fell_does_not_count() {
    let score = Case::of(at_least("25")).value("2026-11-30", "30").under(Verdict::NotMet).final_score();

    assert_eq!((score.value, score.reason, score.met), (Some(Decimal::ZERO), Some(Reason::GuardrailNotHeld), Some(false)));
    assert_eq!((score.raw, score.explanation.filled.as_deref()), (Some(Decimal::ONE), Some("30 ≥ 25 is so: 1")));
    assert_eq!(score.explanation.guardrail.map(|guarded| guarded.holds()), Some(false));
}

#[test]
fn a_guardrail_that_held_or_is_not_known_takes_nothing_away() {
    for verdict in [Verdict::Met, Verdict::MetNotSignificant, Verdict::Unknown] {
        let score = Case::of(at_least("25")).value("2026-11-30", "30").under(verdict).final_score();

        assert_eq!((score.value, score.reason, score.met), (Some(Decimal::ONE), None, Some(true)));
        assert_eq!(score.explanation.guardrail.map(|guarded| guarded.guard.verdict), Some(verdict));
    }
}

#[test]
fn the_guardrail_of_the_newest_reading_decides() {
    let fell = Case::of(at_least("25")).value("2026-10-31", "30").under(Verdict::NotMet);

    assert_eq!(fell.value("2026-11-30", "26").under(Verdict::Met).final_score().value, Some(Decimal::ONE));
}

#[test]
fn what_a_person_made_of_a_reading_is_under_no_guardrail() {
    let mut case = Case::of(at_least("25")).value("2026-11-30", "30").under(Verdict::NotMet);
    case.check_ins[0].revision.provenance = Provenance::Entered;

    let score = case.final_score();

    assert_eq!((score.value, score.explanation.guardrail), (Some(Decimal::ONE), None));
}

#[test]
fn of_a_rate_a_month_whose_guardrail_fell_is_worth_the_baseline_at_best() {
    let fell = |value: &str| {
        let case = Case::of(rate("10", "20")).value("2026-10-31", "20").value("2026-11-30", value).under(Verdict::NotMet);
        case.score("2026-11-30").value
    };

    assert_eq!(fell("20"), Some(number("0.5")));
    assert_eq!(fell("10"), Some(number("0.5")));
    assert_eq!(fell("4"), Some(number("0.2")));
}

#[test]
fn a_week_whose_guardrail_fell_is_not_met() {
    let weekly = MeasureDraft { policy: Some(crate::measure::Policy::Share), ..at_least("25") };
    let case = Case::of(weekly).spanning("2026-10-05", "2026-10-18").value("2026-10-11", "30").value("2026-10-18", "30");

    let explained = case.under(Verdict::NotMet).final_score();

    assert_eq!((explained.value, explained.reason), (Some(number("0.5")), None));
    let held: Vec<Option<bool>> = explained.explanation.periods.iter().map(|week| week.guardrail_held).collect();
    assert_eq!(held, [None, Some(false)]);
}

#[test]
fn the_gap_to_the_plan_is_that_of_a_score_of_nothing() {
    let case = Case::of(at_least("25")).value("2026-11-30", "30").under(Verdict::NotMet);

    let (facts, on) = (case.facts(), day("2026-12-01"));

    assert_eq!(crate::scoring::pace::of(&facts, &score::of(&facts, on, Weekday::Mon), on).gap, Some(number("-1")));
}
