//! Whatever way the test process ends, a panic or `kill -9` included, what it started ends too.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// Its `read` returns when the last holder of the pipe, the test process, is gone.
const WATCH: &str = r#"
trap '' INT TERM HUP
read -r _
for entry in "$1"/processes/*; do
    [ -e "$entry" ] || continue
    pid=${entry##*/}
    kill -s "$(cat "$entry")" "$pid" 2>/dev/null
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
done
[ ! -e "$1/finally" ] || sh "$1/finally" >/dev/null
rm -rf "$1"
[ -z "$2" ] || echo "$2" >&2
"#;

#[cfg(postgres)]
const SUMMARY: &str = "";
#[cfg(not(postgres))]
const SUMMARY: &str = "
==> PostgreSQL was not found: the PostgreSQL half of the tests did NOT run. <==
";

struct Watch {
    folder: PathBuf,
    /// Holds the pipe, which is never closed: the kernel does it when the process ends.
    _shell: Child,
}

static WATCHED: LazyLock<Watch> = LazyLock::new(|| {
    let folder = tempfile::Builder::new().prefix("waymark-").tempdir().expect("make a folder for the tests").keep();
    fs::create_dir(folder.join("processes")).expect("make the folder of processes");
    // Readable by the other user that PostgreSQL may have to run as.
    open_to_others(&folder);
    let shell = Command::new("sh")
        .args(["-c", WATCH, "sh"])
        .arg(&folder)
        .arg(SUMMARY)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("start the shell that clears up");

    Watch { folder, _shell: shell }
});

/// The folder that is removed when the test process ends.
pub(crate) fn folder() -> &'static Path {
    &WATCHED.folder
}

/// The process gets `signal` when the test process ends, unless `forget` was called before.
pub(crate) fn end_with_us(pid: u32, signal: &str) {
    fs::write(entry(pid), signal).expect("note a process");
}

/// To be called before the process is waited for: its number may be given to another one after.
pub(crate) fn forget(pid: u32) {
    let _ = fs::remove_file(entry(pid));
}

/// A shell script to run when everything has ended.
pub(crate) fn finally(script: &str) {
    fs::write(folder().join("finally"), script).expect("note what is to be done at the end");
}

fn entry(pid: u32) -> PathBuf {
    folder().join("processes").join(pid.to_string())
}

fn open_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).expect("open a folder");
}
