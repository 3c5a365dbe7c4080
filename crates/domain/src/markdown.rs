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
//! scan      lines and their blocks: headings, items, rows, code, comments
//! inline    the text of a line without its markup        guard: what is escaped stays text
//! mark      what a line says it is: `KR 1.1:`, `[Objective]`, `CEO KR:`
//! tree      which line stands below which
//! evidence  which sections hold OKRs, and how the document writes them
//! reader    one walk that decides; infer: by place alone; table: by rows and columns
//! build     objectives and key results; apply: their fields; *_text: numbers, days, scores in words
//! ```

mod account;
mod apply;
mod bound_text;
mod build;
mod columns;
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
mod inline_parts;
mod mark;
mod measure_field;
mod measure_state;
mod measure_text;
mod measure_words;
mod number_text;
mod outline;
mod owner;
mod place;
mod placeholder;
mod prune;
mod reader;
mod report;
mod scan;
mod score_text;
mod section;
mod shared_field;
mod status_text;
mod table;
mod title;
mod tree;
mod words;
mod writer;

pub use document::read;
pub use export::{Export, ExportedCycle, ExportedKeyResult, ExportedObjective, ExportedTeam};
pub use outline::{
    CheckInNote, CycleName, Outline, OutlinedKeyResult, OutlinedObjective, OutlinedTeam, Progress, StatedGrade, StatedScore, StatedStatus,
    Step,
};
pub use report::{Became, Finding, FindingCode, OutlinedLine};
pub use writer::write;

#[cfg(test)]
mod tests_dice;
#[cfg(test)]
mod tests_documents;
#[cfg(test)]
mod tests_lines;
#[cfg(test)]
mod tests_round_trip;
