//! Pages of a list, cut by key rather than by offset, so that they neither repeat nor skip.

use uuid::Uuid;

use crate::rejection::{Code, Violation};

/// Items of a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most items of a page.
pub const LIMIT: u32 = 200;

/// The last item that was seen: its value in the sort column, where there is one, and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The page of a list that is all at hand, in the order of the positions.
    pub fn cut(mut all: Vec<Placed<T>>, descending: bool, page: &Page) -> Self {
        all.sort_by(|one, other| one.at.cmp(&other.at));
        if descending {
            all.reverse();
        }
        let total = page.with_total.then(|| u64::try_from(all.len()).unwrap_or(u64::MAX));
        let is_before = |at: &Position, mark: &Position| if descending { at > mark } else { at < mark };
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let (start, end) = match (&page.from, page.backward) {
            (None, false) => (0, limit.min(all.len())),
            (None, true) => (all.len().saturating_sub(limit), all.len()),
            (Some(mark), false) => {
                let start = all.partition_point(|placed| placed.at == *mark || is_before(&placed.at, mark));
                (start, start.saturating_add(limit).min(all.len()))
            }
            (Some(mark), true) => {
                let end = all.partition_point(|placed| is_before(&placed.at, mark));
                (end.saturating_sub(limit), end)
            }
        };
        let (has_previous, has_next) = (start > 0, end < all.len());
        let items = all.into_iter().skip(start).take(end.saturating_sub(start)).collect();
        Self { items, has_next, has_previous, total }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> Vec<Placed<String>> {
        let placed = |(index, word): (usize, &&str)| Placed {
            item: (*word).to_owned(),
            at: Position { sorted_by: (*word).to_owned(), id: Uuid::from_u128(index as u128) },
        };
        words.iter().enumerate().map(placed).collect()
    }

    fn shown(slice: &Slice<String>) -> (Vec<&str>, bool, bool) {
        (slice.items.iter().map(|placed| placed.item.as_str()).collect(), slice.has_previous, slice.has_next)
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        for descending in [false, true] {
            let mut page = Page::first(2);
            let mut seen = Vec::new();
            loop {
                let slice = Slice::cut(list(&["b", "a", "b", "e", "d"]), descending, &page);
                seen.extend(slice.items.iter().map(|placed| placed.item.clone()));
                if !slice.has_next {
                    break;
                }
                page.from = slice.items.last().map(|placed| placed.at.clone());
            }
            let expected = if descending { ["e", "d", "b", "b", "a"] } else { ["a", "b", "b", "d", "e"] };
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn the_page_before_is_the_one_that_was_left() {
        let first = Slice::cut(list(&["a", "b", "c", "d"]), false, &Page::first(2));
        let mark = first.items.last().map(|placed| placed.at.clone());
        let second = Slice::cut(list(&["a", "b", "c", "d"]), false, &Page { from: mark, ..Page::first(2) });
        let mark = second.items.first().map(|placed| placed.at.clone());

        let back = Slice::cut(list(&["a", "b", "c", "d"]), false, &Page { from: mark, backward: true, ..Page::first(2) });

        assert_eq!(shown(&second), (vec!["c", "d"], true, false));
        assert_eq!(shown(&back), (vec!["a", "b"], false, true));
    }

    #[test]
    fn a_page_goes_on_behind_what_was_deleted_since() {
        let gone = Position { sorted_by: "b".to_owned(), id: Uuid::from_u128(9) };

        let slice = Slice::cut(list(&["a", "c"]), false, &Page { from: Some(gone), ..Page::first(2) });

        assert_eq!(shown(&slice), (vec!["c"], true, false));
    }
}
