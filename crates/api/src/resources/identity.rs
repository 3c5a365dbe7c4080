//! Identities, the accounts of members, on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::identity as domain;

use crate::resources::Tagged;

/// An account by which a platform knows a member. It never changes: to correct it, remove it and add another one.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    #[schema(value_type = String, example = "idn_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// The member who has the account.
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub member_id: ID,
    /// The platform that knows the member by it.
    #[schema(value_type = String, example = "plf_01h455vb4pex5vsknk084sn02q")]
    pub platform_id: ID,
    #[serde(rename = "type")]
    #[graphql(name = "type")]
    pub kind: IdentityType,
    /// As it was written.
    #[schema(example = "ada")]
    pub value: String,
}

/// What an account is known by. Here in capitals, as all enums; events write the same words in small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::IdentityType")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IdentityType {
    Username,
    Email,
    UserId,
    Name,
}

/// A new account of a member. Nobody else may have one of the same platform and type whose value differs by the case of
/// letters alone.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewIdentity {
    /// Id or key of the platform that knows the member by it.
    #[schema(example = "forum")]
    pub platform: String,
    #[serde(rename = "type")]
    #[graphql(name = "type")]
    pub kind: IdentityType,
    /// At most 200 characters.
    #[schema(example = "ada")]
    pub value: String,
}

impl From<domain::Identity> for Identity {
    fn from(identity: domain::Identity) -> Self {
        let domain::Identity { id, member, platform, kind, value } = identity;
        Self {
            id: id.to_string().into(),
            member_id: member.to_string().into(),
            platform_id: platform.to_string().into(),
            kind: kind.into(),
            value,
        }
    }
}

impl From<NewIdentity> for waymark_application::NewIdentity {
    fn from(new: NewIdentity) -> Self {
        let NewIdentity { platform, kind, value } = new;
        Self { platform, kind: kind.into(), value }
    }
}

impl Identity {
    /// Where REST keeps it.
    pub(crate) fn location(&self) -> String {
        format!("/v1/identities/{}", self.id.as_str())
    }
}

impl Tagged for Identity {
    /// It has one state alone.
    fn version(&self) -> u32 {
        1
    }
}
