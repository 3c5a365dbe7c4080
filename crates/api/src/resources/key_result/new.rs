//! New key results on the wire.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::key_result::MeasurementPlan;
use waymark_domain::measure::MeasureDraft;
use waymark_domain::number::Quantity;

use crate::resources::key_result::{Indicator, KeyResultStatus};
use crate::resources::measure::{Checkpoint, KeyResultKind, Period, Side, ThresholdPolicy, Unit};
use crate::scalars::{Date, Decimal};

/// A new key result. Fields that its kind does not use are refused.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"objective": "2026-Q4.devrel.O1", "title": "Grow weekly active contributors from 120 to 200", "kind": "REACH", "unit": "COUNT", "unitLabel": "contributors", "baseline": 120, "target": 200}))]
pub struct NewKeyResult {
    /// Id or address of its objective.
    pub objective: String,
    pub title: String,
    pub kind: KeyResultKind,
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = "NUMBER")]
    pub unit: Unit,
    /// Which currency, duration or custom unit, or what is counted.
    pub unit_label: Option<String>,
    /// The value at the start: of `REACH` and `RATE`, and of thresholds and bands that have one.
    pub baseline: Option<Decimal>,
    /// The value to be reached or kept; of a `TEST` the threshold.
    pub target: Option<Decimal>,
    /// The lower bound of a `BETWEEN`, itself inside.
    pub lower: Option<Decimal>,
    /// The upper bound of a `BETWEEN`, itself inside.
    pub upper: Option<Decimal>,
    /// The value that is committed to, short of the target.
    pub commit: Option<Decimal>,
    /// The value that is hoped for, beyond the target.
    pub stretch: Option<Decimal>,
    /// Whether the target itself does not count as met; of thresholds and tests, where it is false when absent.
    pub strict: Option<bool>,
    /// Of thresholds and bands, `LATEST` when absent.
    pub policy: Option<ThresholdPolicy>,
    /// Of a `RATE`, `MONTH` when absent.
    pub period: Option<Period>,
    /// What is committed to, of an `ORDINAL`.
    pub commit_words: Option<String>,
    /// What is to be reached, of an `ORDINAL`.
    pub target_words: Option<String>,
    /// What is hoped for, of an `ORDINAL`.
    pub stretch_words: Option<String>,
    /// How many are to be tried before a `TEST` is conclusive; 1 to 1000000000.
    pub sample_size: Option<i64>,
    /// Of a `TEST`, `AT_LEAST` when absent.
    pub pass_side: Option<Side>,
    /// The first day of the way to the target; the cycle's when absent.
    pub start: Option<Date>,
    /// The last day of the way to the target; the cycle's when absent.
    pub due: Option<Date>,
    pub indicator: Option<Indicator>,
    /// Its share in the objective's score, beside the weights of the others; 0 to 1000000.
    #[graphql(default_with = "one()")]
    #[serde(default = "one")]
    #[schema(default = 1)]
    pub weight: Decimal,
    /// Id or key of the team, often of one, that answers for it.
    pub owner: Option<String>,
    /// How it is measured: source and event definitions.
    pub measurement: Option<String>,
    /// Where the measurement can be seen, such as dashboards; at most 20 web addresses.
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = json!([]), max_items = 20)]
    pub measurement_links: Vec<String>,
    /// The outcome it stands in for, where that cannot be measured yet.
    pub proxy_for: Option<String>,
    /// What has to be true for it to work.
    pub assumption: Option<String>,
    /// Whether it guards against reaching another key result at a cost that is too high.
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = false)]
    pub is_guardrail: bool,
    /// The way of a `REACH`, where it is not linear: at most 100, in the order of the days.
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = json!([]), max_items = 100)]
    pub checkpoints: Vec<Checkpoint>,
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = "ACTIVE")]
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    /// The integrator's own id, unique among key results.
    pub external_id: Option<String>,
}

/// The weight of a thing whose weight nobody gave.
pub(crate) fn one() -> Decimal {
    Quantity::ONE.into()
}

impl From<NewKeyResult> for application::NewKeyResult {
    fn from(new: NewKeyResult) -> Self {
        let NewKeyResult {
            objective,
            title,
            kind,
            unit,
            unit_label,
            baseline,
            target,
            lower,
            upper,
            commit,
            stretch,
            strict,
            policy,
            period,
            commit_words,
            target_words,
            stretch_words,
            sample_size,
            pass_side,
            start,
            due,
            indicator,
            weight,
            owner,
            measurement,
            measurement_links,
            proxy_for,
            assumption,
            is_guardrail,
            checkpoints,
            status,
            status_reason,
            external_id,
        } = new;
        let measure = MeasureDraft {
            kind: kind.into(),
            baseline: baseline.map(Decimal::entered),
            target: target.map(Decimal::entered),
            lower: lower.map(Decimal::entered),
            upper: upper.map(Decimal::entered),
            commit: commit.map(Decimal::entered),
            stretch: stretch.map(Decimal::entered),
            strict,
            policy: policy.map(Into::into),
            period: period.map(Into::into),
            commit_words,
            target_words,
            stretch_words,
            sample_size,
            pass_side: pass_side.map(Into::into),
        };
        Self {
            objective,
            title,
            measure,
            unit: unit.into(),
            unit_label,
            start: start.map(|day| day.0),
            due: due.map(|day| day.0),
            indicator: indicator.map(Into::into),
            weight: weight.entered(),
            owner,
            measurement: MeasurementPlan { text: measurement, links: measurement_links },
            proxy_for,
            assumption,
            is_guardrail,
            checkpoints: checkpoints.into_iter().map(Into::into).collect(),
            status: status.into(),
            status_reason,
            external_id,
        }
    }
}
