//! Initiatives by their id.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::initiative as domain;

use super::{Batch, Loaded, single};
use crate::resources::initiative::Initiative;

/// An initiative by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct InitiativeById(pub(crate) Id<domain::Initiative>);

impl Batch for InitiativeById {
    type Value = Initiative;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.initiatives_by_id(actor, &ids).await?, |initiative| InitiativeById(initiative.id)))
    }
}
