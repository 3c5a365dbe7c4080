//! Initiatives: work that contributes to key results, with the evidence that it does.

use chrono::{DateTime, NaiveDate, Utc};

use crate::binding::Gauge;
use crate::cycle;
use crate::id::{Id, Named};
use crate::key_result::KeyResult;
use crate::rejection::{Check, Code, Rejection};
use crate::stamp::Stamp;
use crate::team::Team;
use crate::text;

/// Most key results one initiative names.
pub const LINK_COUNT: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum InitiativeStatus {
    Planned,
    InProgress,
    Done,
    Cancelled,
}

/// The programme an initiative belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    Onboarding,
    Mentorship,
    Recognition,
    Event,
    Learning,
    Content,
    Advocacy,
    Support,
    Governance,
    Product,
    Other,
}

impl Category {
    /// Those of programmes, which people take part in.
    pub const PROGRAMS: [Self; 7] =
        [Self::Onboarding, Self::Mentorship, Self::Recognition, Self::Event, Self::Learning, Self::Content, Self::Advocacy];
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initiative {
    pub id: Id<Initiative>,
    pub title: String,
    pub team: Id<Team>,
    pub owner: Option<Id<Team>>,
    pub status: InitiativeStatus,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub category: Category,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Initiative {
    const PREFIX: &'static str = "ini";
    const WORD: &'static str = "initiative";
}

/// What is given to create or change an initiative; teams are given by id or key.
#[derive(Clone, Debug)]
pub struct InitiativeDraft {
    pub title: String,
    pub team: String,
    pub owner: Option<String>,
    pub status: InitiativeStatus,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub category: Category,
    pub external_id: Option<String>,
}

impl Initiative {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: InitiativeDraft, team: Id<Team>, owner: Option<Id<Team>>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let title = check.field("title", text::title(&draft.title));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        for (field, date) in [("start", draft.start), ("end", draft.end)] {
            if let Some(date) = date {
                check.field(field, cycle::sensible(date));
            }
        }
        if draft.start.zip(draft.end).is_some_and(|(start, end)| end < start) {
            check.refuse("end", Code::WrongOrder, "the initiative ends before it starts");
        }
        let built = title.zip(external_id).map(|(title, external_id)| Self {
            id,
            title,
            team,
            owner,
            status: draft.status,
            start: draft.start,
            end: draft.end,
            category: draft.category,
            external_id,
            stamp,
        });
        check.finish(built)
    }

    pub fn draft(&self) -> InitiativeDraft {
        let Self { title, status, start, end, category, external_id, .. } = self.clone();
        let (team, owner) = (self.team.to_string(), self.owner.map(|owner| owner.to_string()));
        InitiativeDraft { title, team, owner, status, start, end, category, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// That an initiative contributes to a key result. It dangles when the key result named does not exist:
/// the name is kept, so that work linked from outside is never lost and the gap can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    pub initiative: Id<Initiative>,
    /// The id or address as it was given.
    pub named: String,
    pub key_result: Option<Id<KeyResult>>,
    /// What the initiative is expected to add.
    pub expected: Option<String>,
    pub evidence: Option<String>,
    /// The metric that shows whether it does, with everything that it is narrowed to by its id.
    pub metric: Option<Gauge>,
}

#[derive(Clone, Debug)]
pub struct ContributionDraft {
    pub key_result: String,
    pub expected: Option<String>,
    pub evidence: Option<String>,
}

impl ContributionDraft {
    /// Trims and bounds the texts.
    pub fn check(self) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let key_result = check.field("keyResult", text::label(&self.key_result));
        let expected = check.field("expectedContribution", text::prose(self.expected.as_deref()));
        let evidence = check.field("evidence", text::prose(self.evidence.as_deref()));
        let built =
            key_result.zip(expected).zip(evidence).map(|((key_result, expected), evidence)| Self { key_result, expected, evidence });
        check.finish(built)
    }
}

/// Which initiatives a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct InitiativeFilter {
    pub team: Option<Id<Team>>,
    pub owner: Option<Id<Team>>,
    pub statuses: Vec<InitiativeStatus>,
    pub categories: Vec<Category>,
    /// Those that contribute to it.
    pub key_result: Option<Id<KeyResult>>,
    pub linkage: Option<Linkage>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What initiatives are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum InitiativeSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Title,
}

/// How an initiative stands to key results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Linkage {
    /// Names at least one key result that exists.
    Linked,
    /// Names no key result that exists.
    Unlinked,
    /// Names at least one key result that does not exist.
    Dangling,
}
