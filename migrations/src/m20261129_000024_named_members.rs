//! What it costs to look up the members that many events name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::m20261128_000021_many_events::{REFERENCES, looks_up};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Members are looked up and not locked, as a batch names thousands of them: only an erasure deletes one, and it takes the
    /// workspace's turn, as whoever tells of events does.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            // Without a condition that keeps it from doing so, PostgreSQL may plan to read all members for each that is named, while it
            // has not counted them.
            let lock = |table: &str| if table == "members" { "OFFSET 0" } else { "FOR KEY SHARE" };
            manager.get_connection().execute_unprepared(&looks_up(REFERENCES.map(|reference| (reference, lock(reference.0))))).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
