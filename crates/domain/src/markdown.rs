//! OKRs as people write them in Markdown, read and written.
//!
//! [`read`] takes any document and answers with an [`Outline`]: the objectives and key results it
//! found, and for every line what it became. It never fails and never guesses in silence. [`write`]
//! gives Markdown from which [`read`] finds the same OKRs again.
//!
//! The blocks are scanned line by line, not by a CommonMark parser: people indent nested lists by two
//! spaces below `1. `, write `KR:` lines without a bullet and paste from documents, where CommonMark
//! sees paragraphs or code and a reader sees key results. One pass over the lines also accounts for
//! every line and stays linear, whatever the nesting. The reading goes
//!
//! ```text
//! scan (lines and blocks) -> section (which headings hold OKRs) -> mark (what a line says it is)
//!      -> reader (what it becomes, by its marks, indentation and section) -> fields and texts
//! ```

mod apply;
mod build;
mod cycle_text;
mod date_text;
mod document;
mod encoding;
mod escape;
mod evidence;
mod export;
mod field;
mod guard;
mod infer;
mod inline;
mod mark;
mod measure_field;
mod measure_text;
mod number_text;
mod outline;
mod owner;
mod placeholder;
mod reader;
mod scan;
mod score_text;
mod section;
mod status_text;
mod table;
mod title;
mod tree;
mod words;
mod writer;

pub use document::read;
pub use export::{Export, ExportedCycle, ExportedKeyResult, ExportedObjective, ExportedTeam};
pub use outline::{
    Became, CheckInNote, CycleName, Finding, FindingCode, Outline, OutlinedKeyResult, OutlinedLine, OutlinedObjective, OutlinedTeam,
    Progress, StatedGrade, StatedScore, StatedStatus, Step,
};
pub use writer::write;

#[cfg(test)]
mod tests_round_trip;
