//! Pages of lists on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub page: PageLinks,
}

/// All of a list that is never long enough for pages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Whole<T> {
    pub items: Vec<T>,
}

impl<T> Whole<T> {
    pub(crate) fn of<D: Into<T>>(things: Vec<D>) -> Self {
        Self { items: things.into_iter().map(Into::into).collect() }
    }
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
