//! Activity types by their id.

use waymark_application::App;
use waymark_domain::activity as domain;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;

use super::{Batch, Loaded, single};
use crate::resources::activity_type::ActivityType;

/// An activity type by its id, built in or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ActivityTypeById(pub(crate) Id<domain::ActivityType>);

impl Batch for ActivityTypeById {
    type Value = ActivityType;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.activity_types_by_id(actor, &ids).await?, |entry| ActivityTypeById(entry.id())))
    }
}
