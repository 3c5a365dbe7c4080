//! Events by their id.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::event as domain;
use waymark_domain::id::Id;

use super::{Batch, Loaded, single};
use crate::resources::event::Event;

/// An event by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EventById(pub(crate) Id<domain::Event>);

impl Batch for EventById {
    type Value = Event;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.events_by_id(actor, &ids).await?, |by| EventById(by.event.id)))
    }
}
