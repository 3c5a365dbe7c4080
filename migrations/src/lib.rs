//! The schema, the same on SQLite and PostgreSQL, one migration a concept.
//!
//! Every tenant table starts its key with `workspace_id`, and every foreign key is composite, so that
//! a link between two workspaces cannot be stored on either database. Decimals are canonical text:
//! SQLite would turn them into floats.

#![expect(elided_lifetimes_in_paths, reason = "MigrationTrait leaves the lifetime out, and async_trait would bind a written one early")]

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261121_000001_workspaces;
mod m20261121_000002_teams;
mod m20261121_000003_cycles;
mod m20261121_000004_objectives;
mod m20261121_000005_key_results;
mod m20261121_000006_milestone_steps;
mod m20261121_000007_check_ins;
mod m20261121_000008_initiatives;
mod m20261121_000009_history;
mod m20261121_000010_tokens;
mod m20261121_000011_places;
mod m20261121_000012_members;
mod m20261121_000014_events;
mod m20261121_000015_layers;
mod m20261121_000016_surveys;
mod m20261121_000017_day_cells;
mod m20261121_000018_bindings;
mod m20261128_000020_erasures;
mod m20261128_000021_many_events;
mod m20261128_000022_programs;
mod m20261128_000023_custom_metrics;
mod m20261129_000024_named_members;
mod tenant;

#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_workspaces::Migration),
            Box::new(m20261121_000002_teams::Migration),
            Box::new(m20261121_000003_cycles::Migration),
            Box::new(m20261121_000004_objectives::Migration),
            Box::new(m20261121_000005_key_results::Migration),
            Box::new(m20261121_000006_milestone_steps::Migration),
            Box::new(m20261121_000007_check_ins::Migration),
            Box::new(m20261121_000008_initiatives::Migration),
            Box::new(m20261121_000009_history::Migration),
            Box::new(m20261121_000010_tokens::Migration),
            Box::new(m20261121_000011_places::Migration),
            Box::new(m20261121_000012_members::Migration),
            Box::new(m20261121_000014_events::Migration),
            Box::new(m20261121_000015_layers::Migration),
            Box::new(m20261121_000016_surveys::Migration),
            Box::new(m20261121_000017_day_cells::Migration),
            Box::new(m20261121_000018_bindings::Migration),
            Box::new(m20261128_000020_erasures::Migration),
            Box::new(m20261128_000021_many_events::Migration),
            Box::new(m20261128_000022_programs::Migration),
            Box::new(m20261128_000023_custom_metrics::Migration),
            Box::new(m20261129_000024_named_members::Migration),
        ]
    }
}
