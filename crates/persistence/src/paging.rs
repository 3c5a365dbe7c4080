//! Keyset paging: the one way lists are cut.

use sea_orm::{EntityTrait, FromQueryResult, Identity, IntoIdentity, PaginatorTrait, Select, Value};
use waymark_domain::page::{Page, Placed, Position, Slice};
use waymark_domain::{DateTime, NaiveDate, Utc};

use crate::error::Error;
use crate::store::Store;

/// What a sort column holds.
#[derive(Clone, Copy)]
pub(crate) enum Sorted {
    /// The id alone: the order of creation.
    Id,
    Text,
    Day,
    Instant,
}

/// A list's order: a column, then the id.
pub(crate) struct Order<Column> {
    pub(crate) column: Column,
    pub(crate) id: Column,
    pub(crate) holds: Sorted,
    pub(crate) descending: bool,
}

/// Cuts one page out of `select`. `place` gives a row's position in this order.
pub(crate) async fn cut<E, M>(
    store: &Store,
    select: Select<E>,
    order: Order<E::Column>,
    page: &Page,
    place: impl Fn(&M) -> Position,
) -> Result<Slice<M>, Error>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync + 'static,
    M: FromQueryResult + Send + Sync,
{
    let total = if page.with_total { Some(count(store, select.clone()).await?) } else { None };
    let mut cursor = select.cursor_by(order.columns()).into_model::<M>();
    if order.descending {
        cursor.desc();
    }
    let wanted = u64::from(page.limit);
    if let Some(position) = &page.from {
        let value = order.value(position)?;
        match (page.backward, value) {
            (false, Some(value)) => cursor.after((value, position.id)),
            (false, None) => cursor.after(position.id),
            (true, Some(value)) => cursor.before((value, position.id)),
            (true, None) => cursor.before(position.id),
        };
    }
    if page.backward {
        cursor.last(wanted + 1)
    } else {
        cursor.first(wanted + 1)
    };
    let mut rows = cursor.all(&store.db()).await?;
    let is_more = u64::try_from(rows.len()).is_ok_and(|found| found > wanted);
    if is_more && page.backward {
        rows.remove(0);
    } else if is_more {
        rows.pop();
    }
    let (has_next, has_previous) = if page.backward { (page.from.is_some(), is_more) } else { (is_more, page.from.is_some()) };
    let items = rows.into_iter().map(|item| Placed { at: place(&item), item }).collect();
    Ok(Slice { items, has_next, has_previous, total })
}

/// How many rows `select` has.
pub(crate) async fn count<E>(store: &Store, select: Select<E>) -> Result<u64, Error>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync + 'static,
{
    Ok(select.count(&store.db()).await?)
}

impl<Column: sea_orm::ColumnTrait> Order<Column> {
    fn columns(&self) -> Identity {
        match self.holds {
            Sorted::Id => self.id.into_identity(),
            Sorted::Text | Sorted::Day | Sorted::Instant => (self.column, self.id).into_identity(),
        }
    }

    fn value(&self, position: &Position) -> Result<Option<Value>, Error> {
        let text = position.sorted_by.as_str();
        let broken = || Error::corrupt("cursor", text);
        Ok(match self.holds {
            Sorted::Id => None,
            Sorted::Text => Some(text.into()),
            Sorted::Day => Some(text.parse::<NaiveDate>().map_err(|_| broken())?.into()),
            Sorted::Instant => Some(text.parse::<DateTime<Utc>>().map_err(|_| broken())?.into()),
        })
    }
}

/// A page of rows as a page of what they stand for.
pub(crate) fn converted<M, T>(slice: Slice<M>) -> Result<Slice<T>, Error>
where
    T: TryFrom<M, Error = Error>,
{
    try_map(slice, T::try_from)
}

pub(crate) fn try_map<M, T>(slice: Slice<M>, each: impl Fn(M) -> Result<T, Error>) -> Result<Slice<T>, Error> {
    let items =
        slice.items.into_iter().map(|placed| Ok(Placed { item: each(placed.item)?, at: placed.at })).collect::<Result<_, Error>>()?;
    Ok(Slice { items, has_next: slice.has_next, has_previous: slice.has_previous, total: slice.total })
}
