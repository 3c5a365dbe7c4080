//! Where things are kept: SQLite inside, or PostgreSQL. Rows never leave this crate.
//!
//! Reads are methods of [`Store`], writes of [`Transaction`], which also reads.

mod activity_types;
mod arrivals;
mod as_of;
mod binding_refreshes;
mod bindings;
mod bulk;
mod census;
mod channels;
mod check_ins;
mod connection;
mod contributions;
mod cycles;
mod day_cells;
mod deeds;
mod error;
mod events;
mod history;
mod identities;
mod initiatives;
mod key_results;
mod member_traits;
mod members;
mod memberships;
mod milestone_steps;
mod numbers;
mod objectives;
mod paging;
mod platforms;
mod progress;
mod questions;
mod readings;
mod rows;
mod store;
mod supports;
mod teams;
mod tokens;
mod workspaces;

pub use arrivals::{AccountKey, KnownMember};
pub use census::TraitSpan;
pub use connection::{DatabaseUrl, statements};
pub use day_cells::DayMark;
pub use deeds::{Cell, DeedFilter, Slice};
pub use error::Error;
pub use history::{Action, Change, ChangeSort, Concept, FieldChange};
pub use memberships::Place;
pub use progress::Progress;
pub use questions::EventScope;
pub use store::{Store, Trail, Transaction};
pub use tokens::Opened;
