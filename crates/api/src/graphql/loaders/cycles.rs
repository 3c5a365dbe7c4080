//! Cycles, and what lies inside them.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::cycle as domain;
use waymark_domain::id::Id;

use super::{Batch, Loaded, single};
use crate::resources::cycle::Cycle;
use crate::resources::grouped;

/// A cycle by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CycleById(pub(crate) Id<domain::Cycle>);

/// The cycles right inside one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CyclesInside(pub(crate) Id<domain::Cycle>);

impl Batch for CycleById {
    type Value = Cycle;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.cycles_by_id(actor, &ids).await?, |cycle| CycleById(cycle.id)))
    }
}

impl Batch for CyclesInside {
    type Value = Vec<Cycle>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.cycles_inside(actor, &ids).await?, |cycle| cycle.parent.map(CyclesInside)))
    }
}
