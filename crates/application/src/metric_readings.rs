//! Readings of custom metrics: pushed one by one or in batches, each under its source's own id, and taken back.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::event::BATCH_COUNT;
use waymark_domain::id::{Id, Named};
use waymark_domain::metric_reading::{MetricReading, MetricReadingDraft, MetricReadingFilter, MetricReadingSort, Pushed};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Rejection, Violation};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::error::{Current, Error, Result};
use crate::ingest::Outcome;
use crate::items::{Item, Items};
use crate::naming::{self, Names};
use crate::writing::{Delete, Shared};

/// Readings to take in, in the order in which they are sent: one that cannot be read is there with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Pushing {
    pub readings: Vec<std::result::Result<MetricReadingDraft, Rejection>>,
    /// Take in all of them or none.
    pub atomic: bool,
}

/// What became of a batch.
#[derive(Clone, Debug)]
pub struct PushedBatch {
    /// A read that asks for at least this one sees everything the batch changed.
    pub watermark: u64,
    /// One for each reading, in the order in which they were sent.
    pub items: Vec<Item<MetricReading>>,
}

/// Which readings to list.
#[derive(Clone, Debug, Default)]
pub struct MetricReadingQuery {
    /// Id or key of a custom metric.
    pub metric: Option<String>,
    pub is_retracted: Option<bool>,
    /// As they were known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// Takes in a batch. One reading that is refused does not keep out the others, unless the batch is atomic.
    pub async fn push_readings(&self, actor: &Actor, pushing: Pushing) -> Result<PushedBatch> {
        require(actor, Permission::Ingest)?;
        if pushing.readings.len() > BATCH_COUNT {
            let detail = format!("a batch has at most {BATCH_COUNT} readings: send them in several");
            return Err(Violation::new(Code::TooMany, detail).into());
        }
        let pushing = Arc::new(pushing);
        self.write(actor, move |tx| {
            let pushing = pushing.clone();
            Box::pin(async move { take_in(tx, &pushing).await })
        })
        .await
    }

    /// Takes in one reading, and gives it as it is now. Tells whether it is new.
    pub async fn push_reading(&self, actor: &Actor, reading: MetricReadingDraft) -> Result<(MetricReading, bool)> {
        let batch = self.push_readings(actor, Pushing { readings: vec![Ok(reading)], atomic: false }).await?;
        match batch.items.into_iter().next() {
            Some(Item { outcome: Outcome::Rejected(rejection), .. }) => Err(rejection.into()),
            Some(Item { id: Some(id), outcome }) => {
                let stored = self.store.metric_readings_by_id(actor.scope, &[id]).await?.pop();
                Ok((stored.ok_or_else(|| Error::not_found(MetricReading::WORD, id))?, outcome == Outcome::Created))
            }
            _ => Err(Error::not_found(MetricReading::WORD, "")),
        }
    }

    pub async fn metric_reading(&self, actor: &Actor, named: &str) -> Result<MetricReading> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.metric_reading(named).await
    }

    pub async fn metric_readings_by_id(&self, actor: &Actor, ids: &[Id<MetricReading>]) -> Result<Vec<MetricReading>> {
        require(actor, Permission::Read)?;
        Ok(self.store.metric_readings_by_id(actor.scope, ids).await?)
    }

    /// Everything that a reading ever said, oldest first.
    pub async fn metric_reading_revisions(&self, actor: &Actor, named: &str) -> Result<Vec<MetricReading>> {
        require(actor, Permission::Read)?;
        let reading = Names { store: &self.store, scope: actor.scope }.metric_reading(named).await?;
        Ok(self.store.metric_reading_revisions(actor.scope, reading.id).await?)
    }

    pub async fn metric_readings(
        &self,
        actor: &Actor,
        query: MetricReadingQuery,
        sort: Sort<MetricReadingSort>,
        page: Page,
    ) -> Result<Slice<MetricReading>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let metric =
            naming::optional(&mut check, "metric", query.metric.as_deref(), async |named| names.custom_metric(named).await).await?;
        accepted(check, Some(()))?;
        let filter = MetricReadingFilter { metric: metric.map(|metric| metric.id), is_retracted: query.is_retracted };
        Ok(app.store.metric_readings(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for MetricReading {
    fn version(&self) -> u32 {
        self.revision
    }

    fn current(self) -> Current {
        Current::MetricReading(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.metric_reading(named).await
    }
}

/// Takes it back: what it said stays to be seen. Taking it back again changes nothing.
impl Delete for MetricReading {
    const DELETE: Permission = Permission::Ingest;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        if !self.is_retracted {
            tx.write_metric_readings(&[self.retracted(tx.now(), tx.actor().name.clone())]).await?;
            tx.raise_watermark(false).await?;
        }
        Ok(())
    }
}

async fn take_in(tx: &Transaction, pushing: &Pushing) -> Result<PushedBatch> {
    // Of two senders of one reading the second sees what the first has said.
    tx.take_turn().await?;
    let metrics = metrics(tx).await?;
    let mut items = Items::new(pushing.readings.len());
    let mut pushed: Vec<(usize, Pushed)> = Vec::new();
    for (place, reading) in pushing.readings.iter().enumerate() {
        let checked = reading.as_ref().map_err(Rejection::clone);
        match checked.and_then(|draft| draft.check(metrics.get(&draft.metric), tx.now())) {
            Ok(reading) => pushed.push((place, reading)),
            Err(rejection) => items.refuse(place, rejection),
        }
    }
    if pushing.atomic {
        items.refuse_all()?;
    }
    let changed = settle(tx, &mut items, pushed).await?;
    let watermark = if changed.is_empty() {
        tx.progress(tx.scope()).await?.watermark
    } else {
        tx.write_metric_readings(&changed).await?;
        // Nobody's membership changes.
        tx.raise_watermark(false).await?
    };
    Ok(PushedBatch { watermark, items: items.settled() })
}

/// What is new, or said otherwise than before, in the order in which it was sent.
async fn settle(tx: &Transaction, items: &mut Items<MetricReading>, pushed: Vec<(usize, Pushed)>) -> Result<Vec<MetricReading>> {
    let ids: BTreeSet<Id<MetricReading>> =
        pushed.iter().map(|(_, pushed)| MetricReading::id_of(pushed.metric, &pushed.source_id)).collect();
    let stored = tx.metric_readings_by_id(tx.scope(), &ids.into_iter().collect::<Vec<_>>()).await?;
    let mut current: HashMap<Id<MetricReading>, MetricReading> = stored.into_iter().map(|reading| (reading.id, reading)).collect();
    let mut changed = Vec::new();
    for (place, pushed) in pushed {
        let id = MetricReading::id_of(pushed.metric, &pushed.source_id);
        let before = current.get(&id);
        if before.is_some_and(|before| before.says(&pushed)) {
            items.settle(place, id, Outcome::Unchanged);
            continue;
        }
        items.settle(place, id, if before.is_some() { Outcome::Updated } else { Outcome::Created });
        let reading = MetricReading::pushed(before, pushed, tx.now(), tx.actor().name.clone());
        current.insert(id, reading.clone());
        changed.push(reading);
    }
    Ok(changed)
}

/// The metrics of the workspace, of which there are few, by whatever a batch names them.
async fn metrics(tx: &Transaction) -> Result<HashMap<String, CustomMetric>> {
    Ok(tx.every_custom_metric(tx.scope()).await?.into_iter().flat_map(by_name).collect())
}

fn by_name(metric: CustomMetric) -> [(String, CustomMetric); 2] {
    [(metric.id.to_string(), metric.clone()), (metric.key.clone(), metric)]
}
