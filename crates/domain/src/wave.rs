//! Waves: the times at which a survey is put to people.

use chrono::{DateTime, NaiveDate, Utc};

use crate::cycle;
use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::survey::Survey;
use crate::text;

/// Most waves of one survey.
pub const WAVE_COUNT: usize = 500;
/// Most people whom a wave is put to.
pub const POPULATION_LIMIT: u32 = 1_000_000_000;

/// One time a survey is put to people. Which answers belong to it, each answer says: late ones count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    pub id: Id<Wave>,
    pub survey: Id<Survey>,
    /// Given once: answers name their wave by it within the survey.
    pub key: String,
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// How many people it was put to: what the response rate and the finite-population correction are made from.
    pub population: Option<u32>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Wave {
    const PREFIX: &'static str = "wav";
    const WORD: &'static str = "wave";
}

/// What is given to create or change a wave.
#[derive(Clone, Debug)]
pub struct WaveDraft {
    /// Id or key.
    pub survey: String,
    pub key: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub population: Option<i64>,
    pub external_id: Option<String>,
}

impl Wave {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: WaveDraft, survey: Id<Survey>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let WaveDraft { survey: _, key, start, end, population, external_id } = draft;
        let key = check.field("key", text::key(&key));
        check.field("start", cycle::sensible(start));
        check.field("end", cycle::sensible(end));
        if end < start {
            check.refuse("end", Code::WrongOrder, "the wave ends before it starts");
        }
        let population = check.field("population", population.map(people).transpose());
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let parts = key.zip(population).zip(external_id);
        check.finish(parts.map(|((key, population), external_id)| Self { id, survey, key, start, end, population, external_id, stamp }))
    }

    pub fn draft(&self) -> WaveDraft {
        let Self { key, start, end, population, external_id, .. } = self.clone();
        WaveDraft { survey: self.survey.to_string(), key, start, end, population: population.map(i64::from), external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

fn people(number: i64) -> Result<u32, Violation> {
    let people = u32::try_from(number).ok().filter(|people| (1..=POPULATION_LIMIT).contains(people));
    people.ok_or_else(|| Violation::new(Code::OutOfRange, format!("a wave is put to 1 to {POPULATION_LIMIT} people")))
}

/// Which waves a list holds: all conditions together.
#[derive(Clone, Debug, Default)]
pub struct WaveFilter {
    pub survey: Option<Id<Survey>>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What waves are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum WaveSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Start,
}
