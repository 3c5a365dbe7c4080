//! Ratings of programmes by time, and metrics as evidence of what initiatives contribute.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("contributions").add_column(text_null("metric")).to_owned()).await?;
        // SQLite uses a partial index where the query says its condition word by word.
        let mut ratings = tenant::index("events_of_rating_programs", "events", &["occurred_at"]);
        manager.create_index(ratings.and_where(Expr::cust("activity = 'program_rated'")).to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
