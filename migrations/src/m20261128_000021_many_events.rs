//! What it takes to tell of many events at once, and to read again what came of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer};
use sea_orm_migration::sea_orm::DbBackend;

use crate::tenant;

/// What events refer to: a table, its column beside the workspace, and the events' own.
pub(crate) const REFERENCES: [(&str, &str, &str); 4] = [
    ("platforms", "id", "platform_id"),
    ("channels", "id", "channel_id"),
    ("initiatives", "id", "initiative_id"),
    ("members", "number", "member_number"),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of whom it last changed when they belong: so that who reads again need not ask about everybody.
        let marks = tenant::keyed_by("member_marks", vec![integer("member_number")]).col(big_integer("touched")).to_owned();
        tenant::create(manager, vec![marks], vec![tenant::index("member_marks_by_change", "member_marks", &["touched"])]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            for statement in [
                WITHOUT_FOREIGN_KEYS.to_owned(),
                looks_up(REFERENCES.map(|reference| (reference, "FOR KEY SHARE"))),
                KEEPS_WHAT_IS_NAMED.to_owned(),
                triggers(),
            ] {
                manager.get_connection().execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// PostgreSQL checks foreign keys row by row, which takes longer than all else that it does with an event. The same rules are
/// kept below, by statement: what is named is looked up and locked once for all events of a batch.
const WITHOUT_FOREIGN_KEYS: &str = "DO $$
DECLARE found name;
BEGIN
    FOR found IN SELECT conname FROM pg_constraint WHERE conrelid = 'events'::regclass AND contype = 'f' LOOP
        EXECUTE format('ALTER TABLE events DROP CONSTRAINT %I', found);
    END LOOP;
END $$";

/// The function that refuses events that name what is not there; each reference with how it is locked.
pub(crate) fn looks_up(references: [((&str, &str, &str), &str); 4]) -> String {
    let missing = references.map(|((table, column, own), lock)| {
        format!(
            "EXISTS (SELECT FROM (SELECT DISTINCT workspace_id, {own} FROM told WHERE {own} IS NOT NULL) AS named
            WHERE NOT EXISTS (SELECT FROM {table} AS there
                WHERE there.workspace_id = named.workspace_id AND there.{column} = named.{own} {lock}))"
        )
    });
    format!(
        "CREATE OR REPLACE FUNCTION events_name_what_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {} THEN
                RAISE foreign_key_violation USING MESSAGE = 'an event names what is not there';
            END IF;
            RETURN NULL;
        END $$",
        missing.join(" OR ")
    )
}

/// Looks after the row has been deleted: whoever named it meanwhile has committed by then, or finds it gone.
const KEEPS_WHAT_IS_NAMED: &str = "CREATE FUNCTION is_named_by_no_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_named boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM events WHERE workspace_id = ($1).workspace_id AND %I = ($1).%I)', TG_ARGV[0], TG_ARGV[1])
    INTO is_named USING OLD;
    IF is_named THEN
        RAISE foreign_key_violation USING MESSAGE = 'an event names it';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION takes_its_events_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM events WHERE workspace_id = OLD.id;
    RETURN OLD;
END $$";

fn triggers() -> String {
    let mut triggers = String::from(
        "CREATE TRIGGER events_told AFTER INSERT ON events REFERENCING NEW TABLE AS told
        FOR EACH STATEMENT EXECUTE FUNCTION events_name_what_is_there();
        CREATE TRIGGER events_retold AFTER UPDATE ON events REFERENCING NEW TABLE AS told
        FOR EACH STATEMENT EXECUTE FUNCTION events_name_what_is_there();
        CREATE TRIGGER takes_its_events_along BEFORE DELETE ON workspaces
        FOR EACH ROW EXECUTE FUNCTION takes_its_events_along();",
    );
    for (table, column, own) in REFERENCES {
        triggers.push_str(&format!(
            "CREATE TRIGGER is_named_by_no_event AFTER DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION is_named_by_no_event('{own}', '{column}');"
        ));
    }
    triggers
}
