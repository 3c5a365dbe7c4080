//! Check-ins: one row a revision, so that nothing recorded is ever overwritten.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, integer, integer_null, small_integer_null, string, string_null, text_null, timestamp_with_time_zone, uuid,
};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut revisions = Table::create();
        revisions
            .table("check_in_revisions")
            .col(uuid("workspace_id"))
            .col(uuid("check_in_id"))
            .col(integer("revision"))
            .col(boolean("is_current"))
            .col(uuid("key_result_id"))
            .col(date("day"))
            .col(string_null("external_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(string_null("value"))
            .col(string_null("zone"))
            .col(integer_null("sample_size"))
            .col(small_integer_null("confidence"))
            .col(text_null("evidence"))
            .col(text_null("risks"))
            .col(text_null("blockers"))
            .col(text_null("next_actions"))
            .col(text_null("correction"))
            .col(string("provenance"))
            .col(string("author"))
            .col(timestamp_with_time_zone("recorded_at"))
            .primary_key(Index::create().col("workspace_id").col("check_in_id").col("revision"))
            .foreign_key(&mut tenant::link("check_in_revisions", "key_result_id", "key_results"));
        let indexes = vec![
            tenant::index("check_ins_by_key_result", "check_in_revisions", &["key_result_id", "is_current", "day", "check_in_id"]),
            tenant::index("check_ins_by_day", "check_in_revisions", &["is_current", "day", "check_in_id"]),
            tenant::index("check_ins_by_change", "check_in_revisions", &["is_current", "recorded_at", "check_in_id"]),
            tenant::unique("check_ins_by_external_id", "check_in_revisions", &["external_id", "revision"]),
        ];
        tenant::create(manager, vec![revisions], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
