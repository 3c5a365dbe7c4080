//! Milestone steps over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_domain::authorization::Permission;

use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::loaders::KeyResultById;
use crate::graphql::mutation::{Delete, Update, create, delete, payload, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::key_result::KeyResult;
use crate::resources::milestone_step::{MilestoneStep, MilestoneStepPatch, NewMilestoneStep};
use crate::scalars::DateTime;

#[ComplexObject]
impl MilestoneStep {
    /// The milestone it is a step of.
    async fn key_result(&self, ctx: &Context<'_>) -> Result<KeyResult> {
        load_present(ctx, self.as_of, id_of(&self.key_result_id).map(KeyResultById)).await
    }

    /// Whether the caller may change this step.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditOkrs)
    }

    /// Whether the caller may say which day it was done.
    async fn viewer_can_mark_done(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::RecordProgress)
    }
}

#[derive(Default)]
pub(crate) struct MilestoneStepQueries;

#[Object]
impl MilestoneStepQueries {
    /// A milestone step by id; null when there is none.
    async fn milestone_step(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<MilestoneStep>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).milestone_step(actor(ctx), &id).await)?.map(MilestoneStep::from).dated(as_of))
    }
}

/// A new step of a milestone, which comes after the others.
#[derive(InputObject)]
#[graphql(name = "CreateMilestoneStepInput")]
pub(crate) struct CreateMilestoneStep {
    /// Id or address of the milestone.
    key_result: String,
    #[graphql(flatten)]
    step: NewMilestoneStep,
}

payload!(CreateMilestoneStepPayload, milestone_step: MilestoneStep);
payload!(UpdateMilestoneStepPayload, milestone_step: MilestoneStep);
payload!(DeleteMilestoneStepPayload, milestone_step: MilestoneStep);

#[derive(Default)]
pub(crate) struct MilestoneStepMutations;

#[Object]
impl MilestoneStepMutations {
    /// Only key results of the kind `MILESTONE` have steps, at most 100.
    async fn create_milestone_step(&self, ctx: &Context<'_>, input: CreateMilestoneStep) -> Result<CreateMilestoneStepPayload> {
        let CreateMilestoneStep { key_result, step } = input;
        Ok(create::<MilestoneStep>(ctx, step.of(key_result)).await?.into())
    }

    /// Who may record progress may say which day a step was done; the rest is for those who may edit OKRs.
    async fn update_milestone_step(&self, ctx: &Context<'_>, input: Update<MilestoneStepPatch>) -> Result<UpdateMilestoneStepPayload> {
        Ok(update::<MilestoneStep, _>(ctx, input).await?.into())
    }

    /// The others keep their positions. The payload holds the step as it was.
    async fn delete_milestone_step(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteMilestoneStepPayload> {
        Ok(delete::<MilestoneStep>(ctx, input).await?.into())
    }
}
