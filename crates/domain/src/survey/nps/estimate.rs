//! The adjusted shares behind a score, of which its interval and its comparisons are made.

use rust_decimal::{Decimal, MathematicalOps};

use super::Counts;
use crate::metric::figure::Interval;
use crate::metric::rounding::hundredths;
use crate::survey::normal::Z;

/// Promoters less detractors as a share from -1 to 1, with 3 answers added, and the variance of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Estimate {
    /// Without the added answers.
    pub(super) plain: Decimal,
    pub(super) adjusted: Decimal,
    pub(super) variance: Decimal,
}

/// The counts of a part of the community, the number of people it has where that is to correct the interval, and
/// its weight, which is not 0.
pub(super) type Part = (Counts, Option<u64>, u64);

/// Nothing where nobody answered.
pub(super) fn of(parts: &[Part]) -> Option<Estimate> {
    let total: Decimal = parts.iter().map(|(_, _, weight)| Decimal::from(*weight)).sum();
    let (mut plain, mut adjusted, mut variance) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for (counts, population, weight) in parts {
        let weight = Decimal::from(*weight).checked_div(total)?;
        let (share, its_variance) = shares(*counts, *population, weight)?;
        plain += weight * net_share(*counts)?;
        adjusted += weight * share;
        variance += weight * weight * its_variance;
    }
    (!parts.is_empty()).then_some(Estimate { plain, adjusted, variance })
}

impl Estimate {
    /// In points.
    pub(super) fn interval(self) -> Interval {
        let margin = Z * self.variance.sqrt().unwrap_or_default();
        let end = |share: Decimal| hundredths(share.clamp(Decimal::NEGATIVE_ONE, Decimal::ONE) * Decimal::ONE_HUNDRED);
        Interval { low: end(self.adjusted - margin), high: end(self.adjusted + margin) }
    }
}

/// The adjusted share of one part and its variance; `added` times 3 answers are added.
fn shares(counts: Counts, population: Option<u64>, added: Decimal) -> Option<(Decimal, Decimal)> {
    let Some(growth) = growth(counts.answers(), population) else {
        return Some((net_share(counts)?, Decimal::ZERO));
    };
    let quarter = Decimal::new(75, 2) * added;
    let answers = Decimal::from(counts.answers()) * growth + Decimal::from(3) * added;
    let share = |of: u32| (Decimal::from(of) * growth + quarter).checked_div(answers);
    let (promoters, detractors) = (share(counts.promoters)?, share(counts.detractors)?);
    let net = promoters - detractors;
    Some((net, (promoters + detractors - net * net) / answers))
}

/// As how many each answer counts, since so many of all people answered; nothing where everybody did.
fn growth(answers: u32, population: Option<u64>) -> Option<Decimal> {
    let Some(population) = population else {
        return Some(Decimal::ONE);
    };
    let silent = population.checked_sub(u64::from(answers)).filter(|silent| *silent > 0)?;
    Some((Decimal::from(population) - Decimal::ONE) / Decimal::from(silent))
}

fn net_share(counts: Counts) -> Option<Decimal> {
    Decimal::from(counts.net()).checked_div(Decimal::from(counts.answers()))
}
