//! Milestone steps in batches.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::milestone_step as milestone_steps;

use super::{Batches, Loaded, grouped, single};
use crate::resources::milestone_step::MilestoneStep;

/// A milestone step by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MilestoneStepById(pub(crate) Id<milestone_steps::MilestoneStep>);

/// The steps of a key result, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MilestoneStepsOf(pub(crate) Id<KeyResult>);

impl Loader<MilestoneStepById> for Batches {
    type Value = MilestoneStep;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[MilestoneStepById]) -> Loaded<MilestoneStepById, MilestoneStep> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.milestone_steps_by_id(&self.actor, &ids).await?, |step| MilestoneStepById(step.id)))
    }
}

impl Loader<MilestoneStepsOf> for Batches {
    type Value = Vec<MilestoneStep>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[MilestoneStepsOf]) -> Loaded<MilestoneStepsOf, Vec<MilestoneStep>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(self.app.milestone_steps_of(&self.actor, &ids).await?, |step| Some(MilestoneStepsOf(step.key_result))))
    }
}
