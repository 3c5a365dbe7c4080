//! Whom figures must not give away: too few answers, and the group beside that would tell of them.

use crate::metric::figure::{Figure, Reason, Status};

/// Fewest people of whom anything is shown.
pub const FLOOR: u32 = 5;
/// Fewest answers that are not called few.
pub const MANY: u32 = 30;

/// The figure as it may be shown when it is made from so many people's answers.
///
/// None: `NO_DATA`. Fewer than 5: `SUPPRESSED`, and neither value nor numbers are left. Fewer than 30: `LOW_N`,
/// which takes the place of `OK` only.
pub fn guarded(answers: u32, figure: Figure) -> Figure {
    match (standing(answers), figure.status) {
        ((status @ (Status::NoData | Status::Suppressed), reason), _) => {
            Figure { value: None, numerator: None, denominator: None, interval: None, status, reason }
        }
        ((status, Some(reason)), Status::Ok) => Figure { status, reason: Some(reason), ..figure },
        _ => figure,
    }
}

/// What so many answers are good for, and why.
pub fn standing(answers: u32) -> (Status, Option<Reason>) {
    match answers {
        0 => (Status::NoData, Some(Reason::NoAnswers)),
        1..FLOOR => (Status::Suppressed, Some(Reason::FewAnswers)),
        FLOOR..MANY => (Status::LowN, Some(Reason::FewAnswers)),
        MANY.. => (Status::Ok, None),
    }
}

/// Of groups that add up to a total that is shown, why each is hidden, in their order; nothing for one that is shown.
///
/// A group of 1 to 4 people is hidden. The total less what is shown tells of those who are hidden, taken
/// together; so the next smallest groups are hidden too (`SIBLING`) until these are two groups and 5 people
/// at least. Of groups of the same size the first goes first. An empty group has nobody to give away, and hides nobody.
///
/// What no choice of groups can hide: when all of the hidden people gave the best or the worst answer, so did each.
pub fn hidden(people: &[u32]) -> Vec<Option<Reason>> {
    let is_small = |size: u32| (1..FLOOR).contains(&size);
    let mut reasons: Vec<Option<Reason>> = people.iter().map(|size| is_small(*size).then_some(Reason::FewPeople)).collect();
    let small: Vec<u32> = people.iter().copied().filter(|size| is_small(*size)).collect();
    let (mut groups, mut together) = (small.len(), small.iter().fold(0, |sum: u32, size| sum.saturating_add(*size)));
    if groups == 0 {
        return reasons;
    }
    let mut next: Vec<(u32, &mut Option<Reason>)> = people.iter().copied().zip(&mut reasons).filter(|(size, _)| *size >= FLOOR).collect();
    next.sort_by_key(|(size, _)| *size);
    for (size, reason) in next {
        if groups > 1 && together >= FLOOR {
            break;
        }
        *reason = Some(Reason::Sibling);
        groups += 1;
        together = together.saturating_add(size);
    }
    reasons
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const FEW: Option<Reason> = Some(Reason::FewPeople);
    const SIBLING: Option<Reason> = Some(Reason::Sibling);

    #[test]
    fn a_figure_of_four_answers_keeps_nothing_of_them() {
        let shown = guarded(4, Figure::rate(1, 4));

        assert_eq!(shown, Figure::missing(Status::Suppressed, Reason::FewAnswers));
    }

    #[test]
    fn five_answers_are_few_and_thirty_are_not() {
        let status = |answers| guarded(answers, Figure::rate(1, 5)).status;

        assert_eq!([0, 4, 5, 29, 30].map(status), [Status::NoData, Status::Suppressed, Status::LowN, Status::LowN, Status::Ok]);
    }

    #[test]
    fn the_next_smallest_group_hides_the_only_small_one() {
        assert_eq!(hidden(&[40, 3, 12, 12]), [None, FEW, SIBLING, None]);
        assert_eq!(hidden(&[40, 30]), [None, None]);
    }

    #[test]
    fn small_groups_hide_each_other_when_they_are_five_people_together() {
        assert_eq!(hidden(&[2, 3, 12]), [FEW, FEW, None]);
        assert_eq!(hidden(&[2, 2, 12]), [FEW, FEW, SIBLING]);
    }

    #[test]
    fn an_empty_group_hides_nobody() {
        assert_eq!(hidden(&[0, 3, 0, 9]), [None, FEW, None, SIBLING]);
        assert_eq!(hidden(&[0, 3]), [None, FEW]);
    }

    /// The least and the most that the answers of a group, from 0 to 10, can sum up to, for those who know how many people
    /// are in each hidden group and what all of them answered together.
    fn possible(group: &[u32], hidden: &[&Vec<u32>]) -> (u32, u32) {
        let most = |people: usize| 10 * u32::try_from(people).unwrap();
        let (sum, people): (u32, usize) = (hidden.iter().copied().flatten().sum(), hidden.iter().map(|group| group.len()).sum());
        (sum.saturating_sub(most(people - group.len())), sum.min(most(group.len())))
    }

    proptest! {
        #[test]
        fn no_hidden_group_can_be_computed_from_what_is_shown(
            groups in vec(vec(0_u32..=10, 0..12), 1..7).prop_filter("the total is shown", |groups| groups.iter().flatten().count() >= 5),
        ) {
            let sizes: Vec<u32> = groups.iter().map(|group| u32::try_from(group.len()).unwrap()).collect();

            let reasons = hidden(&sizes);

            let (hidden, shown): (Vec<_>, Vec<_>) = groups.iter().zip(&reasons).partition(|(_, reason)| reason.is_some());
            let hidden: Vec<&Vec<u32>> = hidden.into_iter().map(|(group, _)| group).collect();
            let all_answered = |end: u32| hidden.iter().copied().flatten().all(|answer| *answer == end);
            for group in &hidden {
                let (least, most) = possible(group, &hidden);
                prop_assert!(least < most || all_answered(0) || all_answered(10), "{sizes:?} {reasons:?}");
            }
            prop_assert!(hidden.is_empty() || hidden.iter().map(|group| group.len()).sum::<usize>() >= 5);
            prop_assert!(shown.iter().all(|(group, _)| group.is_empty() || group.len() >= 5));
        }

        #[test]
        fn nothing_is_hidden_without_need(sizes in vec(5_u32..100, 0..10)) {
            prop_assert!(hidden(&sizes).iter().all(Option::is_none));
        }
    }
}
