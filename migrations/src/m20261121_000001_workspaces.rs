//! Workspaces, and the secrets all processes share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, timestamp_with_time_zone, uuid, var_binary};

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
        let secrets = Table::create().table("secrets").col(string("name").primary_key()).col(var_binary("secret", 32)).to_owned();
        tenant::create(manager, vec![workspaces, secrets], Vec::new()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
