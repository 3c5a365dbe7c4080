//! A figure against what it should be, and how many people or answers are missing.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figure::{Figure, Status};
use super::share::share;

/// On which side of a target a figure should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Comparator {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Comparator {
    fn allows(self, ordering: Ordering) -> bool {
        match self {
            Self::AtLeast => ordering.is_ge(),
            Self::Above => ordering.is_gt(),
            Self::AtMost => ordering.is_le(),
            Self::Below => ordering.is_lt(),
        }
    }

    fn is_upwards(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }
}

/// What a figure should be, in the unit of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub comparator: Comparator,
    pub value: Decimal,
}

/// How a figure stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    Met,
    /// Met, but the target lies in the interval of the figure: chance alone could have met it.
    MetNotSignificant,
    NotMet,
    /// There is no value, or none that may be shown.
    Unknown,
}

impl Target {
    /// A share is judged by its whole numbers: one that is only rounded to its target does not meet it.
    pub fn verdict(self, figure: &Figure) -> Verdict {
        let Some(value) = figure.value.filter(|_| figure.status != Status::Suppressed) else {
            return Verdict::Unknown;
        };
        let exact = share(figure).and_then(|(numerator, denominator)| self.ordering_of_share(numerator, denominator));
        if !self.comparator.allows(exact.unwrap_or_else(|| value.cmp(&self.value))) {
            return Verdict::NotMet;
        }
        match figure.interval {
            Some(interval) if interval.low <= self.value && self.value <= interval.high => Verdict::MetNotSignificant,
            _ => Verdict::Met,
        }
    }

    /// How many people or things more, or below 0 fewer, would just meet it; 0 where it is met.
    pub fn missing_of_count(self, number: i64) -> Option<i64> {
        self.change_to(number, self.value)
    }

    /// How much more, or below 0 less, of the numerator would just meet it with the same denominator; 0 where it is met.
    /// None for a denominator of 0.
    pub fn missing_of_rate(self, numerator: i64, denominator: i64) -> Option<i64> {
        let hundredth = Decimal::from(denominator).checked_mul(Decimal::new(1, 2)).filter(|_| denominator > 0)?;
        self.change_to(numerator, self.value.checked_mul(hundredth)?)
    }

    /// So many further answers to an NPS question, all of them of promoters, would just meet it; 0 where it is met. None where
    /// no number of them would do, and where the score is to be low. `lead` are promoters less detractors.
    ///
    /// It is the smallest k for which `100 * (lead + k) / (answers + k)` meets the target: where `k * (100 − target)` makes
    /// up for what `lead` lacks. The quotient is cut off, so the numbers next to it are tried.
    pub fn further_promoters(self, lead: i64, answers: i64) -> Option<i64> {
        if !self.comparator.is_upwards() {
            return None;
        }
        let meets = |further: &i64| {
            let made_of = lead.checked_add(*further).zip(answers.checked_add(*further));
            let ordering = made_of.and_then(|(lead, answers)| self.ordering_of_share(lead, answers));
            ordering.is_some_and(|ordering| self.comparator.allows(ordering))
        };
        if answers > 0 && meets(&0) {
            return Some(0);
        }
        let lacking = self.value.checked_mul(answers.into())?.checked_sub(Decimal::ONE_HUNDRED.checked_mul(lead.into())?)?;
        let each = Decimal::ONE_HUNDRED.checked_sub(self.value)?;
        let near = if each.is_zero() { 0 } else { lacking.checked_div(each)?.trunc().to_i64()? };
        (near.saturating_sub(1).max(1)..=near.saturating_add(2).max(1)).find(meets)
    }

    /// `100 * numerator / denominator` against the target; none for a denominator of 0.
    fn ordering_of_share(self, numerator: i64, denominator: i64) -> Option<Ordering> {
        let share = Decimal::ONE_HUNDRED.checked_mul(numerator.into()).filter(|_| denominator > 0)?;
        Some(share.cmp(&self.value.checked_mul(denominator.into())?))
    }

    /// From a whole number to the nearest one on the right side of a bound.
    fn change_to(self, number: i64, bound: Decimal) -> Option<i64> {
        let nearest = match self.comparator {
            Comparator::AtLeast => bound.ceil(),
            Comparator::Above => bound.floor().checked_add(Decimal::ONE)?,
            Comparator::AtMost => bound.floor(),
            Comparator::Below => bound.ceil().checked_sub(Decimal::ONE)?,
        };
        let change = nearest.to_i64()?.checked_sub(number)?;
        Some(if self.comparator.is_upwards() { change.max(0) } else { change.min(0) })
    }
}
