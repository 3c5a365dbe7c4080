//! A robust trend: the Theil–Sen line, with Sen's interval for its slope.
//!
//! H. Theil, "A rank-invariant method of linear and polynomial regression analysis", Proc. Kon. Ned.
//! Akad. Wet. 53 (1950); P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau",
//! Journal of the American Statistical Association 63 (1968), pages 1379 to 1389.
//! Readings that are far off, up to 29 % of them, do not carry it away, as they do a least-squares line.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, MathematicalOps};

use super::arithmetic::{add, count, div, mul, sub};

/// A reading: the day as a number of days, and the value.
pub(super) type Point = (Decimal, Decimal);

/// Slopes per day: the median of all pairs, and the bounds of its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trend {
    pub(super) slope: Decimal,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

/// The trend of points in the order of their days; nothing where all are on one day.
pub(super) fn of(points: &[Point]) -> Option<Trend> {
    let slopes = slopes(points);
    let rank = lower_rank(points, slopes.len());
    Some(Trend { slope: median(&slopes)?, low: *slopes.get(rank.checked_sub(1)?)?, high: *slopes.get(slopes.len().checked_sub(rank)?)? })
}

/// Where a line of this slope is on a day: through the median of the points, each moved along it.
///
/// Days before `day` only: then a steeper line is never lower, and the bounds keep their order.
pub(super) fn projected(points: &[Point], slope: Decimal, day: Decimal) -> Option<Decimal> {
    let mut moved: Vec<Decimal> = points.iter().map(|(on, value)| add(*value, mul(slope, sub(day, *on)))).collect();
    moved.sort_unstable();
    median(&moved)
}

/// The slopes of all pairs of points on different days, in order.
fn slopes(points: &[Point]) -> Vec<Decimal> {
    let pairs =
        points.iter().enumerate().flat_map(|(index, first)| points.iter().skip(index.saturating_add(1)).map(move |second| (first, second)));
    let mut slopes: Vec<Decimal> = pairs.filter_map(|(first, second)| div(sub(second.1, first.1), sub(second.0, first.0))).collect();
    slopes.sort_unstable();
    slopes
}

/// The rank of the lower bound among `number` slopes, from 1: `(N − z·√V) / 2`, rounded to the nearest rank
/// as the statistics packages do. The upper bound has the same rank from the other end.
///
/// V is the variance of Kendall's statistic with ties among the days (Sen 1968, formula 2.6):
/// `(n(n−1)(2n+5) − Σ u(u−1)(2u+5)) / 18`, u being the number of points on one day.
fn lower_rank(points: &[Point], number: usize) -> usize {
    let term = |n: usize| {
        let n = count(n);
        mul(mul(n, sub(n, Decimal::ONE)), add(mul(Decimal::TWO, n), Decimal::from(5)))
    };
    let ties = points.chunk_by(|one, other| one.0 == other.0).map(|day| term(day.len())).fold(Decimal::ZERO, add);
    let variance = div(sub(term(points.len()), ties), Decimal::from(18)).unwrap_or_default();
    let margin = mul(NORMAL_975, variance.sqrt().unwrap_or_default());
    let rank = div(sub(count(number), margin), Decimal::TWO).unwrap_or_default();
    rank.round().to_usize().unwrap_or_default().max(1)
}

/// The 0.975 quantile of the normal distribution.
const NORMAL_975: Decimal = Decimal::from_parts(1_959_964, 0, 0, false, 6);

/// The middle of an ordered list, or the mean of the two in the middle.
fn median(ordered: &[Decimal]) -> Option<Decimal> {
    let upper = ordered.get(ordered.len() / 2)?;
    let lower = ordered.get(ordered.len().checked_sub(1)? / 2)?;
    div(add(*lower, *upper), Decimal::TWO)
}
