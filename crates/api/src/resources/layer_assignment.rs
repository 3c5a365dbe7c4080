//! Assignments of members to layers, on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application as application;
use waymark_domain::layer_assignment as domain;

use crate::resources::patch::{Patch, clear};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::{Date, DateTime};

/// A member's time in a layer; days are those of the workspace. Those of one member never overlap.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct LayerAssignment {
    #[schema(value_type = String, example = "lya_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub member_id: ID,
    #[schema(value_type = String, example = "lay_01h455vb4pex5vsknk084sn02q")]
    pub layer_id: ID,
    /// The first day.
    #[serde(rename = "from")]
    #[graphql(name = "from")]
    pub since: Date,
    /// The first day on which it is no longer so; null where it goes on.
    pub until: Option<Date>,
    pub by: AssignedBy,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// Why a member is in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::AssignedBy")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignedBy {
    /// Somebody said so. Rules leave it alone until it ends.
    Hand,
    /// By a rule that goes by roles.
    Role,
    /// By a rule that goes by activity.
    Threshold,
}

/// What assignments are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::LayerAssignmentSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LayerAssignmentSort {
    CreatedAt,
    From,
}

/// A new assignment by hand, which ends where the member was before. What rules have said of its days is forgotten.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLayerAssignment {
    /// Id or external id of the member. Of one that was merged into another, the other one is assigned.
    pub member: String,
    /// Id or key of the layer.
    #[schema(example = "core-contributors")]
    pub layer: String,
    /// The first day; today when absent.
    pub from: Option<Date>,
    /// The first day on which it is no longer so, after `from`; absent where it goes on.
    pub until: Option<Date>,
}

/// Changes of an assignment that was made by hand; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LayerAssignmentPatch {
    /// The first day on which it is no longer so, after `from`; null where it goes on.
    #[schema(value_type = Option<Date>)]
    pub until: MaybeUndefined<Date>,
}

/// Which assignments to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LayerAssignmentFilter {
    /// Id or external id of the member.
    #[param(required = false, nullable = false, value_type = String)]
    pub member: Option<String>,
    /// Id or key of the layer.
    #[param(required = false, nullable = false, value_type = String)]
    pub layer: Option<String>,
    /// One or more reasons, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<AssignedBy>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub by: Option<Vec<AssignedBy>>,
    /// Those that hold on this day.
    #[param(required = false, nullable = false, value_type = Date)]
    pub on: Option<Date>,
}

impl From<domain::LayerAssignment> for LayerAssignment {
    fn from(assignment: domain::LayerAssignment) -> Self {
        let domain::LayerAssignment { id, member, layer, from, until, by, stamp } = assignment;
        Self {
            id: id.to_string().into(),
            member_id: member.to_string().into(),
            layer_id: layer.to_string().into(),
            since: Date(from),
            until: until.map(Date),
            by: by.into(),
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<NewLayerAssignment> for application::NewLayerAssignment {
    fn from(new: NewLayerAssignment) -> Self {
        let NewLayerAssignment { member, layer, from, until } = new;
        Self { member, layer, from: from.map(|day| day.0), until: until.map(|day| day.0) }
    }
}

impl From<LayerAssignmentFilter> for application::LayerAssignmentQuery {
    fn from(filter: LayerAssignmentFilter) -> Self {
        let LayerAssignmentFilter { member, layer, by, on } = filter;
        let by = by.into_iter().flatten().map(Into::into).collect();
        let filter = domain::LayerAssignmentFilter { by, on: on.map(|day| day.0), ..domain::LayerAssignmentFilter::default() };
        Self { member, layer, filter }
    }
}

resource!(LayerAssignment of domain::LayerAssignment, at "/v1/layer-assignments");

impl Patch<application::LayerAssignmentDraft> for LayerAssignmentPatch {
    fn apply(self, draft: &mut application::LayerAssignmentDraft) {
        let Self { until } = self;
        clear(&mut draft.until, until.map_value(|day| day.0));
    }
}
