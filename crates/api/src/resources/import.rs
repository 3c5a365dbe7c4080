//! Imports on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::markdown;

/// Documents to import, and where to.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportDocuments {
    /// At most 100, each of at most 1 MiB.
    #[schema(min_items = 1, max_items = 100)]
    pub documents: Vec<SourceDocument>,
    /// The key of the cycle for objectives whose document names none, such as `2026-Q4`; made when it is the name of a
    /// period.
    pub cycle: Option<String>,
    /// Id or key of the team for objectives without an owner.
    pub team: Option<String>,
}

/// One Markdown document.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceDocument {
    /// Where it comes from, for the report.
    #[schema(example = "okrs/2026-Q4.md")]
    pub path: String,
    #[schema(example = "# 2026-Q4 OKRs\n\n- **Objective:** Newcomers stay\n  - KR: Grow weekly active members from 900 to 1,500\n")]
    pub text: String,
}

/// What an import came to.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Whether nothing was written.
    pub dry_run: bool,
    pub documents: Vec<DocumentReport>,
}

/// What one document came to. Counts are of what it holds, whether that was new or there already.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReport {
    pub path: String,
    /// The key of its cycle.
    pub cycle: Option<String>,
    pub teams: u64,
    pub objectives: u64,
    pub key_results: u64,
    pub check_ins: u64,
    /// What a person should look at.
    pub findings: Vec<ImportFinding>,
    /// One entry for every line of the source.
    pub lines: Vec<ImportLine>,
    /// What was new.
    pub created: ImportTally,
    /// What was there already, and was left as it is.
    pub unchanged: ImportTally,
}

/// How many of each.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportTally {
    pub cycles: u64,
    pub teams: u64,
    pub objectives: u64,
    pub key_results: u64,
    pub check_ins: u64,
}

/// Something a person should look at.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportFinding {
    /// From 1.
    pub line: u64,
    pub code: FindingCode,
    /// What is the matter, and what was done about it.
    pub detail: String,
    /// The text it is about, as written.
    pub text: String,
}

/// What kind of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, ToSchema)]
#[graphql(remote = "markdown::FindingCode")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingCode {
    /// `[X]`, `TBD`, `TO DO`, `WIP`, `$X` and the like, left in.
    Placeholder,
    /// Characters that were once decoded wrongly, such as `â€™`; once for a document.
    WronglyDecoded,
    /// The line can be read in two ways.
    Ambiguous,
    /// An objective without key results, or a mark without a text.
    Empty,
    /// A stated score differs from the computed one; it was kept.
    ScoreDiffers,
    /// Nested deeper than 64 levels.
    TooDeep,
    /// Text with a character that is not allowed, such as U+0000.
    InvalidText,
    /// Text longer than its limit: it was cut off.
    TooLong,
    /// A number with more digits than are kept exactly.
    NumberOutOfRange,
    /// A known field with an unknown value.
    UnreadableField,
    /// An id that the document has already given to another.
    Duplicate,
    /// Objectives of more than one cycle: each carries its own.
    SeveralCycles,
    /// The document names no cycle: the one under way was taken.
    CycleAssumed,
    /// What is stored differs from what the document says: the stored one was kept.
    KeptStored,
    /// Stated in the document, and nothing that is stored.
    NotStored,
}

/// One line of the source, and what it became.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportLine {
    /// From 1.
    pub line: u64,
    pub became: LineBecame,
    /// The objective or key result it became.
    #[schema(value_type = Option<String>)]
    pub id: Option<ID>,
    /// Its address, such as `2026-Q4.community.O1-KR2`.
    pub address: Option<String>,
    /// Why, where that does not show.
    pub note: Option<String>,
}

/// What a line became.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, ToSchema)]
#[graphql(remote = "markdown::Became")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LineBecame {
    Objective,
    KeyResult,
    Result,
    Score,
    /// A field, a note or an owner of what stands above.
    Metadata,
    Heading,
    /// Prose, a definition, a list of contents: no OKR.
    Ignored,
    /// Perhaps an OKR: the note says why it was not taken.
    Ambiguous,
    Blank,
}

impl ImportDocuments {
    pub(crate) fn import(self, dry_run: bool) -> application::Import {
        let Self { documents, cycle, team } = self;
        let documents = documents.into_iter().map(|SourceDocument { path, text }| application::Document { path, text }).collect();
        application::Import { documents, cycle, team, dry_run }
    }
}

impl From<application::ImportReport> for ImportReport {
    fn from(report: application::ImportReport) -> Self {
        let application::ImportReport { dry_run, documents } = report;
        Self { dry_run, documents: documents.into_iter().map(DocumentReport::from).collect() }
    }
}

impl From<application::DocumentReport> for DocumentReport {
    fn from(report: application::DocumentReport) -> Self {
        Self {
            path: report.path,
            cycle: report.cycle,
            teams: count(report.teams),
            objectives: count(report.objectives),
            key_results: count(report.key_results),
            check_ins: count(report.check_ins),
            findings: report.findings.into_iter().map(ImportFinding::from).collect(),
            lines: report.lines.into_iter().map(ImportLine::from).collect(),
            created: report.created.into(),
            unchanged: report.unchanged.into(),
        }
    }
}

impl From<application::Tally> for ImportTally {
    fn from(tally: application::Tally) -> Self {
        let application::Tally { cycles, teams, objectives, key_results, check_ins } = tally;
        Self {
            cycles: count(cycles),
            teams: count(teams),
            objectives: count(objectives),
            key_results: count(key_results),
            check_ins: count(check_ins),
        }
    }
}

impl From<markdown::Finding> for ImportFinding {
    fn from(finding: markdown::Finding) -> Self {
        let markdown::Finding { line, code, detail, text } = finding;
        Self { line: count(line), code: code.into(), detail, text }
    }
}

impl From<application::Line> for ImportLine {
    fn from(line: application::Line) -> Self {
        let application::Line { line, became, id, address, note } = line;
        Self { line: count(line), became: became.into(), id: id.map(ID), address: address.map(|address| address.to_string()), note }
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
