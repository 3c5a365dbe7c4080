//! The normal distribution and Student's t, as far as intervals and tests at 95 % need them.

use rust_decimal::{Decimal, MathematicalOps};

use crate::metric::rounding::to_places;

/// The 0.975 quantile of the normal distribution.
pub(super) const Z: Decimal = Decimal::from_parts(1_959_964, 0, 0, false, 6);

/// Above it the probability is 0 to more places than are shown.
const FAR: Decimal = Decimal::from_parts(6, 0, 0, false, 0);

/// How probable it is that a normal deviate lies at least as far from 0 as `z`, on either side; to 4 places.
///
/// `1 - 2 * phi(z) * (z + z^3 / 3 + z^5 / (3 * 5) + ...)`: G. Marsaglia, "Evaluating the normal
/// distribution", Journal of Statistical Software 11 (2004), number 4, page 2.
pub(super) fn two_sided(z: Decimal) -> Decimal {
    let z = z.abs();
    if z >= FAR {
        return Decimal::ZERO;
    }
    let square = z * z;
    let (mut sum, mut term, mut odd) = (z, z, Decimal::ONE);
    while term > SMALL {
        odd += Decimal::TWO;
        term = term * square / odd;
        sum += term;
    }
    let root_of_two_pi = Decimal::new(2_506_628_274_631_000_502, 18);
    let within = Decimal::TWO * sum / (root_of_two_pi * (square / Decimal::TWO).exp());
    to_places((Decimal::ONE - within).max(Decimal::ZERO), 4)
}

/// Where sums may stop: far below the last place that is shown.
const SMALL: Decimal = Decimal::from_parts(1, 0, 0, false, 14);

/// The 0.975 quantile of Student's t with this many degrees of freedom, from 4 on; to 6 places.
///
/// From a table up to 29, then by its expansion around the normal quantile, which is off by less than
/// a millionth there: M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5.
pub(super) fn student(degrees: u32) -> Decimal {
    let index = usize::try_from(degrees.saturating_sub(FEWEST_DEGREES)).unwrap_or(usize::MAX);
    if let Some(millionths) = TABLE.get(index) {
        return Decimal::new(*millionths, 6);
    }
    let degrees = Decimal::from(degrees);
    let expansion = COEFFICIENTS.iter().rev().fold(Decimal::ZERO, |rest, millionths| Decimal::new(*millionths, 6) + rest / degrees);
    to_places(expansion, 6)
}

const FEWEST_DEGREES: u32 = 4;

/// In millionths, for 4 degrees of freedom and on.
const TABLE: [i64; 26] = [
    2_776_445, 2_570_582, 2_446_912, 2_364_624, 2_306_004, 2_262_157, 2_228_139, 2_200_985, 2_178_813, 2_160_369, 2_144_787, 2_131_450,
    2_119_905, 2_109_816, 2_100_922, 2_093_024, 2_085_963, 2_079_614, 2_073_873, 2_068_658, 2_063_899, 2_059_539, 2_055_529, 2_051_831,
    2_048_407, 2_045_230,
];

/// In millionths, of the powers of one over the degrees of freedom, for the quantile 1.959964.
const COEFFICIENTS: [i64; 5] = [1_959_964, 2_372_271, 2_822_499, 2_555_850, 1_589_534];

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_probability_of_the_tails_is_that_of_printed_tables() {
        let cases = [("0", "1"), ("0.5", "0.6171"), ("1", "0.3173"), ("-1", "0.3173"), ("1.959964", "0.05"), ("2.575829", "0.01")];
        let far = [("3", "0.0027"), ("3.890592", "0.0001"), ("5", "0"), ("5.999", "0"), ("6", "0"), ("1000000", "0")];

        for (z, expected) in cases.into_iter().chain(far) {
            assert_eq!(two_sided(decimal(z)), decimal(expected), "{z}");
        }
    }

    #[test]
    fn students_quantiles_are_those_of_printed_tables() {
        let cases = [(4, "2.776445"), (9, "2.262157"), (29, "2.045230"), (30, "2.042272"), (40, "2.021075"), (100, "1.983972")];

        for (degrees, expected) in cases.into_iter().chain([(1_000, "1.962339"), (u32::MAX, "1.959964")]) {
            assert_eq!(student(degrees), decimal(expected), "{degrees}");
        }
    }
}
