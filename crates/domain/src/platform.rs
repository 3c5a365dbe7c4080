//! Platforms: where a community happens, such as a forum, a chat or a code host.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::rejection::{Check, Rejection};
use crate::stamp::Stamp;
use crate::text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum PlatformKind {
    Forum,
    Chat,
    CodeHost,
    Events,
    Social,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    pub id: Id<Platform>,
    /// Given once: events name their platform by it.
    pub key: String,
    pub name: String,
    pub kind: PlatformKind,
    /// Whether the community still uses it. Events of one that is not are taken in all the same: history may arrive late.
    pub active: bool,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Platform {
    const PREFIX: &'static str = "plf";
    const WORD: &'static str = "platform";
}

/// What is given to create or change a platform.
#[derive(Clone, Debug)]
pub struct PlatformDraft {
    pub key: String,
    pub name: String,
    pub kind: PlatformKind,
    pub active: bool,
    pub external_id: Option<String>,
}

impl Platform {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: PlatformDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let PlatformDraft { key, name, kind, active, external_id } = draft;
        let key = check.field("key", text::key(&key));
        let name = check.field("name", text::label(&name));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let built =
            key.zip(name).zip(external_id).map(|((key, name), external_id)| Self { id, key, name, kind, active, external_id, stamp });
        check.finish(built)
    }

    /// One that an event was the first to name.
    pub fn named(id: Id<Self>, stamp: Stamp, key: &str) -> Result<Self, Rejection> {
        let (key, name) = (key.to_owned(), key.to_owned());
        Self::new(id, stamp, PlatformDraft { key, name, kind: PlatformKind::Other, active: true, external_id: None })
    }

    pub fn draft(&self) -> PlatformDraft {
        let Self { key, name, kind, active, external_id, .. } = self.clone();
        PlatformDraft { key, name, kind, active, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which platforms a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct PlatformFilter {
    pub kinds: Vec<PlatformKind>,
    pub active: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What platforms are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum PlatformSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}
