//! How a key result stands by the readings of its metric.

use super::reading::Reading;
use super::{Binding, Gauge};
use crate::key_result::KeyResult;
use crate::metric::catalogue::MetricKey;
use crate::metric::figure::{Figure, Status};
use crate::metric::target::{Target, Verdict};
use crate::number::Quantity;
use crate::unit::UnitKind;

/// A reading against the numbers of its key result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub reading: Reading,
    /// In the unit of the key result; none where there is no value.
    pub value: Option<Quantity>,
    pub verdict: Verdict,
    /// Whether what it counts under is held; none without a guardrail.
    pub guardrail: Option<Verdict>,
    /// How many more of the numerator, or below 0 fewer, would just meet the target with the same denominator; 0 where it is
    /// met. Of an `NPS` the numerator is promoters less detractors. None where no number of people or things says so.
    pub missing: Option<i64>,
    /// Of an `NPS`: so many further answers, all of promoters, would just meet the target; 0 where it is met.
    pub missing_answers: Option<i64>,
}

impl Standing {
    pub fn of(binding: &Binding, key_result: &KeyResult, reading: Reading) -> Self {
        let targets = binding.targets(key_result);
        let unit = binding.gauge.unit();
        Self {
            value: reading.value_in(&key_result.unit, unit),
            verdict: verdict(&targets, &reading),
            guardrail: reading.guard.map(|guard| guard.verdict),
            missing: missing(&targets, &binding.gauge, &reading),
            missing_answers: missing_answers(&targets, &binding.gauge, &reading),
            reading,
        }
    }
}

/// The worst of the verdicts: a band is held when both of its bounds are.
fn verdict(targets: &[Target], reading: &Reading) -> Verdict {
    let verdicts = targets.iter().map(|target| target.verdict(&reading.figure));
    let severity = |verdict: &Verdict| match verdict {
        Verdict::Met => 0,
        Verdict::MetNotSignificant => 1,
        Verdict::Unknown => 2,
        Verdict::NotMet => 3,
    };
    verdicts.max_by_key(severity).unwrap_or(Verdict::Unknown)
}

fn missing(targets: &[Target], gauge: &Gauge, reading: &Reading) -> Option<i64> {
    let (target, figure) = told(targets, reading)?;
    match gauge.unit() {
        UnitKind::Count => target.missing_of_count(figure.numerator?),
        UnitKind::Percent => target.missing_of_rate(figure.numerator?, figure.denominator?),
        UnitKind::Score if is_net(gauge) => target.missing_of_rate(figure.numerator?, figure.denominator?),
        UnitKind::Number | UnitKind::Currency | UnitKind::Duration | UnitKind::Score | UnitKind::Custom => None,
    }
}

fn missing_answers(targets: &[Target], gauge: &Gauge, reading: &Reading) -> Option<i64> {
    let (target, figure) = told(targets, reading).filter(|_| is_net(gauge))?;
    target.further_promoters(figure.numerator?, figure.denominator?)
}

/// Whether it is a score of promoters less detractors, which is a share as a rate is. The mean of a scale is none.
fn is_net(gauge: &Gauge) -> bool {
    gauge.metric == MetricKey::Nps
}

/// The only target, and what may be told against it.
fn told<'a>(targets: &'a [Target], reading: &'a Reading) -> Option<(&'a Target, &'a Figure)> {
    let [target] = targets else { return None };
    Some((target, &reading.figure)).filter(|(_, figure)| figure.status != Status::Suppressed)
}
