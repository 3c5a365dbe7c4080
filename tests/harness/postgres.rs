//! One PostgreSQL for the whole run: `TEST_POSTGRES_URL`, or a throwaway server started from the
//! installed programs, reached over a socket that only its owner can open.

use std::env;
use std::fs;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::closing;
use super::installation;

/// Takes the name of a database.
type Url = Box<dyn Fn(&str) -> String + Send + Sync>;

static URL: LazyLock<Url> = LazyLock::new(|| match env::var("TEST_POSTGRES_URL") {
    Ok(given) => of_a_database(&given),
    Err(_) => start(),
});

/// Settings that give up durability, which a throwaway server does not need, for speed.
const SETTINGS: [&str; 7] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "listen_addresses=",
    "autovacuum=off",
    "log_min_messages=fatal",
];

pub(crate) fn url(database: &str) -> String {
    URL(database)
}

/// Runs one statement in the database `postgres` and gives what it prints.
pub(crate) fn execute(statement: &str) -> String {
    query("postgres", statement)
}

pub(crate) fn query(database: &str, statement: &str) -> String {
    let psql = installation::program("psql").expect("psql stands beside the server's programs or on the PATH");
    let done = Command::new(psql)
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", statement])
        .arg(url(database))
        .env("PGOPTIONS", "-c client_min_messages=warning")
        .output()
        .expect("run psql");
    assert!(done.status.success(), "{statement}: {}", String::from_utf8_lossy(&done.stderr));

    String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
}

/// Puts another database's name into the address and keeps its parameters.
fn of_a_database(given: &str) -> Url {
    let (address, parameters) = given.split_once('?').map_or((given, String::new()), |(address, rest)| (address, format!("?{rest}")));
    let (scheme, rest) = address.split_once("://").expect("TEST_POSTGRES_URL is postgres://user@host:port/database");
    let server = format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest));

    Box::new(move |database| format!("{server}/{database}{parameters}"))
}

fn start() -> Url {
    let owner = Owner::chosen();
    let folder = closing::folder().join("postgres");
    fs::DirBuilder::new().mode(0o700).create(&folder).expect("make a folder for PostgreSQL");
    owner.give(&folder);
    let data = folder.join("data");

    let made = owner
        .run("initdb")
        .args(["--username=waymark", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
        .arg(&data)
        .output()
        .expect("run initdb");
    assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));

    let log = fs::File::create(folder.join("log")).expect("make PostgreSQL's log");
    let mut server = owner.run("postgres");
    server.arg("-D").arg(&data).arg("-k").arg(&folder);
    for setting in SETTINGS {
        server.arg("-c").arg(setting);
    }
    let server = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("start PostgreSQL");
    // An immediate shutdown: nothing of it is needed any more.
    closing::end_with_us(server.id(), "QUIT");
    wait_for(&folder);

    Box::new(move |database| format!("postgres://waymark@localhost/{database}?host={}", folder.display()))
}

fn wait_for(folder: &Path) {
    let ready = installation::program("pg_isready").expect("pg_isready stands beside the server's programs");
    let until = Instant::now() + Duration::from_secs(60);
    while !Command::new(&ready).arg("-q").arg("-h").arg(folder).status().is_ok_and(|status| status.success()) {
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(Instant::now() < until, "PostgreSQL did not start: {}", log());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// PostgreSQL refuses to run as root, so root lends it another user.
enum Owner {
    Ourselves,
    Other { user: u32, group: u32 },
}

impl Owner {
    fn chosen() -> Self {
        if id(&["-u"]) != Some(0) {
            return Self::Ourselves;
        }
        let lent = ["postgres", "nobody"].into_iter().find_map(|name| Some((id(&["-u", name])?, id(&["-g", name])?)));
        let (user, group) = lent.expect("there is a user `postgres` or `nobody` for PostgreSQL to run as");

        Self::Other { user, group }
    }

    fn give(&self, folder: &Path) {
        if let Self::Other { user, group } = self {
            chown(folder, Some(*user), Some(*group)).expect("give the folder away");
        }
    }

    fn run(&self, name: &str) -> Command {
        let program = installation::program(name).unwrap_or_else(|| PathBuf::from(name));
        let mut command = match self {
            Self::Ourselves => Command::new(program),
            Self::Other { user, group } => {
                let mut command = Command::new("setpriv");
                command.args([format!("--reuid={user}"), format!("--regid={group}")]).arg("--clear-groups").arg(program);
                command
            }
        };
        // The folder that the tests run in may be closed to that user.
        command.current_dir("/");
        command
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let printed = Command::new("id").args(arguments).output().ok().filter(|done| done.status.success())?;

    String::from_utf8(printed.stdout).ok()?.trim().parse().ok()
}
