//! Exact decimal quantities, as entered and stored.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::rejection::{Code, Violation};

/// Most significant digits a number may have, so that no client's float changes it.
pub const SIGNIFICANT_DIGITS: usize = 15;
/// Most digits after the decimal point.
pub const FRACTION_DIGITS: u32 = 12;
/// Largest size of a number.
pub const SIZE_LIMIT: i64 = 999_999_999_999_999;
/// Both, in words.
pub const LIMITS: &str = "at most 15 significant digits, 12 of them after the point";

/// A decimal number of at most 15 significant digits, 12 of them after the point, below 10^15 in size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

impl Quantity {
    pub const ZERO: Self = Self(Decimal::ZERO);
    pub const ONE: Self = Self(Decimal::ONE);

    pub fn new(value: Decimal) -> Result<Self, Violation> {
        let value = value.normalize();
        let digits = value.mantissa().unsigned_abs().to_string().len();
        let too_big = value.abs().trunc() > Decimal::from(SIZE_LIMIT);
        if digits > SIGNIFICANT_DIGITS || value.scale() > FRACTION_DIGITS || too_big {
            return Err(refused(&value.to_string()));
        }
        Ok(Self(value))
    }

    /// The quantity next to a number of any size and precision; the number itself where it can be entered.
    pub fn nearest(value: Decimal) -> Self {
        let most = Decimal::from(SIZE_LIMIT);
        let bounded = value.clamp(-most, most);
        Self(bounded.round_sf(15).unwrap_or(bounded).round_dp(FRACTION_DIGITS).normalize())
    }

    pub fn value(self) -> Decimal {
        self.0
    }

    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }
}

impl FromStr for Quantity {
    type Err = Violation;

    /// Reads `12`, `-0.5` and `1.2e3`.
    fn from_str(text: &str) -> Result<Self, Violation> {
        let parsed = if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
        Self::new(parsed.map_err(|_| refused(text))?)
    }
}

impl From<u32> for Quantity {
    fn from(value: u32) -> Self {
        Self(Decimal::from(value))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn refused(text: &str) -> Violation {
    Violation::new(Code::InvalidNumber, format!("`{text}` is not a number of {LIMITS}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_kept_exactly() {
        for text in ["999999999999999", "-0.000000000001", "123456789.012345", "4.1", "0"] {
            assert_eq!(text.parse::<Quantity>().map(|quantity| quantity.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_can_be_entered_is_its_own_nearest_quantity() {
        for text in ["999999999999999", "-0.000000000001", "123456789.012345", "4.1", "0"] {
            let quantity: Quantity = text.parse().unwrap();
            assert_eq!(Quantity::nearest(quantity.value()), quantity);
        }
        let third = Decimal::ONE / Decimal::from(3);
        assert_eq!(Quantity::new(Quantity::nearest(third).value()), "0.333333333333".parse());
        assert_eq!(Quantity::new(Quantity::nearest(Decimal::MIN).value()), "-999999999999999".parse());
    }

    #[test]
    fn what_a_float_would_change_is_refused() {
        for text in ["1000000000000000", "0.1234567890123456", "1e40", "1e-13", "NaN", "inf", "", "1,5", "0x10"] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }
}
