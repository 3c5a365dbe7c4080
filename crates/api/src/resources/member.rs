//! Members on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::member as domain;

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
