//! The steps of milestones.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::{MilestoneStep, MilestoneStepDraft, STEP_COUNT};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::{NaiveDate, check_in};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require, today};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::key_result_writing::home;
use crate::naming::Names;
use crate::writing::{Create, Delete, Shared, Update};

/// A new step of a milestone.
#[derive(Clone, Debug)]
pub struct NewMilestoneStep {
    /// Id or address.
    pub key_result: String,
    pub draft: MilestoneStepDraft,
}

impl App {
    /// By id.
    pub async fn milestone_step(&self, actor: &Actor, named: &str) -> Result<MilestoneStep> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.milestone_step(named).await
    }

    pub async fn milestone_steps_by_id(&self, actor: &Actor, ids: &[Id<MilestoneStep>]) -> Result<Vec<MilestoneStep>> {
        require(actor, Permission::Read)?;
        Ok(self.store.steps_by_id(actor.scope, ids).await?)
    }

    /// The steps of one key result, by id or address, in their order.
    pub async fn milestone_steps(&self, actor: &Actor, key_result: &str) -> Result<Vec<MilestoneStep>> {
        require(actor, Permission::Read)?;
        let key_result = Names { store: &self.store, scope: actor.scope }.key_result(key_result).await?;
        Ok(self.store.steps_of(actor.scope, &[key_result.id]).await?)
    }

    /// The steps of these key results, in their order.
    pub async fn milestone_steps_of(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<MilestoneStep>> {
        require(actor, Permission::Read)?;
        Ok(self.store.steps_of(actor.scope, key_results).await?)
    }
}

impl Shared for MilestoneStep {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::MilestoneStep(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.milestone_step(named).await
    }
}

/// Adds a step after the others.
impl Create for MilestoneStep {
    type New = NewMilestoneStep;
    const CREATE: Permission = Permission::EditOkrs;

    async fn create(tx: &Transaction, new: NewMilestoneStep) -> Result<Self> {
        let key_result = Names { store: tx, scope: tx.scope() }.key_result(&new.key_result).await?;
        let (_, cycle) = home(tx, &key_result).await?;
        let others = tx.steps_of(tx.scope(), &[key_result.id]).await?;
        let step = built(tx, (&key_result, &cycle), &others, new.draft, today(tx).await?.date)?;
        tx.insert_steps(std::slice::from_ref(&step)).await?;
        Ok(step)
    }
}

/// A contributor may say which day a step was done; everything else about it belongs to editors.
impl Update for MilestoneStep {
    type Draft = MilestoneStepDraft;
    const UPDATE: Permission = Permission::RecordProgress;

    fn draft(&self) -> MilestoneStepDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: MilestoneStepDraft) -> Result<Self> {
        let before = self.draft();
        if (&before.title, before.weight, before.due) != (&draft.title, draft.weight, draft.due) {
            require(tx.actor(), Permission::EditOkrs)?;
        }
        let mut check = Check::new();
        closed_or_future(tx, &mut check, self.key_result, draft.done_on).await?;
        let changed = check.part(Self::new(self.id, self.stamp.next(tx.now()), self.key_result, self.position, draft));
        let changed = accepted(check, changed)?;
        if changed.is_as(&self) {
            return Ok(self);
        }
        tx.replace_step(&changed).await?;
        Ok(changed)
    }
}

impl Delete for MilestoneStep {
    const DELETE: Permission = Permission::EditOkrs;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        let mut check = Check::new();
        closed_or_future(tx, &mut check, self.key_result, None).await?;
        accepted(check, Some(()))?;
        Ok(tx.remove_step(self).await?)
    }
}

/// A new step after the others of a milestone.
pub(crate) fn built(
    tx: &Transaction,
    (key_result, cycle): (&KeyResult, &Cycle),
    others: &[MilestoneStep],
    draft: MilestoneStepDraft,
    today: NaiveDate,
) -> Result<MilestoneStep> {
    let mut check = Check::new();
    check.field("", cycle.take_changes());
    if key_result.measure.kind() != Kind::Milestone {
        check.refuse("", Code::NotApplicable, "only key results of the kind MILESTONE have steps");
    }
    if let Some(day) = draft.done_on {
        check.field("doneOn", check_in::day(day, today));
    }
    if others.len() >= STEP_COUNT {
        check.refuse("", Code::TooMany, format!("a milestone has at most {STEP_COUNT} steps"));
    }
    let position = others.last().map_or(1, |last| last.position.saturating_add(1));
    let step = check.part(MilestoneStep::new(Clock::id(), Stamp::first(tx.now()), key_result.id, position, draft));
    accepted(check, step)
}

/// Nothing changes in a closed cycle, and no step was done tomorrow.
async fn closed_or_future(tx: &Transaction, check: &mut Check, key_result: Id<KeyResult>, done_on: Option<NaiveDate>) -> Result<()> {
    let found = tx.key_results_by_id(tx.scope(), &[key_result]).await?.pop();
    let key_result = found.ok_or_else(|| Error::not_found(KeyResult::WORD, key_result))?;
    check.field("", home(tx, &key_result).await?.1.take_changes());
    if let Some(day) = done_on {
        check.field("doneOn", check_in::day(day, today(tx).await?.date));
    }
    Ok(())
}
