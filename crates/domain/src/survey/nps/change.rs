//! Whether a score has changed from one wave to the next.

use rust_decimal::{Decimal, MathematicalOps};

use super::Nps;
use super::estimate::Estimate;
use crate::metric::figure::{Reason, Status};
use crate::metric::rounding::hundredths;
use crate::survey::normal::{Z, two_sided};

/// Two waves beside each other; numbers are there where both waves have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Points from the earlier to the later wave, to 2 places: made from the answers, not from the rounded scores.
    pub difference: Option<Decimal>,
    /// How many standard errors lie between the adjusted scores, to 2 places; none where everybody answered twice.
    pub z: Option<Decimal>,
    /// The chance of a z at least as far from 0 if nothing had changed, to 4 places.
    pub p_value: Option<Decimal>,
    /// Whether the difference is significant at 5 %.
    pub is_significant: Option<bool>,
    /// `LOW_N` where either wave has few answers; `NO_BASELINE` where the earlier one has none.
    pub status: Status,
    pub reason: Option<Reason>,
}

/// The test of two independent waves: the difference of the adjusted scores over the root of the sum of their variances.
///
/// J. R. Lewis and J. Sauro, "How to statistically compare two Net Promoter Scores", MeasuringU (2021). The adjustment
/// is that of the interval, so that a wave in which all answered alike still has a variance.
pub fn between(earlier: &Nps, later: &Nps) -> Change {
    match (earlier.estimate, later.estimate) {
        (Some(before), Some(after)) => {
            let doubtful = if earlier.figure.status == Status::Ok { later } else { earlier };
            Change { status: doubtful.figure.status, reason: doubtful.figure.reason, ..tested(before, after) }
        }
        (_, None) => missing(later.figure.status, later.figure.reason),
        (None, _) if earlier.figure.status == Status::Suppressed => missing(Status::Suppressed, earlier.figure.reason),
        (None, _) => missing(Status::NoBaseline, Some(Reason::NoPrevious)),
    }
}

fn tested(before: Estimate, after: Estimate) -> Change {
    let difference = (after.plain - before.plain) * Decimal::ONE_HUNDRED;
    let error = (before.variance + after.variance).sqrt().unwrap_or_default();
    let z = (after.adjusted - before.adjusted).checked_div(error);
    Change {
        difference: Some(hundredths(difference)),
        z: z.map(hundredths),
        p_value: z.map(two_sided),
        is_significant: Some(z.map_or(!hundredths(difference).is_zero(), |z| z.abs() >= Z)),
        status: Status::Ok,
        reason: None,
    }
}

fn missing(status: Status, reason: Option<Reason>) -> Change {
    Change { difference: None, z: None, p_value: None, is_significant: None, status, reason }
}
