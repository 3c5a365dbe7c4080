//! Traits of members on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::member_trait as domain;

use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::{Date, DateTime};

/// What is true of a member from one day to another; days are those of the workspace.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct MemberTrait {
    #[schema(value_type = String, example = "trt_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub member_id: ID,
    pub attribute: Attribute,
    /// What a property is called, such as `country`; null for every other attribute.
    pub name: Option<String>,
    #[schema(example = "champion")]
    pub value: String,
    /// The first day on which it is so; null where it always was.
    #[serde(rename = "from")]
    #[graphql(name = "from")]
    pub since: Option<Date>,
    /// The first day on which it is no longer so; null where it is for good.
    pub until: Option<Date>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// What a trait says of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Attribute")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Attribute {
    /// That the member is of another kind for a time; the value is `COMMUNITY`, `STAFF` or `BOT`.
    Kind,
    /// That the member has a role; the value is its key, such as `champion` or `moderator`.
    Role,
    /// Whom the member works for.
    Organisation,
    /// Anything else: `name` says what, such as `country`.
    Property,
}

/// A new trait. A member has one kind, one organisation and one value of a property at a time, and each role once: traits
/// that contradict each other share no day.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMemberTrait {
    pub attribute: Attribute,
    /// What a property is called, such as `country`; absent for every other attribute.
    pub name: Option<String>,
    /// At most 200 characters.
    #[schema(example = "champion")]
    pub value: String,
    /// The first day on which it is so; absent where it always was.
    pub from: Option<Date>,
    /// The first day on which it is no longer so, after `from`; absent where it is for good.
    pub until: Option<Date>,
}

/// Changes of a trait; what is absent stays, null clears. What it is about never changes.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MemberTraitPatch {
    /// At most 200 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub value: Option<String>,
    /// The first day on which it is so; null where it always was.
    #[schema(value_type = Option<Date>)]
    pub from: MaybeUndefined<Date>,
    /// The first day on which it is no longer so, after `from`; null where it is for good.
    #[schema(value_type = Option<Date>)]
    pub until: MaybeUndefined<Date>,
}

impl From<domain::MemberTrait> for MemberTrait {
    fn from(of: domain::MemberTrait) -> Self {
        let domain::MemberTrait { id, member, attribute, name, value, from, until, stamp } = of;
        Self {
            id: id.to_string().into(),
            member_id: member.to_string().into(),
            attribute: attribute.into(),
            name,
            value,
            since: from.map(Date),
            until: until.map(Date),
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl NewMemberTrait {
    /// As a trait of a member, which is named by id.
    pub(crate) fn of(self, member: String) -> waymark_application::NewMemberTrait {
        let Self { attribute, name, value, from, until } = self;
        let (from, until) = (from.map(|day| day.0), until.map(|day| day.0));
        let draft = domain::MemberTraitDraft { attribute: attribute.into(), name, value, from, until };
        waymark_application::NewMemberTrait { member, draft }
    }
}

resource!(MemberTrait of domain::MemberTrait, at "/v1/traits");

impl Patch<domain::MemberTraitDraft> for MemberTraitPatch {
    fn apply(self, draft: &mut domain::MemberTraitDraft) {
        let Self { value, from, until } = self;
        replace(&mut draft.value, value);
        clear(&mut draft.from, from.map_value(|day| day.0));
        clear(&mut draft.until, until.map_value(|day| day.0));
    }
}
