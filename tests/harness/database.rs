use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use tempfile::TempDir;

use super::binary::WAYMARK;
use super::closing;
use super::postgres::{self, OwnPostgres};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// A test's own database, and the folder in which its programs run: there SQLite finds `./data`.
pub(crate) struct Database {
    pub(crate) backend: Backend,
    folder: TempDir,
    /// PostgreSQL's name for it.
    name: String,
    /// Where it is, if not on the PostgreSQL that all tests share.
    elsewhere: Option<String>,
}

/// Migrated once per run and then copied, which takes a few milliseconds.
static SQLITE: LazyLock<Arc<Database>> = LazyLock::new(|| template(Backend::Sqlite));
static POSTGRES: LazyLock<Arc<Database>> = LazyLock::new(|| template(Backend::Postgres));

fn template(backend: Backend) -> Arc<Database> {
    let database = Database::empty(backend);
    database.run(&["migrate"]);
    database
}

impl Database {
    pub(crate) fn empty(backend: Backend) -> Arc<Self> {
        let database = Self::unmade(backend);
        if backend == Backend::Postgres {
            postgres::execute(&format!("create database {}", database.name)).expect("make a database");
        }

        Arc::new(database)
    }

    pub(crate) fn migrated(backend: Backend) -> Arc<Self> {
        let database = Self::unmade(backend);
        match backend {
            Backend::Sqlite => copy(SQLITE.folder.path(), database.folder.path()),
            Backend::Postgres => {
                let statement = format!("create database {} template {}", database.name, POSTGRES.name);
                postgres::execute(&statement).expect("copy the migrated database");
            }
        }

        Arc::new(database)
    }

    /// An empty one on a PostgreSQL that the test may stop.
    pub(crate) fn on(postgres: &OwnPostgres) -> Arc<Self> {
        let mut database = Self::unmade(Backend::Postgres);
        database.elsewhere = Some(postgres.url());

        Arc::new(database)
    }

    /// The program on this database, whatever the environment of the tests says.
    pub(crate) fn waymark(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*WAYMARK);
        command.args(arguments).current_dir(self.folder.path()).env_remove("DATABASE_URL").env_remove("DATABASE_READ_URL");
        if self.backend == Backend::Postgres {
            command.env("DATABASE_URL", self.elsewhere.clone().unwrap_or_else(|| postgres::url(&self.name)));
        }
        command
    }

    /// Runs a subcommand that must succeed and gives what it prints, without the last line's end.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let done = self.waymark(arguments).output().expect("run waymark");
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "waymark {} ended with {}:\n{complaint}", arguments.join(" "), done.status);

        String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
    }

    /// All that it holds, as text: of SQLite every byte of its files, of PostgreSQL every row. Nobody may have it open.
    pub(crate) fn dump(&self) -> String {
        match self.backend {
            Backend::Sqlite => {
                let files = fs::read_dir(self.folder.path().join("data")).expect("SQLite has a folder").flatten();
                let bytes: Vec<u8> = files.flat_map(|file| fs::read(file.path()).expect("read a file of SQLite")).collect();
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Backend::Postgres => postgres::dump(&self.name),
        }
    }

    /// Where programs run, and so where relative paths point.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn unmade(backend: Backend) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}{}", postgres::prefix(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = TempDir::new_in(closing::folder()).expect("make a folder for a test");

        Self { backend, folder, name, elsewhere: None }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.backend == Backend::Postgres && self.elsewhere.is_none() {
            // The run drops what is left over here.
            let _ = postgres::execute(&format!("drop database if exists {} with (force)", self.name));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("read the template").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("make a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copy a file of the template");
        }
    }
}
