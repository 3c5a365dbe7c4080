//! Channels in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::channel as domain;
use waymark_domain::id::Id;
use waymark_domain::platform::Platform;

use super::{Batch, Loaded, single};
use crate::resources::channel::Channel;
use crate::resources::grouped;

/// A channel by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ChannelById(pub(crate) Id<domain::Channel>);

/// The channels of a platform.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ChannelsOf(pub(crate) Id<Platform>);

impl Batch for ChannelById {
    type Value = Channel;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.channels_by_id(actor, &ids).await?, |channel| ChannelById(channel.id)))
    }
}

impl Batch for ChannelsOf {
    type Value = Vec<Channel>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.channels_of(actor, &ids).await?, |channel| Some(ChannelsOf(channel.platform))))
    }
}
