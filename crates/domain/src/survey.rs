//! What people answer: scales, the scores made from their answers, and whom those scores must not give away.
//!
//! Sums, shares and roots are decimal: a digit never hangs on a processor's floating point.

pub mod latest;
pub mod nps;
pub mod satisfaction;
pub mod scale;
pub mod suppression;
pub mod tally;

mod normal;
