//! Pages of a list, cut by key rather than by offset, so that they neither repeat nor skip.

use uuid::Uuid;

use crate::rejection::{Code, Violation};

/// Items of a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most items of a page.
pub const LIMIT: u32 = 200;

/// The last item that was seen: its value in the sort column, where there is one, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub sorted_by: String,
    pub id: Uuid,
}

/// Which items of a list to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub limit: u32,
    /// Items beyond this position only.
    pub from: Option<Position>,
    /// Towards the start of the list; the items are still given in list order.
    pub backward: bool,
    pub with_total: bool,
}

impl Page {
    pub fn first(limit: u32) -> Self {
        Self { limit, from: None, backward: false, with_total: false }
    }

    /// A page of 1 to `most` items.
    pub fn limited(limit: Option<u32>, most: u32) -> Result<u32, Violation> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT.min(most));
        if (1..=most).contains(&limit) {
            return Ok(limit);
        }
        Err(Violation::new(Code::OutOfRange, format!("a page has 1 to {most} items")))
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub items: Vec<Placed<T>>,
    pub has_next: bool,
    pub has_previous: bool,
    /// All items that match, where it was asked for.
    pub total: Option<u64>,
}

/// An item with its position in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub item: T,
    pub at: Position,
}

impl<T> Slice<T> {
    pub fn map<U>(self, mut each: impl FnMut(T) -> U) -> Slice<U> {
        let items = self.items.into_iter().map(|placed| Placed { item: each(placed.item), at: placed.at }).collect();
        Slice { items, has_next: self.has_next, has_previous: self.has_previous, total: self.total }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort<Key> {
    pub key: Key,
    pub descending: bool,
}
