//! Where numbers come from, on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_domain::check_in::Provenance")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    /// By a person.
    Entered,
    /// By a formula.
    Computed,
    /// From a document.
    Imported,
    /// From the values of a metric.
    Metric,
    /// By a person, in place of a computed number.
    Overridden,
}
