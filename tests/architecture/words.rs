//! Rules about words that may stand in some rooms only.

use super::tree::{Tree, room};
use super::{catches, holds};

fn found(tree: &Tree, words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let sources = tree.sources().filter(|(path, _)| !may(path));

    sources.flat_map(|(path, code)| in_code(path, &code, words)).collect()
}

fn in_code(path: &str, code: &str, words: &[&str]) -> Vec<String> {
    let lines = code.lines().zip(1..);
    let hits = lines.flat_map(|(line, number)| words.iter().filter(move |word| has(line, word)).map(move |word| (number, *word)));

    hits.map(|(number, word): (u32, &str)| format!("{path}:{number}: `{word}`")).collect()
}

/// Whether the word stands in the line as a word of its own.
fn has(line: &str, word: &str) -> bool {
    let in_word = |character: char| character.is_alphanumeric() || character == '_';

    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (line.get(..at).unwrap_or_default(), line.get(at + word.len()..).unwrap_or_default());
        let goes_on_left = word.starts_with(in_word) && before.ends_with(in_word);
        let goes_on_right = word.ends_with(in_word) && after.starts_with(in_word);
        !goes_on_left && !goes_on_right
    })
}

fn pure_domain(tree: &Tree) -> Vec<String> {
    let clock = ["Utc::now", "Local::now", "SystemTime", "Instant", "now_v7", "new_v4"];
    let outside = ["std::fs", "std::net", "std::process", "std::io", "std::env", "std::thread", "println!", "eprintln!"];
    let not_async = ["async", "await"];
    let words: Vec<&str> = [clock.as_slice(), &outside, &not_async].concat();

    found(tree, &words, |path| room(path) != "domain")
}

#[test]
fn the_domain_has_no_clock_no_input_or_output_and_is_not_async() {
    holds(pure_domain);
    catches(pure_domain, "crates/domain/src/cycle.rs", "//! Not async.\nlet x = Utc::now();", "cycle.rs:2: `Utc::now`");
    catches(pure_domain, "crates/domain/src/cycle.rs", "\npub async fn x() {}", "`async`");
}

fn rows_stay(tree: &Tree) -> Vec<String> {
    let mut violations =
        found(tree, &["sea_orm", "sea_orm_migration", "sea_query", "sqlx"], |path| ["persistence", "migrations"].contains(&room(path)));
    let public = ["pub mod rows", "pub use rows", "pub use crate::rows"];
    violations.extend(found(tree, &public, |path| room(path) != "persistence"));
    violations
}

#[test]
fn the_database_framework_and_the_rows_stay_in_persistence() {
    holds(rows_stay);
    catches(rows_stay, "crates/application/src/teams.rs", "// sqlx\nuse sqlx::Row;", "teams.rs:2: `sqlx`");
    catches(rows_stay, "crates/persistence/src/lib.rs", "mod rows;\npub mod rows;", "`pub mod rows`");
}

fn doors_stay(tree: &Tree) -> Vec<String> {
    let mut violations = found(tree, &["actix_web", "actix_cors", "actix_http", "utoipa", "utoipa_swagger_ui"], |path| {
        ["api", "server"].contains(&room(path))
    });
    violations.extend(found(tree, &["async_graphql"], |path| ["api", "server"].contains(&room(path))));
    violations
}

#[test]
fn the_web_frameworks_stay_in_api_and_in_the_servers_wiring() {
    holds(doors_stay);
    catches(doors_stay, "crates/domain/src/team.rs", "\n#[derive(utoipa::ToSchema)]", "`utoipa`");
    catches(doors_stay, "crates/application/src/teams.rs", "\nuse async_graphql::ID;", "`async_graphql`");
}

fn one_reader_of_the_environment(tree: &Tree) -> Vec<String> {
    let words = ["std::env", "env::var", "env::var_os", "env::vars", "option_env!"];

    found(tree, &words, |path| path == "crates/server/src/config.rs")
}

#[test]
fn only_the_servers_config_reads_the_environment() {
    holds(one_reader_of_the_environment);
    catches(one_reader_of_the_environment, "crates/server/src/main.rs", "let v = env!(\"CARGO_PKG_VERSION\");\nuse std::env;", "main.rs:2");
}

fn one_clock(tree: &Tree) -> Vec<String> {
    found(tree, &["Utc::now", "Local::now"], |path| path == "crates/application/src/clock.rs")
}

#[test]
fn only_the_applications_clock_tells_the_time() {
    holds(one_clock);
    catches(one_clock, "crates/api/src/rest/scores.rs", "\nlet now = Utc::now();", "scores.rs:2");
}

fn only_app_begins(tree: &Tree) -> Vec<String> {
    found(tree, &[".begin("], |path| ["application", "persistence"].contains(&room(path)))
}

#[test]
fn only_the_application_opens_transactions() {
    holds(only_app_begins);
    catches(only_app_begins, "crates/api/src/rest/teams.rs", "\nlet transaction = store.begin(actor).await?;", "`.begin(`");
}

/// Making a scope is the proof that somebody was authenticated, so there is one place to look at.
fn one_maker_of_scopes(tree: &Tree) -> Vec<String> {
    let made = found(tree, &["WorkspaceScope::granted"], |_| false);
    let mut files: Vec<&str> = made.iter().filter_map(|hit| hit.split(':').next()).collect();
    files.dedup();

    if files.len() > 1 { made } else { Vec::new() }
}

#[test]
fn a_workspaces_scope_is_made_in_one_file() {
    holds(one_maker_of_scopes);

    let maker = "let scope = WorkspaceScope::granted(id);";
    let one = Tree::of(&[("crates/application/src/tokens.rs", maker)]);
    let two = Tree::of(&[("crates/application/src/tokens.rs", maker), ("crates/api/src/caller.rs", maker)]);
    assert_eq!(one_maker_of_scopes(&one).len(), 0);
    assert_eq!(one_maker_of_scopes(&two).len(), 2);
}
