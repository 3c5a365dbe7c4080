//! The program under test.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Cargo names the binaries of a test's own package only, so the harness asks cargo to build it.
/// When it is fresh this takes a fraction of a second. `TEST_WAYMARK` names another program.
pub(crate) static WAYMARK: LazyLock<PathBuf> = LazyLock::new(|| env::var_os("TEST_WAYMARK").map_or_else(build, PathBuf::from));

fn build() -> PathBuf {
    let test = env::current_exe().expect("the test has a path");
    let folder = test.ancestors().nth(2).expect("tests are built in target/<profile>/deps");
    let target = folder.parent().expect("the profile's folder has a parent");

    let done = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--workspace", "--bin", "waymark", "--profile", profile(folder)])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("run cargo");
    assert!(done.status.success(), "the server does not build:\n{}", String::from_utf8_lossy(&done.stderr));

    folder.join("waymark")
}

fn profile(folder: &Path) -> &str {
    match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(name) => name,
    }
}
