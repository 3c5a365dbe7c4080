//! Waymark from outside: the real server, driven over HTTP, on SQLite and on PostgreSQL.
//!
//! One file per concept. `both![a, b]` at the top of a file runs each test on both databases.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "this is how a test fails, in the harness as well"
)]

mod activity_types;
mod architecture;
mod as_of;
mod authorization;
mod bound_key_results;
mod bounds;
mod channels;
mod check_ins;
mod community_metrics;
mod concurrency;
mod contract;
mod cors;
mod custom_metrics;
mod demo;
mod dice;
mod doors;
mod erasures;
mod events;
mod exactness;
mod generated_community;
mod given;
mod harness;
mod harness_works;
mod identities;
mod import;
mod initiatives;
mod layers;
mod lists;
mod member_traits;
mod members;
mod merges;
mod metric_targets;
mod metrics;
mod metrics_then;
mod okrs;
mod platforms;
mod programs;
mod rate_limits;
mod readme;
mod reliability;
mod responses;
mod scores;
mod statements;
mod survey_metrics;
mod surveys;
mod tokens;
mod values;
mod world;
