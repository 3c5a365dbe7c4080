//! Objectives, and the last number given in each team and cycle.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, string_null, text, text_null, timestamp_with_time_zone_null, uuid, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let numbers = tenant::keyed("objective_numbers", &["cycle_id", "team_id"]).col(integer("last_number")).to_owned();
        let objectives = tenant::versioned("objectives")
            .col(uuid("cycle_id"))
            .col(uuid("team_id"))
            .col(integer("number"))
            .col(text("title"))
            .col(string("kind"))
            .col(string("status"))
            .col(text_null("why_now"))
            .col(string_null("pillar"))
            .col(uuid_null("owner_id"))
            .col(string("weight"))
            .col(integer("last_key_result"))
            .col(tenant::external_id())
            .col(timestamp_with_time_zone_null("deleted_at"))
            .foreign_key(&mut tenant::link("objectives", "cycle_id", "cycles"))
            .foreign_key(&mut tenant::link("objectives", "team_id", "teams"))
            .foreign_key(&mut tenant::link("objectives", "owner_id", "teams"))
            .to_owned();
        let indexes = vec![
            tenant::unique("objectives_by_number", "objectives", &["cycle_id", "team_id", "number"]),
            tenant::unique("objectives_by_external_id", "objectives", &["external_id"]),
            tenant::index("objectives_by_cycle", "objectives", &["cycle_id", "id"]),
            tenant::index("objectives_by_team", "objectives", &["team_id", "id"]),
            tenant::index("objectives_by_owner", "objectives", &["owner_id", "id"]),
            tenant::index("objectives_by_status", "objectives", &["status", "id"]),
            tenant::index("objectives_by_title", "objectives", &["title", "id"]),
            tenant::index("objectives_by_change", "objectives", &["updated_at", "id"]),
        ];
        tenant::create(manager, vec![numbers, objectives], indexes).await?;
        tenant::sort_by_bytes(manager, "objectives", "title").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
