//! GraphQL: the schema, and the one address it is served at.

mod check_ins;
mod connection;
mod context;
mod contributions;
mod endpoint;
pub(crate) mod graphiql;
pub(crate) mod http;
mod initiatives;
pub(crate) mod limits;
mod loaders;
mod mutation;
mod node;
mod schema;
mod teams;

pub(crate) use endpoint::{Doors, doors, graphql, schema_text};
pub use schema::sdl;
