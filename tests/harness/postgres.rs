//! One PostgreSQL for the whole run: `TEST_POSTGRES_URL`, or a throwaway server started from the
//! installed programs, reached over a socket that only its owner can open.

use std::env;
use std::fs;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::closing;
use super::installation;

struct Postgres {
    /// `postgres://user@host`, to be followed by the name of a database.
    server: String,
    /// `?host=...`, or nothing.
    parameters: String,
    _process: Option<Child>,
}

static POSTGRES: LazyLock<Postgres> = LazyLock::new(|| match env::var("TEST_POSTGRES_URL") {
    Ok(url) => Postgres::given(&url),
    Err(_) => Postgres::started(),
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

/// As a real one: what it acknowledged is on the disk.
const DURABLE: [&str; 3] = ["max_connections=50", "listen_addresses=", "log_min_messages=fatal"];

pub(crate) fn url(database: &str) -> String {
    POSTGRES.url(database)
}

/// Runs one statement and gives what it prints, or what psql says against it.
pub(crate) fn execute(statement: &str) -> Result<String, String> {
    let done = psql(statement).arg(url("postgres")).output().expect("run psql");
    let (answer, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));

    if done.status.success() { Ok(answer.trim_end().to_owned()) } else { Err(format!("{statement}: {complaint}")) }
}

/// Every row of every table of a database.
pub(crate) fn dump(database: &str) -> String {
    let mut dump = Command::new(installation::program("pg_dump").expect("pg_dump stands beside the server's programs"));
    let done = dump.args(["--data-only", "--inserts"]).arg(url(database)).output().expect("run pg_dump");
    assert!(done.status.success(), "pg_dump failed: {}", String::from_utf8_lossy(&done.stderr));

    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The start of the names of this run's databases: a given server may serve several runs at once.
pub(crate) fn prefix() -> String {
    format!("waymark_{}_", std::process::id())
}

fn psql(statement: &str) -> Command {
    let mut psql = Command::new(installation::program("psql").expect("psql stands beside the server's programs or on the PATH"));
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", statement]);
    psql
}

impl Postgres {
    fn given(url: &str) -> Self {
        let (address, parameters) = url.split_once('?').map_or((url, String::new()), |(address, rest)| (address, format!("?{rest}")));
        let (scheme, rest) = address.split_once("://").expect("TEST_POSTGRES_URL is postgres://user@host:port/database");
        let server = format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest));
        let postgres = Self { server, parameters, _process: None };
        postgres.clear_at_the_end();

        postgres
    }

    fn started() -> Self {
        let folder = made("postgres");
        let process = run(&folder, &SETTINGS);
        let parameters = format!("?host={}", folder.display());
        Self { server: "postgres://waymark@localhost".to_owned(), parameters, _process: Some(process) }
    }

    fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.server, self.parameters)
    }

    /// A given server outlives the tests, so their databases are dropped when all else has ended.
    fn clear_at_the_end(&self) {
        let pattern = prefix().replace('_', r"\_");
        let drop = format!("select format('drop database %I with (force)', datname) from pg_database where datname like '{pattern}%'");
        let psql = installation::program("psql").expect("psql is on the PATH");
        closing::finally(&format!("'{}' -Xq '{}' <<'END'\n{drop} \\gexec\nEND\n", psql.display(), self.url("postgres")));
    }
}

/// A PostgreSQL of one test, which may stop it. Unlike the shared one it keeps what it acknowledged.
pub(crate) struct OwnPostgres {
    folder: PathBuf,
    process: Child,
}

impl OwnPostgres {
    /// Nothing where PostgreSQL's programs are not installed.
    pub(crate) fn start() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        installation::program("initdb")?;
        let folder = made(&format!("postgres{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        let process = run(&folder, &DURABLE);

        Some(Self { folder, process })
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://waymark@localhost/postgres?host={}", self.folder.display())
    }

    /// `psql` that runs one statement.
    pub(crate) fn psql(&self, statement: &str) -> Command {
        let mut psql = psql(statement);
        psql.arg(self.url());
        psql
    }

    /// SIGQUIT, which ends all its processes without a word, and asks for a recovery at the next start.
    pub(crate) fn crash(&mut self) {
        closing::forget(self.process.id());
        let asked = Command::new("kill").args(["-s", "QUIT", &self.process.id().to_string()]).status().expect("run kill");
        assert!(asked.success(), "PostgreSQL had ended before");
        self.process.wait().expect("wait for PostgreSQL");
    }

    pub(crate) fn restart(&mut self) {
        self.process = run(&self.folder, &DURABLE);
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        if self.process.try_wait().is_ok_and(|status| status.is_none()) {
            self.crash();
        }
    }
}

fn made(name: &str) -> PathBuf {
    let owner = Owner::chosen();
    let folder = closing::folder().join(name);
    fs::DirBuilder::new().mode(0o700).create(&folder).expect("make a folder for PostgreSQL");
    owner.give(&folder);

    let mut initdb = owner.run("initdb");
    initdb.args(["--username=waymark", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]).arg(folder.join("data"));
    let done = initdb.output().expect("run initdb");
    assert!(done.status.success(), "initdb failed: {}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn run(folder: &Path, settings: &[&str]) -> Child {
    let log = fs::File::create(folder.join("log")).expect("make PostgreSQL's log");
    let mut server = Owner::chosen().run("postgres");
    server.arg("-D").arg(folder.join("data")).arg("-k").arg(folder).args(settings.iter().flat_map(|setting| ["-c", setting]));
    let process = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("start PostgreSQL");
    // An immediate shutdown: nothing of it is needed any more.
    closing::end_with_us(process.id(), "QUIT");
    wait_for(folder);
    process
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
        let mut command = Command::new(installation::program(name).unwrap_or_else(|| PathBuf::from(name)));
        // The folder that the tests run in may be closed to that user.
        command.current_dir("/");
        if let Self::Other { user, group } = self {
            command.uid(*user).gid(*group);
        }
        command
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let printed = Command::new("id").args(arguments).output().ok().filter(|done| done.status.success())?;

    String::from_utf8(printed.stdout).ok()?.trim().parse().ok()
}
