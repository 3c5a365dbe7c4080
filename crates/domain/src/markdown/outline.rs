//! What was found in a document.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::report::{Finding, OutlinedLine};
use crate::check_in::{Confidence, Reading};
use crate::checkpoint::Checkpoint;
use crate::key_result::{Indicator, KeyResultStatus};
use crate::measure::{Kind, MeasureDraft};
use crate::number::Quantity;
use crate::objective::{ObjectiveKind, ObjectiveStatus};
use crate::team::TeamKind;
use crate::unit::{Unit, UnitKind};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The cycle of the document as a whole: the first that was found.
    pub cycle: Option<CycleName>,
    /// The teams a document declares with a key of their own, as exports do.
    pub teams: Vec<OutlinedTeam>,
    /// In document order.
    pub objectives: Vec<OutlinedObjective>,
    /// In the order of their lines.
    pub findings: Vec<Finding>,
    /// Exactly one for each line of the source.
    pub lines: Vec<OutlinedLine>,
}

/// A period, with a key that sorts and fits addresses: `2020-Q1`, `2019-H1`, `2020`, `2020-03`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleName {
    pub key: String,
    /// Where it has a name other than its key.
    pub name: Option<String>,
    pub start: NaiveDate,
    /// The last day, part of the cycle.
    pub end: NaiveDate,
    /// The line it was found on, from 1.
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedTeam {
    pub line: usize,
    pub key: String,
    pub name: String,
    pub kind: Option<TeamKind>,
    /// The key of the team above it.
    pub parent: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlinedObjective {
    pub line: usize,
    pub title: String,
    /// The number as a number, from `O1`, `Objective 1` or `1`.
    pub number: Option<u32>,
    /// The id as it is written, such as `O1` or `Objective 1`.
    pub label: Option<String>,
    /// The nearest cycle above it, where the document names one.
    pub cycle: Option<CycleName>,
    /// The team it stands under: the key of a declared team, or a heading that names one.
    pub team: Option<String>,
    /// As written, such as `VP Eng`; inherited from the heading or the objective above it when not on the line.
    pub owner: Option<String>,
    /// Handles and names of people, without the `@`.
    pub people: Vec<String>,
    /// The index of the objective above it; always smaller than its own.
    pub parent: Option<usize>,
    /// The index within that objective of the key result it stands below.
    pub parent_key_result: Option<usize>,
    /// The address, number or words of what it supports, where the document states that.
    pub supports: Option<String>,
    /// Addresses of what else it supports.
    pub alignments: Vec<String>,
    pub priority: Option<String>,
    pub kind: Option<ObjectiveKind>,
    /// What the stated status amounts to, where it amounts to one.
    pub status: Option<ObjectiveStatus>,
    pub stated_status: Option<StatedStatus>,
    pub score: Option<StatedScore>,
    pub result: Option<String>,
    pub confidence: Option<Confidence>,
    pub why_now: Option<String>,
    pub pillar: Option<String>,
    pub weight: Option<Quantity>,
    pub start: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    /// Text that stands with it and is none of the above, a line each.
    pub notes: Option<String>,
    pub links: Vec<String>,
    pub key_results: Vec<OutlinedKeyResult>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedKeyResult {
    pub line: usize,
    /// As written, with ids, owner, handles, priority, score, status and result taken off.
    pub title: String,
    pub number: Option<u32>,
    /// The id as it is written, such as `KR 1.1` or `O1-KR2`.
    pub label: Option<String>,
    /// Passes [`MeasureDraft::check`].
    pub measure: MeasureDraft,
    pub unit: Unit,
    /// Whether the document states the measure in a field of its own, rather than within the title.
    pub is_measure_stated: bool,
    /// The newest value the document states, such as `Current: 5%`.
    pub current: Option<Quantity>,
    pub start: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    /// As written; inherited from the objective when not on the line.
    pub owner: Option<String>,
    /// Handles and names of people, without the `@`.
    pub people: Vec<String>,
    pub priority: Option<String>,
    /// How it is measured.
    pub measurement: Option<String>,
    pub links: Vec<String>,
    /// The text after `=>`.
    pub result: Option<String>,
    pub score: Option<StatedScore>,
    /// What the stated status amounts to, where it amounts to one.
    pub status: Option<KeyResultStatus>,
    pub status_reason: Option<String>,
    pub stated_status: Option<StatedStatus>,
    pub confidence: Option<Confidence>,
    pub grade: Option<StatedGrade>,
    pub weight: Option<Quantity>,
    pub indicator: Option<Indicator>,
    pub proxy_for: Option<String>,
    pub assumption: Option<String>,
    pub is_guardrail: Option<bool>,
    pub checkpoints: Vec<Checkpoint>,
    pub steps: Vec<Step>,
    pub check_ins: Vec<CheckInNote>,
    /// Text that stands with it and is none of the above, a line each.
    pub notes: Option<String>,
}

/// A score as it stands in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedScore {
    /// From 0 to 1.
    pub value: Decimal,
    /// As written: `0.7`, `40%`, `7/10`.
    pub text: String,
}

/// A grade with its reason, as exports write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedGrade {
    /// From 0 to 1.
    pub value: Quantity,
    pub reason: Option<String>,
}

/// A status as it stands in the document, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedStatus {
    /// As written: `WIP`, `✅`, `Dropped`.
    pub text: String,
    pub progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    NotStarted,
    InProgress,
    Done,
    Missed,
    OnTrack,
    AtRisk,
    OffTrack,
    Dropped,
    Deferred,
    NotApplicable,
}

/// A step of a milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    /// 1 when the document states none.
    pub weight: Quantity,
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// True too where only a ticked box says so, without a day.
    pub is_done: bool,
}

/// A check-in as exports write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckInNote {
    pub on: NaiveDate,
    pub reading: Option<Reading>,
    pub confidence: Option<Confidence>,
    pub evidence: Option<String>,
    pub risks: Option<String>,
    pub blockers: Option<String>,
    pub next_actions: Option<String>,
}

impl Default for OutlinedKeyResult {
    fn default() -> Self {
        Self {
            line: 0,
            title: String::new(),
            number: None,
            label: None,
            measure: MeasureDraft::of(Kind::Milestone),
            unit: Unit::plain(UnitKind::Number),
            is_measure_stated: false,
            current: None,
            start: None,
            due: None,
            owner: None,
            people: Vec::new(),
            priority: None,
            measurement: None,
            links: Vec::new(),
            result: None,
            score: None,
            status: None,
            status_reason: None,
            stated_status: None,
            confidence: None,
            grade: None,
            weight: None,
            indicator: None,
            proxy_for: None,
            assumption: None,
            is_guardrail: None,
            checkpoints: Vec::new(),
            steps: Vec::new(),
            check_ins: Vec::new(),
            notes: None,
        }
    }
}
