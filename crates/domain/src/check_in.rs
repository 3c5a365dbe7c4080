//! Check-ins: dated measurements of a key result. They are only ever added to; a correction is a revision.

use chrono::{DateTime, NaiveDate, Utc};

use crate::cycle::{self, Cycle};
use crate::id::{Id, Named};
use crate::key_result::KeyResult;
use crate::measure::{Kind, SAMPLE_LIMIT};
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection};
use crate::team::Team;
use crate::text;

#[cfg(test)]
mod tests;

/// Most states of one check-in.
pub const REVISION_COUNT: u32 = 1_000;

/// How sure the owner is that the key result will be met. Has no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Confidence {
    /// 0
    OffTrack,
    /// 1
    AtRisk,
    /// 2
    OnTrack,
}

/// The zone of an `ORDINAL` key result that has been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Zone {
    None,
    Commit,
    Target,
    Stretch,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    Entered,
    Computed,
    Imported,
    Metric,
    Overridden,
}

/// What was measured. A check-in may also carry confidence alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Of every kind with numbers; of a `MILESTONE` without steps 0 (not done) or 1 (done).
    Value(Quantity),
    Zone(Zone),
    /// Of a `TEST`: the result so far, over this many samples.
    Sample {
        value: Quantity,
        size: u32,
    },
}

impl Reading {
    /// The value, the zone and the size of the sample, each where there is one.
    pub fn parts(self) -> (Option<Quantity>, Option<Zone>, Option<u32>) {
        match self {
            Self::Value(value) => (Some(value), None, None),
            Self::Zone(zone) => (None, Some(zone), None),
            Self::Sample { value, size } => (Some(value), None, Some(size)),
        }
    }
}

/// One state of a check-in: the first, or a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 1 for the first.
    pub number: u32,
    pub reading: Option<Reading>,
    pub confidence: Option<Confidence>,
    pub evidence: Option<String>,
    pub risks: Option<String>,
    pub blockers: Option<String>,
    pub next_actions: Option<String>,
    /// Why an earlier revision was corrected.
    pub correction: Option<String>,
    pub provenance: Provenance,
    /// Who recorded it: the name of the token.
    pub author: String,
    pub recorded_at: DateTime<Utc>,
}

/// A check-in with the revision that holds now, or held at the instant that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    pub id: Id<CheckIn>,
    pub key_result: Id<KeyResult>,
    /// The day that was measured.
    pub on: NaiveDate,
    pub external_id: Option<String>,
    pub created_at: DateTime<Utc>,
    pub revision: Revision,
}

impl Named for CheckIn {
    const PREFIX: &'static str = "ci";
    const WORD: &'static str = "check-in";
}

/// What is given to record or correct a check-in.
#[derive(Clone, Debug, Default)]
pub struct CheckInDraft {
    pub value: Option<Quantity>,
    pub zone: Option<Zone>,
    /// As it was entered; a reading has 0 to [`SAMPLE_LIMIT`].
    pub sample_size: Option<i64>,
    pub confidence: Option<Confidence>,
    pub evidence: Option<String>,
    pub risks: Option<String>,
    pub blockers: Option<String>,
    pub next_actions: Option<String>,
    pub correction: Option<String>,
}

/// Who records, when, and as which revision.
#[derive(Clone, Debug)]
pub struct Record {
    pub number: u32,
    pub provenance: Provenance,
    pub author: String,
    pub at: DateTime<Utc>,
}

impl Revision {
    /// Checks the draft against the kind of key result. `has_steps` says whether a milestone is made of steps.
    pub fn new(draft: CheckInDraft, kind: Kind, has_steps: bool, record: Record) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let reading = reading(&draft, kind, has_steps, &mut check);
        let prose = [
            ("evidence", &draft.evidence),
            ("risks", &draft.risks),
            ("blockers", &draft.blockers),
            ("nextActions", &draft.next_actions),
            ("correction", &draft.correction),
        ]
        .map(|(field, text)| check.field(field, text::prose(text.as_deref())).flatten());
        let [evidence, risks, blockers, next_actions, correction] = prose;
        let says_something = reading.is_some()
            || draft.confidence.is_some()
            || evidence.is_some()
            || risks.is_some()
            || blockers.is_some()
            || next_actions.is_some()
            // What a metric no longer tells is taken back.
            || (record.provenance == Provenance::Metric && correction.is_some());
        if record.number > REVISION_COUNT {
            let detail = format!("a check-in has at most {REVISION_COUNT} revisions: record a new one instead");
            check.refuse("", Code::TooMany, detail);
        }
        if check.is_clean() && !says_something {
            check.refuse("", Code::Required, "a check-in needs a value, a confidence or a note");
        }
        check.finish(Some(Self {
            number: record.number,
            reading,
            confidence: draft.confidence,
            evidence,
            risks,
            blockers,
            next_actions,
            correction,
            provenance: record.provenance,
            author: record.author,
            recorded_at: record.at,
        }))
    }

    /// Whether another revision states the same, whoever recorded it, when and why.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { reading, confidence, evidence, risks, blockers, next_actions, .. } = other;
        self.reading == *reading
            && self.confidence == *confidence
            && self.evidence == *evidence
            && self.risks == *risks
            && self.blockers == *blockers
            && self.next_actions == *next_actions
    }

    pub fn draft(&self) -> CheckInDraft {
        let (value, zone, sample_size) = self.reading.map(Reading::parts).unwrap_or_default();
        CheckInDraft {
            value,
            zone,
            sample_size: sample_size.map(i64::from),
            confidence: self.confidence,
            evidence: self.evidence.clone(),
            risks: self.risks.clone(),
            blockers: self.blockers.clone(),
            next_actions: self.next_actions.clone(),
            correction: self.correction.clone(),
        }
    }
}

fn reading(draft: &CheckInDraft, kind: Kind, has_steps: bool, check: &mut Check) -> Option<Reading> {
    let mut stranger = |field: &str, given: bool, remedy: &str| {
        if given {
            check.refuse(field, Code::NotApplicable, remedy);
        }
    };
    if kind != Kind::Ordinal {
        stranger("zone", draft.zone.is_some(), "only key results of the kind ORDINAL take a zone: give a value");
    }
    if kind != Kind::Test {
        stranger("sampleSize", draft.sample_size.is_some(), "only key results of the kind TEST take a sample size");
    }
    match kind {
        Kind::Ordinal => {
            stranger("value", draft.value.is_some(), "a key result of the kind ORDINAL takes a zone, not a value");
            draft.zone.map(Reading::Zone)
        }
        Kind::Test => match (draft.value, draft.sample_size) {
            (Some(value), Some(size)) => {
                let size = u32::try_from(size).ok().filter(|size| *size <= SAMPLE_LIMIT);
                if size.is_none() {
                    check.refuse("sampleSize", Code::OutOfRange, format!("a sample has 0 to {SAMPLE_LIMIT} members"));
                }
                size.map(|size| Reading::Sample { value, size })
            }
            (None, None) => None,
            (Some(_), None) => {
                check.refuse("sampleSize", Code::Required, "a test's result needs the size of the sample so far");
                None
            }
            (None, Some(_)) => {
                check.refuse("value", Code::Required, "a sample size needs the result so far");
                None
            }
        },
        Kind::Milestone if has_steps => {
            stranger("value", draft.value.is_some(), "this milestone is made of steps: mark a step as done instead");
            None
        }
        Kind::Milestone => {
            let is_done_or_not = draft.value.is_none_or(|value| value == Quantity::ZERO || value == Quantity::ONE);
            if !is_done_or_not {
                check.refuse("value", Code::OutOfRange, "a milestone without steps is done (1) or not (0)");
            }
            draft.value.map(Reading::Value)
        }
        Kind::Reach | Kind::AtLeast | Kind::AtMost | Kind::Between | Kind::Rate => draft.value.map(Reading::Value),
    }
}

/// The day of a check-in, or of a step that was done: not after today, as seen from the workspace.
pub fn day(on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, crate::rejection::Violation> {
    if on > today {
        return Err(crate::rejection::Violation::new(Code::OutOfRange, format!("nothing is measured or done after today, {today}")));
    }
    cycle::sensible(on)
}

/// Which check ins a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct CheckInFilter {
    pub key_result: Option<Id<KeyResult>>,
    pub cycle: Option<Id<Cycle>>,
    pub team: Option<Id<Team>>,
    pub confidences: Vec<Confidence>,
    /// Measured on this day or later.
    pub since: Option<NaiveDate>,
    /// Measured on this day or earlier.
    pub until: Option<NaiveDate>,
    /// Recorded or corrected at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What check ins are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckInSort {
    #[default]
    Day,
    UpdatedAt,
}
