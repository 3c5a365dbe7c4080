//! Looks for PostgreSQL, so that without it the PostgreSQL half of the tests is counted as ignored
//! and never as passed.

use std::env;

#[path = "harness/installation.rs"]
mod installation;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(postgres)");
    for variable in ["PATH", "TEST_POSTGRES_URL"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }

    let server = installation::program("initdb");
    if server.is_some() || env::var_os("TEST_POSTGRES_URL").is_some() {
        println!("cargo::rustc-cfg=postgres");
    }
    // A path that does not exist makes cargo look again at every build, until there is one.
    let watched = server.unwrap_or_else(|| installation::DEBIAN.into());
    println!("cargo::rerun-if-changed={}", watched.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=harness/installation.rs");
}
