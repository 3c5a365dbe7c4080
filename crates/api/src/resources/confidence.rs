//! How sure people are, on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How sure the owner is that the key result will be met. Has no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_domain::check_in::Confidence")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Confidence {
    /// `0`
    OffTrack,
    /// `1`
    AtRisk,
    /// `2`
    OnTrack,
}
