//! What was done, counted from the events themselves: the answer that everything faster has to equal.

use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Category, Initiative};
use waymark_domain::platform::Platform;
use waymark_domain::{DateTime, NaiveDate, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::{spelled, whole};
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
    /// Those of initiatives of these categories; empty for all.
    pub categories: Vec<Category>,
}

/// What one statement counts.
#[derive(Clone, Copy)]
struct Counting<'a> {
    scope: WorkspaceScope,
    slices: &'a [Slice],
    /// Whether it is of the past.
    looks_back: bool,
    filter: &'a DeedFilter,
    /// Each of these by itself.
    initiatives: Option<&'a [Id<Initiative>]>,
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

/// A day, a platform, a channel, and the key of an activity type.
pub type CellPlace<'a> = (NaiveDate, Id<Platform>, Option<Id<Channel>>, &'a str);

impl Cell {
    /// A cell in which nothing is counted yet.
    pub fn empty(day: NaiveDate, platform: Id<Platform>, channel: Option<Id<Channel>>, activity: String) -> Self {
        Self { day, platform, channel, activity, members: RoaringBitmap::new(), more: BTreeMap::new(), nameless: 0 }
    }

    /// Counts what somebody did, or nobody known.
    pub fn count(&mut self, member: Option<u32>, times: u64) {
        let Some(number) = member else {
            self.nameless = self.nameless.saturating_add(times);
            return;
        };
        let beyond = times.saturating_sub(self.members.insert(number).into());
        if beyond > 0 {
            let more = self.more.entry(number).or_default();
            *more = more.saturating_add(u32::try_from(beyond).unwrap_or(u32::MAX));
        }
    }

    /// Counts what another cell of the same place and day counts of other events.
    pub(crate) fn absorb(&mut self, other: &Self) {
        for number in &other.members {
            self.count(Some(number), 1 + u64::from(other.more.get(&number).copied().unwrap_or_default()));
        }
        self.count(None, other.nameless);
    }

    /// What tells it apart from all others of its workspace.
    pub fn place(&self) -> CellPlace<'_> {
        (self.day, self.platform, self.channel, &self.activity)
    }
}

impl Store {
    /// Counts the events of these slices, in the order of their days.
    pub async fn deeds(&self, scope: WorkspaceScope, slices: &[Slice], filter: &DeedFilter) -> Result<Vec<Cell>, Error> {
        let mut cells = Vec::new();
        for slices in slices.chunks(self.slices_at_once()) {
            let counting = Counting { scope, slices, looks_back: self.instant().is_some(), filter, initiatives: None };
            for row in self.db().query_all_raw(counting.statement(self.db().get_database_backend())?).await? {
                add(&mut cells, slices, &row)?;
            }
        }
        Ok(cells)
    }

    /// As [`Store::deeds`], of each of these initiatives by itself.
    pub async fn deeds_of_initiatives(
        &self,
        scope: WorkspaceScope,
        slices: &[Slice],
        filter: &DeedFilter,
        initiatives: &[Id<Initiative>],
    ) -> Result<HashMap<Id<Initiative>, Vec<Cell>>, Error> {
        let mut cells: HashMap<Id<Initiative>, Vec<Cell>> = HashMap::new();
        for initiatives in initiatives.chunks(AT_ONCE) {
            for slices in slices.chunks(self.slices_at_once()) {
                let counting = Counting { scope, slices, looks_back: self.instant().is_some(), filter, initiatives: Some(initiatives) };
                for row in self.db().query_all_raw(counting.statement(self.db().get_database_backend())?).await? {
                    add(cells.entry(Id::from_uuid(row.try_get_by_index(6)?)).or_default(), slices, &row)?;
                }
            }
        }
        Ok(cells)
    }

    fn slices_at_once(&self) -> usize {
        if self.instant().is_some() { PAST_AT_ONCE } else { AT_ONCE }
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

impl Counting<'_> {
    /// One row for each slice, place, activity and member, and for each initiative where these are told apart. A slice is named
    /// by its place in the list.
    fn statement(self, backend: DbBackend) -> Result<Statement, Error> {
        let mut values: Vec<Value> = vec![self.scope.workspace().uuid().into()];
        let mut given = |value: Value| {
            values.push(value);
            values.len()
        };
        let mut rows = Vec::with_capacity(self.slices.len());
        for (place, slice) in self.slices.iter().enumerate() {
            let (from, until) = (given(slice.from.into()), given(slice.until.into()));
            // PostgreSQL takes the types of a list from its first row.
            let cast = if backend == DbBackend::Postgres && place == 0 { "::timestamptz" } else { "" };
            rows.push(format!("({place}, ${from}{cast}, ${until}{cast})"));
        }
        let conditions = self.conditions(backend, given)?;
        let of = if self.initiatives.is_some() { ", events.initiative_id" } else { "" };
        let sql = format!(
            "WITH slices(place, from_at, until_at) AS (VALUES {})
            SELECT slices.place, events.platform_id, events.channel_id, events.activity, events.member_number, COUNT(*) AS times{of}
            FROM slices JOIN events ON events.workspace_id = $1
                AND events.occurred_at >= slices.from_at AND events.occurred_at < slices.until_at
            WHERE events.retracted_at IS NULL{conditions}
            GROUP BY slices.place, events.platform_id, events.channel_id, events.activity, events.member_number{of}
            ORDER BY slices.place, events.platform_id, events.channel_id, events.activity, events.member_number{of}",
            rows.join(", ")
        );
        Ok(Statement::from_sql_and_values(backend, sql, values))
    }

    fn conditions(self, backend: DbBackend, mut given: impl FnMut(Value) -> usize) -> Result<String, Error> {
        let mut conditions = String::new();
        // Of all slices what they say each: only so are the events of then narrowed before they are laid beside each other.
        if let Some((from, until)) = ends(self.slices).filter(|_| self.looks_back) {
            let (from, until) = (given(from.into()), given(until.into()));
            conditions.push_str(&format!(" AND events.occurred_at >= ${from} AND events.occurred_at < ${until}"));
        }
        if let Some(tag) = &self.filter.tag {
            let find = if backend == DbBackend::Postgres { "strpos" } else { "instr" };
            let quoted = serde_json::to_string(tag).map_err(|error| Error::corrupt("tag", error))?;
            conditions.push_str(&format!(" AND {find}(events.tags, ${}) > 0", given(quoted.into())));
        }
        let mut listed = |values: Vec<Value>| values.into_iter().map(|value| format!("${}", given(value))).collect::<Vec<_>>().join(", ");
        let initiatives = self.initiatives.map_or_else(|| self.filter.initiative.into_iter().collect(), <[_]>::to_vec);
        if !initiatives.is_empty() {
            let listed = listed(initiatives.into_iter().map(|id| id.uuid().into()).collect());
            conditions.push_str(&format!(" AND events.initiative_id IN ({listed})"));
        }
        if !self.filter.categories.is_empty() {
            let listed = listed(self.filter.categories.iter().map(|category| spelled(*category).into()).collect());
            conditions.push_str(&format!(
                " AND events.initiative_id IN (
                    SELECT initiatives.id FROM initiatives WHERE initiatives.workspace_id = $1 AND initiatives.category IN ({listed})
                )"
            ));
        }
        Ok(conditions)
    }
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
    let cell = Cell::empty(day, platform, channel, activity);
    if cells.last().is_none_or(|last| last.place() != cell.place()) {
        cells.push(cell);
    }
    if let Some(cell) = cells.last_mut() {
        cell.count(member.map(|number| whole("member_number", number)).transpose()?, times);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(counted: &[(Option<u32>, u64)]) -> Cell {
        let mut cell = Cell::empty(NaiveDate::MIN, Id::from_uuid(Uuid::nil()), None, "reply".to_owned());
        counted.iter().for_each(|(member, times)| cell.count(*member, *times));
        cell
    }

    #[test]
    fn who_is_counted_again_is_counted_beyond_once() {
        let cell = cell(&[(Some(7), 1), (Some(9), 3), (Some(7), 1), (None, 2), (None, 1)]);

        assert_eq!(cell.members.iter().collect::<Vec<_>>(), [7, 9]);
        assert_eq!(cell.more, BTreeMap::from([(7, 1), (9, 2)]));
        assert_eq!(cell.nameless, 3);
    }

    #[test]
    fn a_cell_absorbs_another_as_if_all_had_been_counted_in_it() {
        let (one, other) = ([(Some(1), 2), (Some(2), 1), (None, 4)], [(Some(2), 1), (Some(3), 5), (Some(1), 1), (None, 1)]);
        let mut both = cell(&one);
        both.absorb(&cell(&other));

        assert_eq!(both, cell(&[one.as_slice(), &other].concat()));
    }

    #[test]
    fn nothing_counted_changes_nothing() {
        let mut same = cell(&[(Some(1), 1)]);
        same.absorb(&cell(&[]));

        assert_eq!(same, cell(&[(Some(1), 1)]));
    }
}
