//! What key results and objectives are worth: one computation for every path that shows a score.
//!
//! All arithmetic is decimal. Nothing here knows the time: each function takes what was known and
//! the day it is asked for, so a score of the past is the same call with less to know.

pub mod confidence;
pub mod explanation;
pub mod forecast;
pub mod group;
pub mod list;
pub mod mean;
pub mod objective;
pub mod pace;
pub mod score;
pub mod spans;

mod allowed;
mod arithmetic;
mod formula;
mod milestone;
mod ordinal;
mod rate;
mod reach;
mod readings;
mod sample_test;
mod share;
mod trend;
mod worked;

#[cfg(test)]
mod tests;

pub use confidence::{ConfidenceCounts, StatedConfidence};
pub use explanation::{Explanation, Guarded, IgnoredReading, Ignoring, Input, InputName, PeriodReading, StepShare};
pub use forecast::{Forecast, Projection};
pub use group::{GroupPolicy, GroupScore, ScoredObjective};
pub use mean::{Exclusion, Mean, Share};
pub use objective::{ObjectiveScore, ScoredKeyResult};
pub use pace::{Expected, Pace, PaceBasis};
pub use score::{Facts, Newest, Reason, Score};
pub use spans::Span;
