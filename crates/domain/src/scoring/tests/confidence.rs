use super::*;
use crate::scoring::ConfidenceCounts;

fn case() -> Case {
    Case::of(reach("0", "100"))
}

#[test]
fn the_newest_stated_confidence_comes_with_its_day() {
    let case = case().confidence("2026-10-04", Confidence::OnTrack).confidence("2026-10-11", Confidence::AtRisk).value("2026-10-12", "5");
    let stated = case.score("2026-10-12").confidence.unwrap();

    assert_eq!((stated.level, stated.on), (Confidence::AtRisk, day("2026-10-11")));
}

#[test]
fn there_is_no_confidence_until_someone_states_one() {
    assert_eq!(case().value("2026-10-04", "5").final_score().confidence, None);
}

#[test]
fn a_week_without_a_stated_confidence_makes_it_stale_when_the_week_is_over() {
    let case = case().confidence("2026-10-04", Confidence::OnTrack);

    assert!(!case.score("2026-10-10").confidence_is_stale);
    assert!(case.score("2026-10-11").confidence_is_stale);
}

#[test]
fn nothing_is_stale_before_the_first_week_is_over() {
    assert!(!case().score("2026-10-03").confidence_is_stale);
    assert!(case().score("2026-10-04").confidence_is_stale);
}

#[test]
fn a_confidence_of_the_running_week_is_not_stale() {
    assert!(!case().confidence("2026-10-20", Confidence::OnTrack).score("2026-10-21").confidence_is_stale);
}

#[test]
fn an_objective_shows_the_most_cautious_confidence_and_how_many_stated_each() {
    let cases = [
        case().confidence("2026-12-30", Confidence::OnTrack),
        case().confidence("2026-12-30", Confidence::OnTrack),
        case().confidence("2026-10-30", Confidence::AtRisk),
        case(),
        case().status(KeyResultStatus::Cancelled).confidence("2026-12-30", Confidence::OffTrack),
    ];

    let expected = ConfidenceCounts { lowest: Some(Confidence::AtRisk), off_track: 0, at_risk: 1, on_track: 2, unstated: 1, stale: 2 };
    assert_eq!(objective_score(&cases).confidence, expected);
}
