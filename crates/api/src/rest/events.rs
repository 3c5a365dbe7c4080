//! Events over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::{Value, json};
use waymark_application::{App, Arriving};
use waymark_domain::event::EventDraft;
use waymark_domain::rejection::Rejection;

use crate::caller::Caller;
use crate::resources::event::{Event, EventBatch, EventFilter, NewEvent, Watermark};
use crate::resources::page::Listed;
use crate::rest::answer::{Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::body::batch::{self, Batch, BatchParams};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Query;
use crate::rest::problem::Problem;

/// List events
///
/// As they were told last, in the order in which they happened unless sorted otherwise. By its platform's own id an event is
/// found with `platform` and `sourceId`.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(ListParams, EventFilter), responses((status = 200, description = "A page of events", body = Listed<Event>)))]
pub(crate) async fn list_events(app: Data<App>, caller: Caller, list: List<EventFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.events(&caller, query, sort, page).await?.map(Event::from)) }
    })
    .await
}

/// Tell of an event
///
/// 201 where it is new, 200 where its platform and `sourceId` were told before: told otherwise it is changed, told again it
/// stays as it is. Nothing deletes an event: an event of the type `retraction`, whose `parent` it is, takes it back, whichever
/// of the two arrives first.
#[utoipa::path(post, path = "/v1/events", tag = "events", request_body = NewEvent, responses((status = 200, description = "It was known", body = Event), (status = 201, description = "The new event", body = Event)))]
pub(crate) async fn ingest_event(app: Data<App>, caller: Caller, body: Json<NewEvent>) -> Result<Made<Event>, Problem> {
    let (event, is_new) = app.ingest_event(&caller, body.0.into()).await?;
    let resource = Event::from(event);
    Ok(Made { location: resource.location(), resource, is_new })
}

/// Tell of many events
///
/// A JSON list, or NDJSON with one event a line; at most 5,000 events and 5 MiB. Each is taken in or rejected by itself, and the
/// answer is 200 either way, with an item for each in the order in which they were sent. With `atomic=true` one that is rejected
/// keeps out all of them, and the answer is a problem that says what is wrong with which. Sent again, in whatever order, the
/// same events change nothing.
#[utoipa::path(post, path = "/v1/events/batch", tag = "events", params(BatchParams), request_body(content((Vec<NewEvent> = "application/json", example = example_list), (String = "application/x-ndjson", example = example_lines))), responses((status = 200, description = "What became of each event", body = EventBatch)))]
pub(crate) async fn ingest_events(
    app: Data<App>,
    caller: Caller,
    params: Query<BatchParams>,
    batch: Batch<NewEvent>,
) -> Result<Shown<EventBatch>, Problem> {
    let atomic = params.0.atomic;
    let events = batch.items(atomic)?.into_iter().map(|item| item.map(EventDraft::from)).collect();
    Ok(Shown(app.ingest(&caller, Arriving { events, atomic }).await?.into()))
}

/// Show how far the community has been told
///
/// A watermark that counts up with every change of what metrics are made of.
#[utoipa::path(get, path = "/v1/events/watermark", tag = "events", responses((status = 200, description = "The watermark", body = Watermark)))]
pub(crate) async fn show_watermark(app: Data<App>, caller: Caller) -> Result<Shown<Watermark>, Problem> {
    Ok(Shown(Watermark { watermark: app.watermark(&caller).await? }))
}

/// Show an event
///
/// By id, as it was told last.
#[utoipa::path(get, path = "/v1/events/{event}", tag = "events", params(("event" = String, Path, description = "Id")), responses((status = 200, description = "The event", body = Event)))]
pub(crate) async fn show_event(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Event>, Problem> {
    Ok(Found(app.event(&caller, &path).await?.into()))
}

fn example_list() -> Value {
    json!([{
        "platform": "git", "sourceId": "9fceb02", "type": "code_contribution", "member": {"type": "username", "value": "ada"},
        "occurredAt": "2026-03-01T10:00:00+01:00", "channel": "core", "tags": ["priority"],
        "properties": {"url": "https://git.example.org/9fceb02"}
    }])
}

fn example_lines() -> Value {
    example_list().as_array().into_iter().flatten().map(|event| format!("{event}\n")).collect::<String>().into()
}

/// A line of NDJSON as an event, or everything that is wrong with it; for the command line.
pub fn event_line(line: &str) -> Result<EventDraft, Rejection> {
    batch::line::<NewEvent>(line).map(EventDraft::from)
}
