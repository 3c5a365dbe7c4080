//! What a metric says of one window: a value, what it was made of, and whether it can be trusted.

use rust_decimal::Decimal;

/// Whether a figure can be taken at its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Ok,
    /// There is nothing to make it from.
    NoData,
    /// There is nothing to compare it with.
    NoBaseline,
    /// So few people stand behind it that it would tell of them.
    Suppressed,
    /// Made from few answers: the interval is wide.
    LowN,
    /// It is not settled yet.
    Pending,
}

/// The two ends of a 95 % interval, in the unit of the value; inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub low: Decimal,
    pub high: Decimal,
}

/// A value with the whole numbers it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// In the metric's unit, rounded half away from zero to 2 places where it is a quotient; none with a reason.
    pub value: Option<Decimal>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub interval: Option<Interval>,
    pub status: Status,
    /// Why there is no value, or why it is to be read with care.
    pub reason: Option<Reason>,
}

/// Why a figure has no value, or is to be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// There is nobody, or nothing, to take a share of.
    ZeroDenominator,
    /// Nobody has answered.
    NoAnswers,
    /// Nobody has asked a question.
    NoQuestions,
    /// Nothing of the kind was recorded.
    NoEvents,
    /// No wave of the survey ends in the window.
    NoWave,
    /// The period to compare with has no value.
    NoPrevious,
    /// The window is not over yet.
    Partial,
    /// Fewer than 5 answers, or fewer than 30 where the status is `LOW_N`.
    FewAnswers,
    /// Fewer than 5 people stand behind it.
    FewPeople,
    /// It would give a suppressed figure beside it away.
    Sibling,
    /// Fewer than half of the questions are answered, so that there is no median.
    NotHalfAnswered,
    /// Questions that are still open could change it.
    OpenQuestions,
}

impl Figure {
    /// A number of people or things.
    pub fn count(number: i64) -> Self {
        Self { value: Some(Decimal::from(number)), numerator: Some(number), ..Self::EMPTY }
    }

    /// `100 * numerator / denominator` in percent; no value where there is nothing to take a share of.
    pub fn rate(numerator: i64, denominator: i64) -> Self {
        let made_of = Self { numerator: Some(numerator), denominator: Some(denominator), ..Self::EMPTY };
        match percent(numerator, denominator) {
            Some(value) => Self { value: Some(value), ..made_of },
            None => Self { status: Status::NoData, reason: Some(Reason::ZeroDenominator), ..made_of },
        }
    }

    /// No value, and why.
    pub fn missing(status: Status, reason: Reason) -> Self {
        Self { status, reason: Some(reason), ..Self::EMPTY }
    }

    const EMPTY: Self = Self { value: None, numerator: None, denominator: None, interval: None, status: Status::Ok, reason: None };
}

/// `100 * numerator / denominator` to 2 places, halves away from zero; none for a denominator of 0.
///
/// It is rounded from the whole numbers, so that no digit hangs on how a quotient was cut off.
pub(crate) fn percent(numerator: i64, denominator: i64) -> Option<Decimal> {
    let (dividend, divisor) = (i128::from(numerator) * 10_000, i128::from(denominator));
    let (size, by) = (dividend.unsigned_abs(), divisor.unsigned_abs());
    let hundredths = (2 * size + by).checked_div(2 * by)?;
    let is_negative = (dividend < 0) != (divisor < 0);
    let size = Decimal::try_from_i128_with_scale(i128::try_from(hundredths).ok()?, 2).ok()?.normalize();
    Some(if is_negative && !size.is_zero() { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_is_rounded_half_away_from_zero_to_two_places() {
        let cases = [(1, 3, 3_333), (2, 3, 6_667), (1, 800, 13), (-1, 800, -13), (5, 5, 10_000), (-7, 40, -1_750), (0, -3, 0)];

        for (numerator, denominator, hundredths) in cases {
            assert_eq!(percent(numerator, denominator), Some(Decimal::new(hundredths, 2)), "{numerator}/{denominator}");
        }
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(percent(-1, 100_000).map(|value| value.to_string()), Some("0".to_owned()));
    }

    #[test]
    fn a_share_of_nothing_keeps_its_numbers_and_says_why_it_has_no_value() {
        let figure = Figure::rate(0, 0);

        assert_eq!((figure.value, figure.numerator, figure.denominator), (None, Some(0), Some(0)));
        assert_eq!((figure.status, figure.reason), (Status::NoData, Some(Reason::ZeroDenominator)));
    }

    #[test]
    fn the_largest_numbers_are_no_different() {
        assert_eq!(percent(i64::MAX, i64::MAX), Some(Decimal::ONE_HUNDRED));
        assert_eq!(percent(i64::MIN, 1), Decimal::from(i64::MIN).checked_mul(Decimal::ONE_HUNDRED));
    }
}
