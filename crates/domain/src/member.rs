//! Members: the people of a community, however many accounts they have, and the bots beside them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::id::{Id, Named};
use crate::identity::Account;
use crate::member_trait::Attribute;
use crate::platform::Platform;
use crate::rejection::{Check, Code, Rejection, Violation};
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

    /// The next version, as the draft has it; the number and the merge stay.
    pub fn changed(&self, stamp: Stamp, draft: MemberDraft) -> Result<Self, Rejection> {
        Ok(Self { merged_into: self.merged_into, ..Self::new(self.id, self.number, stamp, draft)? })
    }

    /// The next version, which turned out to be another member. `above` is everyone that the other one counts as: what it is
    /// merged into, what that is merged into, and so on.
    pub fn merged(&self, into: Id<Self>, above: &[Id<Self>], stamp: Stamp) -> Result<Self, Violation> {
        if into == self.id {
            return Err(Violation::new(Code::Loop, "a member is not merged into itself: name another one").at("into"));
        }
        if let Some(already) = self.merged_into {
            let detail = format!("it is merged into the member {already} already: unmerge it first");
            return Err(Violation::new(Code::InvalidTransition, detail));
        }
        if above.contains(&self.id) {
            let detail = format!("the member {into} counts as this one already: unmerge it first, or leave it so");
            return Err(Violation::new(Code::Loop, detail).at("into"));
        }
        Ok(Self { merged_into: Some(into), stamp, ..self.clone() })
    }

    /// The next version, which stands for itself again.
    #[must_use]
    pub fn unmerged(&self, stamp: Stamp) -> Self {
        Self { merged_into: None, stamp, ..self.clone() }
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
    /// The one that has this account.
    pub account: Option<(Id<Platform>, Account)>,
    /// Those of whom traits say all of this.
    pub traits: Vec<TraitOn>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// That a trait without a name says this of a member on a day.
#[derive(Clone, Debug)]
pub struct TraitOn {
    pub attribute: Attribute,
    pub value: String,
    pub day: NaiveDate,
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
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> Id<Member> {
        Id::from_uuid(Uuid::from_u128(number))
    }

    fn member(number: u128) -> Member {
        let draft = MemberDraft { kind: MemberKind::Staff, name: None, external_id: None };
        Member::new(id(number), 1, Stamp::first(DateTime::UNIX_EPOCH), draft).unwrap()
    }

    fn refused(member: &Member, into: u128, above: &[Id<Member>]) -> (String, Code) {
        let violation = member.merged(id(into), above, member.stamp).unwrap_err();
        (violation.field, violation.code)
    }

    #[test]
    fn no_member_is_merged_into_itself_by_whatever_way() {
        assert_eq!(refused(&member(1), 1, &[]), ("into".to_owned(), Code::Loop));
        assert_eq!(refused(&member(1), 2, &[id(3), id(1)]), ("into".to_owned(), Code::Loop));
    }

    #[test]
    fn a_member_is_merged_once() {
        let merged = member(1).merged(id(2), &[], member(1).stamp).unwrap();

        assert_eq!(refused(&merged, 3, &[]), (String::new(), Code::InvalidTransition));
    }

    #[test]
    fn a_merge_that_is_undone_leaves_the_member_as_it_was() {
        let merged = member(1).merged(id(2), &[id(3)], member(1).stamp).unwrap();

        assert_eq!(merged.merged_into, Some(id(2)));
        assert_eq!(merged.unmerged(merged.stamp), member(1));
    }

    #[test]
    fn a_change_keeps_the_merge_and_the_number() {
        let merged = member(1).merged(id(2), &[], member(1).stamp).unwrap();

        let changed = merged.changed(merged.stamp, MemberDraft { name: Some("Ada".to_owned()), ..merged.draft() }).unwrap();

        assert_eq!(changed, Member { name: Some("Ada".to_owned()), ..merged });
    }
}
