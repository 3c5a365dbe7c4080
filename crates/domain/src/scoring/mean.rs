//! Weighted means of scores, with what went in and what did not.

use rust_decimal::Decimal;

use super::arithmetic::{add, div, mul};
use super::formula::shown;
use super::score::Reason;

/// Most terms a mean is written out with; the list of what is included is complete in any case.
const WRITTEN_TERMS: usize = 20;

/// How a mean came about. `I` is the id of what it is a mean of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mean<I> {
    /// In letters: s is a score, w a weight.
    pub formula: &'static str,
    /// The same with numbers, such as `(1 + 0.4 + 0.24 + 0.37) / 4`. Absent without a score, and for
    /// more than 20 of them.
    pub filled: Option<String>,
    /// Always [`super::explanation::ROUNDING`].
    pub rounding: &'static str,
    pub included: Vec<Share<I>>,
    pub excluded: Vec<Exclusion<I>>,
}

/// A score that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share<I> {
    pub id: I,
    /// The rounded score: what is shown for the part is what counts in the whole.
    pub score: Decimal,
    /// 1 where the policy does not weigh.
    pub weight: Decimal,
    /// Its part of the mean, from 0 to 1, rounded half up to 4 decimals. Absent where there is no mean.
    pub share: Option<Decimal>,
}

/// What does not count, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exclusion<I> {
    pub id: I,
    pub reason: Reason,
}

/// A value and its weight.
pub(super) type Weighted = (Decimal, Decimal);

/// `Σ w·s / Σ w`; nothing where the weights add up to 0.
pub(super) fn weighted(values: impl Iterator<Item = Weighted>) -> Option<Decimal> {
    let (sum, weight) =
        values.fold((Decimal::ZERO, Decimal::ZERO), |(sum, total), (value, weight)| (add(sum, mul(weight, value)), add(total, weight)));
    div(sum, weight)
}

/// The numbers of a mean written out; equal weights are left out, as they cancel.
pub(super) fn filled(values: &[Weighted]) -> Option<String> {
    let (_, first) = values.first()?;
    if values.len() > WRITTEN_TERMS {
        return None;
    }
    let joined = |terms: Vec<String>| terms.join(" + ");
    if values.iter().all(|(_, weight)| weight == first) {
        let scores = joined(values.iter().map(|(value, _)| shown(*value)).collect());
        return Some(format!("({scores}) / {}", values.len()));
    }
    let products = joined(values.iter().map(|(value, weight)| format!("{} × {}", shown(*weight), shown(*value))).collect());
    let weights = joined(values.iter().map(|(_, weight)| shown(*weight)).collect());
    Some(format!("({products}) / ({weights})"))
}
