use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::closing;
use super::database::Database;
use super::output::Output;

const PATIENCE: Duration = Duration::from_secs(60);
/// What is promised: that long after SIGTERM nothing is left.
const GRACE: Duration = Duration::from_secs(30);

/// `waymark serve` as a process of its own.
pub(crate) struct Server {
    pub(crate) database: Arc<Database>,
    options: Vec<String>,
    /// The host and the port, the same after a restart.
    address: String,
    process: Process,
}

struct Process {
    child: Child,
    printed: Output,
    logged: Output,
}

impl Server {
    /// Ready when it returns. Several servers can be started on one database.
    pub(crate) async fn start(database: &Arc<Database>, options: &[&str]) -> Self {
        let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        let process = Process::spawn(database, "127.0.0.1:0", &options);
        let address = process.address();
        let server = Self { database: Arc::clone(database), options, address, process };
        server.wait_until_ready().await;
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Printed by the first start on a database, and by no other.
    pub(crate) fn owner_token(&self) -> Option<String> {
        self.process.printed.word_after("owner token: ", Duration::ZERO)
    }

    /// Standard output so far.
    pub(crate) fn printed(&self) -> String {
        self.process.printed.text()
    }

    /// Standard error so far.
    pub(crate) fn log(&self) -> String {
        self.process.logged.text()
    }

    /// SIGTERM, after which the server has to end with exit code 0.
    pub(crate) fn stop(&mut self) {
        self.ask_to_stop();
        self.has_stopped();
    }

    /// SIGTERM, and no waiting.
    pub(crate) fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-s", "TERM", &self.process.child.id().to_string()]).status().expect("run kill");
        assert!(asked.success(), "the server had ended before it was stopped:\n{}", self.log());
    }

    /// Waits for the end, which has to come in time and with exit code 0.
    pub(crate) fn has_stopped(&mut self) {
        let status = self.process.end();
        assert!(status.success(), "the server ended with {status} after SIGTERM:\n{}", self.log());
    }

    /// SIGKILL: no chance to finish anything.
    pub(crate) fn kill(&mut self) {
        let _ = self.process.child.kill();
        self.process.end();
    }

    /// Starts again, with the same options, address and data, after `stop` or `kill`.
    pub(crate) async fn restart(&mut self) {
        assert!(self.process.child.try_wait().is_ok_and(|status| status.is_some()), "the server still runs");
        self.process = Process::spawn(&self.database, &self.address, &self.options);
        self.wait_until_ready().await;
    }

    async fn wait_until_ready(&self) {
        let http = reqwest::Client::builder().no_proxy().build().expect("make a client");
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = http.get(format!("{}/readyz", self.url())).send().await;
            if answer.as_ref().is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            assert!(Instant::now() < until, "/readyz answered {answer:?}:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if thread::panicking() {
            eprintln!("--- the server printed:\n{}--- and logged:\n{}---", self.process.printed.text(), self.log());
        }
    }
}

impl Process {
    fn spawn(database: &Database, address: &str, options: &[String]) -> Self {
        let mut command = database.waymark(&["serve", "--listen", address]);
        command.args(options).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("start waymark");
        closing::end_with_us(child.id(), "KILL");
        let printed = Output::of(child.stdout.take().expect("standard output is a pipe"));
        let logged = Output::of(child.stderr.take().expect("standard error is a pipe"));

        Self { child, printed, logged }
    }

    fn address(&self) -> String {
        self.printed.word_after("listening on http://", PATIENCE).unwrap_or_else(|| {
            panic!("the server did not say where it listens. It printed:\n{}and logged:\n{}", self.printed.text(), self.logged.text())
        })
    }

    fn end(&mut self) -> ExitStatus {
        closing::forget(self.child.id());
        let until = Instant::now() + GRACE;
        loop {
            if let Some(status) = self.child.try_wait().expect("ask for the server's exit code") {
                return status;
            }
            if Instant::now() > until {
                let _ = self.child.kill();
                panic!("the server did not end within {GRACE:?}:\n{}", self.logged.text());
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}
