//! Identities, the accounts of members, on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::identity as domain;

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
