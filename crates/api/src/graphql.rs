//! GraphQL: the schema, and the one address it is served at.

mod check_ins;
mod connection;
mod context;
mod contributions;
mod cycles;
mod documents;
mod endpoint;
pub(crate) mod graphiql;
mod history;
pub(crate) mod http;
mod initiatives;
mod key_results;
pub(crate) mod limits;
mod loaders;
mod me;
mod milestone_steps;
mod mutation;
mod node;
mod objectives;
mod questions;
mod responses;
mod schema;
mod scores;
mod support;
mod survey_results;
mod surveys;
mod teams;
mod tokens;
mod waves;
mod workspace;

pub(crate) use endpoint::{doors, graphql, rate_limited, schema_text};
pub use schema::sdl;
