//! The same rows by PostgreSQL's own `COPY`, into a table with the same indexes.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::installation;

/// With the indexes of the table of events, and without what it refers to: to look that up costs `COPY` nothing.
pub(crate) fn prepare(url: &str) {
    psql(url, "create table copied (like events including all)");
}

/// When the last event was told, of those that are there.
pub(crate) fn last_told(url: &str) -> String {
    psql(url, "select coalesce(max(revised_at), '-infinity') from events")
}

/// How long it takes to copy what was told since.
pub(crate) fn copied(url: &str, since: &str, folder: &Path) -> Duration {
    let file = folder.join("events.copy");
    psql(url, &format!("\\copy (select * from events where revised_at > '{since}') to '{}'", file.display()));
    let started = Instant::now();
    psql(url, &format!("\\copy copied from '{}'", file.display()));
    let taken = started.elapsed();
    std::fs::remove_file(file).expect("remove what was copied");
    taken
}

/// How many days wait to be folded.
pub(crate) fn waiting(url: &str) -> String {
    psql(url, "select count(*) from day_marks where folded < touched")
}

fn psql(url: &str, command: &str) -> String {
    let mut psql = Command::new(installation::program("psql").expect("psql stands beside the server's programs or on the PATH"));
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", command, url]);
    let done = psql.output().expect("run psql");
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}
