//! Initiatives and the key results they name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, integer, string, text, text_null, uuid, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let initiatives = tenant::versioned("initiatives")
            .col(text("title"))
            .col(uuid("team_id"))
            .col(uuid_null("owner_id"))
            .col(string("status"))
            .col(date_null("start_on"))
            .col(date_null("end_on"))
            .col(string("category"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("initiatives", "team_id", "teams"))
            .foreign_key(&mut tenant::link("initiatives", "owner_id", "teams"))
            .to_owned();
        let mut contributions = Table::create();
        contributions
            .table("contributions")
            .col(uuid("workspace_id"))
            .col(uuid("initiative_id"))
            .col(integer("position"))
            .col(string("named"))
            .col(uuid_null("key_result_id"))
            .col(text_null("expected"))
            .col(text_null("evidence"))
            .primary_key(Index::create().col("workspace_id").col("initiative_id").col("position"))
            .foreign_key(tenant::link("contributions", "initiative_id", "initiatives").on_delete(ForeignKeyAction::Cascade))
            .foreign_key(&mut tenant::link("contributions", "key_result_id", "key_results"));
        let indexes = vec![
            tenant::unique("initiatives_by_external_id", "initiatives", &["external_id"]),
            tenant::index("initiatives_by_team", "initiatives", &["team_id", "id"]),
            tenant::index("initiatives_by_owner", "initiatives", &["owner_id", "id"]),
            tenant::index("initiatives_by_status", "initiatives", &["status", "id"]),
            tenant::index("initiatives_by_category", "initiatives", &["category", "id"]),
            tenant::index("initiatives_by_title", "initiatives", &["title", "id"]),
            tenant::index("initiatives_by_change", "initiatives", &["updated_at", "id"]),
            tenant::index("contributions_by_key_result", "contributions", &["key_result_id", "initiative_id"]),
            tenant::index("contributions_by_name", "contributions", &["named"]),
        ];
        tenant::create(manager, vec![initiatives, contributions], indexes).await?;
        tenant::sort_by_bytes(manager, "initiatives", "title").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
