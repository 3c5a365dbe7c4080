//! Events, the states they had before, and how far a workspace's community has been told.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, integer_null, string, string_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let progress = tenant::keyed("community_progress", &[]).col(big_integer("watermark")).col(big_integer("people")).to_owned();
        // An event's id is made of its platform and its id there, so that the key alone keeps it from being taken in twice.
        let events = tenant::keyed("events", &["id"])
            .col(uuid("platform_id"))
            .col(text("source_id"))
            .col(string("activity"))
            .col(integer_null("member_number"))
            .col(uuid_null("channel_id"))
            .col(uuid_null("parent_id"))
            .col(uuid_null("initiative_id"))
            .col(text_null("tags"))
            .col(string_null("value"))
            .col(text_null("properties"))
            .col(timestamp_with_time_zone("occurred_at"))
            .col(timestamp_with_time_zone("recorded_at"))
            .col(timestamp_with_time_zone("revised_at"))
            .col(timestamp_with_time_zone_null("retracted_at"))
            .col(integer("revision"))
            .foreign_key(&mut tenant::link("events", "platform_id", "platforms"))
            .foreign_key(&mut tenant::link("events", "channel_id", "channels"))
            .foreign_key(&mut tenant::link("events", "initiative_id", "initiatives"))
            .foreign_key(ForeignKey::create().from("events", ("workspace_id", "member_number")).to("members", ("workspace_id", "number")))
            .to_owned();
        let revisions = tenant::keyed_by("event_revisions", vec![uuid("event_id"), integer("revision")])
            .col(timestamp_with_time_zone("recorded_at"))
            .col(timestamp_with_time_zone("superseded_at"))
            .col(text("state"))
            .foreign_key(tenant::link("event_revisions", "event_id", "events").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        let first_activities = tenant::keyed_by("first_activities", vec![integer("member_number"), uuid("platform_id")])
            .col(timestamp_with_time_zone("occurred_at"))
            .to_owned();
        let indexes = vec![
            tenant::index("events_by_time", "events", &["occurred_at", "id"]),
            tenant::index("events_by_member", "events", &["member_number", "occurred_at"]),
            some(tenant::index("events_by_parent", "events", &["parent_id"]), "parent_id"),
            some(tenant::index("events_by_initiative", "events", &["initiative_id", "occurred_at"]), "initiative_id"),
            // SQLite uses a partial index where the query says its condition word by word.
            of_activity(tenant::index("events_of_joining", "events", &["member_number"]), "activity IN ('member_joined', 'member_left')"),
            of_activity(tenant::index("events_of_retracting", "events", &["parent_id"]), "activity = 'content_retracted'"),
            of_activity(tenant::index("events_of_asking", "events", &["occurred_at"]), "activity = 'question_opened'"),
            of_activity(tenant::index("events_of_rating", "events", &["occurred_at"]), "activity = 'support_rated'"),
        ];
        tenant::create(manager, vec![progress, events, revisions, first_activities], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An index over the rows that have the column: most have none.
fn some(mut index: IndexCreateStatement, column: &'static str) -> IndexCreateStatement {
    index.and_where(Expr::col(column).is_not_null()).to_owned()
}

/// An index over the few rows of some activities.
fn of_activity(mut index: IndexCreateStatement, condition: &'static str) -> IndexCreateStatement {
    index.and_where(Expr::cust(condition)).to_owned()
}
