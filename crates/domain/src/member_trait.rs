//! Traits: what is true of a member for a time, such as a role, an organisation or a property.

use chrono::NaiveDate;

use crate::cycle;
use crate::id::{Id, Named};
use crate::member::{Member, MemberKind};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// Most traits of one member.
pub const TRAIT_COUNT: usize = 200;

/// What a trait says of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Attribute {
    /// That the member is staff, a bot, or of the community; the value is one of those words.
    Kind,
    /// That the member has a role, such as `champion`, `moderator` or a seat; the value is its key.
    Role,
    /// Whom the member works for.
    Organisation,
    /// Anything else; `name` says what, such as `trained` or `country`.
    Property,
}

/// Something that is true of a member from one day to another; dates are days of the workspace, `until` not included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberTrait {
    pub id: Id<MemberTrait>,
    pub member: Id<Member>,
    pub attribute: Attribute,
    /// Of a property, and of nothing else.
    pub name: Option<String>,
    pub value: String,
    /// Always, up to `until`, where it is absent.
    pub from: Option<NaiveDate>,
    /// For good where it is absent.
    pub until: Option<NaiveDate>,
    pub stamp: Stamp,
}

impl Named for MemberTrait {
    const PREFIX: &'static str = "trt";
    const WORD: &'static str = "trait";
}

/// What is given to create or change a trait.
#[derive(Clone, Debug)]
pub struct MemberTraitDraft {
    pub attribute: Attribute,
    pub name: Option<String>,
    pub value: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl MemberTrait {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: MemberTraitDraft, member: Id<Member>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let MemberTraitDraft { attribute, name, value, from, until } = draft;
        let name = check.field("name", property(attribute, name.as_deref()));
        let value = check.field("value", spelled(attribute, &value));
        for (field, date) in [("from", from), ("until", until)] {
            if let Some(date) = date {
                check.field(field, cycle::sensible(date));
            }
        }
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            check.refuse("until", Code::WrongOrder, "`until` is the first day on which it is no longer so: it comes after `from`");
        }
        check.finish(name.zip(value).map(|(name, value)| Self { id, member, attribute, name, value, from, until, stamp }))
    }

    pub fn draft(&self) -> MemberTraitDraft {
        let Self { attribute, name, value, from, until, .. } = self.clone();
        MemberTraitDraft { attribute, name, value, from, until }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// Refused by `from` or `until`, whichever stands within the days of another trait that it contradicts.
    pub fn beside(&self, others: &[Self]) -> Result<(), Violation> {
        let Some(other) = others.iter().find(|other| self.contradicts(other)) else { return Ok(()) };
        let begins_within = match (self.from, other.from) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(from), Some(begins)) => from >= begins,
        };
        let detail = format!("the trait {} says this of some of the same days: end it before, or choose other days", other.id);
        Err(Violation::new(Code::AlreadyExists, detail).at(if begins_within { "from" } else { "until" }))
    }

    /// Whether two say something of the same days that cannot both be true.
    pub fn contradicts(&self, other: &Self) -> bool {
        let of_one_thing = self.attribute == other.attribute && self.name == other.name;
        let says_the_same = self.attribute == Attribute::Role && self.value != other.value;
        let begins_before = |one: &Self, two: &Self| match (one.from, two.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        self.id != other.id && of_one_thing && !says_the_same && begins_before(self, other) && begins_before(other, self)
    }
}

/// Properties have names, other attributes have none.
fn property(attribute: Attribute, name: Option<&str>) -> Result<Option<String>, Violation> {
    let name = text::optional_label(name)?;
    match (attribute, &name) {
        (Attribute::Property, None) => Err(Violation::new(Code::Required, "a property has a name, such as `country`")),
        (Attribute::Kind | Attribute::Role | Attribute::Organisation, Some(_)) => {
            Err(Violation::new(Code::NotApplicable, "only a property has a name: say what it is in `value`"))
        }
        _ => Ok(name),
    }
}

fn spelled(attribute: Attribute, value: &str) -> Result<String, Violation> {
    let value = text::label(value)?;
    if attribute == Attribute::Kind && value.parse::<MemberKind>().is_err() {
        return Err(Violation::new(Code::InvalidValue, "the kind of a member is `COMMUNITY`, `STAFF` or `BOT`"));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn said(attribute: Attribute, name: Option<&str>, value: &str, days: (Option<&str>, Option<&str>)) -> MemberTrait {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let (from, until) = (day(days.0), day(days.1));
        let draft = MemberTraitDraft { attribute, name: name.map(str::to_owned), value: value.to_owned(), from, until };
        let id =
            Uuid::from_u128(value.bytes().chain(days.0.into_iter().flat_map(str::bytes)).fold(1, |sum, byte| sum * 31 + u128::from(byte)));
        MemberTrait::new(Id::from_uuid(id), Stamp::first(DateTime::UNIX_EPOCH), draft, Id::from_uuid(Uuid::nil())).unwrap()
    }

    fn works_for(value: &str, days: (Option<&str>, Option<&str>)) -> MemberTrait {
        said(Attribute::Organisation, None, value, days)
    }

    #[test]
    fn what_ends_on_the_day_another_begins_leaves_it_room() {
        let before = works_for("Acme", (None, Some("2026-02-01")));

        assert_eq!(works_for("Initech", (Some("2026-02-01"), None)).beside(&[before]), Ok(()));
    }

    #[test]
    fn the_end_that_stands_within_another_is_refused() {
        let other = works_for("Acme", (Some("2026-01-01"), Some("2026-02-01")));
        let field = |days| works_for("Initech", days).beside(std::slice::from_ref(&other)).unwrap_err().field;

        assert_eq!(field((Some("2026-01-31"), None)), "from");
        assert_eq!(field((Some("2025-01-01"), Some("2026-01-02"))), "until");
        assert_eq!(field((None, None)), "until");
    }

    #[test]
    fn roles_and_properties_stand_beside_others_of_their_kind() {
        let always = (None, None);
        let champion = said(Attribute::Role, None, "champion", always);
        let trained = said(Attribute::Property, Some("trained"), "yes", always);
        let again = said(Attribute::Role, None, "champion", (Some("2026-01-01"), None));

        assert_eq!(said(Attribute::Role, None, "moderator", always).beside(&[champion.clone()]), Ok(()));
        assert_eq!(said(Attribute::Property, Some("country"), "NL", always).beside(&[trained]), Ok(()));
        assert_eq!(again.beside(&[champion]).unwrap_err().code, Code::AlreadyExists);
    }
}
