//! GraphQL: the schema, and the one address it is served at.

mod connection;
mod context;
mod endpoint;
pub(crate) mod graphiql;
mod history;
pub(crate) mod http;
pub(crate) mod limits;
mod loaders;
mod mutation;
mod node;
mod schema;
mod scores;
mod teams;

pub(crate) use endpoint::{Doors, doors, graphql, schema_text};
pub use schema::sdl;
