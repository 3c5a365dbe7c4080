//! Events: what happened in a community, as platforms tell it, each under its platform's own id.

mod draft;
mod property;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::channel::Channel;
use crate::id::{Id, Named};
use crate::initiative::Initiative;
use crate::number::Quantity;
use crate::platform::Platform;

pub use draft::{AccountDraft, Arrival, EventDraft, Kind};
pub use property::Property;

/// Most events of one batch.
pub const BATCH_COUNT: usize = 5_000;
/// Most tags of one event.
pub const TAG_COUNT: usize = 20;
/// Most activity types that a list of events is narrowed to.
pub const TYPE_COUNT: usize = 20;
/// Most properties of one event.
pub const PROPERTY_COUNT: usize = 20;
/// The first year in which events may lie.
pub const FIRST_YEAR: i32 = 1980;
/// How far ahead of the server's clock an event may lie: clocks differ, and so do calendars.
pub const AHEAD: TimeDelta = TimeDelta::hours(24);

/// Something that happened, as it was told last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: Id<Event>,
    pub told: Told,
    /// When it was first told.
    pub recorded_at: DateTime<Utc>,
    /// When it was last told otherwise.
    pub revised_at: DateTime<Utc>,
    /// When it was taken back.
    pub retracted_at: Option<DateTime<Utc>>,
    /// 1 when it was first told, one more whenever it was told otherwise.
    pub revision: u32,
}

/// What is told of an event: the same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub platform: Id<Platform>,
    /// The platform's own id of it.
    pub source_id: String,
    /// The key of its activity type.
    pub activity: String,
    /// The number of the member who did it.
    pub member: Option<u32>,
    pub channel: Option<Id<Channel>>,
    /// The topic, question, answer or piece it is about, which may be told later.
    pub parent: Option<Id<Event>>,
    pub initiative: Option<Id<Initiative>>,
    /// In alphabetical order, each once.
    pub tags: Vec<String>,
    pub value: Option<Quantity>,
    pub properties: BTreeMap<String, Property>,
    pub occurred_at: DateTime<Utc>,
}

impl Named for Event {
    const PREFIX: &'static str = "evt";
    const WORD: &'static str = "event";
}

impl Event {
    /// The id of what a platform calls by this id: always the same, so that nothing is taken in twice and what is about
    /// an event can name it before it arrives.
    pub fn id_of(platform: Id<Platform>, source_id: &str) -> Id<Self> {
        let digest = Sha256::new().chain_update(platform.uuid().as_bytes()).chain_update(source_id.as_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
        Id::from_uuid(Uuid::new_v8(bytes))
    }

    pub fn first(told: Told, recorded_at: DateTime<Utc>) -> Self {
        let id = Self::id_of(told.platform, &told.source_id);
        Self { id, told, recorded_at, revised_at: recorded_at, retracted_at: None, revision: 1 }
    }

    /// The same event told otherwise.
    #[must_use]
    pub fn retold(&self, told: Told, at: DateTime<Utc>) -> Self {
        Self {
            id: self.id,
            told,
            recorded_at: self.recorded_at,
            revised_at: at,
            retracted_at: None,
            revision: self.revision.saturating_add(1),
        }
    }
}

/// Which events a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    pub id: Option<Id<Event>>,
    pub platform: Option<Id<Platform>>,
    pub channel: Option<Id<Channel>>,
    /// Those of the members with these numbers.
    pub members: Option<Vec<u32>>,
    pub initiative: Option<Id<Initiative>>,
    /// What they are about.
    pub parent: Option<Id<Event>>,
    /// Keys of activity types.
    pub activities: Vec<String>,
    /// Happened at this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Happened before this instant.
    pub before: Option<DateTime<Utc>>,
    /// Those that were taken back, or those that were not.
    pub retracted: Option<bool>,
}

/// What events are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EventSort {
    #[default]
    OccurredAt,
}
