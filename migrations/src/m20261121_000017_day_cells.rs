//! What was done each day, as sets of members: made from the events, and made again when these change.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, blob, date, string, text_null, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The last watermarks at which a day's events changed, and at which its cells were made.
        let marks = tenant::keyed_by("day_marks", vec![date("day")]).col(big_integer("touched")).col(big_integer("folded")).to_owned();
        // Outside of channels, the channel is the platform itself: keys have no gaps.
        let cells = tenant::keyed_by("day_cells", vec![date("day"), uuid("platform_id"), uuid("channel_id"), string("activity")])
            .col(blob("members"))
            .col(text_null("more"))
            .col(big_integer("nameless"))
            .to_owned();
        let stale =
            tenant::index("day_marks_to_fold", "day_marks", &["day"]).and_where(Expr::col("folded").lt(Expr::col("touched"))).to_owned();
        tenant::create(manager, vec![marks, cells], vec![stale]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
