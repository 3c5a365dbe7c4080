//! Cycles.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, string, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let cycles = tenant::versioned("cycles")
            .col(string("key"))
            .col(string("name"))
            .col(date("start_on"))
            .col(date("end_on"))
            .col(string("status"))
            .col(uuid_null("parent_id"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("cycles", "parent_id", "cycles"))
            .to_owned();
        let indexes = vec![
            tenant::unique("cycles_by_key", "cycles", &["key"]),
            tenant::unique("cycles_by_external_id", "cycles", &["external_id"]),
            tenant::index("cycles_by_parent", "cycles", &["parent_id", "id"]),
            tenant::index("cycles_by_start", "cycles", &["start_on", "id"]),
            tenant::index("cycles_by_change", "cycles", &["updated_at", "id"]),
        ];
        tenant::create(manager, vec![cycles], indexes).await?;
        tenant::sort_by_bytes(manager, "cycles", "key").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
