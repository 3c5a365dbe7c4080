//! Relay connections, with the same cursors as REST lists.

use std::fmt::Debug;

use async_graphql::connection::{self, Edge};
use async_graphql::{Context, Error, OutputType, SimpleObject};
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::cursor::{Cursors, List};
use crate::error_code::ErrorCode;
use crate::graphql::context::{actor, coded, cursors, failure};

/// Most items of a page.
pub(crate) const PAGE_LIMIT: u32 = 100;

/// A page of a list.
pub(crate) type Connection<T> = connection::Connection<String, T, Counted>;

/// What a connection has beside its items.
#[derive(SimpleObject)]
pub(crate) struct Counted {
    /// All items that match; counted only when selected.
    total_count: u64,
}

/// The four arguments of a connection.
pub(crate) struct Paging {
    pub(crate) first: Option<u32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<u32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// The page of the list that `query` and `sort` describe.
    pub(crate) async fn connection<Query: Debug, Key: Debug, T: OutputType>(
        self,
        ctx: &Context<'_>,
        query: &Query,
        sort: Sort<Key>,
        fetch: impl AsyncFnOnce(Page) -> Result<Slice<T>, waymark_application::Error>,
    ) -> Result<Connection<T>, Error> {
        let list = List::new(actor(ctx).scope, std::any::type_name::<Query>(), &format!("{query:?} {sort:?}"));
        let is_counted = ctx.look_ahead().field("totalCount").exists();
        let page = Page { with_total: is_counted, ..self.page(cursors(ctx), &list)? };
        let slice = fetch(page).await.map_err(|error| failure(&error))?;
        Ok(connected(slice, |position| format!("n{}", cursors(ctx).write(&list, position))))
    }

    /// A page of children that are all at hand.
    pub(crate) fn slice<T: OutputType>(self, all: Vec<T>) -> Result<Connection<T>, Error> {
        self.slice_by(all, |index, _| format!("i{index}"))
    }

    /// As [`Paging::slice`], with cursors of the children's own.
    pub(crate) fn slice_by<T: OutputType>(self, all: Vec<T>, cursor_of: impl Fn(usize, &T) -> String) -> Result<Connection<T>, Error> {
        self.refuse_both_ways()?;
        let total = all.len();
        let place = |cursor: Option<&str>| match cursor {
            None => Ok(None),
            Some(text) => {
                all.iter().enumerate().position(|(index, item)| cursor_of(index, item) == text).map(Some).ok_or_else(unknown_cursor)
            }
        };
        let after = place(self.after.as_deref())?.map_or(0, |index| index.saturating_add(1)).min(total);
        let before = place(self.before.as_deref())?.unwrap_or(total).clamp(after, total);
        let limit = self.limit()?;
        let (start, end) = match self.last {
            Some(_) => (before.saturating_sub(limit).max(after), before),
            None => (after, after.saturating_add(limit).min(before)),
        };
        let total_count = u64::try_from(total).unwrap_or(u64::MAX);
        let mut page = connection::Connection::with_additional_fields(start > 0, end < total, Counted { total_count });
        let items = all.into_iter().enumerate().skip(start).take(end.saturating_sub(start));
        page.edges = items.map(|(index, node)| Edge::new(cursor_of(index, &node), node)).collect();
        Ok(page)
    }

    /// How many of the newest items are wanted, where nothing else is.
    pub(crate) fn newest_only(&self) -> Option<u32> {
        let is_plain = self.first.is_none() && self.after.is_none() && self.before.is_none();
        self.last.filter(|last| is_plain && (1..=PAGE_LIMIT).contains(last))
    }

    fn page(&self, cursors: &Cursors, list: &List) -> Result<Page, Error> {
        self.refuse_both_ways()?;
        let (backward, cursor) = match self.last {
            Some(_) => (true, self.before.as_deref()),
            None => (false, self.after.as_deref()),
        };
        let from = match cursor {
            Some(text) => Some(text.get(1..).and_then(|rest| cursors.read(list, rest)).ok_or_else(unknown_cursor)?),
            None => None,
        };
        let limit = u32::try_from(self.limit()?).unwrap_or(PAGE_LIMIT);
        Ok(Page { limit, from, backward, with_total: false })
    }

    /// Relay leaves the meaning of both directions at once open, so it is refused.
    fn refuse_both_ways(&self) -> Result<(), Error> {
        let forward = self.first.is_some() || self.after.is_some();
        let backward = self.last.is_some() || self.before.is_some();
        if forward && backward {
            return Err(coded(ErrorCode::Malformed, "page forward by `first` and `after`, or backward by `last` and `before`, not both"));
        }
        if self.before.is_some() && self.last.is_none() {
            return Err(coded(ErrorCode::Malformed, "`before` needs `last`"));
        }
        Ok(())
    }

    fn limit(&self) -> Result<usize, Error> {
        let limit =
            Page::limited(self.first.or(self.last), PAGE_LIMIT).map_err(|violation| coded(violation.code.into(), violation.detail))?;
        Ok(usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

fn unknown_cursor() -> Error {
    coded(
        ErrorCode::InvalidCursor,
        "the cursor was not given by this list, or the filter or order has changed since: begin again without it",
    )
}

fn connected<T: OutputType>(slice: Slice<T>, write: impl Fn(&Position) -> String) -> Connection<T> {
    let counted = Counted { total_count: slice.total.unwrap_or_default() };
    let mut page = connection::Connection::with_additional_fields(slice.has_previous, slice.has_next, counted);
    page.edges = slice.items.into_iter().map(|placed| Edge::new(write(&placed.at), placed.item)).collect();
    page
}
