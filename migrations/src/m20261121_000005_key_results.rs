//! Key results, what objectives support, and every address that was ever given.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, boolean_null, date, date_null, integer, integer_null, small_integer_null, string, string_null, text, text_null,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            tenant::unique("key_results_by_number", "key_results", &["objective_id", "number"]),
            tenant::unique("key_results_by_external_id", "key_results", &["external_id"]),
            tenant::index("key_results_by_owner", "key_results", &["owner_id", "id"]),
            tenant::index("key_results_by_confidence", "key_results", &["last_confidence", "id"]),
            tenant::index("key_results_by_check_in", "key_results", &["last_check_in_on", "id"]),
            tenant::index("key_results_by_due", "key_results", &["due_on", "id"]),
            tenant::index("key_results_by_title", "key_results", &["title", "id"]),
            tenant::index("key_results_by_change", "key_results", &["updated_at", "id"]),
            tenant::index("supports_by_objective", "supports", &["to_objective_id", "objective_id"]),
            tenant::index("supports_by_key_result", "supports", &["to_key_result_id", "objective_id"]),
            tenant::index("addresses_by_objective", "addresses", &["objective_id"]),
            tenant::index("addresses_by_key_result", "addresses", &["key_result_id"]),
        ];
        tenant::create(manager, vec![key_results(), supports(), addresses()], indexes).await?;
        tenant::sort_by_bytes(manager, "key_results", "title").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn key_results() -> TableCreateStatement {
    tenant::versioned("key_results")
        .col(uuid("objective_id"))
        .col(integer("number"))
        .col(text("title"))
        .col(string("kind"))
        .col(string_null("baseline"))
        .col(string_null("target"))
        .col(string_null("lower_bound"))
        .col(string_null("upper_bound"))
        .col(string_null("commit_value"))
        .col(string_null("stretch_value"))
        .col(boolean_null("strict"))
        .col(string_null("policy"))
        .col(string_null("period"))
        .col(text_null("commit_words"))
        .col(text_null("target_words"))
        .col(text_null("stretch_words"))
        .col(integer_null("sample_size"))
        .col(string_null("pass_side"))
        .col(string("unit"))
        .col(string_null("unit_label"))
        .col(date("start_on"))
        .col(date("due_on"))
        .col(string_null("indicator"))
        .col(string("weight"))
        .col(uuid_null("owner_id"))
        .col(text_null("measurement"))
        .col(text("measurement_links"))
        .col(text_null("proxy_for"))
        .col(text_null("assumption"))
        .col(boolean("is_guardrail"))
        .col(text("checkpoints"))
        .col(string("status"))
        .col(text_null("status_reason"))
        .col(string_null("grade"))
        .col(text_null("grade_reason"))
        .col(string_null("grade_provenance"))
        .col(timestamp_with_time_zone_null("graded_at"))
        .col(text("imported_numbers"))
        .col(tenant::external_id())
        .col(date_null("last_check_in_on"))
        .col(small_integer_null("last_confidence"))
        .col(timestamp_with_time_zone_null("deleted_at"))
        .foreign_key(&mut tenant::link("key_results", "objective_id", "objectives"))
        .foreign_key(&mut tenant::link("key_results", "owner_id", "teams"))
        .to_owned()
}

/// Position 0 is the parent, the others are the extra alignments in their order.
fn supports() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("supports")
        .col(uuid("workspace_id"))
        .col(uuid("objective_id"))
        .col(integer("position"))
        .col(uuid_null("to_objective_id"))
        .col(uuid_null("to_key_result_id"))
        .primary_key(Index::create().col("workspace_id").col("objective_id").col("position"))
        .foreign_key(&mut tenant::link("supports", "objective_id", "objectives"))
        .foreign_key(&mut tenant::link("supports", "to_objective_id", "objectives"))
        .foreign_key(&mut tenant::link("supports", "to_key_result_id", "key_results"));
    table
}

/// Rows are never deleted, so a number is never given twice. The key result's number 0 means the objective itself.
fn addresses() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("addresses")
        .col(uuid("workspace_id"))
        .col(uuid("cycle_id"))
        .col(uuid("team_id"))
        .col(integer("objective_number"))
        .col(integer("key_result_number"))
        .col(uuid("objective_id"))
        .col(uuid_null("key_result_id"))
        .primary_key(Index::create().col("workspace_id").col("cycle_id").col("team_id").col("objective_number").col("key_result_number"))
        .foreign_key(&mut tenant::link("addresses", "cycle_id", "cycles"))
        .foreign_key(&mut tenant::link("addresses", "team_id", "teams"))
        .foreign_key(&mut tenant::link("addresses", "objective_id", "objectives"))
        .foreign_key(&mut tenant::link("addresses", "key_result_id", "key_results"));
    table
}
