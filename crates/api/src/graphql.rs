//! GraphQL: the schema, and the one address it is served at.

mod connection;
mod context;
mod endpoint;
pub(crate) mod graphiql;
pub(crate) mod http;
mod key_results;
pub(crate) mod limits;
mod loaders;
mod milestone_steps;
mod mutation;
mod node;
mod schema;
mod teams;

pub(crate) use endpoint::{Doors, doors, graphql, schema_text};
pub use schema::sdl;
