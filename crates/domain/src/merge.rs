//! Merges: what comes together when a member turns out to be another one.

use crate::id::Id;
use crate::identity::Identity;
use crate::member::Member;
use crate::member_trait::MemberTrait;
use crate::metric::effect::Effect;

/// What a merge would come to. It moves nothing: what the member has counts for the survivor until the merge is undone.
#[derive(Clone, Debug)]
pub struct MergePreview {
    pub member: Id<Member>,
    pub into: Id<Member>,
    /// Whom the member would count as: `into`, or at the end of a chain of merges the one that is merged into nobody.
    pub survivor: Id<Member>,
    /// The accounts of the member, and of those merged into it.
    pub identities: Vec<Identity>,
    /// The traits of the member, and of those merged into it.
    pub traits: Vec<MemberTrait>,
    pub overruled: Vec<Overruled>,
    /// Which figures of the last months would be told otherwise.
    pub effect: Effect,
}

/// What it would come to, to undo a merge.
#[derive(Clone, Debug)]
pub struct UnmergePreview {
    pub member: Id<Member>,
    /// Whom the member counts as now: itself, where it is not merged.
    pub survivor: Id<Member>,
    /// The accounts of the member, and of those merged into it.
    pub identities: Vec<Identity>,
    /// The traits of the member, and of those merged into it.
    pub traits: Vec<MemberTrait>,
    /// Which figures of the last months would be told otherwise.
    pub effect: Effect,
}

/// Two traits that cannot both be true. Of the days they share, the winner is believed: the one that stood with the
/// survivor before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overruled {
    pub loser: MemberTrait,
    pub winner: MemberTrait,
}

/// The traits that give way to those that stand already. Two that say the same do not get into each other's way.
pub fn overruled(coming: &[MemberTrait], standing: &[MemberTrait]) -> Vec<Overruled> {
    let pairs = coming.iter().flat_map(|loser| standing.iter().map(move |winner| (loser, winner)));
    pairs
        .filter(|(loser, winner)| loser.contradicts(winner) && loser.value != winner.value)
        .map(|(loser, winner)| Overruled { loser: loser.clone(), winner: winner.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use uuid::Uuid;

    use super::*;
    use crate::member_trait::{Attribute, MemberTraitDraft};
    use crate::stamp::Stamp;

    fn said(id: u128, attribute: Attribute, value: &str, from: Option<NaiveDate>) -> MemberTrait {
        let draft = MemberTraitDraft { attribute, name: None, value: value.to_owned(), from, until: None };
        let (id, member) = (Id::from_uuid(Uuid::from_u128(id)), Id::from_uuid(Uuid::nil()));
        MemberTrait::new(id, Stamp::first(DateTime::UNIX_EPOCH), draft, member).unwrap()
    }

    #[test]
    fn only_what_says_otherwise_of_the_same_days_gives_way() {
        let staff = said(1, Attribute::Kind, "STAFF", NaiveDate::from_ymd_opt(2026, 1, 1));
        let standing = [said(2, Attribute::Kind, "COMMUNITY", None), said(3, Attribute::Role, "champion", None)];
        let alike = [said(4, Attribute::Kind, "COMMUNITY", None), said(5, Attribute::Role, "moderator", None)];

        assert_eq!(overruled(std::slice::from_ref(&staff), &standing), [Overruled { loser: staff.clone(), winner: standing[0].clone() }]);
        assert_eq!(overruled(&alike, &standing), []);
    }
}
