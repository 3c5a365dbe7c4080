//! Layers, and who was in which of them from when to when.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, integer, integer_null, string, text_null, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let layers = tenant::versioned("layers")
            .col(string("key"))
            .col(string("name"))
            .col(integer("position"))
            .col(integer_null("least"))
            .col(integer_null("most"))
            .col(text_null("rule"))
            .col(tenant::external_id())
            .to_owned();
        let assignments = tenant::versioned("layer_assignments")
            .col(uuid("member_id"))
            .col(uuid("layer_id"))
            .col(date("from_on"))
            .col(date_null("until_on"))
            .col(string("assigned_by"))
            .foreign_key(&mut tenant::link("layer_assignments", "member_id", "members"))
            .foreign_key(&mut tenant::link("layer_assignments", "layer_id", "layers"))
            .to_owned();
        let indexes = vec![
            tenant::unique("layers_by_key", "layers", &["key"]),
            tenant::unique("layers_by_position", "layers", &["position"]),
            tenant::unique("layers_by_external_id", "layers", &["external_id"]),
            tenant::unique("layer_assignments_by_member", "layer_assignments", &["member_id", "from_on"]),
            tenant::index("layer_assignments_by_layer", "layer_assignments", &["layer_id", "id"]),
            tenant::index("layer_assignments_by_start", "layer_assignments", &["from_on", "id"]),
            tenant::index("layer_assignments_by_end", "layer_assignments", &["until_on", "id"]),
        ];
        tenant::create(manager, vec![layers, assignments], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
