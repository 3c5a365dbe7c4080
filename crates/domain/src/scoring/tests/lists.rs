//! Where scores stand in the list of a cycle.

use super::*;
use crate::page::{Page, Placed, Slice};
use crate::scoring::list::{ScoreFilter, ScoreSort};

/// The names of the cases in the order of the list.
fn listed<'a>(cases: &'a [(&'a str, Case)], sort: ScoreSort, descending: bool) -> Vec<&'a str> {
    let placed =
        cases.iter().map(|(name, case)| Placed { item: *name, at: sort.position(&case.key_result, &case.final_score(), descending) });
    let slice = Slice::cut(placed.collect(), descending, &Page::first(10));
    slice.items.into_iter().map(|placed| placed.item).collect()
}

fn numbered(objective: u32, key_result: u32) -> Case {
    let mut case = Case::of(reach("0", "100")).id(u128::from(objective * 100 + key_result));
    case.key_result.address.number = crate::address::Number::key_result(objective, key_result);
    case
}

#[test]
fn addresses_are_sorted_by_number_not_by_letter() {
    let cases = [("O10-KR1", numbered(10, 1)), ("O2-KR10", numbered(2, 10)), ("O2-KR9", numbered(2, 9))];

    assert_eq!(listed(&cases, ScoreSort::Address, false), ["O2-KR9", "O2-KR10", "O10-KR1"]);
}

#[test]
fn what_has_no_score_stands_last_in_either_direction() {
    let cases = [
        ("none", Case::of(reach("0", "100")).id(1).status(KeyResultStatus::Cancelled)),
        ("one", Case::at(reach("0", "100"), "100").id(2)),
        ("little", Case::at(reach("0", "100"), "9").id(3)),
        ("much", Case::at(reach("0", "100"), "70").id(4)),
    ];

    assert_eq!(listed(&cases, ScoreSort::Score, false), ["little", "much", "one", "none"]);
    assert_eq!(listed(&cases, ScoreSort::Score, true), ["one", "much", "little", "none"]);
}

#[test]
fn bounds_hold_what_lies_on_them_and_nothing_without_a_score() {
    let filter = ScoreFilter { least: Some(number("0.7")), most: Some(number("0.7")), ..ScoreFilter::default() };
    let holds = |case: &Case| filter.holds(&case.key_result, &case.final_score());

    assert!(holds(&Case::at(reach("0", "100"), "70")));
    assert!(!holds(&Case::at(reach("0", "100"), "71")));
    assert!(!holds(&Case::at(reach("0", "100"), "70").status(KeyResultStatus::Excluded)));
}
