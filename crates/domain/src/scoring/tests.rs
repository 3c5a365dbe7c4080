//! A key result of the fourth quarter of 2026 (1 October to 31 December, both Thursdays), and what the
//! tests do with it. Its thirteen planned weeks end on Sundays, from 4 October to 27 December.

mod confidence;
mod explanations;
mod forecasts;
mod groups;
mod guardrails;
mod lists;
mod milestones;
mod objectives;
mod paces;
mod properties;
mod rates;
mod reaches;
mod shares;
mod spans;
mod thresholds;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::explanation::Guarded;
use super::forecast::{self, Forecast};
use super::objective::{ObjectiveScore, ScoredKeyResult};
use super::pace::{self, Pace};
use super::score::{self, Facts, Score};
use crate::check_in::{CheckIn, Confidence, Provenance, Reading, Revision, Zone};
use crate::checkpoint::Checkpoint;
use crate::grade::Grade;
use crate::id::Id;
use crate::key_result::{KeyResult, KeyResultStatus, MeasurementPlan};
use crate::measure::{Kind, Measure, MeasureDraft};
use crate::milestone_step::MilestoneStep;
use crate::number::Quantity;
use crate::stamp::Stamp;
use crate::unit::{Unit, UnitKind};

/// The last day of the cycle.
const END: &str = "2026-12-31";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

/// The number, or none for `-`.
fn maybe(text: &str) -> Option<Quantity> {
    (text != "-").then(|| quantity(text))
}

fn reach(baseline: &str, target: &str) -> MeasureDraft {
    MeasureDraft { baseline: maybe(baseline), target: maybe(target), ..MeasureDraft::of(Kind::Reach) }
}

fn at_least(target: &str) -> MeasureDraft {
    MeasureDraft { target: maybe(target), ..MeasureDraft::of(Kind::AtLeast) }
}

fn at_most(target: &str) -> MeasureDraft {
    MeasureDraft { target: maybe(target), ..MeasureDraft::of(Kind::AtMost) }
}

fn between(lower: &str, upper: &str) -> MeasureDraft {
    MeasureDraft { lower: maybe(lower), upper: maybe(upper), ..MeasureDraft::of(Kind::Between) }
}

fn rate(baseline: &str, target: &str) -> MeasureDraft {
    MeasureDraft { baseline: maybe(baseline), target: maybe(target), ..MeasureDraft::of(Kind::Rate) }
}

fn sample_test(threshold: &str, sample_size: Option<u32>) -> MeasureDraft {
    MeasureDraft { target: maybe(threshold), sample_size: sample_size.map(i64::from), ..MeasureDraft::of(Kind::Test) }
}

/// A key result with everything that is known of it.
#[derive(Debug)]
struct Case {
    key_result: KeyResult,
    check_ins: Vec<CheckIn>,
    steps: Vec<MilestoneStep>,
    guarded: Vec<Guarded>,
}

impl Case {
    fn of(measure: MeasureDraft) -> Self {
        Self { key_result: key_result(measure.check().unwrap()), check_ins: Vec::new(), steps: Vec::new(), guarded: Vec::new() }
    }

    /// A key result whose newest value is this one.
    fn at(measure: MeasureDraft, value: &str) -> Self {
        Self::of(measure).value("2026-11-10", value)
    }

    fn spanning(mut self, start: &str, due: &str) -> Self {
        (self.key_result.start, self.key_result.due) = (day(start), day(due));
        self
    }

    fn id(mut self, id: u128) -> Self {
        self.key_result.id = Id::from_uuid(Uuid::from_u128(id));
        self
    }

    fn weight(mut self, weight: &str) -> Self {
        self.key_result.weight = quantity(weight);
        self
    }

    fn status(mut self, status: KeyResultStatus) -> Self {
        self.key_result.status = status;
        self
    }

    fn checkpoint(mut self, on: &str, value: &str) -> Self {
        self.key_result.checkpoints.push(Checkpoint { on: day(on), value: quantity(value) });
        self
    }

    fn grade(mut self, value: &str) -> Self {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        self.key_result.grade = Some(Grade { value: quantity(value), reason: None, provenance: Provenance::Entered, at });
        self
    }

    fn value(self, on: &str, value: &str) -> Self {
        self.reading(on, Reading::Value(quantity(value)))
    }

    fn reading(self, on: &str, reading: Reading) -> Self {
        self.check_in(day(on), Some(reading), None)
    }

    fn confidence(self, on: &str, confidence: Confidence) -> Self {
        self.check_in(day(on), None, Some(confidence))
    }

    /// Check-ins are created one second after the other, in the order they are given here.
    fn check_in(mut self, on: NaiveDate, reading: Option<Reading>, confidence: Option<Confidence>) -> Self {
        let nth = self.check_ins.len() + 1;
        let at = DateTime::from_timestamp(1_790_000_000 + i64::try_from(nth).unwrap(), 0).unwrap();
        let revision = Revision {
            number: 1,
            reading,
            confidence,
            evidence: None,
            risks: None,
            blockers: None,
            next_actions: None,
            correction: None,
            provenance: Provenance::Metric,
            author: "script".to_owned(),
            recorded_at: at,
        };
        let id = Id::from_uuid(Uuid::from_u128(nth.try_into().unwrap()));
        self.check_ins.push(CheckIn { id, key_result: self.key_result.id, on, external_id: None, created_at: at, revision });
        self
    }

    fn step(mut self, weight: &str, due: Option<&str>, done_on: Option<&str>) -> Self {
        let position = u32::try_from(self.steps.len() + 1).unwrap();
        self.steps.push(MilestoneStep {
            id: Id::from_uuid(Uuid::from_u128(position.into())),
            key_result: self.key_result.id,
            title: format!("Step {position}"),
            weight: quantity(weight),
            due: due.map(day),
            done_on: done_on.map(day),
            position,
            stamp: stamp(),
        });
        self
    }

    fn facts(&self) -> Facts<'_> {
        Facts { key_result: &self.key_result, check_ins: &self.check_ins, steps: &self.steps, guarded: &self.guarded }
    }

    fn score(&self, on: &str) -> Score {
        score::of(&self.facts(), day(on), Weekday::Mon)
    }

    /// The score on the last day of the cycle.
    fn final_score(&self) -> Score {
        self.score(END)
    }

    /// Raw ratio and score on the last day of the cycle.
    fn ratios(&self) -> (Option<Decimal>, Option<Decimal>) {
        let score = self.final_score();
        (score.raw, score.value)
    }

    fn zone(&self) -> Option<Zone> {
        self.final_score().zone
    }

    fn pace(&self, on: &str) -> Pace {
        pace::of(&self.facts(), &self.score(on), day(on))
    }

    fn forecast(&self, on: &str) -> Forecast {
        forecast::of(&self.facts(), day(on))
    }
}

/// A raw ratio and a score that are the expected numbers.
fn worth(raw: &str, value: &str) -> (Option<Decimal>, Option<Decimal>) {
    (Some(number(raw)), Some(number(value)))
}

fn key_result(measure: Measure) -> KeyResult {
    KeyResult {
        id: Id::from_uuid(Uuid::from_u128(1)),
        objective: Id::from_uuid(Uuid::nil()),
        address: "2026-Q4.devrel.O1-KR1".parse().unwrap(),
        title: "Members answer each other".to_owned(),
        measure,
        unit: Unit::plain(UnitKind::Number),
        start: day("2026-10-01"),
        due: day(END),
        indicator: None,
        weight: Quantity::ONE,
        owner: None,
        measurement: MeasurementPlan::default(),
        proxy_for: None,
        assumption: None,
        is_guardrail: false,
        checkpoints: Vec::new(),
        status: KeyResultStatus::Active,
        status_reason: None,
        grade: None,
        imported: Default::default(),
        external_id: None,
        stamp: stamp(),
    }
}

fn stamp() -> Stamp {
    Stamp::first(DateTime::UNIX_EPOCH)
}

/// The objective's score on the last day of the cycle.
fn objective_score(cases: &[Case]) -> ObjectiveScore {
    let scores: Vec<Score> = cases.iter().map(Case::final_score).collect();
    let scored: Vec<ScoredKeyResult<'_>> =
        cases.iter().zip(&scores).map(|(case, score)| ScoredKeyResult { key_result: &case.key_result, score }).collect();
    super::objective::of(&scored)
}

/// A key result from 0 to 1 with this score.
fn scored_at(id: u128, value: &str) -> Case {
    Case::at(reach("0", "1"), value).id(id)
}

/// The measure as it is, without a check of its own.
fn unchecked(case: Case, measure: Measure) -> Case {
    Case { key_result: KeyResult { measure, ..case.key_result }, ..case }
}
