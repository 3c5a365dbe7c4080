//! Events in the database.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait, FromQueryResult, IdenStatic, IntoActiveModel, Iterable, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::event::{Event, EventFilter, EventSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::event::{Column, Entity, Model};
use crate::rows::{event_revision, integer, storable};
use crate::store::{Store, Transaction};

/// None where there is no event.
type Moment = Option<DateTime<Utc>>;

/// The key of the activity type that takes events back.
pub(crate) const RETRACTION: &str = "retraction";

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn events_by_id(&self, scope: WorkspaceScope, ids: &[Id<Event>]) -> Result<Vec<Event>, Error> {
        let distinct: BTreeSet<Id<Event>> = ids.iter().copied().collect();
        let named: Vec<Value> = distinct.into_iter().map(|id| id.uuid().into()).collect();
        let rows = self.looked_up(&within(scope).into_query(), Column::Id, &named).await?;
        rows.iter().map(|row| Event::try_from(Model::from_query_result(row, "")?)).collect()
    }

    /// When the first and the last event of a workspace happened.
    pub async fn time_of_events(&self, scope: WorkspaceScope) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, Error> {
        let ends = within(scope).select_only().column_as(Column::OccurredAt.min(), "first").column_as(Column::OccurredAt.max(), "last");
        let found: Option<(Moment, Moment)> = ends.into_tuple().one(&self.db()).await?;
        Ok(found.and_then(|(first, last)| first.zip(last)))
    }

    /// How many events match the filter.
    pub async fn count_events(&self, scope: WorkspaceScope, filter: &EventFilter) -> Result<u64, Error> {
        paging::count(self, matching(scope, filter)).await
    }

    pub async fn events(
        &self,
        scope: WorkspaceScope,
        filter: &EventFilter,
        sort: Sort<EventSort>,
        page: &Page,
    ) -> Result<Slice<Event>, Error> {
        let column = match sort.key {
            EventSort::OccurredAt => Column::OccurredAt,
        };
        let place = |row: &Model| Position { id: row.id, sorted_by: row.occurred_at.to_rfc3339() };
        let order = Order { column, id: Column::Id, holds: Sorted::Instant, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, matching(scope, filter), order, page, place).await?)
    }
}

fn matching(scope: WorkspaceScope, filter: &EventFilter) -> Select<Entity> {
    let EventFilter { id, platform, channel, members, initiative, parent, activities, since, before, retracted } = filter;
    within(scope)
        .apply_if(*id, |select, id| select.filter(Column::Id.eq(id.uuid())))
        .apply_if(*platform, |select, id| select.filter(Column::PlatformId.eq(id.uuid())))
        .apply_if(*channel, |select, id| select.filter(Column::ChannelId.eq(id.uuid())))
        .apply_if(members.as_ref(), |select, numbers| select.filter(Column::MemberNumber.is_in(numbers.iter().copied().map(integer))))
        .apply_if(*initiative, |select, id| select.filter(Column::InitiativeId.eq(id.uuid())))
        .apply_if(*parent, |select, id| select.filter(Column::ParentId.eq(id.uuid())))
        .apply_if((!activities.is_empty()).then_some(activities), |select, keys| {
            select.filter(Column::Activity.is_in(keys.iter().filter_map(|key| storable(key))))
        })
        .apply_if(*since, |select, instant| select.filter(Column::OccurredAt.gte(instant)))
        .apply_if(*before, |select, instant| select.filter(Column::OccurredAt.lt(instant)))
        .apply_if(*retracted, |select, retracted| {
            select.filter(if retracted { Column::RetractedAt.is_not_null() } else { Column::RetractedAt.is_null() })
        })
}

impl Transaction {
    /// Events that are not there yet.
    pub async fn add_events(&self, events: &[Event]) -> Result<(), Error> {
        let rows = events.iter().map(|event| Ok(Model::of(self.scope(), event)?.into_active_model())).collect::<Result<_, Error>>()?;
        self.insert_rows::<Entity>(rows).await
    }

    /// Events told otherwise: each with what it was before, which is kept.
    pub async fn retell_events(&self, events: &[(Event, Event)]) -> Result<(), Error> {
        let mut past = Vec::with_capacity(events.len());
        let mut present = Vec::with_capacity(events.len());
        for (before, after) in events {
            let row = Model::of(self.scope(), before)?;
            past.push(event_revision::ActiveModel {
                workspace_id: Set(row.workspace_id),
                event_id: Set(row.id),
                revision: Set(row.revision),
                recorded_at: Set(row.revised_at),
                superseded_at: Set(after.revised_at),
                state: Set(serde_json::to_string(&row).map_err(|error| Error::corrupt("state", error))?),
            });
            present.push(Model::of(self.scope(), after)?.into_active_model());
        }
        self.insert_rows::<event_revision::Entity>(past).await?;
        let key = [Column::WorkspaceId, Column::Id];
        let others = Column::iter().filter(|column| !key.iter().any(|of_key| of_key.as_str() == column.as_str()));
        let replace = OnConflict::columns(key).update_columns(others).to_owned();
        self.write_rows::<Entity>(present, Some(&replace)).await?;
        Ok(())
    }

    /// Sets when each of these events was taken back: by the earliest retraction that is about it, or not at all. What
    /// takes others back cannot be taken back itself, so that the order in which retractions arrive does not matter.
    pub async fn settle_retractions(&self, of: &[Id<Event>]) -> Result<(), Error> {
        let retractions = "retractions";
        let earliest = Query::select()
            .expr(Expr::col((retractions, Column::RecordedAt)).min())
            .from_as(Entity, retractions)
            .and_where(Expr::col((retractions, Column::WorkspaceId)).eq(self.scope().workspace().uuid()))
            .and_where(Expr::col((retractions, Column::ParentId)).equals((Entity, Column::Id)))
            .and_where(Expr::col((retractions, Column::Activity)).eq(RETRACTION))
            .to_owned();
        for some in of.chunks(self.at_once()) {
            let named = self.among(Column::Id, some.iter().map(|id| id.uuid().into()))?;
            let mut update = Query::update();
            update
                .table(Entity)
                .value(Column::RetractedAt, earliest.clone())
                .and_where(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
                .and_where(named)
                .and_where(Column::Activity.ne(RETRACTION));
            self.db().execute(&update).await?;
        }
        Ok(())
    }

    /// Which of these events a retraction is about.
    pub async fn retracted_among(&self, ids: &[Id<Event>]) -> Result<Vec<Id<Event>>, Error> {
        let retractions = within(self.scope()).select_only().column(Column::ParentId).filter(Column::Activity.eq(RETRACTION));
        let named: Vec<Value> = ids.iter().map(|id| id.uuid().into()).collect();
        let rows = self.looked_up(&retractions.into_query(), Column::ParentId, &named).await?;
        rows.iter().map(|row| Ok(Id::from_uuid(row.try_get_by_index(0)?))).collect()
    }

    /// Whether any event is of this activity type.
    pub async fn is_activity_told(&self, key: &str) -> Result<bool, Error> {
        Ok(within(self.scope()).filter(Column::Activity.eq(key)).one(&self.db()).await?.is_some())
    }

    /// The state of these events by their ids.
    pub async fn stored_events(&self, ids: &[Id<Event>]) -> Result<HashMap<Id<Event>, Event>, Error> {
        let events = self.events_by_id(self.scope(), ids).await?;
        Ok(events.into_iter().map(|event| (event.id, event)).collect())
    }
}
