//! Which metrics drive key results, and what they told.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, integer, integer_null, string, string_null, text, text_null, timestamp_with_time_zone,
    uuid, uuid_null,
};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bindings = tenant::versioned("bindings")
            .col(uuid("key_result_id"))
            .col(string("metric"))
            .col(string("statistic"))
            .col(text("segment"))
            .col(text("parameters"))
            .col(string_null("granularity"))
            .col(integer_null("rolling"))
            .col(string_null("comparator"))
            .col(text_null("guardrail"))
            .foreign_key(&mut tenant::link("bindings", "key_result_id", "key_results"))
            .to_owned();
        // Readings outlive their binding, as check-ins do: no link to it.
        let key = vec![uuid("binding_id"), integer("binding_version"), date("start_on"), date("end_on"), integer("revision")];
        let readings = tenant::keyed_by("readings", key)
            .col(boolean("is_partial"))
            .col(string_null("value"))
            .col(big_integer_null("numerator"))
            .col(big_integer_null("denominator"))
            .col(string_null("low"))
            .col(string_null("high"))
            .col(string("status"))
            .col(string_null("reason"))
            .col(string_null("guard_value"))
            .col(string_null("guard_before"))
            .col(string_null("guard_verdict"))
            .col(big_integer("watermark"))
            .col(integer("definition_version"))
            .col(uuid_null("check_in_id"))
            .col(timestamp_with_time_zone("taken_at"))
            .to_owned();
        // How far the bindings of a workspace have been read, and until when somebody is at it.
        let refreshes = tenant::keyed("binding_refreshes", &[])
            .col(big_integer("watermark"))
            .col(timestamp_with_time_zone("refreshed_at"))
            .col(timestamp_with_time_zone("leased_until"))
            .to_owned();
        let indexes = vec![tenant::unique("bindings_by_key_result", "bindings", &["key_result_id"])];
        tenant::create(manager, vec![bindings, readings, refreshes], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
