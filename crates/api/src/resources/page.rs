//! Pages of lists on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub page: PageLinks,
}

/// A list that is short by its nature, and given whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct All<T> {
    pub items: Vec<T>,
}

/// Where a list goes on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PageLinks {
    /// The `cursor` of the next page.
    pub next: Option<String>,
    /// The `cursor` of the page before.
    pub prev: Option<String>,
    pub has_next: bool,
    /// All items that match, where `count=true` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<u64>,
}
