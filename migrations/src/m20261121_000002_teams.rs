//! Teams.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let teams = tenant::versioned("teams")
            .col(string("key"))
            .col(string("name"))
            .col(string("kind"))
            .col(uuid_null("parent_id"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("teams", "parent_id", "teams"))
            .to_owned();
        let indexes = vec![
            tenant::unique("teams_by_key", "teams", &["key"]),
            tenant::unique("teams_by_external_id", "teams", &["external_id"]),
            tenant::index("teams_by_parent", "teams", &["parent_id", "id"]),
            tenant::index("teams_by_name", "teams", &["name", "id"]),
            tenant::index("teams_by_change", "teams", &["updated_at", "id"]),
        ];
        tenant::create(manager, vec![teams], indexes).await?;
        tenant::sort_by_bytes(manager, "teams", "key").await?;
        tenant::sort_by_bytes(manager, "teams", "name").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
