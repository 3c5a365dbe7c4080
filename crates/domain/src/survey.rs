//! What people answer: surveys, scales, the scores made from the answers, and whom those scores must not give away.
//!
//! Sums, shares and roots are decimal: a digit never hangs on a processor's floating point.

pub mod latest;
pub mod nps;
pub mod results;
pub mod satisfaction;
pub mod scale;
pub mod segment;
pub mod suppression;
pub mod tally;

mod normal;

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// Whether a survey takes answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SurveyStatus {
    #[default]
    Open,
    /// New answers and changed ones are refused.
    Closed,
}

/// Questions that are asked again from wave to wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub id: Id<Survey>,
    /// Given once: answers name their survey by it.
    pub key: String,
    pub title: String,
    pub status: SurveyStatus,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Survey {
    const PREFIX: &'static str = "srv";
    const WORD: &'static str = "survey";
}

/// What is given to create or change a survey.
#[derive(Clone, Debug)]
pub struct SurveyDraft {
    pub key: String,
    pub title: String,
    pub status: SurveyStatus,
    pub external_id: Option<String>,
}

impl Survey {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: SurveyDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let SurveyDraft { key, title, status, external_id } = draft;
        let key = check.field("key", text::key(&key));
        let title = check.field("title", text::title(&title));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        check.finish(key.zip(title).zip(external_id).map(|((key, title), external_id)| Self { id, key, title, status, external_id, stamp }))
    }

    pub fn draft(&self) -> SurveyDraft {
        let Self { key, title, status, external_id, .. } = self.clone();
        SurveyDraft { key, title, status, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// # Errors
    /// `SURVEY_CLOSED` where it takes no answers any more.
    pub fn take_answers(&self) -> Result<(), Violation> {
        match self.status {
            SurveyStatus::Open => Ok(()),
            SurveyStatus::Closed => {
                let detail = format!("the survey `{}` is closed: open it again before answers are sent or changed", self.key);
                Err(Violation::new(Code::SurveyClosed, detail))
            }
        }
    }
}

/// Which surveys a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct SurveyFilter {
    pub statuses: Vec<SurveyStatus>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What surveys are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SurveySort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Title,
}
