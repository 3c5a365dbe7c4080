//! How large the communities are, and where.

use std::fmt;

const USAGE: &str = "cargo bench --package waymark-tests --bench scale -- \
[--small EVENTS] [--large EVENTS] [--members COUNT] [--rounds COUNT] [--asked TIMES] [--without-copy] [--sqlite]";

pub(crate) struct Options {
    pub(crate) small: usize,
    pub(crate) large: usize,
    pub(crate) members: usize,
    /// Parts that events are told in.
    pub(crate) rounds: usize,
    /// How often a series is asked for.
    pub(crate) asked: usize,
    pub(crate) is_copied: bool,
    pub(crate) is_sqlite: bool,
}

impl Options {
    /// None where this is not what cargo was asked for: `cargo test --benches` starts benchmarks too.
    pub(crate) fn read() -> Option<Self> {
        let mut given: Vec<String> = std::env::args().skip(1).collect();
        let count = given.len();
        given.retain(|argument| argument != "--bench");
        if given.len() == count {
            println!("{USAGE}");
            return None;
        }
        let mut options =
            Self { small: 100_000, large: 5_000_000, members: 50_000, rounds: 25, asked: 400, is_copied: true, is_sqlite: false };
        let mut given = given.into_iter();
        while let Some(name) = given.next() {
            let mut number = || given.next().and_then(|text| text.parse().ok()).expect(USAGE);
            match name.as_str() {
                "--small" => options.small = number(),
                "--large" => options.large = number(),
                "--members" => options.members = number(),
                "--rounds" => options.rounds = number(),
                "--asked" => options.asked = number(),
                "--without-copy" => options.is_copied = false,
                "--sqlite" => (options.is_sqlite, options.is_copied) = (true, false),
                other => panic!("{other} is not known: {USAGE}"),
            }
        }
        Some(options)
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { small, large, members, rounds, asked, is_copied: _, is_sqlite } = self;
        let on = if *is_sqlite { "SQLite" } else { "PostgreSQL" };
        write!(f, "{large} events in {rounds} rounds against {small}, of {members} members, on {on}; each question {asked} times")
    }
}
