//! The rules of layers on the wire.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::layer_rule as domain;

use crate::resources::activity_class::ActivityClass;

/// How members come to a layer: by roles or by a threshold, and not by both. Rules are applied when the layers are evaluated,
/// to members of the community, not to staff and bots.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayerRule {
    /// Whoever has one of these roles on the day.
    pub roles: Option<Vec<String>>,
    /// Whoever was active enough in the days before.
    pub threshold: Option<LayerThreshold>,
}

/// How active a member has to be. It takes more to come in than to stay, so that nobody swings to and fro.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayerThreshold {
    /// Activities of this class or a higher one count.
    pub class: ActivityClass,
    /// In so many whole days before the day.
    pub days: u32,
    /// So many are needed to come in.
    pub enter: u32,
    /// So many to stay.
    pub stay: u32,
}

/// How members come to a layer: give either `roles` or `threshold`.
#[derive(Clone, Debug, InputObject, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLayerRule {
    /// Whoever has one of these roles on the day; at most 50.
    pub roles: Option<Vec<String>>,
    /// Whoever was active enough in the days before.
    pub threshold: Option<NewLayerThreshold>,
}

/// How active a member has to be.
#[derive(Clone, Copy, Debug, InputObject, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLayerThreshold {
    /// Activities of this class or a higher one count.
    pub class: ActivityClass,
    /// In so many whole days before the day, 1 to 366.
    pub days: i64,
    /// So many are needed to come in, 1 to 1,000,000.
    pub enter: i64,
    /// So many to stay, 1 to as many as to come in, which it is when absent.
    pub stay: Option<i64>,
}

impl From<domain::LayerRule> for LayerRule {
    fn from(rule: domain::LayerRule) -> Self {
        match rule {
            domain::LayerRule::Roles(roles) => Self { roles: Some(roles), threshold: None },
            domain::LayerRule::Threshold(domain::Threshold { class, days, enter, stay }) => {
                Self { roles: None, threshold: Some(LayerThreshold { class: class.into(), days, enter, stay }) }
            }
        }
    }
}

impl From<NewLayerRule> for domain::LayerRuleDraft {
    fn from(new: NewLayerRule) -> Self {
        let NewLayerRule { roles, threshold } = new;
        Self { roles, threshold: threshold.map(Into::into) }
    }
}

impl From<NewLayerThreshold> for domain::ThresholdDraft {
    fn from(new: NewLayerThreshold) -> Self {
        let NewLayerThreshold { class, days, enter, stay } = new;
        Self { class: class.into(), days, enter, stay }
    }
}
