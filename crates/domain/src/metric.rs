//! What a community does, in numbers: figures over windows of days, as the metric catalogue defines them.
//!
//! Pure and exact: people are sets of whole numbers, figures are whole numbers and decimals made from them,
//! and whoever asks says what was known and when.

pub mod activity;
pub mod calendar;
pub mod catalogue;
pub mod change;
pub mod channel;
pub mod community;
pub mod deed;
pub mod effect;
pub mod evaluation;
pub mod figure;
pub mod flow;
pub mod kinds;
pub mod merge;
pub mod population;
pub mod program;
pub mod pushed;
pub mod question;
mod recent;
pub mod response_time;
pub mod roll;
pub mod series;
pub mod setting;
pub mod sla;
pub mod standard;
pub mod survival;
pub mod target;
pub mod window;

mod concentration;
mod lifecycle;
mod membership;
mod month;
mod named;
mod retention;
pub(crate) mod rounding;
mod share;
mod sieve;
mod stretch;

pub use named::Metric;

#[cfg(test)]
mod tests;
