//! What became of a batch of events, on the wire.

use async_graphql::SimpleObject;
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application::Ingested;

use crate::resources::batch::{BatchItem, BatchStatus, count};

/// What became of a batch of events.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventBatch {
    /// A read that asks for at least this one sees everything the batch changed.
    pub watermark: u64,
    /// How many events are new.
    pub created: u32,
    /// How many were told before in the same words.
    pub unchanged: u32,
    /// How many were told before, and otherwise.
    pub updated: u32,
    /// How many were not taken in.
    pub rejected: u32,
    /// One for each event, in the order in which they were sent.
    pub items: Vec<BatchItem>,
}

/// How far the community has been told.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Watermark {
    /// Counts up with every change of what metrics are made of; 0 before the first.
    pub watermark: u64,
}

impl From<Ingested> for EventBatch {
    fn from(Ingested { watermark, items }: Ingested) -> Self {
        let items: Vec<BatchItem> =
            items.into_iter().enumerate().map(|(place, item)| BatchItem::of(place, item.id, item.outcome)).collect();
        Self {
            watermark,
            created: count(&items, BatchStatus::Created),
            unchanged: count(&items, BatchStatus::Unchanged),
            updated: count(&items, BatchStatus::Updated),
            rejected: count(&items, BatchStatus::Rejected),
            items,
        }
    }
}
