//! What a kind makes of its readings, before clamping and rounding.

use rust_decimal::Decimal;

use super::explanation::{Input, PeriodReading, StepShare};
use super::score::Reason;
use crate::check_in::Zone;

/// Where a key result stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// No score.
    NotCounted(Reason),
    /// The score is 0 and counts, although nothing has been measured that says so.
    Zero(Reason),
    Measured {
        raw: Decimal,
        met: bool,
        zone: Zone,
    },
}

/// A standing with the part of its explanation that only its kind knows.
#[derive(Debug)]
pub(super) struct Worked {
    pub(super) standing: Standing,
    pub(super) filled: Option<String>,
    pub(super) inputs: Vec<Input>,
    pub(super) periods: Vec<PeriodReading>,
    pub(super) steps: Vec<StepShare>,
}

impl Standing {
    /// Of a measure that names nothing but its target.
    pub(super) fn met_or_not(raw: Decimal, met: bool) -> Self {
        Self::Measured { raw, met, zone: if met { Zone::Target } else { Zone::None } }
    }

    pub(super) fn raw(self) -> Option<Decimal> {
        match self {
            Self::Measured { raw, .. } => Some(raw),
            Self::NotCounted(_) | Self::Zero(_) => None,
        }
    }

    pub(super) fn met(self) -> Option<bool> {
        match self {
            Self::Measured { met, .. } => Some(met),
            Self::NotCounted(_) | Self::Zero(_) => None,
        }
    }

    pub(super) fn zone(self) -> Option<Zone> {
        match self {
            Self::Measured { zone, .. } => Some(zone),
            Self::NotCounted(_) | Self::Zero(_) => None,
        }
    }

    pub(super) fn reason(self) -> Option<Reason> {
        match self {
            Self::Measured { .. } => None,
            Self::NotCounted(reason) | Self::Zero(reason) => Some(reason),
        }
    }
}

impl Worked {
    pub(super) fn of(standing: Standing, filled: String) -> Self {
        Self { standing, filled: Some(filled), inputs: Vec::new(), periods: Vec::new(), steps: Vec::new() }
    }

    pub(super) fn not_counted(reason: Reason) -> Self {
        Self::without_numbers(Standing::NotCounted(reason))
    }

    pub(super) fn no_check_in() -> Self {
        Self::without_numbers(Standing::Zero(Reason::NoCheckIn))
    }

    fn without_numbers(standing: Standing) -> Self {
        Self { standing, filled: None, inputs: Vec::new(), periods: Vec::new(), steps: Vec::new() }
    }

    /// Adds the readings that were used.
    pub(super) fn with_inputs(self, inputs: Vec<Input>) -> Self {
        Self { inputs, ..self }
    }

    pub(super) fn with_periods(self, periods: Vec<PeriodReading>) -> Self {
        Self { periods, ..self }
    }

    pub(super) fn with_steps(self, steps: Vec<StepShare>) -> Self {
        Self { steps, ..self }
    }
}
