//! How often each point of a scale was answered.

use std::collections::BTreeMap;

use super::scale::Scale;
use crate::rejection::Violation;

/// Answers to one question in one wave, each person's once, by the point they chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    scale: Scale,
    times: BTreeMap<u8, u32>,
}

impl Tally {
    /// From points and how often each was answered; a point may come more than once.
    ///
    /// # Errors
    /// `OUT_OF_RANGE` for a point that is not on the scale.
    pub fn of(scale: Scale, answers: impl IntoIterator<Item = (u8, u32)>) -> Result<Self, Violation> {
        let mut times = BTreeMap::new();
        for (point, more) in answers {
            if !scale.has(point) {
                return Err(scale.refused(&point.to_string()));
            }
            let so_far: &mut u32 = times.entry(point).or_default();
            *so_far = so_far.saturating_add(more);
        }
        Ok(Self { scale, times })
    }

    pub fn scale(&self) -> Scale {
        self.scale
    }

    pub fn answers(&self) -> u32 {
        self.count(|_| true)
    }

    /// Answers with a point of which `is_counted` holds.
    pub fn count(&self, is_counted: impl Fn(u8) -> bool) -> u32 {
        let counted = self.times.iter().filter(|(point, _)| is_counted(**point));
        counted.fold(0, |sum, (_, times)| sum.saturating_add(*times))
    }

    /// The sum of all answers, and the sum of their squares: at most 4.4 * 10^13 and 4.4 * 10^15.
    pub(super) fn sums(&self) -> (i64, i64) {
        self.times.iter().fold((0, 0), |(sum, squares), (point, times)| {
            let (point, times) = (i64::from(*point), i64::from(*times));
            (sum + times * point, squares + times * point * point)
        })
    }
}
