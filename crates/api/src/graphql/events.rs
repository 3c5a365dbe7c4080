//! Events over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_application::{Arriving, EventQuery};
use waymark_domain::event as domain;
use waymark_domain::page::Sort;

use crate::error_code::ErrorCode;
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, coded, failure, id_of, load, optional};
use crate::graphql::loaders::events::EventById;
use crate::graphql::loaders::initiatives::InitiativeById;
use crate::graphql::mutation::{payload, plain};
use crate::resources::event::{Event, EventBatch, EventFilter, EventSort, NewEvent};
use crate::resources::initiative::Initiative;

/// Most events of one mutation: a document is smaller than a batch may be.
const EVENTS_LIMIT: usize = 500;

#[ComplexObject]
impl Event {
    /// What it is about; null while nobody has told of that.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Event>> {
        match self.parent_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, None, EventById(id)).await,
            None => Ok(None),
        }
    }

    /// The initiative it belongs to.
    async fn initiative(&self, ctx: &Context<'_>) -> Result<Option<Initiative>> {
        match self.initiative_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, None, InitiativeById(id)).await,
            None => Ok(None),
        }
    }
}

#[derive(Default)]
pub(crate) struct EventQueries;

#[Object]
impl EventQueries {
    /// An event by id, as it was told last; null when there is none.
    async fn event(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Event>> {
        Ok(optional(app(ctx).event(actor(ctx), &id).await)?.map(Event::from))
    }

    /// Events, in the order in which they happened unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        filter: Option<EventFilter>,
        #[graphql(default_with = "EventSort::OccurredAt")] sort: EventSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Event>> {
        let query = EventQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::EventSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).events(actor(ctx), query.clone(), sort, page).await?.map(Event::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }

    /// How far the community has been told: counts up with every change of what metrics are made of.
    async fn watermark(&self, ctx: &Context<'_>) -> Result<u64> {
        app(ctx).watermark(actor(ctx)).await.map_err(|error| failure(&error))
    }
}

/// Events to take in.
#[derive(InputObject)]
struct IngestEventsInput {
    /// At most 500; `POST /v1/events/batch` takes more.
    events: Vec<NewEvent>,
    /// Take in all of them or none.
    #[graphql(default = false)]
    atomic: bool,
}

payload!(IngestEventsPayload, batch: EventBatch);

#[derive(Default)]
pub(crate) struct EventMutations;

#[Object]
impl EventMutations {
    /// Tells of events. Each is taken in or rejected by itself, which its item says, unless they are atomic: then one that is
    /// rejected keeps out all of them and is a user error. Sent again, in whatever order, the same events change nothing. An
    /// event of the type `retraction` takes back the event that is its `parent`.
    async fn ingest_events(&self, ctx: &Context<'_>, input: IngestEventsInput) -> Result<IngestEventsPayload> {
        let IngestEventsInput { events, atomic } = input;
        if events.len() > EVENTS_LIMIT {
            return Err(coded(ErrorCode::TooMany, format!("at most {EVENTS_LIMIT} events can be sent at once: send them in several")));
        }
        let events = events.into_iter().map(|event| Ok(event.into())).collect();
        let ingested = app(ctx).ingest(actor(ctx), Arriving { events, atomic }).await;
        Ok(plain(ingested, &["input", "events"])?.into())
    }
}
