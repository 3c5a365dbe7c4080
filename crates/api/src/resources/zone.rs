//! Zones of ordinal key results on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The zone that has been reached; key results of the kind `ORDINAL` are measured by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_domain::check_in::Zone")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Zone {
    /// Not even the commitment.
    None,
    Commit,
    Target,
    Stretch,
}
