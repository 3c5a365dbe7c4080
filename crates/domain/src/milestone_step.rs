//! The weighted steps of a milestone.

use chrono::NaiveDate;

use crate::cycle;
use crate::id::{Id, Named};
use crate::key_result::KeyResult;
use crate::number::Quantity;
use crate::objective;
use crate::rejection::{Check, Rejection};
use crate::stamp::Stamp;
use crate::text;

/// Most steps of one key result.
pub const STEP_COUNT: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneStep {
    pub id: Id<MilestoneStep>,
    pub key_result: Id<KeyResult>,
    pub title: String,
    pub weight: Quantity,
    pub due: Option<NaiveDate>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// Its place among the key result's steps, from 1.
    pub position: u32,
    pub stamp: Stamp,
}

impl Named for MilestoneStep {
    const PREFIX: &'static str = "step";
    const WORD: &'static str = "milestone step";
}

#[derive(Clone, Debug)]
pub struct MilestoneStepDraft {
    pub title: String,
    pub weight: Quantity,
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
}

impl MilestoneStep {
    pub fn new(id: Id<Self>, stamp: Stamp, key_result: Id<KeyResult>, position: u32, draft: MilestoneStepDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let title = check.field("title", text::title(&draft.title));
        let weight = check.field("weight", objective::weight(draft.weight));
        for (field, date) in [("due", draft.due), ("doneOn", draft.done_on)] {
            if let Some(date) = date {
                check.field(field, cycle::sensible(date));
            }
        }
        let built = title.zip(weight).map(|(title, weight)| Self {
            id,
            key_result,
            title,
            weight,
            due: draft.due,
            done_on: draft.done_on,
            position,
            stamp,
        });
        check.finish(built)
    }

    pub fn draft(&self) -> MilestoneStepDraft {
        MilestoneStepDraft { title: self.title.clone(), weight: self.weight, due: self.due, done_on: self.done_on }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}
