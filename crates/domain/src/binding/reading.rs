//! Readings: what a metric told of a window, and when.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::{Binding, scale};
use crate::check_in::CheckIn;
use crate::id::Id;
use crate::metric::calendar::day_of;
use crate::metric::figure::{Figure, Status};
use crate::metric::target::Verdict;
use crate::metric::window::Window;
use crate::number::Quantity;
use crate::unit::Unit;

/// What a metric told of a window. It is only ever added to: what late data changes is another revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub binding: Id<Binding>,
    /// The version of the binding that it was read by.
    pub binding_version: u32,
    pub window: Window,
    /// 1 for the first of its window.
    pub revision: u32,
    /// Whether days of its period were missing.
    pub is_partial: bool,
    pub figure: Figure,
    pub guard: Option<Guard>,
    /// Everything that was acknowledged with it was read.
    pub watermark: u64,
    pub definition_version: u32,
    /// Where its value stands; none where there is no value, or a person's stands on that day.
    pub check_in: Option<Id<CheckIn>>,
    pub taken_at: DateTime<Utc>,
}

/// What a guardrail told of the same window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    pub value: Option<Decimal>,
    /// Its value in the period before, where it is held against that.
    pub before: Option<Decimal>,
    pub verdict: Verdict,
}

impl Reading {
    /// Whether another reading tells the same of the window, whenever it was taken.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { binding, binding_version, window, is_partial, figure, guard, definition_version, .. } = other;
        (self.binding, self.binding_version, self.window) == (*binding, *binding_version, *window)
            && (self.is_partial, self.definition_version) == (*is_partial, *definition_version)
            && self.figure == *figure
            && self.guard == *guard
    }

    /// Whether its last day was over when it was taken, by the clocks of a zone: what is told otherwise since came late.
    pub fn was_over(&self, zone: Tz) -> bool {
        day_of(self.taken_at, zone) > self.window.last_day()
    }

    /// Its value in the unit of the key result; none where there is none, or none that may be shown.
    pub fn value_in(&self, unit: &Unit, of_metric: &Unit) -> Option<Quantity> {
        let value = self.figure.value.filter(|_| self.figure.status != Status::Suppressed)?;
        Some(Quantity::nearest(value.checked_div(scale(of_metric, unit)?)?))
    }
}

impl Guard {
    /// Held against the period before: met where it is no worse.
    pub fn no_worse(value: Option<Decimal>, before: Option<Decimal>, lower_is_better: bool) -> Self {
        let verdict = match value.zip(before) {
            Some((value, before)) if value == before || (value < before) == lower_is_better => Verdict::Met,
            Some(_) => Verdict::NotMet,
            None => Verdict::Unknown,
        };
        Self { value, before, verdict }
    }
}
