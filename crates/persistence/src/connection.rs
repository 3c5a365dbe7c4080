//! How the databases are opened: durable, bounded, and with nothing left of an earlier user.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::sqlite::{SqliteAutoVacuum, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Executor};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::error::Error;

/// Readers beside the one writer on SQLite.
const SQLITE_READERS: u32 = 8;
/// Connections of one process on PostgreSQL, for reading and for writing.
const POSTGRES_READERS: u32 = 24;
const POSTGRES_WRITERS: u32 = 12;
/// A forgotten transaction, a runaway statement and a lock that is never given all end by themselves.
/// The warning that a `ROLLBACK` had nothing to end is not worth a line in anybody's log.
const POSTGRES_SETTINGS: [(&str, &str); 5] = [
    ("idle_in_transaction_session_timeout", "5s"),
    ("statement_timeout", "25s"),
    ("lock_timeout", "10s"),
    ("jit", "off"),
    ("client_min_messages", "error"),
];
/// How long a start waits for other processes that start on the same file.
const START_PATIENCE: Duration = Duration::from_secs(60);
/// How long a caller waits for a connection before it is told to come back later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(4);

static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// SQL statements this process has sent so far.
pub fn statements() -> u64 {
    STATEMENTS.load(Ordering::Relaxed)
}

/// Which database to open.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The file `waymark.db` in this directory.
    Directory(PathBuf),
    Postgres(String),
}

impl DatabaseUrl {
    /// `postgres://…`, or `sqlite:DIRECTORY`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some(directory) if !directory.is_empty() => Ok(Self::Directory(PathBuf::from(directory.trim_start_matches("//")))),
            _ => Err("a database URL starts with `postgres://` or `sqlite:`".to_owned()),
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Directory(path) => write!(f, "SQLite in {}", path.display()),
            // The URL holds a password.
            Self::Postgres(_) => f.write_str("PostgreSQL"),
        }
    }
}

/// A pool for reading and one for writing.
pub(crate) struct Pools {
    pub(crate) readers: DatabaseConnection,
    pub(crate) writer: DatabaseConnection,
}

/// Tries again while another process has the file of SQLite to itself. Processes that start at once on a slow disk can
/// hold each other up for longer than a request should wait.
pub(crate) async fn patiently<T, F: Future<Output = Result<T, Error>>>(attempt: impl Fn() -> F) -> Result<T, Error> {
    let until = Instant::now() + START_PATIENCE;
    loop {
        match attempt().await {
            Err(error) if error.is_locked() && Instant::now() < until => tokio::time::sleep(Duration::from_millis(100)).await,
            done => return done,
        }
    }
}

pub(crate) async fn open(url: &DatabaseUrl) -> Result<Pools, Error> {
    match url {
        DatabaseUrl::Directory(directory) => open_sqlite(directory).await,
        DatabaseUrl::Postgres(url) => {
            let readers = connect(postgres_options(url, POSTGRES_READERS)).await?;
            let mut options = postgres_options(url, POSTGRES_WRITERS);
            options.map_sqlx_postgres_before_acquire(|connection, _| Box::pin(end_what_was_left(connection)));
            Ok(Pools { readers, writer: connect(options).await? })
        }
    }
}

async fn open_sqlite(directory: &Path) -> Result<Pools, Error> {
    std::fs::create_dir_all(directory).map_err(|error| {
        Error::Unavailable(sea_orm::DbErr::Custom(format!("the directory {} cannot be made: {error}", directory.display())))
    })?;
    let writer = connect(sqlite_options(directory, false)).await?;
    let readers = connect(sqlite_options(directory, true)).await?;
    assert_durable(&writer).await?;
    Ok(Pools { readers, writer })
}

fn sqlite_options(directory: &Path, read_only: bool) -> ConnectOptions {
    let file = directory.join("waymark.db");
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(if read_only { SQLITE_READERS } else { 1 })
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_pool_opts(|pool| pool.idle_timeout(None).max_lifetime(None))
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .filename(&file)
                .in_memory(false)
                .shared_cache(false)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .auto_vacuum(SqliteAutoVacuum::Incremental)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(4))
                .pragma("trusted_schema", "OFF")
                // What is deleted is overwritten, so that nobody who was erased is found in the file.
                .pragma("secure_delete", "ON")
                .pragma("cell_size_check", "ON");
            if read_only { sqlite.pragma("query_only", "ON") } else { sqlite }
        });
    options
}

/// A database that could lose an acknowledged write is refused at start.
async fn assert_durable(writer: &DatabaseConnection) -> Result<(), Error> {
    for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let row = writer.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"))).await?;
        let found =
            row.map(|row| row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string())));
        match found {
            Some(Ok(value)) if value == expected => {}
            other => return Err(Error::Corrupt { column: "pragma", value: format!("{pragma} is {other:?}, not {expected}") }),
        }
    }
    Ok(())
}

fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|postgres| postgres.application_name("waymark").options(POSTGRES_SETTINGS));
    options
}

/// A connection whose `BEGIN` was abandoned comes back inside an open transaction, and what the next
/// writer commits would vanish with it. Readers never begin one, so only writers pay for the question.
async fn end_what_was_left(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    connection.execute("ROLLBACK").await?;
    Ok(true)
}

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, Error> {
    let mut connection = Database::connect(options).await.map_err(Error::Unavailable)?;
    connection.set_metric_callback(|_| {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    });
    Ok(connection)
}
