//! Starts what the tests need: the server's binary, a database for each test, and a client.
//!
//! ```ignore
//! use crate::harness::App;
//!
//! both![a_team_is_found_by_its_key];
//!
//! async fn a_team_is_found_by_its_key(app: App) {
//!     app.post("/v1/teams", json!({"key": "devrel", "name": "DevRel"})).await.expect(201);
//!
//!     let team = app.get("/v1/teams/devrel").await.expect(200);
//!
//!     assert_eq!(team["name"], "DevRel");
//! }
//! ```

mod app;
mod binary;
mod both;
mod client;
mod closing;
mod database;
mod installation;
mod output;
mod postgres;
mod redaction;
mod response;
mod server;

pub(crate) use app::App;
pub(crate) use both::{both, run_on};
pub(crate) use client::Client;
pub(crate) use database::{Backend, Database};
pub(crate) use redaction::redacted;
pub(crate) use response::Response;
pub(crate) use server::Server;
