//! What every version of everything was, who wrote it, and on which request.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, string_null, text, timestamp_with_time_zone, uuid, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut history = Table::create();
        history
            .table("history")
            .col(uuid("workspace_id"))
            .col(string("concept"))
            .col(uuid("entity_id"))
            .col(integer("version"))
            .col(uuid_null("about_id"))
            .col(string("action"))
            .col(timestamp_with_time_zone("recorded_at"))
            .col(uuid_null("token_id"))
            .col(string("author"))
            .col(string_null("request_id"))
            .col(text("state"))
            .primary_key(Index::create().col("workspace_id").col("concept").col("entity_id").col("version"))
            .foreign_key(ForeignKey::create().from("history", "workspace_id").to("workspaces", "id").on_delete(ForeignKeyAction::Cascade));
        let indexes = vec![
            tenant::index("history_by_subject", "history", &["concept", "about_id", "entity_id"]),
            tenant::index("history_by_version", "history", &["concept", "entity_id", "version", "recorded_at"]),
        ];
        tenant::create(manager, vec![history], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
