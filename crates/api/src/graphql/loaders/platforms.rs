//! Platforms by their id.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::platform as domain;

use super::{Batch, Loaded, single};
use crate::resources::platform::Platform;

/// A platform by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PlatformById(pub(crate) Id<domain::Platform>);

impl Batch for PlatformById {
    type Value = Platform;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.platforms_by_id(actor, &ids).await?, |platform| PlatformById(platform.id)))
    }
}
