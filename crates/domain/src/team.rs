//! Teams: a tree, with single people as teams of one.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::rejection::{Check, Rejection};
use crate::stamp::Stamp;
use crate::text;

/// Most levels of teams below each other.
pub const DEPTH_LIMIT: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamKind {
    Company,
    Group,
    Team,
    Individual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub id: Id<Team>,
    /// Given once: it is a part of the addresses of the team's OKRs.
    pub key: String,
    pub name: String,
    pub kind: TeamKind,
    pub parent: Option<Id<Team>>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Team {
    const PREFIX: &'static str = "team";
    const WORD: &'static str = "team";
}

/// What is given to create or change a team.
#[derive(Clone, Debug)]
pub struct TeamDraft {
    pub key: String,
    pub name: String,
    pub kind: TeamKind,
    /// Id or key.
    pub parent: Option<String>,
    pub external_id: Option<String>,
}

impl Team {
    /// `parent` is what the draft's parent names.
    pub fn new(id: Id<Self>, stamp: Stamp, draft: TeamDraft, parent: Option<Id<Self>>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let key = check.field("key", text::key(&draft.key));
        let name = check.field("name", text::label(&draft.name));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        let built = key.zip(name).zip(external_id).map(|((key, name), external_id)| Self {
            id,
            key,
            name,
            kind: draft.kind,
            parent,
            external_id,
            stamp,
        });
        check.finish(built)
    }

    pub fn draft(&self) -> TeamDraft {
        TeamDraft {
            key: self.key.clone(),
            name: self.name.clone(),
            kind: self.kind,
            parent: self.parent.map(|parent| parent.to_string()),
            external_id: self.external_id.clone(),
        }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which teams a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct TeamFilter {
    pub parent: Option<Id<Team>>,
    pub kinds: Vec<TeamKind>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What teams are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}
