//! Taking in events: each is told once, whatever arrives twice, late or out of order.

mod batch;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::event::{BATCH_COUNT, Event, EventDraft};
use waymark_domain::id::Named;
use waymark_domain::rejection::{Code, Rejection, Violation};
use waymark_persistence::Transaction;

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::events::{self, EventBy};
use crate::items::Item;
use batch::Batch;

/// Events to take in, in the order in which they are told: one that cannot be read is there with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Arriving {
    pub events: Vec<std::result::Result<EventDraft, Rejection>>,
    /// Take in all of them or none.
    pub atomic: bool,
}

/// What became of a batch.
#[derive(Clone, Debug)]
pub struct Ingested {
    /// A read that asks for at least this one sees everything the batch changed.
    pub watermark: u64,
    /// One for each event, in the order in which they were told.
    pub items: Vec<Item<Event>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    /// It was told before, and the same was said of it.
    Unchanged,
    /// It was told before, and otherwise.
    Updated,
    Rejected(Rejection),
}

impl App {
    /// Takes in a batch. One event that is refused does not keep out the others, unless the batch is atomic.
    ///
    /// Only who may import, too, may state when events were first told.
    pub async fn ingest(&self, actor: &Actor, arriving: Arriving) -> Result<Ingested> {
        require(actor, Permission::Ingest)?;
        if arriving.events.len() > BATCH_COUNT {
            let detail = format!("a batch has at most {BATCH_COUNT} events: send them in several");
            return Err(Violation::new(Code::TooMany, detail).into());
        }
        let arriving = Arc::new(arriving);
        self.write(actor, move |tx| {
            let arriving = arriving.clone();
            Box::pin(async move { take_in(tx, &arriving).await.map_err(lost_to_another_writer) })
        })
        .await
    }

    /// Takes in one event, and gives it as it is now. Tells whether it is new.
    pub async fn ingest_event(&self, actor: &Actor, event: EventDraft) -> Result<(EventBy, bool)> {
        let ingested = self.ingest(actor, Arriving { events: vec![Ok(event)], atomic: false }).await?;
        match ingested.items.into_iter().next() {
            Some(Item { outcome: Outcome::Rejected(rejection), .. }) => Err(rejection.into()),
            Some(Item { id: Some(id), outcome }) => {
                let stored = events::by_id(&self.store, actor.scope, &[id]).await?.pop();
                Ok((stored.ok_or_else(|| Error::not_found(Event::WORD, id))?, outcome == Outcome::Created))
            }
            _ => Err(Error::not_found(Event::WORD, "")),
        }
    }

    /// Counts up with every change of what metrics are made of.
    pub async fn watermark(&self, actor: &Actor) -> Result<u64> {
        require(actor, Permission::Read)?;
        Ok(self.store.progress(actor.scope).await?.watermark)
    }
}

async fn take_in(tx: &Transaction, arriving: &Arriving) -> Result<Ingested> {
    Batch::begin(tx, arriving).await?.take_in().await
}

/// Something the batch names was made or deleted by somebody who need not wait for a turn.
fn lost_to_another_writer(error: Error) -> Error {
    match error {
        Error::Conflict(_) => Error::Raced,
        other => other,
    }
}
