//! Satisfaction and agreement: the share of the best answers, and the mean.

use rust_decimal::{Decimal, MathematicalOps};

use super::normal::{Z, student};
use super::scale::Scale;
use super::suppression::guarded;
use super::tally::Tally;
use crate::metric::figure::{Figure, Interval, Reason, Status};
use crate::metric::rounding::hundredths;

/// What one question says in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Satisfaction {
    /// The share of answers among the top points of the scale ([`Scale::is_top`]), in percent.
    pub top_box: Figure,
    /// On the scale of the question; its numerator is the sum of the answers.
    pub mean: Figure,
    /// How much of the way from the lowest to the highest point the mean has gone, in percent, so that 1 on a scale
    /// from 1 to 10 is 0 %: P. Cohen and others, "The problem of units and the circumstance for POMP", Multivariate
    /// Behavioral Research 34 (1999), pages 315 to 346.
    pub mean_pct: Figure,
}

impl Satisfaction {
    /// Figures that are not shown, by the rule of [`suppression::hidden`](super::suppression::hidden).
    pub fn withheld(reason: Reason) -> Self {
        let figure = Figure::missing(Status::Suppressed, reason);
        Self { top_box: figure.clone(), mean: figure.clone(), mean_pct: figure }
    }
}

/// Each figure to 2 places and with its 95 % interval, which holds the value and stays on the scale.
pub fn of(tally: &Tally) -> Satisfaction {
    let scale = tally.scale();
    let (answers, (sum, _)) = (tally.answers(), tally.sums());
    let (n, top) = (i64::from(answers), tally.count(|point| scale.is_top(point)));
    let (lowest, width) = (i64::from(scale.lowest()), i64::from(scale.highest()) - i64::from(scale.lowest()));
    let ends = mean_interval(tally);

    let top_box = Figure { interval: share_interval(top, answers), ..Figure::rate(i64::from(top), n) };
    let mean = Figure {
        value: Decimal::from(sum).checked_div(Decimal::from(n)).map(hundredths),
        denominator: Some(n),
        interval: ends.map(|ends| shown(ends, |end| end)),
        ..Figure::count(sum)
    };
    let way = |end: Decimal| (end - Decimal::from(lowest)) * Decimal::ONE_HUNDRED / Decimal::from(width);
    let mean_pct = Figure { interval: ends.map(|ends| shown(ends, way)), ..Figure::rate(sum - lowest * n, width * n) };
    Satisfaction { top_box: guarded(answers, top_box), mean: guarded(answers, mean), mean_pct: guarded(answers, mean_pct) }
}

/// The 95 % interval of a share, in percent: E. B. Wilson, "Probable inference, the law of succession, and statistical
/// inference", Journal of the American Statistical Association 22 (1927), pages 209 to 212. Nothing for a share of 0 answers.
pub fn share_interval(part: u32, answers: u32) -> Option<Interval> {
    let (part, n) = (Decimal::from(part.min(answers)), Decimal::from(answers));
    let square = Z * Z;
    let spread = (part * (n - part)).checked_div(n)? + square / Decimal::from(4);
    let (centre, margin) = (part + square / Decimal::TWO, Z * spread.sqrt()?);
    let end = |sum: Decimal| hundredths((sum / (n + square)).clamp(Decimal::ZERO, Decimal::ONE) * Decimal::ONE_HUNDRED);
    Some(Interval { low: end(centre - margin), high: end(centre + margin) })
}

/// The ends of `mean ± t * s / sqrt(n)` with n - 1 degrees of freedom, within the scale, not rounded: Student's interval.
///
/// It has no width where all answered alike. Fewer than 5 answers have none: nothing is shown of them.
fn mean_interval(tally: &Tally) -> Option<(Decimal, Decimal)> {
    let degrees = tally.answers().checked_sub(1).filter(|degrees| *degrees >= 4)?;
    let n = Decimal::from(tally.answers());
    let (sum, squares) = tally.sums();
    let (sum, squares) = (Decimal::from(sum), Decimal::from(squares));
    let mean = sum / n;
    let variance = (n * squares - sum * sum) / n / Decimal::from(degrees);
    let margin = student(degrees) * (variance / n).sqrt()?;
    let (lowest, highest) = ends(tally.scale());
    Some(((mean - margin).max(lowest), (mean + margin).min(highest)))
}

fn ends(scale: Scale) -> (Decimal, Decimal) {
    (Decimal::from(scale.lowest()), Decimal::from(scale.highest()))
}

fn shown((low, high): (Decimal, Decimal), in_unit: impl Fn(Decimal) -> Decimal) -> Interval {
    Interval { low: hundredths(in_unit(low)), high: hundredths(in_unit(high)) }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn asked(scale: Scale, answers: &[u8]) -> Satisfaction {
        of(&Tally::of(scale, answers.iter().map(|point| (*point, 1))).unwrap())
    }

    fn shown(figure: &Figure) -> [String; 3] {
        let Interval { low, high } = figure.interval.unwrap();
        [figure.value.unwrap(), low, high].map(|number| number.to_string())
    }

    /// The standard deviation is 2.0683, the quantile of t 2.262157.
    #[test]
    fn ten_answers_from_one_to_ten() {
        let satisfaction = asked(Scale::SATISFACTION, &[10, 9, 9, 8, 8, 8, 8, 7, 5, 3]);

        assert_eq!(shown(&satisfaction.top_box), ["70", "39.68", "89.22"]);
        assert_eq!(shown(&satisfaction.mean), ["7.5", "6.02", "8.98"]);
        assert_eq!(shown(&satisfaction.mean_pct), ["72.22", "55.78", "88.66"]);
        assert_eq!((satisfaction.top_box.numerator, satisfaction.top_box.denominator), (Some(7), Some(10)));
        assert_eq!((satisfaction.mean.numerator, satisfaction.mean.denominator), (Some(75), Some(10)));
        assert_eq!(satisfaction.mean.status, Status::LowN);
    }

    #[test]
    fn who_agrees_chose_four_or_five_of_five() {
        let agreement = asked(Scale::AGREEMENT, &[5, 4, 4, 3, 1]);

        assert_eq!(agreement.top_box.value, Some(Decimal::from(60)));
        assert_eq!(agreement.mean_pct.value, Some(Decimal::from(60)));
    }

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        let of = |part, answers| share_interval(part, answers).map(|ends| [ends.low, ends.high].map(|end| end.to_string()));

        assert_eq!(of(0, 10), Some(["0", "27.75"].map(str::to_owned)));
        assert_eq!(of(10, 10), Some(["72.25", "100"].map(str::to_owned)));
        assert_eq!(of(90, 100), Some(["82.56", "94.48"].map(str::to_owned)));
        assert_eq!(of(0, 0), None);
    }

    #[test]
    fn four_answers_are_hidden_in_every_form() {
        let satisfaction = asked(Scale::SATISFACTION, &[10, 10, 10, 1]);

        assert_eq!(satisfaction, Satisfaction::withheld(Reason::FewAnswers));
    }

    #[test]
    fn without_answers_there_is_nothing_to_tell() {
        assert_eq!(asked(Scale::SATISFACTION, &[]).mean, Figure::missing(Status::NoData, Reason::NoAnswers));
    }

    proptest! {
        #[test]
        fn each_interval_holds_its_value_and_stays_on_the_scale(
            ends in (0_i64..5, 1_i64..20),
            drawn in vec((any::<prop::sample::Index>(), 1_u32..2_000), 1..12),
        ) {
            let scale = Scale::new(ends.0, ends.0 + ends.1).unwrap();
            let points: Vec<u8> = (scale.lowest()..=scale.highest()).collect();
            let answers = drawn.iter().map(|(index, times)| (*index.get(&points), *times));
            let tally = Tally::of(scale, answers).unwrap();
            prop_assume!(tally.answers() >= 5);

            let Satisfaction { top_box, mean, mean_pct } = of(&tally);

            let percent = (Decimal::ZERO, Decimal::ONE_HUNDRED);
            for (figure, (least, most)) in [(top_box, percent), (mean, super::ends(scale)), (mean_pct, percent)] {
                let (value, Interval { low, high }) = (figure.value.unwrap(), figure.interval.unwrap());
                prop_assert!(least <= low && low <= value && value <= high && high <= most, "{low} {value} {high}");
            }
        }
    }
}
