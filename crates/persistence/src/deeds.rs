//! What was done, counted from the events themselves: the answer that everything faster has to equal.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::platform::Platform;
use waymark_domain::{DateTime, NaiveDate, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::whole;
use crate::store::Store;

/// Days of the past that one statement counts: the events of then are in no index by which each day could be found, so the more
/// days there are, the more often each event is looked at.
const PAST_AT_ONCE: usize = 31;

/// A stretch of time that is counted as of one day; the end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub day: NaiveDate,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Which events are counted: all, unless something is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DeedFilter {
    pub tag: Option<String>,
    pub initiative: Option<Id<Initiative>>,
}

/// Who did something on a day at a place, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub day: NaiveDate,
    pub platform: Id<Platform>,
    pub channel: Option<Id<Channel>>,
    /// The key of the activity type.
    pub activity: String,
    /// Members by their numbers.
    pub members: RoaringBitmap,
    /// How often beyond once, of those who did it more than once.
    pub more: BTreeMap<u32, u32>,
    /// How often by nobody known.
    pub nameless: u64,
}

impl Store {
    /// Counts the events of these slices, in the order of their days.
    pub async fn deeds(&self, scope: WorkspaceScope, slices: &[Slice], filter: &DeedFilter) -> Result<Vec<Cell>, Error> {
        let mut cells = Vec::new();
        let looks_back = self.instant().is_some();
        for some in slices.chunks(if looks_back { PAST_AT_ONCE } else { AT_ONCE }) {
            let bounds = looks_back.then(|| ends(some)).flatten();
            let statement = counting(self.db().get_database_backend(), scope, some, bounds, filter)?;
            for row in self.db().query_all_raw(statement).await? {
                add(&mut cells, some, &row)?;
            }
        }
        Ok(cells)
    }

    /// Every platform, each with its channels, one at a time, and once without.
    pub async fn places(&self, scope: WorkspaceScope) -> Result<Vec<(Id<Platform>, Option<Id<Channel>>)>, Error> {
        const PLACES: &str = "SELECT platforms.id AS platform_id, NULL AS channel_id FROM platforms WHERE platforms.workspace_id = $1
            UNION ALL SELECT channels.platform_id, channels.id FROM channels WHERE channels.workspace_id = $1";
        let statement = Statement::from_sql_and_values(self.db().get_database_backend(), PLACES, [scope.workspace().uuid().into()]);
        let rows = self.db().query_all_raw(statement).await?;
        let id = |row: &QueryResult, index| row.try_get_by_index::<Option<Uuid>>(index);
        let place = |row: &QueryResult| {
            let platform = Id::from_uuid(row.try_get_by_index(0)?);
            Ok((platform, id(row, 1)?.map(Id::from_uuid)))
        };
        rows.iter().map(place).collect()
    }
}

/// From the first instant of all slices to the last, which does not belong to them.
fn ends(slices: &[Slice]) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    slices.iter().map(|slice| slice.from).min().zip(slices.iter().map(|slice| slice.until).max())
}

/// One row for each slice, place, activity and member. A slice is named by its place in the list. Bounds say once more, of all
/// slices, what they say each: only so are the events of then narrowed to them before they are laid beside each other.
fn counting(
    backend: DbBackend,
    scope: WorkspaceScope,
    slices: &[Slice],
    bounds: Option<(DateTime<Utc>, DateTime<Utc>)>,
    filter: &DeedFilter,
) -> Result<Statement, Error> {
    let mut values: Vec<Value> = vec![scope.workspace().uuid().into()];
    let mut given = |value: Value| {
        values.push(value);
        values.len()
    };
    let mut rows = Vec::with_capacity(slices.len());
    for (place, slice) in slices.iter().enumerate() {
        let (from, until) = (given(slice.from.into()), given(slice.until.into()));
        // PostgreSQL takes the types of a list from its first row.
        let cast = if backend == DbBackend::Postgres && place == 0 { "::timestamptz" } else { "" };
        rows.push(format!("({place}, ${from}{cast}, ${until}{cast})"));
    }
    let mut conditions = String::new();
    if let Some((from, until)) = bounds {
        let (from, until) = (given(from.into()), given(until.into()));
        conditions.push_str(&format!(" AND events.occurred_at >= ${from} AND events.occurred_at < ${until}"));
    }
    if let Some(tag) = &filter.tag {
        let find = if backend == DbBackend::Postgres { "strpos" } else { "instr" };
        let quoted = serde_json::to_string(tag).map_err(|error| Error::corrupt("tag", error))?;
        conditions.push_str(&format!(" AND {find}(events.tags, ${}) > 0", given(quoted.into())));
    }
    if let Some(initiative) = filter.initiative {
        conditions.push_str(&format!(" AND events.initiative_id = ${}", given(initiative.uuid().into())));
    }
    let sql = format!(
        "WITH slices(place, from_at, until_at) AS (VALUES {})
        SELECT slices.place, events.platform_id, events.channel_id, events.activity, events.member_number, COUNT(*) AS times
        FROM slices JOIN events ON events.workspace_id = $1
            AND events.occurred_at >= slices.from_at AND events.occurred_at < slices.until_at
        WHERE events.retracted_at IS NULL{conditions}
        GROUP BY slices.place, events.platform_id, events.channel_id, events.activity, events.member_number
        ORDER BY slices.place, events.platform_id, events.channel_id, events.activity, events.member_number",
        rows.join(", ")
    );
    Ok(Statement::from_sql_and_values(backend, sql, values))
}

/// Adds a row to its cell, which is the last one or a new one: rows come in the order of their cells.
fn add(cells: &mut Vec<Cell>, slices: &[Slice], row: &QueryResult) -> Result<(), Error> {
    let place: i32 = row.try_get_by_index(0)?;
    let day = usize::try_from(place).ok().and_then(|place| slices.get(place)).map(|slice| slice.day);
    let day = day.ok_or_else(|| Error::corrupt("place", place))?;
    let platform = Id::from_uuid(row.try_get_by_index::<Uuid>(1)?);
    let channel = row.try_get_by_index::<Option<Uuid>>(2)?.map(Id::from_uuid);
    let activity: String = row.try_get_by_index(3)?;
    let member: Option<i32> = row.try_get_by_index(4)?;
    let times: i64 = row.try_get_by_index(5)?;
    let times = u64::try_from(times).map_err(|_| Error::corrupt("times", times))?;
    let is_of = |cell: &Cell| cell.day == day && cell.platform == platform && cell.channel == channel && cell.activity == activity;
    if !cells.last().is_some_and(is_of) {
        let (members, more, nameless) = (RoaringBitmap::new(), BTreeMap::new(), 0);
        cells.push(Cell { day, platform, channel, activity, members, more, nameless });
    }
    let Some(cell) = cells.last_mut() else { return Ok(()) };
    match member {
        Some(number) => {
            let number = whole("member_number", number)?;
            cell.members.insert(number);
            if times > 1 {
                cell.more.insert(number, u32::try_from(times - 1).unwrap_or(u32::MAX));
            }
        }
        None => cell.nameless = cell.nameless.saturating_add(times),
    }
    Ok(())
}
