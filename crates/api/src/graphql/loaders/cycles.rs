//! Cycles, and what lies inside them.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::cycle as domain;
use waymark_domain::id::Id;

use super::{Batches, Loaded, grouped, single};
use crate::resources::cycle::Cycle;

/// A cycle by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CycleById(pub(crate) Id<domain::Cycle>);

/// The cycles right inside one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CyclesInside(pub(crate) Id<domain::Cycle>);

impl Loader<CycleById> for Batches {
    type Value = Cycle;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CycleById]) -> Loaded<CycleById, Cycle> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.cycles_by_id(&self.actor, &ids).await?, |cycle| CycleById(cycle.id)))
    }
}

impl Loader<CyclesInside> for Batches {
    type Value = Vec<Cycle>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CyclesInside]) -> Loaded<CyclesInside, Vec<Cycle>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(self.app.cycles_inside(&self.actor, &ids).await?, |cycle| cycle.parent.map(CyclesInside)))
    }
}
