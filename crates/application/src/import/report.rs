//! What an import came to: for every line what it became, and what a person should look at.

use waymark_domain::address::Address;
use waymark_domain::markdown::{Became, Finding, FindingCode, Outline};

/// The report of one import.
#[derive(Clone, Debug)]
pub struct ImportReport {
    pub dry_run: bool,
    pub documents: Vec<DocumentReport>,
}

/// The report of one document. Counts are of what the document holds, whether it was new or there already.
#[derive(Clone, Debug)]
pub struct DocumentReport {
    pub path: String,
    /// The key of the document's cycle.
    pub cycle: Option<String>,
    pub teams: usize,
    pub objectives: usize,
    pub key_results: usize,
    pub check_ins: usize,
    pub findings: Vec<Finding>,
    pub lines: Vec<Line>,
    /// What was new.
    pub created: Tally,
    /// What was there already, and was left as it is.
    pub unchanged: Tally,
    pub(super) team_keys: std::collections::BTreeSet<String>,
}

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub cycles: usize,
    pub teams: usize,
    pub objectives: usize,
    pub key_results: usize,
    pub check_ins: usize,
}

/// One line of the source, and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub line: usize,
    pub became: Became,
    /// The objective or key result the line became.
    pub id: Option<String>,
    pub address: Option<Address>,
    pub note: Option<String>,
}

impl DocumentReport {
    pub(super) fn new(path: String, outline: &Outline) -> Self {
        let lines = outline.lines.iter().map(|line| Line {
            line: line.line,
            became: line.became,
            id: None,
            address: None,
            note: line.note.clone(),
        });
        Self {
            path,
            cycle: outline.cycle.as_ref().map(|cycle| cycle.key.clone()),
            teams: 0,
            objectives: outline.objectives.len(),
            key_results: outline.objectives.iter().map(|objective| objective.key_results.len()).sum(),
            check_ins: 0,
            findings: outline.findings.clone(),
            lines: lines.collect(),
            created: Tally::default(),
            unchanged: Tally::default(),
            team_keys: std::collections::BTreeSet::new(),
        }
    }

    /// Notes what a line became.
    pub(super) fn place(&mut self, line: usize, id: String, address: &Address) {
        if let Some(entry) = self.entry(line) {
            entry.id = Some(id);
            entry.address = Some(address.clone());
        }
    }

    /// Adds to what is said of a line.
    pub(super) fn note(&mut self, line: usize, note: &str) {
        if let Some(entry) = self.entry(line) {
            entry.note = Some(match entry.note.take() {
                Some(earlier) => format!("{earlier}; {note}"),
                None => note.to_owned(),
            });
        }
    }

    pub(super) fn find(&mut self, line: usize, code: FindingCode, text: impl Into<String>, detail: impl Into<String>) {
        self.findings.push(Finding { line, code, detail: detail.into(), text: text.into() });
    }

    pub(super) fn finish(&mut self) {
        self.teams = self.team_keys.len();
        self.findings.sort_by_key(|finding| finding.line);
    }

    fn entry(&mut self, line: usize) -> Option<&mut Line> {
        self.lines.get_mut(line.checked_sub(1)?)
    }
}
