use super::*;
use crate::scoring::{Exclusion, Reason};

#[test]
fn an_objective_is_the_mean_of_its_key_results() {
    let score = objective_score(&[scored_at(1, "1"), scored_at(2, "0.4"), scored_at(3, "0.24"), scored_at(4, "0.37")]);

    assert_eq!((score.raw, score.value), worth("0.5025", "0.5025"));
    assert_eq!(score.explanation.filled.as_deref(), Some("(1 + 0.4 + 0.24 + 0.37) / 4"));
}

#[test]
fn weights_weigh() {
    let score = objective_score(&[scored_at(1, "1").weight("3"), scored_at(2, "0.2")]);

    assert_eq!(score.value, Some(number("0.8")));
    assert_eq!(score.explanation.filled.as_deref(), Some("(3 × 1 + 1 × 0.2) / (3 + 1)"));
    assert_eq!(
        score.explanation.included.iter().map(|share| share.share).collect::<Vec<_>>(),
        [Some(number("0.75")), Some(number("0.25"))]
    );
}

#[test]
fn the_rounded_scores_are_averaged() {
    let score = objective_score(&[scored_at(1, "0.00005"), scored_at(2, "0.00005"), scored_at(3, "0")]);

    assert_eq!(score.value, Some(number("0.0001")));
}

#[test]
fn what_does_not_count_is_listed_with_its_reason() {
    let cases = [
        scored_at(1, "0.4"),
        scored_at(2, "1").status(KeyResultStatus::Cancelled),
        scored_at(3, "1").status(KeyResultStatus::Excluded),
        scored_at(4, "1").status(KeyResultStatus::NotApplicable),
        Case::at(reach("0", "-"), "1").id(5),
    ];
    let score = objective_score(&cases);
    let excluded = |case: &Case, reason| Exclusion { id: case.key_result.id, reason };
    let reasons = [Reason::Cancelled, Reason::Excluded, Reason::NotApplicable, Reason::NoTarget];

    assert_eq!(score.value, Some(number("0.4")));
    assert_eq!(
        score.explanation.excluded,
        cases.iter().skip(1).zip(reasons).map(|(case, reason)| excluded(case, reason)).collect::<Vec<_>>()
    );
}

#[test]
fn a_key_result_without_a_check_in_counts_as_0() {
    let score = objective_score(&[scored_at(1, "1"), Case::of(reach("0", "1")).id(2)]);

    assert_eq!(score.value, Some(number("0.5")));
}

#[test]
fn without_a_key_result_that_counts_there_is_no_score() {
    for cases in [vec![], vec![scored_at(1, "1").status(KeyResultStatus::Cancelled)]] {
        let score = objective_score(&cases);

        assert_eq!((score.raw, score.value, score.reason), (None, None, Some(Reason::NoKeyResult)));
    }
}

#[test]
fn without_any_weight_there_is_no_score() {
    let score = objective_score(&[scored_at(1, "1").weight("0"), scored_at(2, "0.5").weight("0")]);

    assert_eq!((score.raw, score.value, score.reason), (None, None, Some(Reason::AllWeightsZero)));
    assert_eq!(score.explanation.included.len(), 2);
}

#[test]
fn a_weight_of_0_takes_a_key_result_out_of_the_mean() {
    assert_eq!(objective_score(&[scored_at(1, "1").weight("0"), scored_at(2, "0.5")]).value, Some(number("0.5")));
}

#[test]
fn it_has_a_grade_once_every_counted_key_result_has_one() {
    let graded = || vec![scored_at(1, "1").weight("3").grade("0.8"), scored_at(2, "0.2").grade("0.4")];
    let mut open = graded();
    open.push(scored_at(3, "0.5"));

    assert_eq!(objective_score(&graded()).grade, Some(number("0.7")));
    assert_eq!(objective_score(&open).grade, None);
}

#[test]
fn a_key_result_that_does_not_count_needs_no_grade() {
    let cases = [scored_at(1, "1").grade("0.8"), scored_at(2, "1").status(KeyResultStatus::Cancelled)];

    assert_eq!(objective_score(&cases).grade, Some(number("0.8")));
}

#[test]
fn more_than_twenty_scores_are_listed_but_not_written_out() {
    let cases: Vec<Case> = (1..=21).map(|id| scored_at(id, "0.5")).collect();
    let score = objective_score(&cases);

    assert_eq!((score.explanation.filled, score.explanation.included.len()), (None, 21));
}
