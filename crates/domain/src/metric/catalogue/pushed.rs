//! What no event can show.

use super::{Definition, Family, Input, Measured, MetricKey, STRATEGY, Statistic};
use crate::unit::UnitKind;

/// What all custom metrics have in common. Key, name, formula and unit are each one's own.
pub(super) static CUSTOM: Definition = Definition {
    key: MetricKey::Custom,
    version: 1,
    name: "Custom metric",
    family: Family::Pushed,
    formula: "the readings of the window that were pushed: the last one, their sum or their mean",
    inputs: &[Input::Readings],
    edge_rules: &[
        "A reading has evidence: it cannot be computed again.",
        "Of two readings of one time the one that was recorded later is the last. A reading of a day stands at its end.",
        "Without a reading in the window there is no value (NO_EVENTS). A reading that was retracted is none.",
    ],
    value: Measured { statistic: Statistic::Value, unit: UnitKind::Custom, label: None, higher_is_better: None },
    further: &[],
    parts: &[],
    parameters: &[],
    segments: &[],
    healthy: &[],
    sources: &[STRATEGY],
};
