//! GraphQL: the schema, and the one address it is served at.

mod activity_types;
mod channels;
mod check_ins;
mod connection;
mod context;
mod contributions;
mod cycles;
mod documents;
mod endpoint;
mod events;
pub(crate) mod graphiql;
mod history;
pub(crate) mod http;
mod identities;
mod initiatives;
mod key_results;
pub(crate) mod limits;
mod loaders;
mod me;
mod member_traits;
mod members;
mod merges;
mod milestone_steps;
mod mutation;
mod node;
mod objectives;
mod platforms;
mod schema;
mod scores;
mod support;
mod teams;
mod tokens;
mod workspace;

pub(crate) use endpoint::{doors, graphql, rate_limited, schema_text};
pub use schema::sdl;
