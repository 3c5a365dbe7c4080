//! Flows between layers on the wire.

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application as application;
use waymark_domain::layer as layers;
use waymark_domain::layer_flow as domain;

use crate::scalars::Date;

/// What happened between the layers in a window of days.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayerFlows {
    /// The first day.
    #[serde(rename = "from")]
    #[graphql(name = "from")]
    pub first: Date,
    /// The day after the last.
    pub to: Date,
    /// From the core outwards.
    pub layers: Vec<LayerFlow>,
}

/// What happened to the people of a layer, merged members being one person. Always:
/// `start + entered + arrivedUp + arrivedDown - left - departedUp - departedDown = end`. Who comes and goes several times
/// counts each time. Up is towards the core.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayerFlow {
    #[schema(value_type = String, example = "lay_01h455vb4pex5vsknk084sn02q")]
    pub layer_id: ID,
    /// The key of the layer.
    #[schema(example = "core-contributors")]
    pub key: String,
    /// People in it before the first day.
    pub start: u64,
    /// Who were in no layer before.
    pub entered: u64,
    /// Who came from a layer further out.
    pub arrived_up: u64,
    /// Who came from a layer further in.
    pub arrived_down: u64,
    /// Who were in no layer afterwards.
    pub left: u64,
    /// Who went to a layer further in.
    pub departed_up: u64,
    /// Who went to a layer further out.
    pub departed_down: u64,
    /// People in it on the last day.
    pub end: u64,
    /// How `end` stands to what the layer should have.
    pub health: BandHealth,
}

/// How many members a layer has beside how many it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "layers::BandHealth")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BandHealth {
    Inside,
    Below,
    Above,
    /// Nobody said how many it should have.
    Unknown,
}

/// The window of the flows.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LayerFlowWindow {
    /// The first day; 28 days before `to` when absent.
    #[param(required = false, nullable = false, value_type = Date)]
    pub from: Option<Date>,
    /// The day after the last; today when absent.
    #[param(required = false, nullable = false, value_type = Date)]
    pub to: Option<Date>,
}

impl From<application::LayerFlows> for LayerFlows {
    fn from(told: application::LayerFlows) -> Self {
        let application::LayerFlows { from, to, flows } = told;
        Self { first: Date(from), to: Date(to), layers: flows.into_iter().map(LayerFlow::from).collect() }
    }
}

impl From<(layers::Layer, domain::LayerFlow)> for LayerFlow {
    fn from((of, flow): (layers::Layer, domain::LayerFlow)) -> Self {
        let domain::LayerFlow { layer, start, entered, arrived_up, arrived_down, left, departed_up, departed_down, end, health } = flow;
        let (layer_id, key, health) = (layer.to_string().into(), of.key, health.into());
        Self { layer_id, key, start, entered, arrived_up, arrived_down, left, departed_up, departed_down, end, health }
    }
}
