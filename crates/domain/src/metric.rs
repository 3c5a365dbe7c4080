//! What a community does, in numbers: figures over windows of days, as the metric catalogue defines them.
//!
//! Pure and exact: people are sets of whole numbers, figures are whole numbers and decimals made from them,
//! and whoever asks says what was known and when.

pub mod figure;
pub mod question;
pub mod response_time;
pub mod sla;
pub mod survival;

pub(crate) mod rounding;
