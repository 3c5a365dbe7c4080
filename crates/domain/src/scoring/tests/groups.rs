use super::*;
use crate::objective::{Objective, ObjectiveKind, ObjectiveStatus};
use crate::scoring::group::{self, GroupPolicy, GroupScore};
use crate::scoring::{Exclusion, Reason, ScoredObjective};

/// A published objective with one key result of this score; without one for `-`.
fn objective(id: u128, score: &str) -> (Objective, ObjectiveScore) {
    let cases: Vec<Case> = if score == "-" { Vec::new() } else { vec![scored_at(id, score)] };
    let objective = Objective {
        id: Id::from_uuid(Uuid::from_u128(id)),
        cycle: Id::from_uuid(Uuid::nil()),
        team: Id::from_uuid(Uuid::nil()),
        address: format!("2026-Q4.devrel.O{id}").parse().unwrap(),
        title: "Members help members".to_owned(),
        kind: ObjectiveKind::Impact,
        status: ObjectiveStatus::Published,
        why_now: None,
        pillar: None,
        owner: None,
        weight: Quantity::ONE,
        parent: None,
        alignments: Vec::new(),
        external_id: None,
        stamp: stamp(),
    };
    (objective, objective_score(&cases))
}

fn weighing(weight: &str, (objective, score): (Objective, ObjectiveScore)) -> (Objective, ObjectiveScore) {
    (Objective { weight: quantity(weight), ..objective }, score)
}

fn with_status(status: ObjectiveStatus, (objective, score): (Objective, ObjectiveScore)) -> (Objective, ObjectiveScore) {
    (Objective { status, ..objective }, score)
}

fn together(objectives: &[(Objective, ObjectiveScore)], policy: GroupPolicy) -> GroupScore {
    let scored: Vec<ScoredObjective<'_>> = objectives.iter().map(|(objective, score)| ScoredObjective { objective, score }).collect();
    group::of(&scored, policy)
}

#[test]
fn each_policy_makes_its_own_score() {
    let objectives = [weighing("3", objective(1, "0.8")), objective(2, "0.4"), objective(3, "0.6")];
    let value = |policy| together(&objectives, policy).value;

    assert_eq!(value(GroupPolicy::Equal), Some(number("0.6")));
    assert_eq!(value(GroupPolicy::Weighted), Some(number("0.68")));
    assert_eq!(value(GroupPolicy::Weakest), Some(number("0.4")));
}

#[test]
fn each_policy_writes_out_its_numbers() {
    let objectives = [weighing("3", objective(1, "0.8")), objective(2, "0.4")];
    let filled = |policy| together(&objectives, policy).explanation.filled.unwrap();

    assert_eq!(filled(GroupPolicy::Equal), "(0.8 + 0.4) / 2");
    assert_eq!(filled(GroupPolicy::Weighted), "(3 × 0.8 + 1 × 0.4) / (3 + 1)");
    assert_eq!(filled(GroupPolicy::Weakest), "min of 2 = 0.4");
}

#[test]
fn closed_objectives_count_and_what_is_not_published_does_not() {
    let objectives = [
        with_status(ObjectiveStatus::Closed, objective(1, "0.8")),
        with_status(ObjectiveStatus::Draft, objective(2, "0.1")),
        with_status(ObjectiveStatus::Parked, objective(3, "0.1")),
        with_status(ObjectiveStatus::Cancelled, objective(4, "0.1")),
        objective(5, "-"),
    ];
    let score = together(&objectives, GroupPolicy::Equal);
    let reasons: Vec<Reason> = score.explanation.excluded.iter().map(|Exclusion { reason, .. }| *reason).collect();

    assert_eq!(score.value, Some(number("0.8")));
    assert_eq!(reasons, [Reason::Draft, Reason::Parked, Reason::Cancelled, Reason::NoKeyResult]);
}

#[test]
fn what_counts_is_what_the_objective_says_counts() {
    use ObjectiveStatus::{Cancelled, Closed, Draft, Parked, Published};
    for status in [Draft, Published, Parked, Cancelled, Closed] {
        let objectives = [with_status(status, objective(1, "0.8"))];
        let is_included = together(&objectives, GroupPolicy::Equal).explanation.included.len() == 1;

        assert!(objectives.iter().all(|(objective, _)| objective.is_counted() == is_included), "{status:?}");
    }
}

#[test]
fn without_an_objective_that_counts_there_is_no_score() {
    for policy in [GroupPolicy::Equal, GroupPolicy::Weighted, GroupPolicy::Weakest] {
        let score = together(&[objective(1, "-")], policy);

        assert_eq!((score.raw, score.value, score.reason), (None, None, Some(Reason::NoObjective)));
    }
}

#[test]
fn weights_of_0_make_no_score_only_where_weights_count() {
    let objectives = [weighing("0", objective(1, "0.8"))];

    assert_eq!(together(&objectives, GroupPolicy::Weighted).reason, Some(Reason::AllWeightsZero));
    assert_eq!(together(&objectives, GroupPolicy::Equal).value, Some(number("0.8")));
}

#[test]
fn the_first_of_the_weakest_decides() {
    let objectives = [objective(1, "0.8"), objective(2, "0.4"), objective(3, "0.4")];
    let shares: Vec<Option<Decimal>> =
        together(&objectives, GroupPolicy::Weakest).explanation.included.iter().map(|share| share.share).collect();

    assert_eq!(shares, [Some(Decimal::ZERO), Some(Decimal::ONE), Some(Decimal::ZERO)]);
}

#[test]
fn confidence_is_counted_over_the_objectives_that_count() {
    let stated = |confidence| objective_score(&[scored_at(1, "1").confidence("2026-12-30", confidence), scored_at(2, "1")]);
    let objectives = [
        (objective(1, "1").0, stated(Confidence::OnTrack)),
        (objective(2, "1").0, stated(Confidence::AtRisk)),
        with_status(ObjectiveStatus::Draft, (objective(3, "1").0, stated(Confidence::OffTrack))),
    ];
    let confidence = together(&objectives, GroupPolicy::Equal).confidence;

    assert_eq!((confidence.lowest, confidence.on_track, confidence.at_risk, confidence.unstated), (Some(Confidence::AtRisk), 1, 1, 2));
}
