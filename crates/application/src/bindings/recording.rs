//! How readings become check-ins: in one transaction with them, and never where a grade was given or a cycle is closed.

use std::collections::HashMap;

use waymark_domain::Tz;
use waymark_domain::binding::movement::{Entry, entry};
use waymark_domain::binding::reading::Reading;
use waymark_domain::binding::{Binding, scale};
use waymark_domain::check_in::{CheckIn, CheckInDraft, Provenance, Record, Revision};
use waymark_domain::id::Id;
use waymark_domain::key_result::{KeyResult, KeyResultStatus};
use waymark_domain::metric::window::Window;
use waymark_domain::number::Quantity;
use waymark_domain::rejection::{Code, Violation};
use waymark_persistence::Transaction;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::key_result_writing::home;

/// What late data changed, of a window that is over.
const RESTATED: &str = "restated by late data";
/// What went on, in a window that was not over when it was last read.
const WENT_ON: &str = "read again while the window runs";
/// What another metric tells, or the same with other parameters.
const BOUND_ANEW: &str = "read anew: the binding has changed";

/// A window of a key result that a metric tells otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub key_result: Id<KeyResult>,
    /// The address of the key result.
    pub address: String,
    pub window: Window,
    /// In the unit of the key result; none before the first reading, and where there is no value.
    pub before: Option<Quantity>,
    pub after: Option<Quantity>,
    /// Whether the window was over, and read, before: late data changed it.
    pub is_restated: bool,
    /// Where the value stands; none where a person's stands on that day.
    pub check_in: Option<Id<CheckIn>>,
}

/// Why a key result takes no readings; each change of it would be refused.
pub(super) fn refusal(key_result: &KeyResult) -> Option<Violation> {
    let refused = |detail: &str| Some(Violation::new(Code::InvalidTransition, detail));
    if key_result.grade.is_some() {
        return refused("the key result has been graded, and no reading changes a grade: take the grade back first");
    }
    if key_result.status != KeyResultStatus::Active {
        return refused("only key results with the status ACTIVE are read");
    }
    None
}

/// Keeps what is new of these readings, and says it in check-ins. Nothing where the binding or its key result has changed so
/// that it is not to be read any more, or is to be read anew.
pub(super) async fn record(tx: &Transaction, read: &Binding, taken: &[Reading]) -> Result<Vec<Moved>> {
    let binding = tx.bindings_by_id(tx.scope(), &[read.id]).await?.pop().filter(|binding| binding.stamp == read.stamp);
    let key_result = tx.key_results_by_id(tx.scope(), &[read.key_result]).await?.pop();
    let Some((binding, key_result)) = binding.zip(key_result) else { return Ok(Vec::new()) };
    let is_open = refusal(&key_result).is_none() && home(tx, &key_result).await?.1.take_changes().is_ok();
    if !is_open || scale(&binding.gauge.unit(), &key_result.unit).is_none() {
        return Ok(Vec::new());
    }
    let known = tx.readings_of(tx.scope(), &[&binding]).await?;
    let known: HashMap<Window, &Reading> = known.iter().map(|reading| (reading.window, reading)).collect();
    let check_ins = tx.check_ins_of(tx.scope(), &[key_result.id]).await?;
    let zone = tx.workspace(tx.scope()).await?.ok_or(Error::Unauthenticated)?.time_zone;
    let mut recording = Recording { tx, binding: &binding, key_result: &key_result, zone, check_ins: &check_ins, done: Done::default() };
    for reading in taken {
        recording.read(known.get(&reading.window).copied(), reading)?;
    }
    let Done { readings, entered, corrected, moved } = recording.done;
    tx.insert_check_ins(&entered).await?;
    tx.correct_check_ins(&corrected).await?;
    tx.insert_readings(&readings).await?;
    Ok(moved)
}

struct Recording<'a> {
    tx: &'a Transaction,
    binding: &'a Binding,
    key_result: &'a KeyResult,
    zone: Tz,
    /// Those that were there before.
    check_ins: &'a [CheckIn],
    done: Done,
}

#[derive(Default)]
struct Done {
    readings: Vec<Reading>,
    entered: Vec<CheckIn>,
    corrected: Vec<CheckIn>,
    moved: Vec<Moved>,
}

impl Recording<'_> {
    fn read(&mut self, before: Option<&Reading>, taken: &Reading) -> Result<()> {
        // Somebody else read more, and said so first.
        if before.is_some_and(|before| before.watermark > taken.watermark) {
            return Ok(());
        }
        let value = self.value(taken);
        let check_in = self.check_in(before, taken, value)?;
        let says_the_same = before.is_some_and(|before| before.says_the_same_as(taken) && before.check_in == check_in);
        if says_the_same {
            return Ok(());
        }
        let earlier = before.and_then(|before| self.value(before));
        if before.is_none() || earlier != value {
            self.done.moved.push(Moved {
                key_result: self.key_result.id,
                address: self.key_result.address.to_string(),
                window: taken.window,
                before: earlier,
                after: value,
                is_restated: before.is_some_and(|before| before.was_over(self.zone)),
                check_in,
            });
        }
        let revision = before.map_or(1, |before| before.revision.saturating_add(1));
        self.done.readings.push(Reading { revision, check_in, taken_at: self.tx.now(), ..taken.clone() });
        Ok(())
    }

    fn value(&self, reading: &Reading) -> Option<Quantity> {
        reading.value_in(&self.key_result.unit, &self.binding.gauge.unit())
    }

    /// The check-in that says it, written where it does not stand yet.
    fn check_in(&mut self, before: Option<&Reading>, taken: &Reading, value: Option<Quantity>) -> Result<Option<Id<CheckIn>>> {
        let on = taken.window.last_day();
        let of_day: Vec<&CheckIn> = self.check_ins.iter().filter(|check_in| check_in.on == on).collect();
        let found = entry(&of_day, value);
        Ok(match found {
            Entry::Stands(found) => found.map(|found| found.id),
            Entry::New => {
                let draft = CheckInDraft { value, ..CheckInDraft::default() };
                let revision = self.revision(draft, 1)?;
                let (id, key_result, created_at) = (Clock::id(), self.key_result.id, self.tx.now());
                self.done.entered.push(CheckIn { id, key_result, on, external_id: None, created_at, revision });
                Some(id)
            }
            Entry::Corrects(own) => {
                let correction = Some(self.why(before).to_owned());
                let draft = CheckInDraft { value, correction, ..own.revision.draft() };
                let revision = self.revision(draft, own.revision.number.saturating_add(1))?;
                self.done.corrected.push(CheckIn { revision, ..own.clone() });
                Some(own.id)
            }
        })
    }

    fn why(&self, before: Option<&Reading>) -> &'static str {
        match before {
            None => BOUND_ANEW,
            Some(before) if before.was_over(self.zone) => RESTATED,
            Some(_) => WENT_ON,
        }
    }

    fn revision(&self, draft: CheckInDraft, number: u32) -> Result<Revision> {
        let record = Record { number, provenance: Provenance::Metric, author: self.tx.actor().name.clone(), at: self.tx.now() };
        Ok(Revision::new(draft, self.key_result.measure.kind(), false, record)?)
    }
}
