//! `waymark`: the one binary.

// The futures of a nested GraphQL query are nested as deep as its types.
#![recursion_limit = "1024"]

mod check;
mod config;
mod demo;
mod demo_data;
mod documents;
mod events;
mod failure;
mod keeping;
mod metrics;
mod output;
mod serve;
mod telemetry;
mod tokens;

use std::io::ErrorKind;
use std::process::ExitCode;

use crate::config::{Cli, Command, History, Import};
use crate::failure::Failure;
use crate::output::say;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let cli = config::read();
    telemetry::start(cli.log.as_deref(), cli.log_json);
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has read enough.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("waymark: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), Failure> {
    let database = cli.database;
    match cli.command {
        Command::Serve(serve) => serve::serve(&database, serve).await,
        Command::Migrate => serve::migrate(&database).await,
        Command::Import(Import { history: Some(History::Events(import)), .. }) => events::import(&database, &import).await,
        Command::Import(import) => documents::import(&database, import).await,
        Command::Export(export) => documents::export(&database, export).await,
        Command::Token(token) => tokens::token(&database, token).await,
        Command::Workspace(workspace) => tokens::workspace(&database, workspace).await,
        Command::Metrics(metrics) => metrics::metrics(&database, metrics).await,
        Command::Demo(demo) => demo::load(&database, demo).await,
        Command::Check(check) => check::check(&database, check).await,
        Command::Schema => {
            say!("{}", waymark_api::sdl().trim_end())?;
            Ok(())
        }
        Command::Openapi => {
            say!("{}", waymark_api::openapi().to_pretty_json()?)?;
            Ok(())
        }
    }
}
