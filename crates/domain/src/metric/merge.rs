//! Members that were found to be one person, and count as one.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;

use super::deed::MemberNumber;

/// A member that counts as another one. Chains are followed to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Merge {
    pub member: MemberNumber,
    pub into: MemberNumber,
}

/// Which number stands for a person of several.
#[derive(Clone, Debug, Default)]
pub struct Merges {
    counts_as: BTreeMap<MemberNumber, MemberNumber>,
    merged: RoaringBitmap,
    /// The numbers that count as another one, by that one.
    others: BTreeMap<MemberNumber, Vec<MemberNumber>>,
}

impl Merges {
    pub fn new(merges: &[Merge]) -> Self {
        let steps: BTreeMap<_, _> = merges.iter().map(|merge| (merge.member, merge.into)).collect();
        let mut made = Self::default();
        for &member in steps.keys() {
            let last = end_of_chain(&steps, member);
            if last != member {
                made.counts_as.insert(member, last);
                made.merged.insert(member);
                made.others.entry(last).or_default().push(member);
            }
        }
        made
    }

    /// The number that stands for the person.
    pub fn person(&self, member: MemberNumber) -> MemberNumber {
        self.counts_as.get(&member).copied().unwrap_or(member)
    }

    /// Every number of the person that a member is, the member's own among them.
    pub fn numbers(&self, member: MemberNumber) -> impl Iterator<Item = MemberNumber> {
        let person = self.person(member);
        std::iter::once(person).chain(self.others.get(&person).into_iter().flatten().copied())
    }

    /// Makes a set of members one of people.
    pub(super) fn unite(&self, members: &mut RoaringBitmap) {
        let merged = &*members & &self.merged;
        *members -= &merged;
        members.extend(merged.iter().map(|member| self.person(member)));
    }
}

/// Members that count as each other in a ring count as the lowest of them.
fn end_of_chain(steps: &BTreeMap<MemberNumber, MemberNumber>, member: MemberNumber) -> MemberNumber {
    let (mut seen, mut at) = (BTreeSet::new(), member);
    while let Some(&next) = steps.get(&at) {
        if !seen.insert(at) {
            return ring(steps, at);
        }
        at = next;
    }
    at
}

fn ring(steps: &BTreeMap<MemberNumber, MemberNumber>, member: MemberNumber) -> MemberNumber {
    let around = std::iter::successors(steps.get(&member).copied(), |at| steps.get(at).copied().filter(|_| *at != member));
    around.min().unwrap_or(member)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merges(pairs: &[(u32, u32)]) -> Merges {
        Merges::new(&pairs.iter().map(|&(member, into)| Merge { member, into }).collect::<Vec<_>>())
    }

    #[test]
    fn a_chain_of_merges_ends_in_one_person() {
        let merges = merges(&[(1, 2), (2, 3), (5, 3)]);
        let mut members: RoaringBitmap = [1, 2, 4, 5].into_iter().collect();

        merges.unite(&mut members);

        assert_eq!(members, [3, 4].into_iter().collect());
        assert_eq!(merges.numbers(5).collect::<Vec<_>>(), [3, 1, 2, 5]);
    }

    #[test]
    fn a_ring_of_merges_is_one_person_too() {
        let merges = merges(&[(9, 7), (7, 8), (8, 7), (4, 4)]);

        assert_eq!([7, 8, 9, 4].map(|member| merges.person(member)), [7, 7, 7, 4]);
    }
}
