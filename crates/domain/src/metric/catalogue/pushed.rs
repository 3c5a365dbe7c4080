//! What no event can show.

use super::parameter::with;
use super::{Definition, Family, Input, Measured, MetricKey, ParameterKind, ParameterName, STRATEGY, Statistic};
use crate::unit::UnitKind;

pub(super) static CUSTOM: Definition = Definition {
    key: MetricKey::Custom,
    version: 1,
    name: "Custom metric",
    family: Family::Pushed,
    formula: "the last reading of the window that was pushed",
    inputs: &[Input::Readings],
    edge_rules: &["A reading has evidence: it cannot be computed again.", "Without a reading in the window there is no value (NO_EVENTS)."],
    value: Measured { statistic: Statistic::Value, unit: UnitKind::Custom, label: None, higher_is_better: None },
    further: &[],
    parts: &[],
    parameters: &[with(ParameterName::Metric, ParameterKind::Key)],
    segments: &[],
    healthy: &[],
    sources: &[STRATEGY],
};
