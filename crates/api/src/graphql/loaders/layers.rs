//! Layers and assignments to them, by their ids.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::{layer, layer_assignment};

use super::{Batch, Loaded, single};
use crate::resources::layer::Layer;
use crate::resources::layer_assignment::LayerAssignment;

/// A layer by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LayerById(pub(crate) Id<layer::Layer>);

/// An assignment by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LayerAssignmentById(pub(crate) Id<layer_assignment::LayerAssignment>);

impl Batch for LayerById {
    type Value = Layer;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.layers_by_id(actor, &ids).await?, |layer| LayerById(layer.id)))
    }
}

impl Batch for LayerAssignmentById {
    type Value = LayerAssignment;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.layer_assignments_by_id(actor, &ids).await?, |assignment| LayerAssignmentById(assignment.id)))
    }
}
