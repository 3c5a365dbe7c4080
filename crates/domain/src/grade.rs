//! Grades: the final judgement of a person, starting from the score.

use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::check_in::Provenance;
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection};
use crate::text;

/// The final judgement of a person at the end of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// From 0 to 1.
    pub value: Quantity,
    /// Given where the grade differs from the score.
    pub reason: Option<String>,
    pub provenance: Provenance,
    pub at: DateTime<Utc>,
}

impl Grade {
    /// A grade from 0 to 1. One that differs from the score, rounded alike to 4 decimals, says why.
    pub fn new(
        value: Quantity,
        reason: Option<String>,
        score: Option<Decimal>,
        provenance: Provenance,
        at: DateTime<Utc>,
    ) -> Result<Self, Rejection> {
        let mut check = Check::new();
        if value.is_negative() || value > Quantity::ONE {
            check.refuse("grade", Code::OutOfRange, "a grade is a number from 0 to 1");
        }
        let reason = check.field("reason", text::prose(reason.as_deref()));
        let agrees = score.is_some_and(|score| score == value.value().round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero));
        if reason == Some(None) && !agrees && provenance == Provenance::Entered {
            let shown = score.map_or_else(|| "there is no score".to_owned(), |score| format!("the score is {score}"));
            check.refuse("reason", Code::ReasonRequired, format!("{shown}: a grade that differs from it needs a reason"));
        }
        check.finish(reason.map(|reason| Self { value, reason, provenance, at }))
    }
}
