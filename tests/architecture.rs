//! The invariants of ARCHITECTURE.md that a machine can see. Each rule reads a tree and gives what
//! breaks it, so each is also shown a small tree that must not pass.

mod actor_first;
mod code;
mod files;
mod manifests;
mod tree;
mod words;

use tree::Tree;

#[track_caller]
fn holds(rule: fn(&Tree) -> Vec<String>) {
    let violations = rule(&Tree::of_the_repository());

    assert!(violations.is_empty(), "see \"Invariants\" in ARCHITECTURE.md:\n  {}", violations.join("\n  "));
}

/// The rule finds `expected` in a tree of one file, and nothing in it without its last line.
#[track_caller]
fn catches(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str, expected: &str) {
    let found = rule(&Tree::of(&[(path, text)])).join("\n");
    assert!(found.contains(expected), "expected {expected:?} in {found:?}");

    let (rest, _) = text.rsplit_once('\n').unwrap_or_default();
    assert_eq!(rule(&Tree::of(&[(path, rest)])), Vec::<String>::new(), "the rule complains of what is allowed");
}
