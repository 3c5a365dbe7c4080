//! `import` and `export`: documents in and out.

use std::path::Path;

use waymark_api::resources::export::CycleExport;
use waymark_application::{Document, DocumentReport, Import, ImportReport};

use crate::config::{self, DatabaseOptions, ExportFormat, ReportFormat};
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_migrated;

pub(crate) async fn import(database: &DatabaseOptions, import: config::Import) -> Result<(), Failure> {
    let documents = import.files.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?;
    let app = open_migrated(database).await?;
    let actor = app.operator(import.workspace.as_deref()).await?;
    let wanted = Import { documents, cycle: import.cycle, team: import.team, dry_run: import.dry_run };
    let report = app.import(&actor, wanted).await?;
    match import.format {
        ReportFormat::Json => say!("{}", serde_json::to_string_pretty(&waymark_api::resources::import::ImportReport::from(report))?)?,
        ReportFormat::Text => tell(&report)?,
    }
    Ok(())
}

/// Bytes that are not UTF-8 are replaced, and reported by the importer like any wrongly decoded text.
fn document(path: &Path) -> Result<Document, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::File { path: path.display().to_string(), error })?;
    Ok(Document { path: path.display().to_string(), text: String::from_utf8_lossy(&bytes).into_owned() })
}

pub(crate) async fn export(database: &DatabaseOptions, export: config::Export) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    let actor = app.operator(export.workspace.as_deref()).await?;
    let text = match export.format {
        ExportFormat::Markdown => app.cycle_markdown(&actor, &export.cycle).await?,
        ExportFormat::Json => serde_json::to_string_pretty(&CycleExport::from(app.cycle_okrs(&actor, &export.cycle).await?))?,
        ExportFormat::Csv => {
            let okrs = CycleExport::from(app.cycle_okrs(&actor, &export.cycle).await?);
            waymark_api::key_results_csv(&okrs).map_err(|error| Failure::Configuration(error.to_string()))?
        }
    };
    say!("{}", text.trim_end())?;
    Ok(())
}

fn tell(report: &ImportReport) -> Result<(), Failure> {
    for document in &report.documents {
        tell_document(document)?;
    }
    if report.dry_run {
        say!("nothing was written: this was a dry run")?;
    }
    Ok(())
}

fn tell_document(document: &DocumentReport) -> Result<(), Failure> {
    let cycle = document.cycle.as_deref().unwrap_or("no cycle");
    say!("{} ({cycle})", document.path)?;
    say!(
        "  {} objectives, {} key results, {} check-ins, {} teams",
        document.objectives,
        document.key_results,
        document.check_ins,
        document.teams
    )?;
    for (what, tally) in [("created", document.created), ("unchanged", document.unchanged)] {
        say!(
            "  {what}: {} objectives, {} key results, {} check-ins, {} teams",
            tally.objectives,
            tally.key_results,
            tally.check_ins,
            tally.teams
        )?;
    }
    for finding in &document.findings {
        say!("  line {}: {} `{}`: {}", finding.line, <&str>::from(finding.code), finding.text.trim(), finding.detail)?;
    }
    Ok(())
}
