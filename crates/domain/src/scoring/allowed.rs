//! `AT_LEAST`, `AT_MOST` and `BETWEEN`: the values that are allowed, and the way to them.

use rust_decimal::Decimal;

use super::arithmetic::{div, sub};
use super::formula::{comparison, shown};
use super::readings::Readings;
use super::worked::{Standing, Worked};
use crate::check_in::Zone;
use crate::measure::{Measure, Side, Zones};
use crate::number::Quantity;

/// The values at which a threshold is met.
#[derive(Clone, Copy, Debug)]
pub(super) enum Allowed {
    /// Everything on one side of the border; the border itself unless strict.
    Side { side: Side, border: Decimal, strict: bool, zones: Zones },
    /// A band with its bounds.
    Band { lower: Decimal, upper: Decimal },
}

/// What a threshold allows; nothing where its numbers are missing, or for another kind.
pub(super) fn of(measure: &Measure) -> Option<Allowed> {
    match measure {
        Measure::Threshold { side, target, strict, zones, .. } => {
            Some(Allowed::Side { side: *side, border: (*target)?.value(), strict: *strict, zones: *zones })
        }
        Measure::Between { lower, upper, .. } => Some(Allowed::Band { lower: (*lower)?.value(), upper: (*upper)?.value() }),
        Measure::Reach { .. } | Measure::Rate { .. } | Measure::Milestone | Measure::Ordinal { .. } | Measure::Test { .. } => None,
    }
}

/// Whether a value lies on the right side of a border.
pub(super) fn is_met(side: Side, strict: bool, value: Decimal, border: Decimal) -> bool {
    match (side, strict) {
        (Side::AtLeast, false) => value >= border,
        (Side::AtLeast, true) => value > border,
        (Side::AtMost, false) => value <= border,
        (Side::AtMost, true) => value < border,
    }
}

impl Allowed {
    pub(super) fn holds(&self, value: Decimal) -> bool {
        match self {
            Self::Side { side, border, strict, .. } => is_met(*side, *strict, value, *border),
            Self::Band { lower, upper } => *lower <= value && value <= *upper,
        }
    }

    /// How far a value is from what is allowed. Also 0 on a strict border, which is not allowed itself.
    pub(super) fn distance(&self, value: Decimal) -> Decimal {
        let outside = match self {
            Self::Side { side: Side::AtLeast, border, .. } => sub(*border, value),
            Self::Side { side: Side::AtMost, border, .. } => sub(value, *border),
            Self::Band { lower, upper } => sub(*lower, value).max(sub(value, *upper)),
        };
        outside.max(Decimal::ZERO)
    }

    /// The zone a value has reached; commitment and stretch are as strict as the target.
    pub(super) fn zone(&self, value: Decimal) -> Zone {
        let reaches = |named: Option<Quantity>| match self {
            Self::Side { side, strict, .. } => named.is_some_and(|named| is_met(*side, *strict, value, named.value())),
            Self::Band { .. } => false,
        };
        let zones = match self {
            Self::Side { zones, .. } => *zones,
            Self::Band { .. } => Zones::default(),
        };
        match (self.holds(value), reaches(zones.commit), reaches(zones.stretch)) {
            (true, _, true) => Zone::Stretch,
            (true, _, false) => Zone::Target,
            (false, true, _) => Zone::Commit,
            (false, false, _) => Zone::None,
        }
    }
}

/// By the `LATEST` policy: 1 when the newest value is allowed, else the way covered from a baseline
/// that is not, else 0.
pub(super) fn worked(allowed: &Allowed, baseline: Option<Quantity>, readings: &Readings<'_>) -> Worked {
    let Some(newest) = readings.newest() else {
        return Worked::no_check_in();
    };
    let value = newest.amount;
    let standing = standing(allowed, baseline, value);
    Worked::of(standing, filled(allowed, baseline, value)).with_inputs(vec![newest.input()])
}

/// `1 − d(v) / d(b)`, where d is the distance to the allowed values. A baseline that is allowed itself,
/// or that stands on the border, leaves no way to cover: then what is not met is worth 0.
pub(super) fn standing(allowed: &Allowed, baseline: Option<Quantity>, value: Decimal) -> Standing {
    let (met, zone) = (allowed.holds(value), allowed.zone(value));
    let raw = if met { Decimal::ONE } else { way_covered(allowed, baseline, value).unwrap_or_default() };
    Standing::Measured { raw, met, zone }
}

fn way_covered(allowed: &Allowed, baseline: Option<Quantity>, value: Decimal) -> Option<Decimal> {
    let whole = allowed.distance(baseline?.value());
    // One division of exact differences: a way of thirds ends at exactly 1.
    div(sub(whole, allowed.distance(value)), whole)
}

fn filled(allowed: &Allowed, baseline: Option<Quantity>, value: Decimal) -> String {
    let condition = match allowed {
        Allowed::Side { side, border, strict, .. } => format!("{} {} {}", shown(value), comparison(*side, *strict), shown(*border)),
        Allowed::Band { lower, upper } => format!("{} ≤ {} ≤ {}", shown(*lower), shown(value), shown(*upper)),
    };
    if allowed.holds(value) {
        return format!("{condition} is so: 1");
    }
    match baseline.map(|baseline| allowed.distance(baseline.value())).filter(|whole| !whole.is_zero()) {
        Some(whole) => format!("{condition} is not so: 1 − {} / {}", shown(allowed.distance(value)), shown(whole)),
        None => format!("{condition} is not so: 0"),
    }
}
