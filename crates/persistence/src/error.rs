//! What can go wrong with a database.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// How SQLite says that another process has the file.
const LOCKED: &str = "database is locked";
/// How PostgreSQL says that somebody else held on to something for too long.
const WAITED: &str = "canceling statement due to lock timeout";

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique field of this wire name has a value that another row has.
    #[error("another one has this {0}")]
    Taken(&'static str),
    /// Somebody else changed the row in between.
    #[error("changed by somebody else in between")]
    Stale,
    /// The row is still referred to.
    #[error("still in use")]
    InUse,
    /// The database cannot be reached, or is too busy.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] DbErr),
    /// A stored value that this version does not understand.
    #[error("stored {column} cannot be read: {value}")]
    Corrupt { column: &'static str, value: String },
    #[error("the database refused: {0}")]
    Database(#[source] DbErr),
}

impl Error {
    /// Whether another process has the file of SQLite to itself.
    pub(crate) fn is_locked(&self) -> bool {
        matches!(self, Self::Unavailable(error) if error.to_string().contains(LOCKED))
    }

    pub(crate) fn corrupt(column: &'static str, value: impl fmt::Display) -> Self {
        Self::Corrupt { column, value: value.to_string() }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => taken(&message),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::InUse,
            _ if is_outage(&error) => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

/// SQLite names the columns, PostgreSQL the index: both hold the word.
fn taken(message: &str) -> Error {
    if message.contains("external_id") {
        Error::Taken("externalId")
    } else if message.contains("by_key\"") || message.contains(".key") {
        Error::Taken("key")
    } else {
        Error::Stale
    }
}

fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            let text = error.to_string();
            let signs = [
                LOCKED,
                WAITED,
                "connection",
                "Connection",
                "terminating",
                "pool timed out",
                "shutting down",
                "starting up",
                "communicating with",
            ];
            signs.iter().any(|sign| text.contains(sign))
        }
        _ => false,
    }
}
