//! Members on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::MemberQuery;
use waymark_domain::member as domain;

use crate::resources::identity::NewIdentity;
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// A person of the community, however many accounts they have, or a bot beside them.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// What the member is wherever no trait of the attribute `KIND` says otherwise for a time.
    pub kind: MemberKind,
    pub name: Option<String>,
    /// The member this one turned out to be: it counts as that one, or as whom that one counts as, until it is unmerged.
    #[schema(value_type = Option<String>)]
    pub merged_into_id: Option<ID>,
    /// The integrator's own id, unique among members.
    pub external_id: Option<String>,
    /// Counts up with every change of the member itself; accounts and traits do not count.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// Whom metrics count: the community alone, unless they are asked for others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::MemberKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberKind {
    #[default]
    Community,
    Staff,
    Bot,
}

/// What members are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::MemberSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberSort {
    CreatedAt,
    UpdatedAt,
}

/// A new member with its accounts.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMember {
    #[serde(default)]
    #[graphql(default_with = "MemberKind::Community")]
    #[schema(default = "COMMUNITY")]
    pub kind: MemberKind,
    /// What the workspace chooses to call the member, if anything.
    #[schema(example = "Ada")]
    pub name: Option<String>,
    /// The integrator's own id, unique among members.
    pub external_id: Option<String>,
    /// Accounts that the member is known by, at most 50. No two members have the same one.
    #[serde(default)]
    #[graphql(default)]
    pub identities: Vec<NewIdentity>,
}

/// Changes of a member; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MemberPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<MemberKind>,
    /// What the workspace chooses to call the member, if anything.
    #[schema(value_type = Option<String>)]
    pub name: MaybeUndefined<String>,
    /// The integrator's own id, unique among members.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which members to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MemberFilter {
    /// One or more kinds, separated by commas: what the members themselves say, whatever traits say for a time.
    #[param(required = false, nullable = false, value_type = Vec<MemberKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<MemberKind>>,
    /// Those that are merged into another one, or those that are not; both when absent.
    #[param(required = false, nullable = false, value_type = bool)]
    pub merged: Option<bool>,
    /// Those that have this role today.
    #[param(required = false, nullable = false, value_type = String)]
    pub role: Option<String>,
    /// Those that belong to this organisation today.
    #[param(required = false, nullable = false, value_type = String)]
    pub organisation: Option<String>,
    /// The one with this account: `platform/type/value`, such as `forum/username/ada`, the platform by key or id. Letters are
    /// compared without regard to case.
    #[param(required = false, nullable = false, value_type = String)]
    pub identity: Option<String>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

impl From<domain::Member> for Member {
    fn from(member: domain::Member) -> Self {
        let domain::Member { id, number: _, kind, name, merged_into, external_id, stamp } = member;
        Self {
            id: id.to_string().into(),
            kind: kind.into(),
            name,
            merged_into_id: merged_into.map(|into| into.to_string().into()),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<NewMember> for waymark_application::NewMember {
    fn from(new: NewMember) -> Self {
        let NewMember { kind, name, external_id, identities } = new;
        let draft = domain::MemberDraft { kind: kind.into(), name, external_id };
        Self { draft, identities: identities.into_iter().map(Into::into).collect() }
    }
}

impl From<MemberFilter> for MemberQuery {
    fn from(filter: MemberFilter) -> Self {
        let MemberFilter { kind, merged, role, organisation, identity, updated_since } = filter;
        let filter = domain::MemberFilter {
            kinds: kind.into_iter().flatten().map(Into::into).collect(),
            merged,
            updated_since: updated_since.map(|instant| instant.0),
            ..domain::MemberFilter::default()
        };
        Self { identity, role, organisation, filter }
    }
}

resource!(Member of domain::Member, at "/v1/members");

impl Patch<domain::MemberDraft> for MemberPatch {
    fn apply(self, draft: &mut domain::MemberDraft) {
        let Self { kind, name, external_id } = self;
        replace(&mut draft.kind, kind.map(Into::into));
        clear(&mut draft.name, name);
        clear(&mut draft.external_id, external_id);
    }
}
