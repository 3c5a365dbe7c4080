//! Workspaces, the tokens that open them, and the secrets all processes share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, var_binary};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let workspaces = Table::create()
            .table("workspaces")
            .col(uuid("id").primary_key())
            .col(string("name"))
            .col(string("time_zone"))
            .col(string("week_start"))
            .col(integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned();
        let tokens = tenant::keyed("tokens", &["id"])
            .col(string("name"))
            .col(string("role"))
            .col(var_binary("secret_hash", 32))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .to_owned();
        let secrets = Table::create().table("secrets").col(string("name").primary_key()).col(var_binary("secret", 32)).to_owned();
        let by_secret = Index::create().name("tokens_by_secret").table("tokens").col("secret_hash").unique().to_owned();
        tenant::create(manager, vec![workspaces, tokens, secrets], vec![by_secret]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
