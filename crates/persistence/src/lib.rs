//! Where things are kept: SQLite inside, or PostgreSQL. Rows never leave this crate.
//!
//! Reads are methods of [`Store`], writes of [`Transaction`], which also reads.

mod as_of;
mod bulk;
mod check_ins;
mod connection;
mod contributions;
mod cycles;
mod error;
mod history;
mod identities;
mod initiatives;
mod key_results;
mod member_traits;
mod members;
mod milestone_steps;
mod numbers;
mod objectives;
mod paging;
mod platforms;
mod rows;
mod store;
mod supports;
mod teams;
mod tokens;
mod workspaces;

pub use connection::{DatabaseUrl, statements};
pub use error::Error;
pub use history::{Action, Change, ChangeSort, Concept, FieldChange};
pub use store::{Store, Trail, Transaction};
pub use tokens::Opened;
