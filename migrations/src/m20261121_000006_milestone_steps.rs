//! The steps of milestones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, integer, string, text, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let steps = tenant::versioned("milestone_steps")
            .col(uuid("key_result_id"))
            .col(text("title"))
            .col(string("weight"))
            .col(date_null("due_on"))
            .col(date_null("done_on"))
            .col(integer("position"))
            .foreign_key(&mut tenant::link("milestone_steps", "key_result_id", "key_results"))
            .to_owned();
        let indexes = vec![tenant::unique("milestone_steps_by_position", "milestone_steps", &["key_result_id", "position"])];
        tenant::create(manager, vec![steps], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
