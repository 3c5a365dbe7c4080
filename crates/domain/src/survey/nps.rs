//! The Net Promoter Score: the share of promoters less the share of detractors, in points from -100 to 100.

pub mod change;

mod estimate;
#[cfg(test)]
mod tests;

use estimate::Estimate;
use rust_decimal::Decimal;

use super::suppression::{guarded, hidden};
use super::tally::Tally;
use crate::metric::figure::{Figure, Reason, Status};
use crate::metric::rounding::hundredths;

/// By what answers weigh, where not each weighs alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Weights {
    /// Each layer weighs as much as it has members.
    Layer,
}

/// How many people answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 9 and 10.
    pub promoters: u32,
    /// 7 and 8.
    pub passives: u32,
    /// 0 to 6.
    pub detractors: u32,
}

/// The answers of one layer of the community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    pub counts: Counts,
    /// All members of the layer, whether they answered or not.
    pub members: u64,
}

/// The score of one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nps {
    /// In points, to 2 places. Its numerator is promoters less detractors and its denominator all answers; a score
    /// that is weighted by layer has neither.
    pub figure: Figure,
    /// None where the figure is suppressed.
    pub counts: Option<Counts>,
    /// What the interval and comparisons are made of; none where there is no value.
    estimate: Option<Estimate>,
}

impl Nps {
    /// A score that is not shown, by the rule of [`hidden`]: nothing is left of it.
    pub fn withheld(reason: Reason) -> Self {
        Self { figure: Figure::missing(Status::Suppressed, reason), counts: None, estimate: None }
    }
}

impl Counts {
    /// Of a question of the kind `NPS`, whose scale is 0 to 10.
    pub fn of(tally: &Tally) -> Self {
        Self {
            promoters: tally.count(|point| point >= 9),
            passives: tally.count(|point| matches!(point, 7 | 8)),
            detractors: tally.count(|point| point <= 6),
        }
    }

    pub fn answers(self) -> u32 {
        self.promoters.saturating_add(self.passives).saturating_add(self.detractors)
    }

    /// Promoters less detractors.
    fn net(self) -> i64 {
        i64::from(self.promoters) - i64::from(self.detractors)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            promoters: self.promoters.saturating_add(other.promoters),
            passives: self.passives.saturating_add(other.passives),
            detractors: self.detractors.saturating_add(other.detractors),
        }
    }
}

/// `100 * (promoters - detractors) / answers`, with its 95 % interval by the adjusted Wald method.
///
/// 3 answers are added: 3/4 to promoters, 3/4 to detractors and 3/2 to the rest. Of the shares P and D made so,
/// the interval is `P - D ± 1.959964 * sqrt((P + D - (P - D)^2) / (answers + 3))`, in points and within ±100:
/// B. Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 70 (2016), pages 365 to 372.
///
/// With a `population`, the number of people who could have answered, N, the interval is that of
/// `n * (N - 1) / (N - n)` answers with the same shares, which is the finite population correction
/// (W. G. Cochran, "Sampling Techniques", third edition 1977, chapter 3) of the answers and not of the 3 that were
/// added: when everybody has answered the interval is the value itself.
pub fn of(counts: Counts, population: Option<u64>) -> Nps {
    let answers = counts.answers();
    let figure = Figure::rate(counts.net(), i64::from(answers));
    scored(counts, figure, estimate::of(&[(counts, population, 1)]))
}

/// The score of all members from those who answered: each layer weighs as much as it has members.
///
/// With W the share of a layer among the members of all layers that answered, the value is the sum of
/// `100 * W * (promoters - detractors) / answers`. For the interval each layer gets W of the 3 answers that are
/// added in [`of`], and the sum of `W^2 * variance` is the variance of the sum of `W * (P - D)`:
/// W. G. Cochran, "Sampling Techniques", third edition 1977, chapter 5. One layer, or layers that answered in
/// proportion to their members, have the same interval centre and value as without weights.
///
/// Layers that must not be shown for their few answers ([`hidden`]) count as one layer: else the score together with
/// the counts would tell of them, and a single answer could carry it. A layer in which nobody answered cannot be heard
/// and is left out. `is_finite` corrects each layer as the population of [`of`] does. Without any members there is
/// nothing to weigh by: `ZERO_DENOMINATOR`.
pub fn by_layer(layers: &[Layer], is_finite: bool) -> Nps {
    let heard: Vec<Layer> = layers.iter().copied().filter(|layer| layer.counts.answers() > 0 && layer.members > 0).collect();
    let counts = heard.iter().fold(Counts::default(), |sum, layer| sum.plus(layer.counts));
    let parts: Vec<_> = pooled(&heard).into_iter().map(|layer| (layer.counts, is_finite.then_some(layer.members), layer.members)).collect();
    let Some(estimate) = estimate::of(&parts) else {
        let nobody = layers.iter().all(|layer| layer.counts.answers() == 0);
        let reason = if nobody { Reason::NoAnswers } else { Reason::ZeroDenominator };
        return Nps { figure: Figure::missing(Status::NoData, reason), counts: Some(counts), estimate: None };
    };
    let value = Some(hundredths(estimate.plain * Decimal::ONE_HUNDRED));
    let figure = Figure { value, numerator: None, denominator: None, interval: None, status: Status::Ok, reason: None };
    scored(counts, figure, Some(estimate))
}

/// The layers that may be shown, and one of all the others.
fn pooled(layers: &[Layer]) -> Vec<Layer> {
    let answers: Vec<u32> = layers.iter().map(|layer| layer.counts.answers()).collect();
    let reasons = hidden(&answers);
    let of =
        |is_hidden: bool| layers.iter().zip(&reasons).filter(move |(_, reason)| reason.is_some() == is_hidden).map(|(layer, _)| *layer);
    let others =
        of(true).reduce(|one, other| Layer { counts: one.counts.plus(other.counts), members: one.members.saturating_add(other.members) });
    of(false).chain(others).collect()
}

fn scored(counts: Counts, figure: Figure, estimate: Option<Estimate>) -> Nps {
    let figure = guarded(counts.answers(), Figure { interval: estimate.map(Estimate::interval), ..figure });
    let counts = (figure.status != Status::Suppressed).then_some(counts);
    let estimate = estimate.filter(|_| figure.value.is_some());
    Nps { figure, counts, estimate }
}
