//! Keeping what metrics are read from: the cells of days follow the events, are verified against them, and are made anew.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::event::Event;
use waymark_domain::id::Id;
use waymark_domain::metric::calendar::{day_of, first_instant};
use waymark_domain::{NaiveDate, Tz};
use waymark_persistence::{Cell, DeedFilter, Slice, Transaction};

use crate::app::{App, require};
use crate::authentication;
use crate::error::{Error, Result};

/// Days whose cells one transaction makes, while others wait who send events, or one reader gets at once: counted, they are a row
/// for everybody who did something on them.
pub(crate) const DAYS_AT_ONCE: usize = 7;

/// Most days whose cells one batch adds to. What is spread over more of them, as a history is, has nearly as many cells as events:
/// its days are folded once it is told.
const DAYS_ADDED_TO: usize = 31;

/// What came of comparing the cells of days with their events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many days were compared.
    pub days: usize,
    /// Days that wait to be folded, and are read from their events meanwhile.
    pub waiting: usize,
    pub differences: Vec<Difference>,
}

/// A day whose cells do not tell what its events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub day: NaiveDate,
    /// How often something was done on it, by its cells.
    pub kept: u64,
    /// How often, by its events.
    pub counted: u64,
}

impl App {
    /// Makes the cells of all days anew whose events have changed since, in every workspace, and tells of how many. The server
    /// does so again and again; readers do not wait for it.
    pub async fn fold(&self) -> Result<usize> {
        let mut folded = 0;
        for workspace in self.store.unfolded_workspaces().await? {
            folded += self.fold_workspace(&authentication::operator(Id::from_uuid(workspace))).await?;
        }
        Ok(folded)
    }

    async fn fold_workspace(&self, actor: &Actor) -> Result<usize> {
        let mut folded = 0;
        loop {
            let some = self
                .write(actor, |tx| {
                    Box::pin(async move {
                        tx.take_turn().await?;
                        let marks = tx.day_marks(tx.scope(), 0).await?;
                        let days: Vec<NaiveDate> =
                            marks.iter().filter(|mark| !mark.is_folded()).map(|mark| mark.day).take(DAYS_AT_ONCE).collect();
                        tx.fold_days(&slices(&days, zone(tx).await?)).await?;
                        Ok(days.len())
                    })
                })
                .await?;
            folded += some;
            if some < DAYS_AT_ONCE {
                return Ok(folded);
            }
        }
    }

    /// Compares the cells of `most` days, chosen at random, with their events; of all days where it is absent.
    pub async fn verify_metrics(&self, actor: &Actor, most: Option<usize>) -> Result<Verification> {
        require(actor, Permission::EditWorkspace)?;
        let marks = self.store.day_marks(actor.scope, 0).await?;
        let (folded, waiting): (Vec<_>, Vec<_>) = marks.into_iter().partition(|mark| mark.is_folded());
        let mut days: Vec<NaiveDate> = folded.into_iter().map(|mark| mark.day).collect();
        if let Some(most) = most {
            days = rand::seq::IndexedRandom::choose_multiple(days.as_slice(), &mut rand::rng(), most).copied().collect();
            days.sort_unstable();
        }
        let mut verification = Verification { days: days.len(), waiting: waiting.len(), differences: Vec::new() };
        for some in days.chunks(DAYS_AT_ONCE) {
            let some = some.to_vec();
            let differences = self.write(actor, move |tx| Box::pin(differences(tx, some.clone()))).await?;
            verification.differences.extend(differences);
        }
        Ok(verification)
    }

    /// Forgets what was made from the events and makes it anew, and tells of how many days.
    pub async fn rebuild_metrics(&self, actor: &Actor) -> Result<usize> {
        require(actor, Permission::EditWorkspace)?;
        self.write(actor, |tx| Box::pin(forget(tx))).await?;
        self.fold_workspace(actor).await
    }
}

/// Brings the cells of days up to a batch. What is new is added to those that tell all that happened before; days of which
/// something was told otherwise or taken back are marked, and their cells are made anew.
pub(crate) async fn follow<'a>(tx: &Transaction, new: &[Event], otherwise: impl Iterator<Item = &'a Event>, watermark: u64) -> Result<()> {
    let zone = zone(tx).await?;
    let day = |event: &Event| day_of(event.told.occurred_at, zone);
    let mut anew: BTreeSet<NaiveDate> = otherwise.map(day).collect();
    let added: BTreeSet<NaiveDate> = new.iter().map(day).filter(|day| !anew.contains(day)).collect();
    if added.len() > DAYS_ADDED_TO {
        anew.extend(added);
    } else if !added.is_empty() {
        anew.extend(tx.waiting_days(tx.scope(), &added).await?);
    }
    tx.touch_days(&anew, watermark).await?;
    let cells = counted(new.iter().map(|event| (day(event), event)).filter(|(day, _)| !anew.contains(day)));
    if !cells.is_empty() {
        tx.add_to_cells(cells, watermark).await?;
    }
    Ok(())
}

/// What was done, by day and place.
fn counted<'a>(events: impl Iterator<Item = (NaiveDate, &'a Event)>) -> Vec<Cell> {
    let mut cells = BTreeMap::new();
    for (day, event) in events {
        let told = &event.told;
        let cell = match cells.entry((day, told.platform, told.channel, told.activity.as_str())) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Cell::empty(day, told.platform, told.channel, told.activity.clone())),
        };
        cell.count(told.member, 1);
    }
    cells.into_values().collect()
}

/// Marks every day from the first event to the last, so that all of them are made anew.
pub(crate) async fn forget(tx: &Transaction) -> Result<()> {
    tx.take_turn().await?;
    tx.forget_days().await?;
    let watermark = tx.raise_watermark(true).await?;
    if let Some((first, last)) = tx.time_of_events(tx.scope()).await? {
        let zone = zone(tx).await?;
        let last = day_of(last, zone);
        let days = day_of(first, zone).iter_days().take_while(|day| *day <= last).collect();
        tx.touch_days(&days, watermark).await?;
    }
    Ok(())
}

async fn zone(tx: &Transaction) -> Result<Tz> {
    Ok(tx.workspace(tx.scope()).await?.ok_or(Error::Unauthenticated)?.time_zone)
}

/// Nothing is written: the transaction keeps events out while both are read.
async fn differences(tx: &Transaction, days: Vec<NaiveDate>) -> Result<Vec<Difference>> {
    tx.take_turn().await?;
    let kept = tx.day_cells(tx.scope(), &days).await?;
    let counted = tx.deeds(tx.scope(), &slices(&days, zone(tx).await?), &DeedFilter::default()).await?;
    let of = |cells: &[Cell], day: NaiveDate| {
        let mut cells: Vec<Cell> = cells.iter().filter(|cell| cell.day == day).cloned().collect();
        cells.sort_by(|one, other| one.place().cmp(&other.place()));
        cells
    };
    let differences = days.into_iter().filter_map(|day| {
        let (kept, counted) = (of(&kept, day), of(&counted, day));
        (kept != counted).then(|| Difference { day, kept: times(&kept), counted: times(&counted) })
    });
    Ok(differences.collect())
}

fn times(cells: &[Cell]) -> u64 {
    let of = |cell: &Cell| cell.members.len() + cell.nameless + cell.more.values().map(|more| u64::from(*more)).sum::<u64>();
    cells.iter().map(of).sum()
}

/// The days of a zone, from first instant to first instant.
pub(crate) fn slices(days: &[NaiveDate], zone: Tz) -> Vec<Slice> {
    let until = |day: NaiveDate| first_instant(day.succ_opt().unwrap_or(NaiveDate::MAX), zone);
    days.iter().map(|day| Slice { day: *day, from: first_instant(*day, zone), until: until(*day) }).collect()
}
