//! Decimal arithmetic that cannot fail.
//!
//! A decimal holds 28 digits, and a quantity is below 10^15 with 12 decimals, so differences of
//! quantities are exact and ratios of differences fit. Only a forecast far outside all reason can
//! be too large for a decimal: it then stays at the largest decimal, which every score clamps.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::number::FRACTION_DIGITS;

/// Decimals of a score.
pub(super) const SCORE_DECIMALS: u32 = 4;
/// The best score of a threshold that is not met.
pub(super) const ALMOST_ONE: Decimal = Decimal::from_parts(9_999, 0, 0, false, SCORE_DECIMALS);

pub(super) fn add(a: Decimal, b: Decimal) -> Decimal {
    a.checked_add(b).unwrap_or(extreme(a.is_sign_negative()))
}

pub(super) fn sub(a: Decimal, b: Decimal) -> Decimal {
    a.checked_sub(b).unwrap_or(extreme(a.is_sign_negative()))
}

pub(super) fn mul(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or(extreme(a.is_sign_negative() != b.is_sign_negative()))
}

/// Nothing where `b` is 0.
pub(super) fn div(a: Decimal, b: Decimal) -> Option<Decimal> {
    if b.is_zero() {
        return None;
    }
    let quotient = a.checked_div(b).unwrap_or(extreme(a.is_sign_negative() != b.is_sign_negative()));
    Some(quotient.normalize())
}

/// `(v − b) / (t − b)`, the way covered from `from` to `to`; nothing where there is no way.
pub(super) fn way(value: Decimal, from: Decimal, to: Decimal) -> Option<Decimal> {
    div(sub(value, from), sub(to, from))
}

/// Whether a ratio lies from 0 to 1.
pub(super) fn is_share(ratio: Decimal) -> bool {
    ratio >= Decimal::ZERO && ratio <= Decimal::ONE
}

/// To 4 decimals, halves away from 0: for scores, which are never below 0, the same as half up.
pub(super) fn rounded(ratio: Decimal) -> Decimal {
    ratio.round_dp_with_strategy(SCORE_DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// To the 12 decimals a quantity has, halves away from 0.
pub(super) fn quantity_rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(FRACTION_DIGITS, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// A raw ratio as a score.
pub(super) fn clamped_and_rounded(raw: Decimal) -> Decimal {
    rounded(raw.clamp(Decimal::ZERO, Decimal::ONE))
}

/// A number of things, such as weeks or readings.
pub(super) fn count(number: usize) -> Decimal {
    Decimal::from(number)
}

fn extreme(is_negative: bool) -> Decimal {
    if is_negative { Decimal::MIN } else { Decimal::MAX }
}
