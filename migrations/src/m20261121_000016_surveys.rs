//! Surveys with their questions and waves; and the answers, one row a revision.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, date, integer, integer_null, small_integer, string, text, timestamp_with_time_zone, uuid};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let surveys =
            tenant::versioned("surveys").col(string("key")).col(text("title")).col(string("status")).col(tenant::external_id()).to_owned();
        let questions = tenant::versioned("questions")
            .col(uuid("survey_id"))
            .col(string("key"))
            .col(text("text"))
            .col(string("kind"))
            .col(small_integer("lowest"))
            .col(small_integer("highest"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("questions", "survey_id", "surveys"))
            .to_owned();
        let waves = tenant::versioned("waves")
            .col(uuid("survey_id"))
            .col(string("key"))
            .col(date("start_on"))
            .col(date("end_on"))
            .col(integer_null("population"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("waves", "survey_id", "surveys"))
            .to_owned();
        tenant::create(manager, vec![surveys, questions, waves, responses()], indexes()).await?;
        tenant::sort_by_bytes(manager, "surveys", "title").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An id is made of the survey and the source's own id, so that the key alone keeps an answer from being taken in twice.
/// Whoever is erased takes their answers along.
fn responses() -> TableCreateStatement {
    let mut responses = Table::create();
    responses
        .table("responses")
        .col(uuid("workspace_id"))
        .col(uuid("id"))
        .col(integer("revision"))
        .col(boolean("is_current"))
        .col(uuid("survey_id"))
        .col(uuid("wave_id"))
        .col(uuid("question_id"))
        .col(integer_null("member_number"))
        .col(small_integer("value"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(string("source_id"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(string("author"))
        .primary_key(Index::create().col("workspace_id").col("id").col("revision"))
        .foreign_key(&mut tenant::link("responses", "survey_id", "surveys"))
        .foreign_key(&mut tenant::link("responses", "wave_id", "waves"))
        .foreign_key(&mut tenant::link("responses", "question_id", "questions"))
        .foreign_key(
            ForeignKey::create()
                .from("responses", ("workspace_id", "member_number"))
                .to("members", ("workspace_id", "number"))
                .on_delete(ForeignKeyAction::Cascade),
        );
    responses
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        tenant::unique("surveys_by_key", "surveys", &["key"]),
        tenant::unique("surveys_by_external_id", "surveys", &["external_id"]),
        tenant::index("surveys_by_title", "surveys", &["title", "id"]),
        tenant::index("surveys_by_change", "surveys", &["updated_at", "id"]),
        tenant::unique("questions_by_key", "questions", &["survey_id", "key"]),
        tenant::unique("questions_by_external_id", "questions", &["external_id"]),
        tenant::index("questions_by_survey", "questions", &["survey_id", "id"]),
        tenant::index("questions_by_change", "questions", &["updated_at", "id"]),
        tenant::unique("waves_by_key", "waves", &["survey_id", "key"]),
        tenant::unique("waves_by_external_id", "waves", &["external_id"]),
        tenant::index("waves_by_survey", "waves", &["survey_id", "id"]),
        tenant::index("waves_by_start", "waves", &["start_on", "id"]),
        tenant::index("waves_by_change", "waves", &["updated_at", "id"]),
        tenant::index("responses_by_survey", "responses", &["survey_id", "is_current", "submitted_at", "id"]),
        tenant::index("responses_by_question", "responses", &["question_id", "is_current", "submitted_at", "id"]),
        tenant::index("responses_by_wave", "responses", &["wave_id", "is_current", "submitted_at", "id"]),
        tenant::index("responses_by_member", "responses", &["member_number"]),
    ]
}
