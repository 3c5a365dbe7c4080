//! The scale an answer is given on.

use rust_decimal::prelude::ToPrimitive;

use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection, Violation};

/// The largest number a scale may end with.
pub const HIGHEST: u8 = 100;

/// Whole numbers from the lowest to the highest, which is the best; from 0 to 100 at the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale {
    lowest: u8,
    highest: u8,
}

impl Scale {
    pub const NPS: Self = Self { lowest: 0, highest: 10 };
    pub const SATISFACTION: Self = Self { lowest: 1, highest: 10 };
    pub const AGREEMENT: Self = Self { lowest: 1, highest: 5 };

    /// A scale of two points at least.
    pub fn new(lowest: i64, highest: i64) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let low = check.field("lowest", end(lowest));
        let high = check.field("highest", end(highest));
        if low.zip(high).is_some_and(|(low, high)| low >= high) {
            check.refuse("highest", Code::WrongOrder, format!("a scale goes up: its highest point lies above its lowest, {lowest}"));
        }
        check.finish(low.zip(high).map(|(lowest, highest)| Self { lowest, highest }))
    }

    pub fn lowest(self) -> u8 {
        self.lowest
    }

    pub fn highest(self) -> u8 {
        self.highest
    }

    /// The point of the scale that was answered.
    ///
    /// # Errors
    /// `OUT_OF_RANGE` for what is no point of it, such as 0 or 7.5 on a scale from 1 to 10.
    pub fn point(self, answered: Quantity) -> Result<u8, Violation> {
        let whole = answered.value().is_integer().then(|| answered.value().to_u8()).flatten();
        whole.filter(|point| self.has(*point)).ok_or_else(|| self.refused(&answered.to_string()))
    }

    /// Whether it is one of the top points: the best 30 % of the scale, rounded half up to whole points.
    ///
    /// That is 8 to 10 from 1 to 10, where 8 is the rule, and the usual two best points from 1 to 5 and from 1 to 7.
    pub fn is_top(self, point: u8) -> bool {
        let points = u16::from(self.highest) - u16::from(self.lowest) + 1;
        let top = (3 * points + 5) / 10;
        u16::from(point) + top > u16::from(self.highest)
    }

    pub(super) fn has(self, point: u8) -> bool {
        (self.lowest..=self.highest).contains(&point)
    }

    pub(super) fn refused(self, answered: &str) -> Violation {
        let Self { lowest, highest } = self;
        let detail = format!("`{answered}` is not on this question's scale: answer with a whole number from {lowest} to {highest}");
        Violation::new(Code::OutOfRange, detail)
    }
}

fn end(number: i64) -> Result<u8, Violation> {
    let refused = || Violation::new(Code::OutOfRange, format!("a scale has whole numbers from 0 to {HIGHEST}"));
    u8::try_from(number).ok().filter(|end| *end <= HIGHEST).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nought_is_no_answer_on_a_scale_from_one_to_ten_and_the_refusal_names_the_scale() {
        let refused = Scale::SATISFACTION.point(Quantity::ZERO).unwrap_err();

        assert_eq!(refused.code, Code::OutOfRange);
        assert!(refused.detail.contains("from 1 to 10"), "{}", refused.detail);
        assert_eq!(Scale::NPS.point(Quantity::ZERO), Ok(0));
    }

    #[test]
    fn an_answer_is_a_whole_number_however_it_is_written() {
        let point = |text: &str| Scale::SATISFACTION.point(text.parse().unwrap()).ok();

        assert_eq!(
            [point("7.0"), point("1e1"), point("7.5"), point("11"), point("-1"), point("300")],
            [Some(7), Some(10), None, None, None, None]
        );
    }

    #[test]
    fn the_top_is_the_best_three_tenths_of_the_points() {
        let cases = [(1, 10, 8), (0, 10, 8), (1, 5, 4), (1, 7, 6), (1, 4, 4), (1, 3, 3), (0, 1, 1), (0, 100, 71)];

        for (lowest, highest, first) in cases {
            let scale = Scale::new(lowest, highest).unwrap();
            let top: Vec<u8> = (scale.lowest..=scale.highest).filter(|point| scale.is_top(*point)).collect();
            assert_eq!(top, (first..=scale.highest).collect::<Vec<u8>>(), "{scale:?}");
        }
    }

    #[test]
    fn a_scale_goes_up_within_its_bounds_and_all_that_is_wrong_is_said() {
        let codes = |lowest, highest| -> Vec<(String, Code)> {
            let rejection = Scale::new(lowest, highest).unwrap_err();
            rejection.into_violations().into_iter().map(|violation| (violation.field, violation.code)).collect()
        };
        let out_of_range = |field: &str| (field.to_owned(), Code::OutOfRange);

        assert_eq!(codes(-1, 101), [out_of_range("lowest"), out_of_range("highest")]);
        assert_eq!(codes(5, 5), [("highest".to_owned(), Code::WrongOrder)]);
    }
}
