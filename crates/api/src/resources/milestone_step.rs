//! Milestone steps on the wire.

use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::milestone_step as domain;

use crate::resources::as_of::AsOf;
use crate::resources::key_result::one;
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::{Date, DateTime, Decimal};

/// A weighted step of a `MILESTONE`.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneStep {
    #[schema(value_type = String, example = "step_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// The milestone it is a step of.
    #[schema(value_type = String)]
    pub key_result_id: ID,
    #[schema(example = "Beta in the hands of five partners")]
    pub title: String,
    /// Its share in the score, beside the weights of the other steps; 0 to 1000000.
    pub weight: Decimal,
    /// The day it is to be done.
    pub due: Option<Date>,
    /// The day it was done; null while it is not.
    pub done_on: Option<Date>,
    /// Its place among the steps, from 1.
    pub position: u32,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// A new step, which comes after the others.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMilestoneStep {
    #[schema(example = "Beta in the hands of five partners")]
    pub title: String,
    /// Its share in the score, beside the weights of the other steps; 0 to 1000000.
    #[graphql(default_with = "one()")]
    #[serde(default = "one")]
    #[schema(default = 1)]
    pub weight: Decimal,
    /// The day it is to be done.
    pub due: Option<Date>,
    /// The day it was done, today at the latest.
    pub done_on: Option<Date>,
}

/// Changes of a step; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MilestoneStepPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub title: Option<String>,
    /// Its share in the score, beside the weights of the other steps; 0 to 1000000.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub weight: Option<Decimal>,
    /// The day it is to be done.
    #[schema(value_type = Option<Date>)]
    pub due: MaybeUndefined<Date>,
    /// The day it was done, today at the latest; null where it is not done after all.
    #[schema(value_type = Option<Date>)]
    pub done_on: MaybeUndefined<Date>,
}

impl From<domain::MilestoneStep> for MilestoneStep {
    fn from(step: domain::MilestoneStep) -> Self {
        let domain::MilestoneStep { id, key_result, title, weight, due, done_on, position, stamp } = step;
        Self {
            id: id.to_string().into(),
            key_result_id: key_result.to_string().into(),
            title,
            weight: weight.into(),
            due: due.map(Date),
            done_on: done_on.map(Date),
            position,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl NewMilestoneStep {
    /// As a step of a key result, which is named by id or address.
    pub(crate) fn of(self, key_result: String) -> waymark_application::NewMilestoneStep {
        let Self { title, weight, due, done_on } = self;
        let draft =
            domain::MilestoneStepDraft { title, weight: weight.entered(), due: due.map(|day| day.0), done_on: done_on.map(|day| day.0) };
        waymark_application::NewMilestoneStep { key_result, draft }
    }
}

resource!(MilestoneStep of domain::MilestoneStep, at "/v1/milestone-steps");

impl Patch<domain::MilestoneStepDraft> for MilestoneStepPatch {
    fn apply(self, draft: &mut domain::MilestoneStepDraft) {
        let Self { title, weight, due, done_on } = self;
        replace(&mut draft.title, title);
        replace(&mut draft.weight, weight.map(Decimal::entered));
        clear(&mut draft.due, due.map_value(|day| day.0));
        clear(&mut draft.done_on, done_on.map_value(|day| day.0));
    }
}
