//! Waymark from outside: the real server, driven over HTTP, on SQLite and on PostgreSQL.
//!
//! One file per concept. `both![a, b]` at the top of a file runs each test on both databases.

mod architecture;
mod harness;
mod harness_works;
