//! The steps of milestones.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::{MilestoneStep, MilestoneStepDraft, STEP_COUNT};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::{NaiveDate, check_in};
use waymark_persistence::Transaction;

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result, seen};
use crate::key_result_writing::home;
use crate::naming::Names;

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

    /// Adds a step after the others.
    pub async fn create_milestone_step(&self, actor: &Actor, key_result: String, draft: MilestoneStepDraft) -> Result<MilestoneStep> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let key_result = Names { store: &tx, scope: actor.scope }.key_result(&key_result).await?;
            let today = app.day(&tx, &actor).await?.date;
            let step = create(&tx, &key_result, draft, today).await?;
            tx.commit().await?;
            Ok(step)
        })
        .await
    }

    /// A contributor may say which day a step was done; everything else about it belongs to editors.
    pub async fn update_milestone_step(
        &self,
        actor: &Actor,
        named: String,
        version: Option<u32>,
        change: impl FnOnce(&mut MilestoneStepDraft) + Send + 'static,
    ) -> Result<MilestoneStep> {
        require(actor, Permission::RecordProgress)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let step = Names { store: &tx, scope: actor.scope }.milestone_step(&named).await?;
            seen(version, step.stamp.version, || Current::MilestoneStep(step.clone()))?;
            let (before, mut draft) = (step.draft(), step.draft());
            change(&mut draft);
            if (&before.title, before.weight, before.due) != (&draft.title, draft.weight, draft.due) {
                require(&actor, Permission::EditOkrs)?;
            }
            let mut check = Check::new();
            closed_or_future(&app, &tx, &actor, &mut check, step.key_result, draft.done_on).await?;
            let changed = check.part(MilestoneStep::new(step.id, step.stamp.next(tx.now()), step.key_result, step.position, draft));
            let changed = accepted(check, changed)?;
            tx.replace_step(&changed).await?;
            tx.commit().await?;
            Ok(changed)
        })
        .await
    }

    pub async fn delete_milestone_step(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<MilestoneStep> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let step = Names { store: &tx, scope: actor.scope }.milestone_step(&named).await?;
            seen(version, step.stamp.version, || Current::MilestoneStep(step.clone()))?;
            let mut check = Check::new();
            closed_or_future(&app, &tx, &actor, &mut check, step.key_result, None).await?;
            accepted(check, Some(()))?;
            tx.remove_step(&step).await?;
            tx.commit().await?;
            Ok(step)
        })
        .await
    }
}

async fn create(tx: &Transaction, key_result: &KeyResult, draft: MilestoneStepDraft, today: NaiveDate) -> Result<MilestoneStep> {
    let (_, cycle) = home(tx, key_result).await?;
    let others = tx.steps_of(tx.scope(), &[key_result.id]).await?;
    let step = built(tx, (key_result, &cycle), &others, draft, today)?;
    tx.insert_steps(std::slice::from_ref(&step)).await?;
    Ok(step)
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
async fn closed_or_future(
    app: &App,
    tx: &Transaction,
    actor: &Actor,
    check: &mut Check,
    key_result: Id<KeyResult>,
    done_on: Option<NaiveDate>,
) -> Result<()> {
    let key_result =
        tx.key_results_by_id(actor.scope, &[key_result]).await?.pop().ok_or_else(|| Error::not_found(KeyResult::WORD, key_result))?;
    check.field("", home(tx, &key_result).await?.1.take_changes());
    if let Some(day) = done_on {
        check.field("doneOn", check_in::day(day, app.day(tx, actor).await?.date));
    }
    Ok(())
}
