//! The options of `metrics`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Metrics {
    /// Compare the sets that metrics are read from with the events, for days chosen at random; fails where they differ.
    Verify {
        /// How many days; 100 when absent.
        #[arg(long, conflicts_with = "all")]
        days: Option<usize>,
        /// Every day.
        #[arg(long)]
        all: bool,
        /// Name or id of the workspace, where there are several.
        #[arg(long)]
        workspace: Option<String>,
    },
    /// Make these sets anew from the events.
    Rebuild {
        /// Name or id of the workspace, where there are several.
        #[arg(long)]
        workspace: Option<String>,
    },
}
