//! GraphQL: the schema, and the one address it is served at.

mod connection;
mod context;
mod documents;
mod endpoint;
pub(crate) mod graphiql;
pub(crate) mod http;
pub(crate) mod limits;
mod loaders;
mod mutation;
mod node;
mod schema;
mod teams;

pub(crate) use endpoint::{doors, graphql, schema_text};
pub use schema::sdl;
