//! What `waymark import` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Import {
    #[command(subcommand)]
    pub(crate) history: Option<History>,
    /// Markdown documents.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The key of the cycle for objectives whose document names none, such as `2026-Q4`.
    #[arg(long)]
    pub(crate) cycle: Option<String>,
    /// Id or key of the team for objectives without an owner.
    #[arg(long)]
    pub(crate) team: Option<String>,
    /// Report what would be done, and do nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Name or id of the workspace, where there are several.
    #[arg(long)]
    pub(crate) workspace: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
}

/// What happened in a community before it came here.
#[derive(Debug, Subcommand)]
pub(crate) enum History {
    /// Import events from a file of NDJSON, one a line. The same file again changes nothing.
    Events(ImportEvents),
}

#[derive(Debug, Args)]
pub(crate) struct ImportEvents {
    /// The file; `-` for standard input.
    pub(crate) file: PathBuf,
    /// Write every line that was rejected into this file, one JSON object each: its number, its text and what is wrong with it.
    #[arg(long)]
    pub(crate) rejected: Option<PathBuf>,
    /// Name or id of the workspace, where there are several.
    #[arg(long)]
    pub(crate) workspace: Option<String>,
}
