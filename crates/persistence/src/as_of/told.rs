//! Events as they had been told by an instant, and what follows from them.
//!
//! An event stands in its table as it was told last, and in its revisions as it was told before. Whether it was taken back
//! follows from the retractions of then, for these can be told otherwise too.

use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, IdenStatic, Iterable};

use super::{read, typed};
use crate::events::RETRACTION;
use crate::memberships::silent;
use crate::rows::event::{Column, Entity};

/// The states of events that were superseded after the instant, each the newest by then. Clocks of processes differ, so the
/// states of an event are told apart by their order alone.
const SUPERSEDED: &str = "
    past.recorded_at <= {at} AND past.superseded_at > {at} AND NOT EXISTS (
        SELECT 1 FROM {events} AS newest
        WHERE newest.workspace_id = past.workspace_id AND newest.id = past.event_id AND newest.revised_at <= {at}
    ) AND NOT EXISTS (
        SELECT 1 FROM event_revisions AS later
        WHERE later.workspace_id = past.workspace_id AND later.event_id = past.event_id
        AND later.revision > past.revision AND later.recorded_at <= {at}
    )";

/// The tables of events and of first activities, behind one that both are made with.
pub(super) fn tables(backend: DbBackend) -> [String; 3] {
    // SQLite takes the bare name for the table that is being made.
    let events = if backend == DbBackend::Postgres { "events" } else { "main.events" };
    [retold(backend), told(backend), first_activities()].map(|table| table.replace("{events}", events))
}

/// What was taken back by retractions that have been told otherwise since: hardly ever anything. It is looked up for every
/// event, and therefore made once.
fn retold(backend: DbBackend) -> String {
    let (source, parent, activity) = (record(backend), of_state(backend, Column::ParentId), of_state(backend, Column::Activity));
    let recorded = of_state(backend, Column::RecordedAt);
    format!(
        "retold_retractions AS MATERIALIZED (
            SELECT past.workspace_id AS workspace_id, {parent} AS parent_id, MIN({recorded}) AS recorded_at
            FROM event_revisions AS past {source} WHERE {SUPERSEDED} AND {activity} = '{RETRACTION}'
            GROUP BY past.workspace_id, {parent}
        )"
    )
}

fn told(backend: DbBackend) -> String {
    let standing = columns(|column| match column {
        // Where nothing takes it back now, nothing that still stands did then.
        Column::RetractedAt => {
            retracted("newest.activity", "newest.id", "newest", "CASE WHEN newest.retracted_at IS NOT NULL THEN ({}) END")
        }
        column => format!("newest.{}", column.as_str()),
    });
    let superseded = columns(|column| match column {
        Column::WorkspaceId => "past.workspace_id".to_owned(),
        Column::Id => "past.event_id".to_owned(),
        Column::RetractedAt => retracted(&of_state(backend, Column::Activity), "past.event_id", "past", "({})"),
        column => of_state(backend, column),
    });
    let source = record(backend);
    format!(
        "events AS NOT MATERIALIZED (
            SELECT {standing} FROM {{events}} AS newest WHERE newest.revised_at <= {{at}}
            UNION ALL SELECT {superseded} FROM event_revisions AS past {source} WHERE {SUPERSEDED}
        )"
    )
}

/// When an event was taken back: by the earliest retraction that stands, or else by one that has been told otherwise since. What
/// takes others back is not taken back itself.
fn retracted(activity: &str, id: &str, of: &str, standing: &str) -> String {
    let earliest = format!(
        "SELECT MIN(said.recorded_at) FROM {{events}} AS said WHERE said.workspace_id = {of}.workspace_id
        AND said.parent_id = {id} AND said.activity = '{RETRACTION}' AND said.revised_at <= {{at}}"
    );
    let retold = format!(
        "SELECT retold_retractions.recorded_at FROM retold_retractions
        WHERE retold_retractions.workspace_id = {of}.workspace_id AND retold_retractions.parent_id = {id}"
    );
    format!("CASE WHEN {activity} <> '{RETRACTION}' THEN COALESCE({}, ({retold})) END", standing.replace("{}", &earliest))
}

/// As they are kept for now; here they are found in the events of then.
fn first_activities() -> String {
    let silent: Vec<String> = silent().map(|key| format!("'{key}'")).collect();
    format!(
        "first_activities AS NOT MATERIALIZED (
            SELECT workspace_id, member_number, platform_id, MIN(occurred_at) AS occurred_at FROM events
            WHERE member_number IS NOT NULL AND retracted_at IS NULL AND activity NOT IN ({})
            GROUP BY workspace_id, member_number, platform_id
        )",
        silent.join(", ")
    )
}

fn columns(value: impl Fn(Column) -> String) -> String {
    let columns: Vec<String> = Column::iter().map(|column| format!("{} AS {}", value(column), column.as_str())).collect();
    columns.join(", ")
}

/// A column of a state, as the table has it.
fn of_state(backend: DbBackend, column: Column) -> String {
    read(backend, "past.state", column.as_str(), column.def().get_column_type())
}

/// The state as a record, which only PostgreSQL takes apart so. Its columns are of the same types as those of the table: so
/// conditions reach the indexes behind both.
fn record(backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!("CROSS JOIN LATERAL json_to_record(past.state::json) AS part({})", typed::<Entity>("")),
        _ => String::new(),
    }
}
