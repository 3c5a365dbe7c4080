//! Metrics as they are asked about: those of the catalogue, and those of a workspace, which stand beside them.

use std::sync::Arc;

use super::catalogue::{Definition, Family, Measured, MetricKey, Statistic};
use super::setting::{Given, Settings};
use crate::custom_metric::CustomMetric;
use crate::rejection::{Code, Violation};
use crate::unit::Unit;

/// A metric that can be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Metric {
    BuiltIn(MetricKey),
    /// One of the workspace's own.
    Own(Arc<CustomMetric>),
}

impl Metric {
    pub fn key(&self) -> &str {
        match self {
            Self::BuiltIn(key) => key.into(),
            Self::Own(own) => &own.key,
        }
    }

    pub fn own(&self) -> Option<&CustomMetric> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Own(own) => Some(own),
        }
    }

    /// What the catalogue says of it: of a workspace's own what all of these have in common.
    pub fn definition(&self) -> &'static Definition {
        match self {
            Self::BuiltIn(key) => key.definition(),
            Self::Own(_) => MetricKey::Custom.definition(),
        }
    }

    pub fn name(&self) -> &str {
        self.own().map_or(self.definition().name, |own| &own.name)
    }

    pub fn formula(&self) -> &str {
        self.own().map_or(self.definition().formula, |own| &own.formula)
    }

    /// The version of its definition.
    pub fn version(&self) -> u32 {
        self.own().map_or(self.definition().version.into(), |own| own.definition_version)
    }

    /// Every number it gives, the one that is meant by default first.
    pub fn statistics(&self) -> Vec<Measured<'_>> {
        match self {
            Self::BuiltIn(key) => key.definition().statistics().copied().collect(),
            Self::Own(own) => vec![own.measured()],
        }
    }

    pub fn measured(&self, statistic: Statistic) -> Option<Measured<'_>> {
        self.statistics().into_iter().find(|measured| measured.statistic == statistic)
    }

    /// The number that is meant: its first where none is named.
    pub fn statistic(&self, wanted: Option<Statistic>) -> Result<Statistic, Violation> {
        let Some(wanted) = wanted else { return Ok(self.definition().value.statistic) };
        if self.measured(wanted).is_some() {
            return Ok(wanted);
        }
        let known: Vec<&str> = self.statistics().into_iter().map(|measured| measured.statistic.into()).collect();
        Err(Violation::new(Code::NotApplicable, format!("this metric has {}", known.join(", "))))
    }

    /// The unit of one of its numbers. Durations are told in seconds.
    pub fn unit(&self, statistic: Statistic) -> Option<Unit> {
        match self {
            Self::BuiltIn(key) => key.definition().measured(statistic).map(|measured| Unit::plain(measured.unit)),
            Self::Own(own) => Some(own.unit.clone()),
        }
    }

    /// Whether more of a number is worse.
    pub fn lower_is_better(&self, statistic: Statistic) -> bool {
        self.measured(statistic).and_then(|measured| measured.higher_is_better) == Some(false)
    }

    /// Refused where it cannot be told without being told more: nobody can guess it. Of surveys there may be another any day.
    pub fn told_alone(&self) -> Result<(), Violation> {
        let definition = self.definition();
        let is_other = self.own().is_none() && matches!(definition.family, Family::Pushed | Family::Survey);
        if !is_other && Settings::new(definition, Given::default()).is_ok() {
            return Ok(());
        }
        Err(Violation::new(Code::NotApplicable, format!("`{}` cannot be told without parameters", self.key())))
    }
}
