//! Channels on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::ChannelQuery;
use waymark_domain::channel as domain;

use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::platform::is_active;
use crate::resources::resource;
use crate::scalars::DateTime;

/// A room of a platform, such as a forum's category, a chat's channel or a repository.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    #[schema(value_type = String, example = "chn_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// The platform it is a room of. It stays with it.
    #[schema(value_type = String, example = "plf_01h455vb4pex5vsknk084sn02q")]
    pub platform_id: ID,
    /// What the platform calls it: given once, unique in the platform, and what events name.
    #[schema(example = "#help")]
    pub key: String,
    pub name: String,
    /// Whether the community still uses it.
    pub active: bool,
    /// The integrator's own id, unique among channels.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// What channels are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ChannelSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChannelSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new channel.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewChannel {
    /// Id or key of the platform. Never changes.
    #[schema(example = "chat")]
    pub platform: String,
    /// What the platform calls it, at most 200 characters. Never changes.
    #[schema(example = "#help")]
    pub key: String,
    #[schema(example = "Help")]
    pub name: String,
    /// Whether the community uses it.
    #[serde(default = "is_active")]
    #[graphql(default = true)]
    #[schema(default = true)]
    pub active: bool,
    /// The integrator's own id, unique among channels.
    pub external_id: Option<String>,
}

/// Changes of a channel; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ChannelPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    /// Whether the community still uses it.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub active: Option<bool>,
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which channels to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ChannelFilter {
    /// Id or key of the platform.
    #[param(required = false, nullable = false, value_type = String)]
    pub platform: Option<String>,
    /// Only those that are in use, or only those that are not.
    #[param(required = false, nullable = false, value_type = bool)]
    pub active: Option<bool>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

impl From<domain::Channel> for Channel {
    fn from(channel: domain::Channel) -> Self {
        let domain::Channel { id, platform, key, name, active, external_id, stamp } = channel;
        Self {
            id: id.to_string().into(),
            platform_id: platform.to_string().into(),
            key,
            name,
            active,
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<NewChannel> for domain::ChannelDraft {
    fn from(new: NewChannel) -> Self {
        let NewChannel { platform, key, name, active, external_id } = new;
        Self { platform, key, name, active, external_id }
    }
}

impl From<ChannelFilter> for ChannelQuery {
    fn from(filter: ChannelFilter) -> Self {
        let ChannelFilter { platform, active, updated_since } = filter;
        let filter = domain::ChannelFilter { platform: None, active, updated_since: updated_since.map(|instant| instant.0) };
        Self { platform, filter }
    }
}

resource!(Channel of domain::Channel, at "/v1/channels");

impl Patch<domain::ChannelDraft> for ChannelPatch {
    fn apply(self, draft: &mut domain::ChannelDraft) {
        let Self { name, active, external_id } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.active, active);
        clear(&mut draft.external_id, external_id);
    }
}
