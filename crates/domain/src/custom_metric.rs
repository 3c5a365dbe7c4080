//! Custom metrics: time series that a workspace defines for itself and pushes readings of, for what no event can show.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::metric::Metric;
use crate::metric::catalogue::{Measured, MetricKey, Statistic};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;
use crate::unit::{Unit, UnitKind};

/// Most custom metrics of a workspace.
pub const CUSTOM_METRIC_COUNT: usize = 200;
/// Most input metrics of a North Star.
pub const INPUT_COUNT: usize = 20;
/// What stands below the address of metrics already.
const RESERVED: [&str; 1] = ["batch"];

/// Which of a window's readings its figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Aggregation {
    /// The last one by its time; of two of one time the one that was recorded later.
    #[default]
    Last,
    /// All of them together.
    Sum,
    /// Their mean, each weighing the same.
    Mean,
}

/// A metric that a workspace defines for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomMetric {
    pub id: Id<CustomMetric>,
    /// Given once, and no built-in metric's: questions, readings and bindings name it by it.
    pub key: String,
    pub name: String,
    pub description: Option<String>,
    /// How its readings come about, in words.
    pub formula: String,
    pub unit: Unit,
    pub higher_is_better: bool,
    pub aggregation: Aggregation,
    pub is_north_star: bool,
    /// The keys of the metrics that move a North Star, each once.
    pub inputs: Vec<String>,
    /// Rises when the formula, the unit or the aggregation changes.
    pub definition_version: u32,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for CustomMetric {
    const PREFIX: &'static str = "met";
    const WORD: &'static str = "custom metric";
}

/// What is given to create or change a custom metric.
#[derive(Clone, Debug)]
pub struct CustomMetricDraft {
    pub key: String,
    pub name: String,
    pub description: Option<String>,
    pub formula: String,
    pub unit: UnitKind,
    pub unit_label: Option<String>,
    pub higher_is_better: bool,
    pub aggregation: Aggregation,
    pub is_north_star: bool,
    pub inputs: Vec<String>,
    pub external_id: Option<String>,
}

impl CustomMetric {
    /// The next version of one, or a first one.
    pub fn new(id: Id<Self>, stamp: Stamp, before: Option<&Self>, draft: CustomMetricDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let CustomMetricDraft { key, name, description, formula, unit, unit_label, .. } = draft;
        let CustomMetricDraft { higher_is_better, aggregation, is_north_star, inputs, external_id, .. } = draft;
        let key = check.field("key", fresh_key(&key, before));
        let name = check.field("name", text::label(&name));
        let description = check.field("description", text::prose(description.as_deref()));
        let formula = check.field("formula", text::title(&formula));
        let unit = check.field("", measured_in(unit, unit_label.as_deref()));
        let inputs = check.field("inputs", listed(inputs, is_north_star));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        if let Some(kind) = unit.as_ref().map(Unit::kind).filter(|kind| aggregation == Aggregation::Sum && !can_be_summed(*kind)) {
            let detail = format!("{} cannot be added up: take LAST or MEAN", <&str>::from(kind));
            check.refuse("aggregation", Code::NotApplicable, detail);
        }
        let texts = key.zip(name).zip(description).zip(formula);
        let built =
            texts.zip(unit).zip(inputs).zip(external_id).map(|((((((key, name), description), formula), unit), inputs), external_id)| {
                let definition_version = match before {
                    Some(before) if (&before.formula, &before.unit, before.aggregation) == (&formula, &unit, aggregation) => {
                        before.definition_version
                    }
                    Some(before) => before.definition_version.saturating_add(1),
                    None => 1,
                };
                Self {
                    id,
                    key,
                    name,
                    description,
                    formula,
                    unit,
                    higher_is_better,
                    aggregation,
                    is_north_star,
                    inputs,
                    definition_version,
                    external_id,
                    stamp,
                }
            });
        check.finish(built)
    }

    pub fn draft(&self) -> CustomMetricDraft {
        let Self { key, name, description, formula, unit, higher_is_better, aggregation, is_north_star, inputs, external_id, .. } =
            self.clone();
        let (unit, unit_label) = (unit.kind(), unit.label().map(str::to_owned));
        CustomMetricDraft {
            key,
            name,
            description,
            formula,
            unit,
            unit_label,
            higher_is_better,
            aggregation,
            is_north_star,
            inputs,
            external_id,
        }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// The one number it gives.
    pub fn measured(&self) -> Measured<'_> {
        Measured {
            statistic: Statistic::Value,
            unit: self.unit.kind(),
            label: self.unit.label(),
            higher_is_better: Some(self.higher_is_better),
        }
    }

    /// Whether its inputs are there and can be told by themselves, beside the workspace's other metrics. Refused by their
    /// places, and where a metric would be an input of itself, however far away.
    pub fn check_inputs(&self, own: &[Self]) -> Result<(), Rejection> {
        let mut check = Check::new();
        let others: HashMap<&str, &Self> =
            own.iter().filter(|other| other.id != self.id).map(|other| (other.key.as_str(), other)).collect();
        for (place, input) in self.inputs.iter().enumerate() {
            let refused = match (input.parse().map(Metric::BuiltIn), others.get(input.as_str())) {
                _ if *input == self.key => Some(Violation::new(Code::Loop, "a metric is no input of itself")),
                (Ok(built_in), _) => built_in.told_alone().err(),
                (Err(_), None) => Some(Violation::new(Code::NotFound, format!("there is no metric `{input}`"))),
                (Err(_), Some(other)) if other.leads_to(&self.key, &others) => {
                    Some(Violation::new(Code::Loop, format!("`{}` is an input of `{input}` already", self.key)))
                }
                (Err(_), Some(_)) => None,
            };
            if let Some(violation) = refused {
                check.field::<()>("inputs", Err(violation.at(place)));
            }
        }
        check.finish(Some(()))
    }

    /// Whether a metric is among its inputs, or theirs.
    fn leads_to(&self, key: &str, others: &HashMap<&str, &Self>) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![self]);
        while let Some(metric) = open.pop().filter(|_| !seen.contains(key)) {
            let inputs: Vec<&str> = metric.inputs.iter().map(String::as_str).filter(|input| seen.insert((*input).to_owned())).collect();
            open.extend(inputs.into_iter().filter_map(|input| others.get(input).copied()));
        }
        seen.contains(key)
    }
}

fn fresh_key(key: &str, before: Option<&CustomMetric>) -> Result<String, Violation> {
    if before.is_some_and(|before| before.key != key) {
        let detail = "a key is given once, as questions and readings name their metric by it: it cannot change";
        return Err(Violation::new(Code::InvalidTransition, detail));
    }
    let key = text::key(key)?;
    let word = key.to_ascii_lowercase();
    if word.parse::<MetricKey>().is_ok() {
        return Err(Violation::new(Code::AlreadyExists, format!("`{word}` is a built-in metric: take another key")));
    }
    if RESERVED.contains(&word.as_str()) {
        return Err(Violation::new(Code::InvalidKey, format!("`{word}` stands in addresses already: take another key")));
    }
    Ok(key)
}

/// Metrics tell durations in seconds, as the built-in ones do.
fn measured_in(kind: UnitKind, label: Option<&str>) -> Result<Unit, Violation> {
    let label = text::optional_label(label).map_err(|violation| violation.at("unitLabel"))?;
    let unit = Unit::new(kind, label.as_deref()).map_err(|violation| violation.at("unit"))?;
    if kind == UnitKind::Duration && unit.label() != Some("s") {
        return Err(Violation::new(Code::InvalidValue, "metrics tell durations in seconds: make the label `s`").at("unitLabel"));
    }
    Ok(unit)
}

fn can_be_summed(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Percent | UnitKind::Score)
}

fn listed(inputs: Vec<String>, is_north_star: bool) -> Result<Vec<String>, Violation> {
    if !inputs.is_empty() && !is_north_star {
        return Err(Violation::new(Code::NotApplicable, "only a North Star has inputs: mark it as one, or leave them out"));
    }
    if inputs.len() > INPUT_COUNT {
        return Err(Violation::new(Code::TooMany, format!("a North Star has at most {INPUT_COUNT} inputs")));
    }
    let mut seen = BTreeSet::new();
    let trimmed = inputs.iter().map(|input| input.trim().to_owned());
    Ok(trimmed.filter(|input| seen.insert(input.clone())).collect())
}

/// Which custom metrics a list holds: all conditions together.
#[derive(Clone, Debug, Default)]
pub struct CustomMetricFilter {
    pub is_north_star: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What custom metrics are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomMetricSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}

#[cfg(test)]
mod tests;
