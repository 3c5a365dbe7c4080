//! Rules about what depends on what.

use super::tree::{Tree, room};
use super::{catches, holds};

/// Each crate and the ones of ours that it may see: those to its left.
const LINE: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("migrations", &[]),
    ("persistence", &["domain", "migrations"]),
    ("application", &["domain", "persistence"]),
    ("api", &["domain", "application"]),
    ("server", &["domain", "persistence", "application", "api"]),
    ("tests", &[]),
];

/// A framework and the crates that may use it.
const FRAMEWORKS: [(&str, &[&str]); 10] = [
    ("sea-orm", &["persistence"]),
    ("sea-orm-migration", &["migrations", "persistence"]),
    ("sqlx", &["persistence", "migrations"]),
    ("actix-web", &["api", "server"]),
    ("actix-cors", &["api"]),
    ("async-graphql", &["api"]),
    ("utoipa", &["api"]),
    ("jsonwebtoken", &["api"]),
    ("clap", &["server"]),
    ("tracing-subscriber", &["server"]),
];

/// The domain rests on value types and on nothing that runs.
const NOT_IN_DOMAIN: [&str; 4] = ["tokio", "futures", "tracing", "reqwest"];

/// The lines of the dependency tables of a manifest, continued lines left out, as name and rest.
fn dependencies(manifest: &str, is_table: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = is_table(line.trim());
        } else if inside && line.starts_with(|first: char| first.is_alphanumeric()) {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            found.push(line.split_at(end));
        }
    }
    found
}

fn of_a_member(manifest: &str) -> Vec<(&str, &str)> {
    dependencies(manifest, |table| table.ends_with("dependencies]"))
}

fn of_the_workspace(tree: &Tree) -> Vec<&str> {
    let table = dependencies(tree.text("Cargo.toml"), |table| table == "[workspace.dependencies]");

    table.into_iter().map(|(name, _)| name).collect()
}

/// Every member's manifest.
fn members(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.files("/Cargo.toml")
}

fn crates_stand_in_a_line(tree: &Tree) -> Vec<String> {
    let mut violations = Vec::new();
    for (path, manifest) in members(tree) {
        let Some((_, seen)) = LINE.into_iter().find(|(name, _)| *name == room(path)) else {
            violations.push(format!("{path}: this crate has no place in the line"));
            continue;
        };
        let ours = of_a_member(manifest).into_iter().filter_map(|(name, _)| name.strip_prefix("waymark-"));
        violations.extend(ours.filter(|name| !seen.contains(name)).map(|name| format!("{path}: does not stand right of `{name}`")));
    }
    violations
}

#[test]
fn each_crate_sees_only_what_stands_left_of_it() {
    holds(crates_stand_in_a_line);

    let api = "[dependencies]\nwaymark-domain.workspace = true\nwaymark-persistence.workspace = true";
    catches(crates_stand_in_a_line, "crates/api/Cargo.toml", api, "does not stand right of `persistence`");
    assert_eq!(crates_stand_in_a_line(&Tree::of(&[("crates/extras/Cargo.toml", "")])).len(), 1);
}

fn frameworks_keep_to_their_rooms(tree: &Tree) -> Vec<String> {
    let used = members(tree).flat_map(|(path, manifest)| of_a_member(manifest).into_iter().map(move |(name, _)| (path, name)));
    let strays = |path: &str, name: &str| {
        let elsewhere = FRAMEWORKS.iter().any(|(framework, rooms)| *framework == name && !rooms.contains(&room(path)));
        elsewhere || room(path) == "domain" && NOT_IN_DOMAIN.contains(&name)
    };

    used.filter(|(path, name)| strays(path, name)).map(|(path, name)| format!("{path}: `{name}` does not belong here")).collect()
}

#[test]
fn each_crate_has_its_one_framework() {
    holds(frameworks_keep_to_their_rooms);
    catches(frameworks_keep_to_their_rooms, "crates/application/Cargo.toml", "[dependencies]\nsea-orm.workspace = true", "`sea-orm`");
    catches(frameworks_keep_to_their_rooms, "crates/domain/Cargo.toml", "[dev-dependencies]\ntokio = { workspace = true }", "`tokio`");
}

fn one_table_of_versions(tree: &Tree) -> Vec<String> {
    let used = members(tree).flat_map(|(path, manifest)| of_a_member(manifest).into_iter().map(move |(name, rest)| (path, name, rest)));
    let inherited =
        |rest: &str| rest.starts_with(".workspace = true") || rest.trim_start_matches([' ', '=']).starts_with("{ workspace = true");

    used.filter(|(.., rest)| !inherited(rest)).map(|(path, name, _)| format!("{path}: `{name}` is not taken from the workspace")).collect()
}

#[test]
fn versions_stand_in_the_root_manifest_only() {
    holds(one_table_of_versions);

    let manifest = "[dependencies]\ncsv.workspace = true\nuuid = { workspace = true, features = [\"v7\"] }\nserde = \"1\"";
    catches(one_table_of_versions, "crates/api/Cargo.toml", manifest, "`serde` is not taken");
}

fn nothing_is_listed_in_vain(tree: &Tree) -> Vec<String> {
    let used: Vec<&str> = members(tree).flat_map(|(_, manifest)| of_a_member(manifest)).map(|(name, _)| name).collect();

    of_the_workspace(tree).into_iter().filter(|name| !used.contains(name)).map(|name| format!("Cargo.toml: nobody uses `{name}`")).collect()
}

#[test]
fn every_listed_dependency_is_used() {
    holds(nothing_is_listed_in_vain);
    catches(nothing_is_listed_in_vain, "Cargo.toml", "[workspace.dependencies]\ncsv = \"1\"", "nobody uses `csv`");
}

/// The first column of the table under "Dependencies" in ARCHITECTURE.md.
fn explained(page: &str) -> Vec<&str> {
    let (_, section) = page.split_once("\n## Dependencies\n").unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());

    cells.collect()
}

fn every_dependency_has_its_reason(tree: &Tree) -> Vec<String> {
    let (explained, listed) = (explained(tree.text("ARCHITECTURE.md")), of_the_workspace(tree));
    let foreign = || listed.iter().filter(|name| !name.starts_with("waymark-"));
    let missing =
        foreign().filter(|name| !explained.contains(name)).map(|name| format!("ARCHITECTURE.md does not say why `{name}` is here"));
    let stale =
        explained.iter().filter(|name| !listed.contains(name)).map(|name| format!("ARCHITECTURE.md explains `{name}`, which is gone"));

    missing.chain(stale).collect()
}

#[test]
fn every_dependency_is_explained() {
    holds(every_dependency_has_its_reason);
    catches(every_dependency_has_its_reason, "Cargo.toml", "[workspace.dependencies]\ncsv = \"1\"", "why `csv` is here");
    catches(every_dependency_has_its_reason, "ARCHITECTURE.md", "# A\n\n## Dependencies\n| `csv` | CSV |", "explains `csv`");
}
