//! Metrics of a workspace's own, the readings that are pushed of them, one row a revision, and what is healthy for it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, boolean, integer, string, string_null, text, text_null, timestamp_with_time_zone, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let metrics = tenant::versioned("custom_metrics")
            .col(string("key"))
            .col(text("name"))
            .col(text_null("description"))
            .col(text("formula"))
            .col(string("unit"))
            .col(string_null("unit_label"))
            .col(boolean("higher_is_better"))
            .col(string("aggregation"))
            .col(boolean("is_north_star"))
            .col(text("inputs"))
            .col(integer("definition_version"))
            .col(tenant::external_id())
            .to_owned();
        // Metrics are named by key: the built-in ones stand in no table.
        let targets = tenant::versioned("metric_targets")
            .col(text("metric"))
            .col(string("statistic"))
            .col(string_null("granularity"))
            .col(string("comparator"))
            .col(string("value"))
            .col(string_null("guardrail"))
            .col(text("why"))
            .col(tenant::external_id())
            .to_owned();
        tenant::create(manager, vec![metrics, readings(), targets], indexes()).await?;
        tenant::sort_by_bytes(manager, "custom_metrics", "name").await?;
        tenant::sort_by_bytes(manager, "metric_targets", "metric").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An id is made of the metric and the source's own id, so that the key alone keeps a reading from being taken in twice. Of a
/// day as a whole the instant is its midnight in UTC.
fn readings() -> TableCreateStatement {
    tenant::keyed_by("metric_readings", vec![uuid("id"), integer("revision")])
        .col(boolean("is_current"))
        .col(boolean("is_retracted"))
        .col(uuid("metric_id"))
        .col(string("source_id"))
        .col(timestamp_with_time_zone("at"))
        .col(boolean("is_day"))
        .col(string_null("value"))
        .col(big_integer_null("numerator"))
        .col(big_integer_null("denominator"))
        .col(text_null("evidence"))
        .col(text_null("evidence_url"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(string("author"))
        .foreign_key(&mut tenant::link("metric_readings", "metric_id", "custom_metrics"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        tenant::unique("custom_metrics_by_key", "custom_metrics", &["key"]),
        tenant::unique("custom_metrics_by_external_id", "custom_metrics", &["external_id"]),
        tenant::index("custom_metrics_by_name", "custom_metrics", &["name", "id"]),
        tenant::index("custom_metrics_by_change", "custom_metrics", &["updated_at", "id"]),
        tenant::index("metric_readings_by_metric", "metric_readings", &["metric_id", "is_current", "at", "id"]),
        tenant::index("metric_readings_by_time", "metric_readings", &["is_current", "at", "id"]),
        tenant::unique("metric_targets_by_external_id", "metric_targets", &["external_id"]),
        tenant::index("metric_targets_by_metric", "metric_targets", &["metric", "id"]),
        tenant::index("metric_targets_by_change", "metric_targets", &["updated_at", "id"]),
    ]
}
