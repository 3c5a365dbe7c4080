//! Which answers of a wave count: each person's last.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::response::Said;

/// One answer to one question in one wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The member's number; none where the answer is anonymous.
    pub member: Option<u32>,
    pub submitted_at: DateTime<Utc>,
    /// Unique in the survey; of two answers at one instant the one with the greater text is the later.
    pub source_id: &'a str,
    /// A point of the question's scale.
    pub point: u8,
}

impl<'a> Answer<'a> {
    pub fn of(said: &'a Said) -> Self {
        let Said { member, submitted_at, source_id, value, .. } = said;
        Self { member: *member, submitted_at: *submitted_at, source_id, point: *value }
    }
}

/// The answers that count, whatever the order they came in: of each member the last, and every anonymous one.
///
/// `counts_as` names, for members who were merged into another, the member they all count as.
pub fn of<'a>(answers: &[Answer<'a>], counts_as: &BTreeMap<u32, u32>) -> Vec<Answer<'a>> {
    let mut last: BTreeMap<u32, Answer<'a>> = BTreeMap::new();
    let mut counted = Vec::new();
    for answer in answers {
        let Some(number) = answer.member else {
            counted.push(*answer);
            continue;
        };
        let member = counts_as.get(&number).copied().unwrap_or(number);
        let newest = last.entry(member).or_insert(*answer);
        if (newest.submitted_at, newest.source_id) < (answer.submitted_at, answer.source_id) {
            *newest = *answer;
        }
    }
    counted.extend(last.into_values());
    counted
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn answer(member: impl Into<Option<u32>>, minute: i64, source_id: &str, point: u8) -> Answer<'_> {
        Answer { member: member.into(), submitted_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minute), source_id, point }
    }

    fn points(answers: &[Answer<'_>], counts_as: &[(u32, u32)]) -> Vec<u8> {
        let mut points: Vec<u8> = of(answers, &counts_as.iter().copied().collect()).iter().map(|answer| answer.point).collect();
        points.sort_unstable();
        points
    }

    #[test]
    fn who_answers_again_has_changed_their_mind() {
        let answers = [answer(1, 10, "a", 3), answer(1, 20, "b", 9), answer(2, 5, "c", 7)];

        assert_eq!(points(&answers, &[]), [7, 9]);
    }

    #[test]
    fn at_the_same_instant_the_source_id_decides() {
        let answers = [answer(1, 10, "10", 3), answer(1, 10, "9", 9)];

        assert_eq!(points(&answers, &[]), [9]);
    }

    #[test]
    fn anonymous_answers_each_count() {
        let answers = [answer(None, 10, "a", 3), answer(None, 20, "b", 9), answer(1, 5, "c", 7)];

        assert_eq!(points(&answers, &[]), [3, 7, 9]);
    }

    #[test]
    fn merged_members_have_one_answer() {
        let answers = [answer(1, 10, "a", 3), answer(2, 20, "b", 9), answer(3, 5, "c", 7)];

        assert_eq!(points(&answers, &[(1, 3), (2, 3)]), [9]);
        assert_eq!(points(&answers, &[(2, 1)]), [7, 9]);
    }

    fn any_answers() -> impl Strategy<Value = Vec<Answer<'static>>> {
        let names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
        let drawn = vec((prop::option::of(0_u32..4), 0_i64..4, 0_u8..=10), 0..=names.len());
        drawn.prop_map(move |drawn| {
            let named = drawn.into_iter().zip(names);
            named.map(|((member, minute, point), name)| answer(member, minute, name, point)).collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            (given, shuffled) in any_answers().prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle())),
        ) {
            prop_assert_eq!(points(&given, &[(0, 1)]), points(&shuffled, &[(0, 1)]));
        }
    }
}
