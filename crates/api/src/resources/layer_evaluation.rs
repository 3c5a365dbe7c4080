//! Evaluations of layers on the wire.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::layer_evaluation::Movements;

use crate::scalars::Date;

/// What an evaluation of the rules came to: how many people were moved, and how many were not. Up is towards the core.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayerEvaluation {
    /// The day as of which the rules were applied.
    pub on: Date,
    /// Into a layer, from none.
    pub entered: u64,
    /// Out of all layers.
    pub left: u64,
    /// To a layer further in.
    pub up: u64,
    /// To a layer further out.
    pub down: u64,
    /// Stayed where a rule had brought them.
    pub kept: u64,
    /// Stayed where somebody put them by hand, whatever the rules say.
    pub kept_by_hand: u64,
}

/// As of when to apply the rules.
#[derive(Clone, Copy, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLayerEvaluation {
    /// A day that is not to come; today when absent.
    pub on: Option<Date>,
}

impl From<application::LayerEvaluation> for LayerEvaluation {
    fn from(evaluation: application::LayerEvaluation) -> Self {
        let application::LayerEvaluation { on, movements } = evaluation;
        let Movements { entered, left, up, down, kept, kept_by_hand } = movements;
        Self { on: Date(on), entered, left, up, down, kept, kept_by_hand }
    }
}
