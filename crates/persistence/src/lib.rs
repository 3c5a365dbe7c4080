//! Where things are kept: SQLite inside, or PostgreSQL. Rows never leave this crate.
//!
//! Reads are methods of [`Store`], writes of [`Transaction`], which also reads.

mod arrivals;
mod as_of;
mod bulk;
mod check_ins;
mod connection;
mod contributions;
mod cycles;
mod error;
mod events;
mod history;
mod initiatives;
mod key_results;
mod memberships;
mod milestone_steps;
mod numbers;
mod objectives;
mod paging;
mod progress;
mod questions;
mod respondents;
mod responses;
mod rows;
mod store;
mod supports;
mod surveys;
mod teams;
mod tokens;
mod waves;
mod workspaces;

pub use arrivals::{AccountKey, KnownMember};
pub use connection::{DatabaseUrl, statements};
pub use error::Error;
pub use history::{Action, Change, ChangeSort, Concept, FieldChange};
pub use memberships::Place;
pub use store::{Store, Trail, Transaction};
pub use tokens::Opened;
