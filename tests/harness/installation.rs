//! Where PostgreSQL's programs are installed. The build script reads this file too.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Debian keeps `<version>/bin` below this folder and most of it off the `PATH`.
pub(crate) const DEBIAN: &str = "/usr/lib/postgresql";

/// The newest Debian version first, then the `PATH`, where `initdb` alone may be linked.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = debian().into_iter().chain(env::split_paths(&path));

    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn debian() -> Vec<PathBuf> {
    let entries = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries.filter_map(|entry| Some((version(&entry.path())?, entry.path().join("bin")))).collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));

    versions.into_iter().map(|(_, folder)| folder).collect()
}

fn version(folder: &Path) -> Option<u32> {
    folder.file_name()?.to_str()?.parse().ok()
}
