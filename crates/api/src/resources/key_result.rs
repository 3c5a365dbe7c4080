//! Key results on the wire.

mod change;
mod filter;
mod new;

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::grade::Grade;
use waymark_domain::key_result as domain;
use waymark_domain::measure::MeasureDraft;

pub use change::KeyResultPatch;
pub use filter::{KeyResultFilter, KeyResultSort};
pub use new::NewKeyResult;
pub(crate) use new::one;

use crate::resources::as_of::AsOf;
use crate::resources::check_in::CheckIn;
use crate::resources::initiative::Initiative;
use crate::resources::measure::{Checkpoint, KeyResultKind, Period, Side, ThresholdPolicy, Unit};
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::provenance::Provenance;
use crate::resources::resource;
use crate::scalars::{Date, DateTime, Decimal};

/// Something measurable that shows whether the objective is reached. Fields that its kind does not use are null.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct KeyResult {
    #[schema(value_type = String, example = "kr_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Where it stands. Addresses it had before it moved keep naming it.
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub address: String,
    /// Given once within its team and cycle, and never given again.
    #[schema(example = "O1-KR2")]
    pub number: String,
    /// The objective it belongs to.
    #[schema(value_type = String)]
    pub objective_id: ID,
    #[schema(example = "Grow weekly active contributors from 120 to 200")]
    pub title: String,
    pub kind: KeyResultKind,
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
    /// Whether the target itself does not count as met (`>` instead of `≥`); of thresholds and tests.
    pub strict: Option<bool>,
    /// Of thresholds and bands.
    pub policy: Option<ThresholdPolicy>,
    /// Of a `RATE`.
    pub period: Option<Period>,
    /// What is committed to, of an `ORDINAL`.
    pub commit_words: Option<String>,
    /// What is to be reached, of an `ORDINAL`.
    pub target_words: Option<String>,
    /// What is hoped for, of an `ORDINAL`.
    pub stretch_words: Option<String>,
    /// How many are to be tried before a `TEST` is conclusive.
    pub sample_size: Option<u32>,
    /// On which side of its threshold a `TEST` passes.
    pub pass_side: Option<Side>,
    /// The first day of the way to the target.
    pub start: Date,
    /// The last day of the way to the target.
    pub due: Date,
    /// Whether it tells early or late how things go.
    pub indicator: Option<Indicator>,
    /// Its share in the objective's score, beside the weights of the others; 0 to 1000000.
    pub weight: Decimal,
    /// The team, often of one, that answers for it.
    #[schema(value_type = Option<String>)]
    pub owner_id: Option<ID>,
    /// How it is measured: source and event definitions.
    pub measurement: Option<String>,
    /// Where the measurement can be seen, such as dashboards.
    pub measurement_links: Vec<String>,
    /// The outcome it stands in for, where that cannot be measured yet.
    pub proxy_for: Option<String>,
    /// What has to be true for it to work.
    pub assumption: Option<String>,
    /// Whether it guards against reaching another key result at a cost that is too high.
    pub is_guardrail: bool,
    /// The way of a `REACH`, where it is not linear, in the order of the days.
    pub checkpoints: Vec<Checkpoint>,
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    /// The final judgement of a person, 0 to 1.
    pub grade: Option<Decimal>,
    /// Why the grade differs from the score.
    pub grade_reason: Option<String>,
    pub grade_provenance: Option<Provenance>,
    pub graded_at: Option<DateTime>,
    /// The integrator's own id, unique among key results.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// Its check-ins, oldest day first, where `expand` asks for them.
    #[graphql(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub check_ins: Option<Vec<CheckIn>>,
    /// The initiatives that contribute to it, where `expand` asks for them.
    #[graphql(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub initiatives: Option<Vec<Initiative>>,
    /// The steps of a `MILESTONE`, where `expand` asks for them.
    #[graphql(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub milestone_steps: Option<Vec<MilestoneStep>>,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// Whether a key result tells early or late how things go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Indicator")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Indicator {
    Leading,
    Lagging,
}

/// Whether a key result counts in its objective's score: only `ACTIVE` ones do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::KeyResultStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultStatus {
    #[default]
    Active,
    NotApplicable,
    Cancelled,
    Excluded,
}

impl From<domain::KeyResult> for KeyResult {
    fn from(key_result: domain::KeyResult) -> Self {
        let domain::KeyResult {
            id,
            objective,
            address,
            title,
            measure,
            unit,
            start,
            due,
            indicator,
            weight,
            owner,
            measurement,
            proxy_for,
            assumption,
            is_guardrail,
            checkpoints,
            status,
            status_reason,
            grade,
            external_id,
            imported: _,
            stamp,
        } = key_result;
        let MeasureDraft {
            kind,
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
        } = measure.draft();
        let domain::MeasurementPlan { text: measurement, links: measurement_links } = measurement;
        let (grade, grade_reason, grade_provenance, graded_at) = match grade {
            Some(Grade { value, reason, provenance, at }) => (Some(value), reason, Some(provenance), Some(at)),
            None => (None, None, None, None),
        };
        Self {
            id: id.to_string().into(),
            number: address.number.to_string(),
            address: address.to_string(),
            objective_id: objective.to_string().into(),
            title,
            kind: kind.into(),
            unit: unit.kind().into(),
            unit_label: unit.label().map(str::to_owned),
            baseline: baseline.map(Into::into),
            target: target.map(Into::into),
            lower: lower.map(Into::into),
            upper: upper.map(Into::into),
            commit: commit.map(Into::into),
            stretch: stretch.map(Into::into),
            strict,
            policy: policy.map(Into::into),
            period: period.map(Into::into),
            commit_words,
            target_words,
            stretch_words,
            sample_size: sample_size.and_then(|size| size.try_into().ok()),
            pass_side: pass_side.map(Into::into),
            start: Date(start),
            due: Date(due),
            indicator: indicator.map(Into::into),
            weight: weight.into(),
            owner_id: owner.map(|owner| owner.to_string().into()),
            measurement,
            measurement_links,
            proxy_for,
            assumption,
            is_guardrail,
            checkpoints: checkpoints.into_iter().map(Into::into).collect(),
            status: status.into(),
            status_reason,
            grade: grade.map(Into::into),
            grade_reason,
            grade_provenance: grade_provenance.map(Into::into),
            graded_at: graded_at.map(DateTime),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            check_ins: None,
            initiatives: None,
            milestone_steps: None,
            as_of: None,
        }
    }
}

resource!(KeyResult of domain::KeyResult, at "/v1/key-results");
