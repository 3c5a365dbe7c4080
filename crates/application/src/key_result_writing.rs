//! How key results are checked and saved: numbered once, and found again where they moved.

use waymark_domain::NaiveDate;
use waymark_domain::address::{Address, Number};
use waymark_domain::checkpoint::Checkpoint;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::{Indicator, KeyResult, KeyResultDraft, KeyResultPlace, KeyResultStatus, MeasurementPlan};
use waymark_domain::measure::{Kind, MeasureDraft};
use waymark_domain::number::Quantity;
use waymark_domain::objective::{Objective, Support};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::team::Team;
use waymark_domain::unit::UnitKind;
use waymark_persistence::Transaction;

use crate::app::accepted;
use crate::bindings;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::naming::{self, Names};
use crate::objective_writing::{cycle_of, may_hold, refuse_when_supported};

/// Most key results of one objective.
const KEY_RESULT_COUNT: usize = 100;

/// A new key result. What is absent takes the cycle's dates, or no value.
#[derive(Clone, Debug)]
pub struct NewKeyResult {
    /// Id or address of its objective.
    pub objective: String,
    pub title: String,
    pub measure: MeasureDraft,
    pub unit: UnitKind,
    pub unit_label: Option<String>,
    /// The cycle's first day when absent.
    pub start: Option<NaiveDate>,
    /// The cycle's last day when absent.
    pub due: Option<NaiveDate>,
    pub indicator: Option<Indicator>,
    pub weight: Quantity,
    pub owner: Option<String>,
    pub measurement: MeasurementPlan,
    pub proxy_for: Option<String>,
    pub assumption: Option<String>,
    pub is_guardrail: bool,
    pub checkpoints: Vec<Checkpoint>,
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    pub external_id: Option<String>,
}

/// A key result as it is to be: another objective moves it there.
#[derive(Clone, Debug)]
pub struct KeyResultChange {
    /// Id or address.
    pub objective: String,
    pub draft: KeyResultDraft,
}

impl NewKeyResult {
    /// What can be checked where the cycle is not known: checkpoints only between days that were given.
    fn undated(self, day: NaiveDate) -> KeyResultDraft {
        let (start, due) = (self.start.or(self.due).unwrap_or(day), self.due.or(self.start).unwrap_or(day));
        let is_dated = self.start.is_some() && self.due.is_some();
        let (_, draft) = self.between(start, due);
        let checkpoints = if is_dated { draft.checkpoints } else { Vec::new() };
        KeyResultDraft { checkpoints, ..draft }
    }

    fn draft(self, cycle: &Cycle) -> (String, KeyResultDraft) {
        let (start, due) = (self.start.unwrap_or(cycle.start), self.due.unwrap_or(cycle.end));
        self.between(start, due)
    }

    fn between(self, start: NaiveDate, due: NaiveDate) -> (String, KeyResultDraft) {
        let draft = KeyResultDraft {
            title: self.title,
            measure: self.measure,
            unit: self.unit,
            unit_label: self.unit_label,
            start,
            due,
            indicator: self.indicator,
            weight: self.weight,
            owner: self.owner,
            measurement: self.measurement,
            proxy_for: self.proxy_for,
            assumption: self.assumption,
            is_guardrail: self.is_guardrail,
            checkpoints: self.checkpoints,
            status: self.status,
            status_reason: self.status_reason,
            external_id: self.external_id,
        };
        (self.objective, draft)
    }
}

pub(crate) async fn create(tx: &Transaction, new: NewKeyResult) -> Result<KeyResult> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let objective = naming::field(&mut check, "objective", names.objective(&new.objective).await)?;
    let owner = naming::optional(&mut check, "owner", new.owner.as_deref(), async |named| names.team(named).await).await?;
    let owner = owner.map(|team| team.id);
    let Some(objective) = objective else {
        // Checked nevertheless, so that one answer names everything.
        check.part(KeyResult::new(Clock::id(), Stamp::first(tx.now()), nowhere(), new.undated(tx.now().date_naive()), owner));
        return accepted(check, None);
    };
    let cycle = cycle_of(tx, &objective).await?;
    let others = tx.key_results_of(tx.scope(), &[objective.id]).await?.len();
    // Checked before a number is given, so that a refused key result uses none up.
    let unnumbered = unnumbered(tx, &mut check, (&objective, &cycle), others, new, owner);
    let mut key_result = accepted(check, unnumbered)?;
    key_result.address = numbered(&objective, next_number(tx, &objective).await?);
    tx.insert_key_result(&key_result, &objective).await?;
    Ok(key_result)
}

/// A new key result of an objective that has so many others, before it has a number.
pub(crate) fn unnumbered(
    tx: &Transaction,
    check: &mut Check,
    (objective, cycle): (&Objective, &Cycle),
    others: usize,
    new: NewKeyResult,
    owner: Option<Id<Team>>,
) -> Option<KeyResult> {
    check.field("objective", cycle.take_changes());
    if others >= KEY_RESULT_COUNT {
        check.refuse("objective", Code::TooMany, format!("an objective has at most {KEY_RESULT_COUNT} key results"));
    }
    let place = KeyResultPlace { objective: objective.id, address: numbered(objective, 0) };
    let (_, draft) = new.draft(cycle);
    check.part(KeyResult::new(Clock::id(), Stamp::first(tx.now()), place, draft, owner))
}

pub(crate) async fn update(tx: &Transaction, key_result: &KeyResult, wanted: KeyResultChange) -> Result<KeyResult> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    check.field("", home(tx, key_result).await?.1.take_changes());
    let owner = naming::optional(&mut check, "owner", wanted.draft.owner.as_deref(), async |named| names.team(named).await).await?;
    let objective = naming::field(&mut check, "objective", names.objective(&wanted.objective).await)?;
    let target = objective.filter(|objective| objective.id != key_result.objective);
    if let Some(objective) = &target {
        check.field("objective", cycle_of(tx, objective).await?.take_changes());
        may_hold(tx, &mut check, Support::KeyResult(key_result.id), objective).await?;
    }
    refuse_unreadable(tx, &mut check, key_result, wanted.draft.measure.kind).await?;
    bindings::refuse_unfit(tx, &mut check, key_result, &wanted.draft).await?;
    let changed = check.part(key_result.changed(tx.now(), key_result.place(), wanted.draft, owner.map(|team| team.id)));
    let mut changed = accepted(check, changed)?;
    match target {
        Some(objective) => {
            changed.objective = objective.id;
            changed.address = numbered(&objective, next_number(tx, &objective).await?);
            tx.move_key_result(&changed, &objective).await?;
        }
        None if changed.is_as(key_result) => return Ok(key_result.clone()),
        None => tx.replace_key_result(&changed).await?,
    }
    Ok(changed)
}

/// Makes an existing key result what a new one would be.
pub(crate) async fn equalise(tx: &Transaction, key_result: &KeyResult, new: NewKeyResult) -> Result<KeyResult> {
    let (_, cycle) = home(tx, key_result).await?;
    let (objective, draft) = new.draft(&cycle);
    update(tx, key_result, KeyResultChange { objective, draft }).await
}

/// Steps belong to a milestone: they would be stored and never looked at under another kind.
async fn refuse_unreadable(tx: &Transaction, check: &mut Check, key_result: &KeyResult, kind: Kind) -> Result<()> {
    let leaves = key_result.measure.kind() == Kind::Milestone && kind != Kind::Milestone;
    if leaves && !tx.steps_of(tx.scope(), &[key_result.id]).await?.is_empty() {
        check.refuse("kind", Code::InUse, "the milestone has steps, which another kind does not: delete them first");
    }
    Ok(())
}

pub(crate) async fn remove(tx: &Transaction, key_result: &KeyResult) -> Result<()> {
    home(tx, key_result).await?.1.take_changes()?;
    refuse_when_supported(tx, &[Support::KeyResult(key_result.id)]).await?;
    Ok(tx.remove_key_result(key_result).await?)
}

/// The objective and the cycle of a key result.
pub(crate) async fn home(tx: &Transaction, key_result: &KeyResult) -> Result<(Objective, Cycle)> {
    let objective = tx.objectives_by_id(tx.scope(), &[key_result.objective]).await?.pop();
    let objective = objective.ok_or_else(|| Error::not_found("objective", key_result.objective))?;
    let cycle = cycle_of(tx, &objective).await?;
    Ok((objective, cycle))
}

/// Stands in for an objective that was not found; what stands there is never saved.
fn nowhere() -> KeyResultPlace {
    let address = Address { cycle: String::new(), team: String::new(), number: Number::key_result(0, 0) };
    KeyResultPlace { objective: Clock::id(), address }
}

async fn next_number(tx: &Transaction, objective: &Objective) -> Result<u32> {
    Ok(tx.next_key_result_numbers(&[(objective.id, None)]).await?.pop().unwrap_or_default())
}

pub(crate) fn numbered(objective: &Objective, number: u32) -> Address {
    Address { number: Number::key_result(objective.address.number.objective, number), ..objective.address.clone() }
}
