//! The same rows by PostgreSQL's own `COPY`, into a table with the same indexes.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::postgres::OwnPostgres;

/// With the indexes of the table of events, and without what it refers to: to look that up costs `COPY` nothing.
pub(crate) fn prepare(postgres: &OwnPostgres) {
    psql(postgres, "create table copied (like events including all)");
}

/// When the last event was told, of those that are there.
pub(crate) fn last_told(postgres: &OwnPostgres) -> String {
    psql(postgres, "select coalesce(max(revised_at), '-infinity') from events")
}

/// How long it takes to copy what was told since.
pub(crate) fn copied(postgres: &OwnPostgres, since: &str, folder: &Path) -> Duration {
    let file = folder.join("events.copy");
    psql(postgres, &format!("\\copy (select * from events where revised_at > '{since}') to '{}'", file.display()));
    let started = Instant::now();
    psql(postgres, &format!("\\copy copied from '{}'", file.display()));
    let taken = started.elapsed();
    std::fs::remove_file(file).expect("remove what was copied");
    taken
}

/// How many days wait to be folded.
pub(crate) fn waiting(postgres: &OwnPostgres) -> String {
    psql(postgres, "select count(*) from day_marks where folded < touched")
}

fn psql(postgres: &OwnPostgres, command: &str) -> String {
    let done = postgres.psql(command).output().expect("run psql");
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}
