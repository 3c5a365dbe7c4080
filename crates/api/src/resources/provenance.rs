//! Where numbers come from, on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_domain::check_in::Provenance")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    /// By a person or a script.
    Entered,
    Computed,
    /// From a document.
    Imported,
    /// From a metric.
    Metric,
    Overridden,
}
