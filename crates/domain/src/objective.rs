//! Objectives: what is to be achieved, and what they support.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::address::Address;
use crate::cycle::Cycle;
use crate::id::{Id, Named};
use crate::key_result::KeyResult;
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::team::Team;
use crate::text;

/// Most objectives above each other in a cascade.
pub const CASCADE_LIMIT: usize = 8;
/// Most extra alignments of one objective.
pub const ALIGNMENT_LIMIT: usize = 20;
/// Largest weight of an objective, key result or milestone step.
pub const WEIGHT_LIMIT: u32 = 1_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveKind {
    /// Moves a core business metric.
    Impact,
    /// Unlocks future impact: platform, data quality, compliance.
    Enabler,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveStatus {
    Draft,
    Published,
    /// On the "not now" list.
    Parked,
    Cancelled,
    Closed,
}

/// What an objective supports: another objective, or one key result of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Support {
    Objective(Id<Objective>),
    KeyResult(Id<KeyResult>),
}

impl fmt::Display for Support {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Objective(id) => id.fmt(f),
            Self::KeyResult(id) => id.fmt(f),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    pub id: Id<Objective>,
    pub cycle: Id<Cycle>,
    pub team: Id<Team>,
    /// Its number `O1` within the team and cycle is given once and never re-used.
    pub address: Address,
    pub title: String,
    pub kind: ObjectiveKind,
    pub status: ObjectiveStatus,
    pub why_now: Option<String>,
    pub pillar: Option<String>,
    /// The team (often of one) that answers for it.
    pub owner: Option<Id<Team>>,
    /// Its share in scores by the `WEIGHTED` policy.
    pub weight: Quantity,
    pub parent: Option<Support>,
    pub alignments: Vec<Support>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Objective {
    const PREFIX: &'static str = "obj";
    const WORD: &'static str = "objective";
}

/// What is given to create or change an objective; what it names is given as text.
#[derive(Clone, Debug)]
pub struct ObjectiveDraft {
    pub title: String,
    pub kind: ObjectiveKind,
    pub status: ObjectiveStatus,
    pub why_now: Option<String>,
    pub pillar: Option<String>,
    /// Id or key of a team.
    pub owner: Option<String>,
    pub weight: Quantity,
    /// Id or address of an objective or key result.
    pub parent: Option<String>,
    /// Ids or addresses of objectives and key results.
    pub alignments: Vec<String>,
    pub external_id: Option<String>,
}

/// What a draft names, found.
#[derive(Clone, Debug, Default)]
pub struct ObjectiveLinks {
    pub owner: Option<Id<Team>>,
    pub parent: Option<Support>,
    pub alignments: Vec<Support>,
}

/// Where a new objective stands.
#[derive(Clone, Debug)]
pub struct ObjectivePlace {
    pub cycle: Id<Cycle>,
    pub team: Id<Team>,
    pub address: Address,
}

impl Objective {
    pub fn new(id: Id<Self>, stamp: Stamp, place: ObjectivePlace, draft: ObjectiveDraft, links: ObjectiveLinks) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let title = check.field("title", text::title(&draft.title));
        let why_now = check.field("whyNow", text::prose(draft.why_now.as_deref()));
        let pillar = check.field("pillar", text::optional_label(draft.pillar.as_deref()));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        let weight = check.field("weight", weight(draft.weight));
        check.field("alignments", distinct(&links.alignments));
        let ObjectivePlace { cycle, team, address } = place;
        let built = (|| {
            Some(Self {
                id,
                cycle,
                team,
                address,
                title: title?,
                kind: draft.kind,
                status: draft.status,
                why_now: why_now?,
                pillar: pillar?,
                owner: links.owner,
                weight: weight?,
                parent: links.parent,
                alignments: links.alignments,
                external_id: external_id?,
                stamp,
            })
        })();
        check.finish(built)
    }

    /// The objective after a change; its id, place and number stay.
    pub fn changed(&self, now: DateTime<Utc>, draft: ObjectiveDraft, links: ObjectiveLinks) -> Result<Self, Rejection> {
        let place = ObjectivePlace { cycle: self.cycle, team: self.team, address: self.address.clone() };
        Self::new(self.id, self.stamp.next(now), place, draft, links)
    }

    pub fn draft(&self) -> ObjectiveDraft {
        let Self { title, kind, status, why_now, pillar, weight, external_id, .. } = self.clone();
        ObjectiveDraft {
            title,
            kind,
            status,
            why_now,
            pillar,
            owner: self.owner.map(|owner| owner.to_string()),
            weight,
            parent: self.parent.map(|support| support.to_string()),
            alignments: self.alignments.iter().map(Support::to_string).collect(),
            external_id,
        }
    }

    /// Drafts, parked and cancelled objectives do not count in scores of teams, cycles and cascades.
    pub fn is_counted(&self) -> bool {
        matches!(self.status, ObjectiveStatus::Published | ObjectiveStatus::Closed)
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// A share in a mean: zero or more.
pub fn weight(weight: Quantity) -> Result<Quantity, Violation> {
    if weight.is_negative() || weight > Quantity::from(WEIGHT_LIMIT) {
        return Err(Violation::new(Code::OutOfRange, format!("a weight is a number from 0 to {WEIGHT_LIMIT}")));
    }
    Ok(weight)
}

fn distinct(alignments: &[Support]) -> Result<(), Violation> {
    if alignments.len() > ALIGNMENT_LIMIT {
        return Err(Violation::new(Code::TooMany, format!("an objective has at most {ALIGNMENT_LIMIT} extra alignments")));
    }
    let repeated = alignments.iter().enumerate().any(|(index, support)| alignments.iter().take(index).any(|earlier| earlier == support));
    if repeated { Err(Violation::new(Code::AlreadyExists, "the same alignment is named twice")) } else { Ok(()) }
}

/// Which objectives a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ObjectiveFilter {
    pub cycle: Option<Id<Cycle>>,
    pub team: Option<Id<Team>>,
    pub owner: Option<Id<Team>>,
    pub statuses: Vec<ObjectiveStatus>,
    pub kinds: Vec<ObjectiveKind>,
    /// Those whose parent this is.
    pub supports: Option<Support>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What objectives are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Title,
}
