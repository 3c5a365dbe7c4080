//! Members: the people of a community, however many accounts they have, and the bots beside them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::rejection::{Check, Rejection};
use crate::stamp::Stamp;
use crate::text;

/// Whom metrics count: by default the community alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberKind {
    #[default]
    Community,
    Staff,
    Bot,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: Id<Member>,
    /// Given once, dense in the workspace: sets of members are sets of these.
    pub number: u32,
    /// What the member is wherever no trait of the kind says otherwise for a time.
    pub kind: MemberKind,
    pub name: Option<String>,
    /// The member this one turned out to be. Both keep their identities, so that the merge can be undone.
    pub merged_into: Option<Id<Member>>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

/// Whom each merged member counts as in the end, by their numbers, from whom each was merged into.
pub fn counted_as(merges: &BTreeMap<u32, u32>) -> BTreeMap<u32, u32> {
    let end = |first: u32| {
        let line = std::iter::successors(Some(first), |number| merges.get(number).copied());
        // Nobody counts as themselves through others; if they did, the line would still end.
        line.take(merges.len().saturating_add(1)).last().unwrap_or(first)
    };
    merges.keys().map(|number| (*number, end(*number))).collect()
}

impl Named for Member {
    const PREFIX: &'static str = "mem";
    const WORD: &'static str = "member";
}

/// What is given to create or change a member.
#[derive(Clone, Debug)]
pub struct MemberDraft {
    pub kind: MemberKind,
    pub name: Option<String>,
    pub external_id: Option<String>,
}

impl Member {
    pub fn new(id: Id<Self>, number: u32, stamp: Stamp, draft: MemberDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let MemberDraft { kind, name, external_id } = draft;
        let name = check.field("name", text::optional_label(name.as_deref()));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let merged_into = None;
        check.finish(name.zip(external_id).map(|(name, external_id)| Self { id, number, kind, name, merged_into, external_id, stamp }))
    }

    pub fn draft(&self) -> MemberDraft {
        let Self { kind, name, external_id, .. } = self.clone();
        MemberDraft { kind, name, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which members a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct MemberFilter {
    pub kinds: Vec<MemberKind>,
    /// Those merged into another, or those that are not.
    pub merged: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What members are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberSort {
    #[default]
    CreatedAt,
    UpdatedAt,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_merged_again_counts_as_the_last_in_line() {
        let merges = BTreeMap::from([(1, 2), (2, 3), (5, 3)]);

        assert_eq!(counted_as(&merges), BTreeMap::from([(1, 3), (2, 3), (5, 3)]));
    }
}
