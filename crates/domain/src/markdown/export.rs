//! What is written: the OKRs of one cycle, in the shape of a document.

use chrono::NaiveDate;

use super::outline::{CheckInNote, StatedGrade, Step};
use crate::address::Address;
use crate::checkpoint::Checkpoint;
use crate::key_result::{Indicator, KeyResultStatus, MeasurementPlan};
use crate::measure::Measure;
use crate::number::Quantity;
use crate::objective::{ObjectiveKind, ObjectiveStatus};
use crate::team::TeamKind;
use crate::unit::Unit;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub cycle: ExportedCycle,
    /// In the order they are written.
    pub teams: Vec<ExportedTeam>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedCycle {
    pub key: String,
    pub name: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedTeam {
    pub key: String,
    pub name: String,
    pub kind: TeamKind,
    /// The key of the team above it.
    pub parent: Option<String>,
    pub objectives: Vec<ExportedObjective>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedObjective {
    pub number: u32,
    pub title: String,
    pub kind: ObjectiveKind,
    pub status: ObjectiveStatus,
    /// The key of a team, often of one.
    pub owner: Option<String>,
    pub pillar: Option<String>,
    pub why_now: Option<String>,
    pub weight: Quantity,
    /// The objective or key result it supports.
    pub parent: Option<Address>,
    pub alignments: Vec<Address>,
    pub key_results: Vec<ExportedKeyResult>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedKeyResult {
    /// Within its objective.
    pub number: u32,
    pub title: String,
    pub measure: Measure,
    pub unit: Unit,
    pub start: NaiveDate,
    pub due: NaiveDate,
    pub weight: Quantity,
    /// The key of a team, often of one.
    pub owner: Option<String>,
    pub indicator: Option<Indicator>,
    pub measurement: MeasurementPlan,
    pub proxy_for: Option<String>,
    pub assumption: Option<String>,
    pub is_guardrail: bool,
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    pub checkpoints: Vec<Checkpoint>,
    pub steps: Vec<Step>,
    pub grade: Option<StatedGrade>,
    pub check_ins: Vec<CheckInNote>,
}
