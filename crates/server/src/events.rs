//! `import events`: the history of a community, from a file of any length.

mod lines;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use waymark_api::resources::batch::BatchError;
use waymark_application::{Arriving, Ingested, Outcome};
use waymark_domain::rejection::Rejection;

use self::lines::{Line, Lines};
use crate::config::{DatabaseOptions, ImportEvents};
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_migrated;

/// Most rejections that are shown at the end.
const SHOWN: usize = 20;
const WITH_END: &str = "{bar:30} {percent:>3}% {msg}, {eta} left";
const WITHOUT_END: &str = "{spinner} {msg}";

/// What became of the lines so far.
struct Report {
    created: u64,
    unchanged: u64,
    updated: u64,
    rejected: u64,
    /// The first of them, for people.
    shown: Vec<String>,
    /// Where all of them go.
    file: Option<BufWriter<File>>,
}

/// Reads and takes in batch after batch. What was taken in stays when the import ends half-way, and is told once when it begins anew.
pub(crate) async fn import(database: &DatabaseOptions, import: &ImportEvents) -> Result<(), Failure> {
    let mut lines = Lines::open(&import.file)?;
    let mut report = Report::new(import.rejected.as_deref())?;
    let app = open_migrated(database).await?;
    let actor = app.operator(import.workspace.as_deref()).await?;
    let progress = bar(lines.length());
    loop {
        let batch = lines.batch().map_err(|error| failed(&import.file, error))?;
        if batch.is_empty() {
            break;
        }
        let events = batch.iter().map(Line::event).collect();
        let ingested = app.ingest(&actor, Arriving { events, atomic: false }).await?;
        report.note(&batch, ingested).map_err(|error| failed(import.rejected.as_deref().unwrap_or(&import.file), error))?;
        progress.set_position(lines.read());
        progress.set_message(format!("{} events, {:.0}/s", report.total(), rate(report.total(), &progress)));
    }
    progress.finish_and_clear();
    report.tell()
}

fn failed(path: &Path, error: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), error }
}

/// Seen where standard error is a terminal, and nowhere else.
fn bar(length: Option<u64>) -> ProgressBar {
    let (progress, template) = match length {
        Some(length) => (ProgressBar::new(length), WITH_END),
        None => (ProgressBar::new_spinner(), WITHOUT_END),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => progress.with_style(style),
        Err(_) => progress,
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown without a fraction")]
fn rate(events: u64, progress: &ProgressBar) -> f64 {
    events as f64 / progress.elapsed().as_secs_f64().max(0.001)
}

impl Report {
    fn new(file: Option<&Path>) -> Result<Self, Failure> {
        let create = |path: &Path| File::create(path).map(BufWriter::new).map_err(|error| failed(path, error));
        let file = file.map(create).transpose()?;
        Ok(Self { created: 0, unchanged: 0, updated: 0, rejected: 0, shown: Vec::new(), file })
    }

    fn total(&self) -> u64 {
        self.created.saturating_add(self.unchanged).saturating_add(self.updated).saturating_add(self.rejected)
    }

    fn note(&mut self, batch: &[Line], ingested: Ingested) -> std::io::Result<()> {
        for (line, item) in batch.iter().zip(ingested.items) {
            let count = match item.outcome {
                Outcome::Created => &mut self.created,
                Outcome::Unchanged => &mut self.unchanged,
                Outcome::Updated => &mut self.updated,
                Outcome::Rejected(rejection) => {
                    self.refuse(line, rejection)?;
                    &mut self.rejected
                }
            };
            *count = count.saturating_add(1);
        }
        Ok(())
    }

    fn refuse(&mut self, line: &Line, rejection: Rejection) -> std::io::Result<()> {
        if self.shown.len() < SHOWN {
            self.shown.push(format!("line {}: {rejection}", line.number));
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        let errors: Vec<BatchError> = rejection.into_violations().into_iter().map(BatchError::from).collect();
        writeln!(file, "{}", json!({"line": line.number, "text": line.shown(), "errors": errors}))
    }

    fn tell(mut self) -> Result<(), Failure> {
        if let Some(file) = &mut self.file {
            file.flush().map_err(Failure::Output)?;
        }
        let Self { created, unchanged, updated, rejected, .. } = &self;
        say!("{} events: {created} created, {unchanged} unchanged, {updated} updated, {rejected} rejected", self.total())?;
        for line in &self.shown {
            eprintln!("{line}");
        }
        if self.rejected == 0 { Ok(()) } else { Err(Failure::Rejected(self.rejected)) }
    }
}
