use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::code;

/// Paths from the repository's root, with `/`, and their text.
pub(super) struct Tree(BTreeMap<String, String>);

const FOLDERS: [&str; 3] = ["crates", "migrations", "tests"];
const FILES: [&str; 2] = ["Cargo.toml", "ARCHITECTURE.md"];
/// Not written by us.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

impl Tree {
    pub(super) fn of_the_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the repository");
        let mut tree = Self(BTreeMap::new());
        for path in FILES.iter().chain(&FOLDERS) {
            tree.read(root, path);
        }
        tree
    }

    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    pub(super) fn text(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }

    pub(super) fn files(&self, suffix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(move |(path, _)| path.ends_with(suffix)).map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every Rust file of the product, without comments and text between quotes.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, String)> {
        self.files(".rs").filter(|(path, _)| path.contains("/src/")).map(|(path, text)| (path, code::only(text)))
    }

    fn read(&mut self, root: &Path, path: &str) {
        let place = root.join(path);
        if !place.is_dir() {
            // What is neither Rust nor a manifest may be anything, so it need not be text.
            self.0.extend(fs::read_to_string(place).ok().map(|text| (path.to_owned(), text)));
            return;
        }
        for entry in fs::read_dir(place).expect("read a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !SKIPPED.contains(&name.as_str()) {
                self.read(root, &format!("{path}/{name}"));
            }
        }
    }
}

/// `api` for `crates/api/src/lib.rs`, `migrations` for `migrations/Cargo.toml`.
pub(super) fn room(path: &str) -> &str {
    path.trim_start_matches("crates/").split('/').next().unwrap_or_default()
}
