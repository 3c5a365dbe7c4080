//! Milestone steps in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::milestone_step as milestone_steps;

use super::{Batch, Loaded, single};
use crate::resources::grouped;
use crate::resources::milestone_step::MilestoneStep;

/// A milestone step by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MilestoneStepById(pub(crate) Id<milestone_steps::MilestoneStep>);

/// The steps of a key result, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MilestoneStepsOf(pub(crate) Id<KeyResult>);

impl Batch for MilestoneStepById {
    type Value = MilestoneStep;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.milestone_steps_by_id(actor, &ids).await?, |step| MilestoneStepById(step.id)))
    }
}

impl Batch for MilestoneStepsOf {
    type Value = Vec<MilestoneStep>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.milestone_steps_of(actor, &ids).await?, |step| Some(MilestoneStepsOf(step.key_result))))
    }
}
