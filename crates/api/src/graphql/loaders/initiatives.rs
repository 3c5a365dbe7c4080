//! Initiatives by their id.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::initiative as domain;

use super::{Batches, Loaded, single};
use crate::resources::initiative::Initiative;

/// An initiative by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct InitiativeById(pub(crate) Id<domain::Initiative>);

impl Loader<InitiativeById> for Batches {
    type Value = Initiative;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[InitiativeById]) -> Loaded<InitiativeById, Initiative> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.initiatives_by_id(&self.actor, &ids).await?, |initiative| InitiativeById(initiative.id)))
    }
}
