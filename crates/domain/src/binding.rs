//! Bindings: which metric drives a key result, over which windows, and what has to hold for it to count.

pub mod movement;
pub mod reading;
pub mod schedule;
pub mod standing;

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use crate::id::{Id, Named};
use crate::key_result::KeyResult;
use crate::measure::{Kind, Measure, Side};
use crate::metric::catalogue::{Definition, MetricKey, SegmentKind, Statistic};
use crate::metric::series::Step;
use crate::metric::setting::Given;
use crate::metric::target::{Comparator, Target};
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::unit::{Unit, UnitKind};

/// Which number of which metric, of which part of the community, by which parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauge {
    pub metric: MetricKey,
    pub statistic: Statistic,
    /// Each kind at most once, in the order of the kinds.
    pub segment: Vec<(SegmentKind, String)>,
    pub given: Given,
}

/// What has to hold for a key result to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guardrail {
    pub gauge: Gauge,
    /// None where it is to be no worse than in the period before.
    pub target: Option<Limit>,
}

/// What a guardrail should be, in the unit of its metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub comparator: Comparator,
    pub value: Quantity,
}

/// That a metric drives a key result. A key result has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub id: Id<Binding>,
    pub key_result: Id<KeyResult>,
    pub gauge: Gauge,
    /// The windows that are read: calendar periods, or so many days that end with each week.
    pub step: Step,
    /// On which side of its target the key result is met, where its own measure is not to say so.
    pub comparator: Option<Comparator>,
    pub guardrail: Option<Guardrail>,
    pub stamp: Stamp,
}

impl Named for Binding {
    const PREFIX: &'static str = "bnd";
    const WORD: &'static str = "binding";
}

impl Binding {
    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// What its readings have to reach, each in the unit of the metric: two bounds for a `BETWEEN`, none where the key result
    /// lacks its numbers.
    pub fn targets(&self, key_result: &KeyResult) -> Vec<Target> {
        let Some(scale) = scale(self.gauge.unit(), &key_result.unit) else { return Vec::new() };
        let of = |(comparator, value): (Comparator, Quantity)| {
            let comparator = self.comparator.unwrap_or(comparator);
            value.value().checked_mul(scale).map(|value| Target { comparator, value: value.normalize() })
        };
        bounds(&key_result.measure).into_iter().filter_map(of).collect()
    }
}

impl Gauge {
    pub fn definition(&self) -> &'static Definition {
        self.metric.definition()
    }

    /// The unit of its number.
    pub fn unit(&self) -> UnitKind {
        self.definition().measured(self.statistic).map_or(UnitKind::Number, |measured| measured.unit)
    }

    /// Whether more of it is worse.
    pub fn lower_is_better(&self) -> bool {
        self.definition().measured(self.statistic).and_then(|measured| measured.higher_is_better) == Some(false)
    }
}

/// The numbers of a measure that a value is held against, and on which side of each it should be.
fn bounds(measure: &Measure) -> Vec<(Comparator, Quantity)> {
    let found = match measure {
        Measure::Reach { baseline, target, .. } | Measure::Rate { baseline, target, .. } => {
            let is_downwards = target.zip(*baseline).is_some_and(|(target, baseline)| target < baseline);
            vec![(if is_downwards { Comparator::AtMost } else { Comparator::AtLeast }, *target)]
        }
        Measure::Threshold { side, strict, target, .. } => vec![(comparator(*side, *strict), *target)],
        Measure::Between { lower, upper, .. } => vec![(Comparator::AtLeast, *lower), (Comparator::AtMost, *upper)],
        Measure::Milestone | Measure::Ordinal { .. } | Measure::Test { .. } => Vec::new(),
    };
    found.into_iter().filter_map(|(comparator, bound)| bound.map(|bound| (comparator, bound))).collect()
}

fn comparator(side: Side, strict: bool) -> Comparator {
    match (side, strict) {
        (Side::AtLeast, false) => Comparator::AtLeast,
        (Side::AtLeast, true) => Comparator::Above,
        (Side::AtMost, false) => Comparator::AtMost,
        (Side::AtMost, true) => Comparator::Below,
    }
}

/// Whether what is read can be what is measured. Refused under `metric` and `comparator`.
pub fn fit(gauge: &Gauge, comparator: Option<Comparator>, kind: Kind, unit: &Unit) -> Result<(), Rejection> {
    let mut check = Check::new();
    if matches!(kind, Kind::Milestone | Kind::Ordinal | Kind::Test) {
        let detail = "only key results that take a value can be driven by a metric: not a MILESTONE, an ORDINAL or a TEST";
        check.refuse("metric", Code::NotApplicable, detail);
    } else if scale(gauge.unit(), unit).is_none() {
        check.field::<()>("metric", Err(misfit(gauge, unit)));
    }
    if kind == Kind::Between && comparator.is_some() {
        check.refuse("comparator", Code::NotApplicable, "a BETWEEN has a bound on either side: leave it out");
    }
    check.finish(Some(()))
}

fn misfit(gauge: &Gauge, unit: &Unit) -> Violation {
    let (metric, of, own) = (<&str>::from(gauge.metric), <&str>::from(gauge.unit()), <&str>::from(unit.kind()));
    let remedy = match gauge.unit() {
        UnitKind::Duration => "DURATION with a label such as `h`".to_owned(),
        _ => format!("{of} or NUMBER"),
    };
    Violation::new(
        Code::InvalidValue,
        format!("`{metric}` is told as {of}, and the key result is measured in {own}: make its unit {remedy}"),
    )
}

/// By how much a number in the unit of a key result is multiplied to be one of a metric; none where the two do not fit.
/// Metrics tell durations in seconds, and whatever they count may have a label of its own.
pub fn scale(of_metric: UnitKind, unit: &Unit) -> Option<Decimal> {
    match (of_metric, unit.kind()) {
        (UnitKind::Duration, UnitKind::Duration) => unit.label().and_then(seconds),
        (UnitKind::Duration, _) | (_, UnitKind::Duration | UnitKind::Currency) => None,
        (one, other) if one == other => Some(Decimal::ONE),
        (_, UnitKind::Number) | (UnitKind::Count | UnitKind::Number, UnitKind::Count | UnitKind::Custom) => Some(Decimal::ONE),
        // Documents write `> 11.5 NPS`, which has a label of its own.
        (UnitKind::Score, UnitKind::Custom) => Some(Decimal::ONE),
        _ => None,
    }
}

fn seconds(label: &str) -> Option<Decimal> {
    let thousandths = match label {
        "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        "w" => 604_800_000,
        _ => return None,
    };
    Some(Decimal::new(thousandths, 3).normalize())
}
