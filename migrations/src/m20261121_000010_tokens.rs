//! Tokens, and the hashes of their secrets: after a rotation a token has several for a while.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, text_null, timestamp_with_time_zone_null, uuid, var_binary};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = tenant::versioned("tokens")
            .col(string("name"))
            .col(string("role"))
            .col(text_null("scopes"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .col(timestamp_with_time_zone_null("rotated_at"))
            .col(timestamp_with_time_zone_null("grace_until"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .to_owned();
        let mut secrets = Table::create();
        secrets
            .table("token_secrets")
            .col(uuid("workspace_id"))
            .col(uuid("token_id"))
            .col(var_binary("hash", 32))
            .col(timestamp_with_time_zone_null("works_until"))
            .primary_key(Index::create().col("workspace_id").col("token_id").col("hash"))
            .foreign_key(tenant::link("token_secrets", "token_id", "tokens").on_delete(ForeignKeyAction::Cascade));
        let indexes = vec![
            tenant::index("tokens_by_name", "tokens", &["name", "id"]),
            tenant::index("tokens_by_change", "tokens", &["updated_at", "id"]),
            // Without the workspace, which is not known before the secret is found.
            Index::create().name("token_secrets_by_hash").table("token_secrets").col("hash").unique().to_owned(),
        ];
        tenant::create(manager, vec![tokens, secrets], indexes).await?;
        tenant::sort_by_bytes(manager, "tokens", "name").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
