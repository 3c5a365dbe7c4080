//! Rules about files: how long they are and what they are called.

use super::tree::Tree;
use super::{catches, holds};

const SOURCE: usize = 300;
const TEST: usize = 400;
/// Names that say where something was put and not what it is.
const EMPTY_NAMES: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "types", "misc", "mod"];

fn short_files(tree: &Tree) -> Vec<String> {
    let lengths =
        tree.files(".rs").map(|(path, text)| (path, text.lines().count(), if path.starts_with("tests/") { TEST } else { SOURCE }));

    lengths.filter(|(_, lines, most)| lines > most).map(|(path, lines, most)| format!("{path}: {lines} lines, at most {most}")).collect()
}

#[test]
fn no_file_is_long() {
    holds(short_files);
    catches(short_files, "crates/api/src/lib.rs", &("x\n".repeat(SOURCE) + "x"), "301 lines, at most 300");
    catches(short_files, "tests/teams.rs", &("x\n".repeat(TEST) + "x"), "401 lines, at most 400");
}

fn telling_names(tree: &Tree) -> Vec<String> {
    let names = tree.files(".rs").flat_map(|(path, _)| path.trim_end_matches(".rs").split('/').map(move |part| (path, part)));

    names.filter(|(_, part)| EMPTY_NAMES.contains(part)).map(|(path, part)| format!("{path}: `{part}` says nothing")).collect()
}

#[test]
fn every_file_is_named_for_what_it_is_about() {
    holds(telling_names);

    let paths = ["crates/api/src/utils.rs", "crates/api/src/rest/mod.rs", "crates/domain/src/types/id.rs"];
    for path in paths {
        assert_eq!(telling_names(&Tree::of(&[(path, "")])).len(), 1, "{path}");
    }
    assert_eq!(telling_names(&Tree::of(&[("crates/api/src/model.rs", "")])).len(), 0);
}
