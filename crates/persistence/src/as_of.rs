//! The past as tables: every query that reads what is reads what was as well.
//!
//! History holds every state in full. Under the names of the tables it is laid out again as it stood at an instant, in
//! front of whatever is asked, and the statement behind it does not know the difference. Nothing is asked twice, once
//! for now and once for then, and whatever is filtered, sorted and cut is so by the database.

mod told;

use std::fmt::Write;
use std::sync::OnceLock;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ColumnType, Values};
use sea_orm::{ConnectionTrait, DatabaseExecutor, DbBackend, ExecResult, IdenStatic, Iterable, QueryResult, Statement};
use waymark_domain::{DateTime, Utc};

use crate::contributions::LINKS;
use crate::rows::{
    Versioned, activity_type, binding, channel, contribution, cycle, initiative, key_result, layer, layer_assignment, member, member_trait,
    milestone_step, objective, platform, question, support, survey, team, wave, workspace,
};

/// The database as it is, or as it was known at an instant.
pub(crate) struct Reading<'a> {
    pub(crate) executor: DatabaseExecutor<'a>,
    pub(crate) at: Option<DateTime<Utc>>,
}

#[async_trait::async_trait]
impl ConnectionTrait for Reading<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.executor.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.executor.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.executor.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.executor.query_one_raw(self.dated(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.executor.query_all_raw(self.dated(statement)).await
    }
}

impl Reading<'_> {
    /// The statement behind the tables of the past, of which the database looks at those alone that it names.
    fn dated(&self, statement: Statement) -> Statement {
        let Some(at) = self.at else { return statement };
        let Statement { sql, values, db_backend } = statement;
        let mut values = values.map_or_else(Vec::new, |values| values.0);
        values.push(at.into());
        // The instant comes last, so that the places of the others stay what they are.
        let tables = tables(db_backend).replace(AT, &format!("${}", values.len()));
        let asked = sql.trim_start();
        let sql = match (asked.strip_prefix("WITH RECURSIVE "), asked.strip_prefix("WITH ")) {
            // Among tables that may be recursive, PostgreSQL makes none from the one whose name it takes.
            (Some(_), _) if db_backend == DbBackend::Postgres => format!("WITH {tables} SELECT * FROM ({asked}) AS asked"),
            (Some(rest), _) => format!("WITH RECURSIVE {tables}, {rest}"),
            (None, Some(rest)) => format!("WITH {tables}, {rest}"),
            (None, None) => format!("WITH {tables} {asked}"),
        };
        Statement { sql, values: Some(Values(values)), db_backend }
    }
}

/// Stands for the parameter that holds the instant.
const AT: &str = "{at}";

/// The states that were known by then.
const KNOWN: &str = "history.recorded_at <= {at}";
/// Those, and the first ones of what was not known by then: an import tells of events that were recorded before anybody heard here
/// of those who did them, and where. What such people and places came as is what they were at the time.
const KNOWN_OR_FIRST: &str = "(history.recorded_at <= {at} OR history.version = 1)";

/// Newest states, but for those of things that were deleted by then.
const NEWEST: &str = "
    history.action <> 'DELETED' AND NOT EXISTS (
        SELECT 1 FROM history AS later
        WHERE later.workspace_id = history.workspace_id AND later.concept = history.concept
        AND later.entity_id = history.entity_id AND later.version > history.version AND later.recorded_at <= {at}
    )";

/// What is kept beside a key result for filters and is no part of its state: it follows from its check-ins.
const OF_CHECK_INS: [(&str, &str); 2] = [
    (
        "last_check_in_on",
        "SELECT said.day FROM check_in_revisions AS said
        WHERE said.workspace_id = history.workspace_id AND said.key_result_id = history.entity_id AND said.recorded_at <= {at}
        ORDER BY said.day DESC LIMIT 1",
    ),
    (
        "last_confidence",
        "SELECT said.confidence FROM check_in_revisions AS said
        WHERE said.workspace_id = history.workspace_id AND said.key_result_id = history.entity_id AND said.recorded_at <= {at}
        AND said.confidence IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM check_in_revisions AS later
            WHERE later.workspace_id = said.workspace_id AND later.check_in_id = said.check_in_id
            AND later.revision > said.revision AND later.recorded_at <= {at}
        )
        ORDER BY said.day DESC, said.check_in_id DESC LIMIT 1",
    ),
];

/// The definitions of all tables, always the same text but for the instant's place.
fn tables(backend: DbBackend) -> &'static str {
    static POSTGRES: OnceLock<String> = OnceLock::new();
    static SQLITE: OnceLock<String> = OnceLock::new();
    let written = if backend == DbBackend::Postgres { &POSTGRES } else { &SQLITE };
    written.get_or_init(|| {
        let tables = [
            states::<workspace::Model>(backend, KNOWN),
            states::<team::Model>(backend, KNOWN),
            states::<cycle::Model>(backend, KNOWN),
            states::<objective::Model>(backend, KNOWN),
            states::<key_result::Model>(backend, KNOWN),
            states::<milestone_step::Model>(backend, KNOWN),
            states::<initiative::Model>(backend, KNOWN),
            states::<survey::Model>(backend, KNOWN),
            states::<question::Model>(backend, KNOWN),
            states::<wave::Model>(backend, KNOWN),
            states::<binding::Model>(backend, KNOWN),
            states::<activity_type::Model>(backend, KNOWN),
            states::<platform::Model>(backend, KNOWN_OR_FIRST),
            states::<channel::Model>(backend, KNOWN_OR_FIRST),
            states::<member::Model>(backend, KNOWN_OR_FIRST),
            states::<member_trait::Model>(backend, KNOWN),
            states::<layer::Model>(backend, KNOWN),
            states::<layer_assignment::Model>(backend, KNOWN),
            parts(backend, objective::Model::CONCEPT.into(), "supports", support::Column::ObjectiveId),
            parts(backend, LINKS, "links", contribution::Column::InitiativeId),
        ];
        tables.into_iter().chain(told::tables(backend)).collect::<Vec<_>>().join(", ")
    })
}

/// A table whose rows are states, those that are meant.
fn states<R: Versioned>(backend: DbBackend, meant: &str) -> String {
    let [workspace, id, version] = R::KEY;
    let column = |column: <R::Entity as EntityTrait>::Column| {
        let name = column.as_str();
        let computed = OF_CHECK_INS.iter().find(|(computed, _)| *computed == name);
        let value = match computed {
            Some((_, query)) => format!("({query})"),
            None if name == workspace.as_str() => "history.workspace_id".to_owned(),
            None if name == id.as_str() => "history.entity_id".to_owned(),
            None if name == version.as_str() => "history.version".to_owned(),
            None if R::ABOUT.is_some_and(|about| about.as_str() == name) => "history.about_id".to_owned(),
            None => read(backend, "history.state", name, column.def().get_column_type()),
        };
        format!("{value} AS {name}")
    };
    let source = match backend {
        DbBackend::Postgres => format!("CROSS JOIN LATERAL json_to_record(history.state::json) AS part({})", typed::<R::Entity>(BYTES)),
        _ => String::new(),
    };
    table::<R::Entity>(R::CONCEPT.into(), &source, meant, column)
}

/// A table whose rows are listed within the states of something else, under this name; a column names what that is.
fn parts<C: ColumnTrait>(backend: DbBackend, of: &str, listed: &str, owner: C) -> String
where
    C::EntityName: EntityTrait<Column = C>,
{
    let column = |column: C| {
        let name = column.as_str();
        let value = match name {
            "workspace_id" => "history.workspace_id".to_owned(),
            name if name == owner.as_str() => "history.entity_id".to_owned(),
            name => read(backend, "part.value", name, column.def().get_column_type()),
        };
        format!("{value} AS {name}")
    };
    let source = match backend {
        DbBackend::Postgres => {
            let columns = typed::<C::EntityName>(BYTES);
            format!("CROSS JOIN LATERAL json_to_recordset(history.state::json -> '{listed}') AS part({columns})")
        }
        _ => format!("CROSS JOIN json_each(history.state, '$.{listed}') AS part"),
    };
    table::<C::EntityName>(of, &source, KNOWN, column)
}

fn table<E: EntityTrait>(concept: &str, source: &str, meant: &str, column: impl Fn(E::Column) -> String) -> String {
    let columns: Vec<String> = E::Column::iter().map(column).collect();
    let (name, columns) = (E::default().table_name().to_owned(), columns.join(", "));
    let meant = format!("history.concept = '{concept}' AND {meant} AND {NEWEST}");
    format!("{name} AS NOT MATERIALIZED (SELECT {columns} FROM history {source} WHERE {meant})")
}

/// A value as the table's own column holds it. PostgreSQL has taken the JSON apart already, as `part`.
fn read(backend: DbBackend, json: &str, name: &str, holds: &ColumnType) -> String {
    if backend == DbBackend::Postgres {
        return format!("part.{name}");
    }
    let value = format!("json_extract({json}, '$.{name}')");
    match holds {
        ColumnType::Uuid => format!("unhex(replace({value}, '-', ''))"),
        ColumnType::TimestampWithTimeZone => format!("replace({value}, 'Z', '+00:00')"),
        _ => value,
    }
}

/// That text compares by its bytes, as in the tables.
const BYTES: &str = " COLLATE \"C\"";

/// The columns with their types, as PostgreSQL wants them for a record, and how their text compares.
fn typed<E: EntityTrait>(compared: &str) -> String {
    let mut columns = String::new();
    for column in E::Column::iter() {
        let (holds, compared) = match column.def().get_column_type() {
            ColumnType::Uuid => ("uuid", ""),
            ColumnType::Integer => ("integer", ""),
            ColumnType::SmallInteger => ("smallint", ""),
            ColumnType::Boolean => ("boolean", ""),
            ColumnType::Date => ("date", ""),
            ColumnType::TimestampWithTimeZone => ("timestamptz", ""),
            ColumnType::Text => ("text", compared),
            _ => ("varchar", compared),
        };
        let comma = if columns.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(columns, "{comma}{} {holds}{compared}", column.as_str());
    }
    columns
}
