//! Stretches of time that members have something in, and the three things that are done with lists of them.

use super::deed::MemberNumber;

/// From `from` up to but without `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch<T> {
    pub(super) from: T,
    pub(super) until: T,
}

impl<T: Copy + Ord> Stretch<T> {
    pub(super) fn holds(self, at: T) -> bool {
        self.from <= at && at < self.until
    }

    fn is_empty(self) -> bool {
        self.from >= self.until
    }

    fn within(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), until: self.until.min(other.until) }
    }
}

/// A stretch of a member. Lists of them are in order, and disjoint for each member, once they are [`united`].
pub(super) type Held<T> = (MemberNumber, Stretch<T>);

/// The same time as disjoint stretches in the order of members; those of a member that touch become one.
pub(super) fn united<T: Copy + Ord>(mut held: Vec<Held<T>>) -> Vec<Held<T>> {
    held.retain(|(_, stretch)| !stretch.is_empty());
    held.sort_unstable();
    held.dedup_by(|(member, stretch), (last_member, last)| {
        let goes_on = member == last_member && stretch.from <= last.until;
        if goes_on {
            last.until = last.until.max(stretch.until);
        }
        goes_on
    });
    held
}

/// What a list has of one member.
pub(super) fn of<T>(held: &[Held<T>], member: MemberNumber) -> &[Held<T>] {
    let rest = held.get(held.partition_point(|(other, _)| *other < member)..).unwrap_or_default();
    rest.get(..rest.partition_point(|(other, _)| *other == member)).unwrap_or_default()
}

/// The time that is in one list and not in the other; both united, as is the answer.
pub(super) fn without<T: Copy + Ord>(held: &[Held<T>], others: &[Held<T>]) -> Vec<Held<T>> {
    let mut left = Vec::with_capacity(held.len());
    for &(member, stretch) in held {
        let mut from = stretch.from;
        for (_, other) in of(others, member).iter().filter(|(_, other)| !stretch.within(*other).is_empty()) {
            left.push((member, Stretch { from, until: other.from }));
            from = other.until;
        }
        left.push((member, Stretch { from, until: stretch.until }));
    }
    left.retain(|(_, stretch)| !stretch.is_empty());
    left
}

/// The time that is in both lists; both united, as is the answer.
pub(super) fn within<T: Copy + Ord>(held: &[Held<T>], others: &[Held<T>]) -> Vec<Held<T>> {
    let both = held.iter().flat_map(|&(member, stretch)| of(others, member).iter().map(move |(_, other)| (member, stretch.within(*other))));
    both.filter(|(_, stretch)| !stretch.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn held() -> impl Strategy<Value = Vec<Held<u8>>> {
        let stretch = (0..3_u32, 0..20_u8, 0..20_u8).prop_map(|(member, from, until)| (member, Stretch { from, until }));
        proptest::collection::vec(stretch, 0..9)
    }

    fn holds(held: &[Held<u8>], member: MemberNumber, at: u8) -> bool {
        held.iter().any(|(other, stretch)| *other == member && stretch.holds(at))
    }

    proptest! {
        #[test]
        fn lists_of_stretches_are_sets_of_moments(one in held(), other in held()) {
            let (first, second) = (united(one.clone()), united(other.clone()));

            for (member, at) in (0..3).flat_map(|member| (0..20).map(move |at| (member, at))) {
                let (in_one, in_other) = (holds(&one, member, at), holds(&other, member, at));
                prop_assert_eq!(holds(&first, member, at), in_one);
                prop_assert_eq!(holds(&without(&first, &second), member, at), in_one && !in_other);
                prop_assert_eq!(holds(&within(&first, &second), member, at), in_one && in_other);
            }
        }

        #[test]
        fn united_stretches_of_a_member_stand_apart_and_in_order(one in held(), other in held()) {
            let (first, second) = (united(one), united(other));

            for list in [without(&first, &second), within(&first, &second), first] {
                prop_assert!(list.windows(2).all(|pair| pair[0].0 < pair[1].0 || pair[0].1.until < pair[1].1.from));
            }
        }
    }
}
