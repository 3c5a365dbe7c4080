//! The two doors, REST and GraphQL, over one set of resources.

// The futures of a nested GraphQL query are nested as deep as its types.
#![recursion_limit = "1024"]

mod asset;
mod body;
mod caller;
mod cursor;
mod error_code;
mod graphql;
mod metrics;
mod rate_limit;
mod request_id;
pub mod resources;
mod rest;
mod scalars;
mod serve;

pub use graphql::sdl;
pub use rate_limit::Rates;
pub use rest::documents::key_results_csv;
pub use rest::events::event_line;
pub use rest::openapi::document as openapi;
pub use serve::{Options, serve};
