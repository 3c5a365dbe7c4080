//! The catalogue of activity types: what events can say that somebody did.

mod built_in;
mod entry;

use chrono::{DateTime, Utc};

use crate::activity_class::{Class, Knowledge};
use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection};
use crate::stamp::Stamp;
use crate::text;

pub use built_in::{BUILT_IN, BuiltIn, Need, PROGRAM_COMPLETED, Role};
pub use entry::{Entry, is_built_in, page, told_apart};

/// Most activity types of a workspace's own.
pub const OWN_COUNT: usize = 200;

/// An activity type of the workspace's own, beside those that are built in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityType {
    pub id: Id<ActivityType>,
    /// Given once: events name their type by it.
    pub key: String,
    pub name: String,
    /// Metrics look it up by the key when they answer, so that a change restates them back to the first event of the type.
    pub class: Class,
    /// As the class, looked up when a metric answers.
    pub knowledge: Option<Knowledge>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for ActivityType {
    const PREFIX: &'static str = "act";
    const WORD: &'static str = "activity type";
}

/// What is given to create or change an activity type.
#[derive(Clone, Debug)]
pub struct ActivityTypeDraft {
    pub key: String,
    pub name: String,
    pub class: Class,
    pub knowledge: Option<Knowledge>,
    pub external_id: Option<String>,
}

impl ActivityType {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: ActivityTypeDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let ActivityTypeDraft { key, name, class, knowledge, external_id } = draft;
        let key = check.field("key", text::key(&key));
        if key.as_deref().and_then(BuiltIn::of).is_some() {
            check.refuse("key", Code::AlreadyExists, "an activity type that is built in has this key: choose another");
        }
        let name = check.field("name", text::label(&name));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let built =
            key.zip(name).zip(external_id).map(|((key, name), external_id)| Self { id, key, name, class, knowledge, external_id, stamp });
        check.finish(built)
    }

    pub fn draft(&self) -> ActivityTypeDraft {
        let Self { key, name, class, knowledge, external_id, .. } = self.clone();
        ActivityTypeDraft { key, name, class, knowledge, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which activity types a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct ActivityTypeFilter {
    pub classes: Vec<Class>,
    /// Those that are built in, or those that are the workspace's own.
    pub built_in: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What activity types are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ActivityTypeSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}
