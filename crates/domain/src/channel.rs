//! Channels: the rooms of a platform, such as a forum's category, a chat's channel or a repository.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::platform::Platform;
use crate::rejection::{Check, Rejection};
use crate::stamp::Stamp;
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub id: Id<Channel>,
    pub platform: Id<Platform>,
    /// What the platform calls it, such as `#help` or `owner/repository`: given once, unique in the platform, and what events name.
    pub key: String,
    pub name: String,
    /// Whether the community still uses it.
    pub active: bool,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Channel {
    const PREFIX: &'static str = "chn";
    const WORD: &'static str = "channel";
}

/// What is given to create or change a channel; the platform is given by id or key.
#[derive(Clone, Debug)]
pub struct ChannelDraft {
    pub platform: String,
    pub key: String,
    pub name: String,
    pub active: bool,
    pub external_id: Option<String>,
}

impl Channel {
    /// `platform` is what the draft's platform names.
    pub fn new(id: Id<Self>, stamp: Stamp, draft: ChannelDraft, platform: Id<Platform>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let key = check.field("key", text::label(&draft.key));
        let name = check.field("name", text::label(&draft.name));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        let active = draft.active;
        let built =
            key.zip(name).zip(external_id).map(|((key, name), external_id)| Self { id, platform, key, name, active, external_id, stamp });
        check.finish(built)
    }

    /// One that an event was the first to name.
    pub fn named(id: Id<Self>, stamp: Stamp, platform: Id<Platform>, key: &str) -> Result<Self, Rejection> {
        let (key, name) = (key.to_owned(), key.to_owned());
        Self::new(id, stamp, ChannelDraft { platform: platform.to_string(), key, name, active: true, external_id: None }, platform)
    }

    pub fn draft(&self) -> ChannelDraft {
        let Self { platform, key, name, active, external_id, .. } = self.clone();
        ChannelDraft { platform: platform.to_string(), key, name, active, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which channels a list holds: all conditions together.
#[derive(Clone, Debug, Default)]
pub struct ChannelFilter {
    pub platform: Option<Id<Platform>>,
    pub active: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What channels are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChannelSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}
