//! How few people carry the community.

use std::cmp::Reverse;

use super::community::Community;
use super::deed::Choice;
use super::evaluation::{Evaluation, Part, whole};
use super::figure::{Figure, Reason, Status};
use super::window::Window;
use crate::activity_class::Class;

impl Community<'_> {
    /// `concentration`: the fewest people who made half of the contributions; no value where there are none.
    pub fn concentration(&self, window: Window, choice: &Choice) -> Evaluation {
        let by_person = self.by_person(window, &choice.at_least(Class::Contribution));
        let mut times: Vec<u64> = by_person.into_values().collect();
        times.sort_unstable_by_key(|times| Reverse(*times));
        let total: u64 = times.iter().sum();
        let parts = vec![(Part::Contributions, whole(total)), (Part::Contributors, whole(times.iter().map(|_| 1).sum()))];
        let figure = match fewest(&times, total) {
            0 => Figure::missing(Status::NoData, Reason::NoEvents),
            fewest => Figure::count(fewest),
        };
        Evaluation { figure, parts }
    }
}

/// How many of the largest numbers make at least half of their total; 0 where there are none.
fn fewest(largest_first: &[u64], total: u64) -> i64 {
    let (mut sum, mut people) = (0_u64, 0);
    for times in largest_first {
        sum += times;
        people += 1;
        // Of an odd total, half is not a whole number.
        if sum >= total - sum {
            break;
        }
    }
    people
}
