//! Erasures by their id.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::erasure as domain;
use waymark_domain::id::Id;

use super::{Batch, Loaded, single};
use crate::resources::erasure::Erasure;

/// An erasure by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ErasureById(pub(crate) Id<domain::Erasure>);

impl Batch for ErasureById {
    type Value = Erasure;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.erasures_by_id(actor, &ids).await?, |erasure| ErasureById(erasure.id)))
    }
}
