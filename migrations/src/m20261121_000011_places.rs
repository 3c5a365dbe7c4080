//! Platforms, their channels, and the activity types that a workspace adds to those built in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, string, string_null, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let platforms = tenant::versioned("platforms")
            .col(string("key"))
            .col(string("name"))
            .col(string("kind"))
            .col(boolean("active"))
            .col(tenant::external_id())
            .to_owned();
        let channels = tenant::versioned("channels")
            .col(uuid("platform_id"))
            .col(string("key"))
            .col(string("name"))
            .col(boolean("active"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("channels", "platform_id", "platforms"))
            .to_owned();
        let activity_types = tenant::versioned("activity_types")
            .col(string("key"))
            .col(string("name"))
            .col(string("class"))
            .col(string_null("knowledge"))
            .col(tenant::external_id())
            .to_owned();
        let indexes = vec![
            tenant::unique("platforms_by_key", "platforms", &["key"]),
            tenant::unique("platforms_by_external_id", "platforms", &["external_id"]),
            tenant::index("platforms_by_name", "platforms", &["name", "id"]),
            tenant::index("platforms_by_change", "platforms", &["updated_at", "id"]),
            tenant::unique("channels_by_key", "channels", &["platform_id", "key"]),
            tenant::unique("channels_by_external_id", "channels", &["external_id"]),
            tenant::index("channels_by_name", "channels", &["name", "id"]),
            tenant::index("channels_by_change", "channels", &["updated_at", "id"]),
            tenant::unique("activity_types_by_key", "activity_types", &["key"]),
            tenant::unique("activity_types_by_external_id", "activity_types", &["external_id"]),
            tenant::index("activity_types_by_name", "activity_types", &["name", "id"]),
            tenant::index("activity_types_by_change", "activity_types", &["updated_at", "id"]),
        ];
        tenant::create(manager, vec![platforms, channels, activity_types], indexes).await?;
        for table in ["platforms", "channels", "activity_types"] {
            tenant::sort_by_bytes(manager, table, "name").await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
