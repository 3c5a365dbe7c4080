//! Figures that are shares: their whole numbers stand for them exactly, where their values are rounded.

use rust_decimal::Decimal;

use super::figure::{Figure, percent};

/// The numerator and denominator of a figure whose value is 100 times the one by the other.
pub(super) fn share(figure: &Figure) -> Option<(i64, i64)> {
    let (numerator, denominator) = figure.numerator.zip(figure.denominator)?;
    (figure.value.is_some() && percent(numerator, denominator) == figure.value).then_some((numerator, denominator))
}

/// The difference of two shares in percentage points, rounded once; none where a figure is no share or its numbers are huge.
pub(super) fn points_between(earlier: &Figure, later: &Figure) -> Option<Decimal> {
    let (earlier, later) = (share(earlier)?, share(later)?);
    let numerator = later.0.checked_mul(earlier.1)?.checked_sub(earlier.0.checked_mul(later.1)?)?;
    percent(numerator, later.1.checked_mul(earlier.1)?)
}
