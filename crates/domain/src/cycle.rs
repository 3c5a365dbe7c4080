//! Cycles: the periods OKRs are set for. They nest, and move through their states in order.

use chrono::{DateTime, NaiveDate, Utc};

use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// Most levels of cycles inside each other.
pub const DEPTH_LIMIT: usize = 4;
/// Longest cycle, in days: ten years.
pub const LONGEST_DAYS: i64 = 3_660;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CycleStatus {
    Planning,
    Active,
    Grading,
    Closed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub id: Id<Cycle>,
    /// Given once: the first part of the addresses of the cycle's OKRs.
    pub key: String,
    pub name: String,
    /// First and last day, both part of the cycle.
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub status: CycleStatus,
    pub parent: Option<Id<Cycle>>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Cycle {
    const PREFIX: &'static str = "cyc";
    const WORD: &'static str = "cycle";
}

/// What is given to create or change a cycle.
#[derive(Clone, Debug)]
pub struct CycleDraft {
    pub key: String,
    /// The key when absent.
    pub name: Option<String>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub status: CycleStatus,
    /// Id or key.
    pub parent: Option<String>,
    pub external_id: Option<String>,
}

impl Cycle {
    /// `parent` is what the draft's parent names.
    pub fn new(id: Id<Self>, stamp: Stamp, draft: CycleDraft, parent: Option<Id<Self>>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let key = check.field("key", text::key(&draft.key));
        let name = check.field("name", text::label(draft.name.as_deref().unwrap_or(&draft.key)));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        if draft.end < draft.start {
            check.refuse("end", Code::WrongOrder, "the cycle ends before it starts");
        } else if (draft.end - draft.start).num_days() > LONGEST_DAYS {
            check.refuse("end", Code::OutOfRange, format!("a cycle has at most {LONGEST_DAYS} days"));
        }
        check.field("start", sensible(draft.start));
        check.field("end", sensible(draft.end));
        let built = key.zip(name).zip(external_id).map(|((key, name), external_id)| Self {
            id,
            key,
            name,
            start: draft.start,
            end: draft.end,
            status: draft.status,
            parent,
            external_id,
            stamp,
        });
        check.finish(built)
    }

    pub fn draft(&self) -> CycleDraft {
        CycleDraft {
            key: self.key.clone(),
            name: Some(self.name.clone()),
            start: self.start,
            end: self.end,
            status: self.status,
            parent: self.parent.map(|parent| parent.to_string()),
            external_id: self.external_id.clone(),
        }
    }

    /// A cycle lies within the cycle that holds it.
    pub fn fit_into(&self, parent: &Self) -> Result<(), Violation> {
        if parent.start <= self.start && self.end <= parent.end {
            return Ok(());
        }
        let detail = format!("the cycle has days outside `{}`, which lasts from {} to {}", parent.key, parent.start, parent.end);
        Err(Violation::new(Code::OutOfRange, detail).at("parent"))
    }

    /// Whether a cycle in this state may go on to `next`: one step at a time, and never back.
    pub fn may_become(&self, next: CycleStatus) -> Result<(), Violation> {
        use CycleStatus::{Active, Closed, Grading, Planning};
        let is_step = matches!((self.status, next), (Planning, Active) | (Active, Grading) | (Grading, Closed));
        if is_step || next == self.status {
            return Ok(());
        }
        Err(Violation::new(Code::InvalidTransition, "a cycle goes from PLANNING to ACTIVE to GRADING to CLOSED, one step at a time")
            .at("status"))
    }

    /// A closed cycle takes no more changes to its OKRs.
    pub fn take_changes(&self) -> Result<(), Violation> {
        if self.status == CycleStatus::Closed {
            return Err(Violation::new(Code::CycleClosed, format!("the cycle `{}` is closed", self.key)));
        }
        Ok(())
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Years that calendars, databases and clients agree on.
pub fn sensible(date: NaiveDate) -> Result<NaiveDate, Violation> {
    let (earliest, latest) = (NaiveDate::from_ymd_opt(1900, 1, 1), NaiveDate::from_ymd_opt(2999, 12, 31));
    if earliest.is_some_and(|earliest| date >= earliest) && latest.is_some_and(|latest| date <= latest) {
        return Ok(date);
    }
    Err(Violation::new(Code::OutOfRange, "a date lies between 1900-01-01 and 2999-12-31"))
}

/// Which cycles a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct CycleFilter {
    pub parent: Option<Id<Cycle>>,
    pub statuses: Vec<CycleStatus>,
    /// Cycles that this day belongs to.
    pub on: Option<NaiveDate>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What cycles are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CycleSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Start,
}
