//! How what is shown is rounded.

use rust_decimal::{Decimal, RoundingStrategy};

/// To 2 places, halves away from zero.
pub(crate) fn hundredths(value: Decimal) -> Decimal {
    to_places(value, 2)
}

/// To any number of places, halves away from zero; never a negative zero.
pub(crate) fn to_places(value: Decimal, places: u32) -> Decimal {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    if rounded.is_zero() { Decimal::ZERO } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_nothing_is_minus_zero() {
        let shown = |mantissa, scale| hundredths(Decimal::new(mantissa, scale)).to_string();

        assert_eq!([shown(1_005, 3), shown(-1_005, 3), shown(-4, 3), shown(4_000, 2)], ["1.01", "-1.01", "0", "40"]);
    }
}
