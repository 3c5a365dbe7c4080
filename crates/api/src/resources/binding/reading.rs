//! Readings on the wire, and what became of them.

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::binding::reading;
use waymark_domain::binding::standing::Standing;

use super::Binding;
use crate::resources::figure::Figure;
use crate::resources::metric::Verdict;
use crate::scalars::{Date, DateTime, Decimal};

/// What the metric told of one window, and how the key result stands by it.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BindingReading {
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// Whether days of the period were missing, as while it runs.
    pub is_partial: bool,
    /// In the unit of the key result; null where there is none, or none that may be shown.
    pub value: Option<Decimal>,
    /// What the metric told, in its own unit: percent of rates, seconds of durations.
    pub told: Figure,
    /// Against the target of the key result, by the metric's whole numbers; UNKNOWN where it lacks one.
    pub verdict: Verdict,
    /// Null where the binding has none.
    pub guardrail: Option<GuardrailReading>,
    /// How many more of the numerator (members, pieces, promoters less detractors) would just meet the target with the same
    /// denominator, or below 0 fewer; 0 where it is met. Null where no whole number says so.
    pub missing: Option<i64>,
    /// So many further answers, all of promoters, would just meet the target of an `nps`; 0 where it is met. Null of other
    /// metrics, and where no number of them would do.
    pub missing_answers: Option<i64>,
    /// Where the value stands; null where there is none, or a person measured that day.
    #[schema(value_type = Option<String>)]
    pub check_in_id: Option<ID>,
    /// 1 for the first of its window, one more with every change: late data restates it.
    pub revision: u32,
    /// Everything that was acknowledged with it was read.
    pub watermark: u64,
    /// The version of the metric's definition.
    pub definition_version: u32,
    pub taken_at: DateTime,
}

/// What a guardrail told of the same window.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct GuardrailReading {
    /// UNKNOWN where there is no value, or none before it to be held against, as while the window runs.
    pub verdict: Verdict,
    /// In the unit of its metric.
    pub value: Option<Decimal>,
    /// In the period before, where it is held against that.
    pub before: Option<Decimal>,
}

/// A window of a key result that its metric tells otherwise than before.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Movement {
    #[schema(value_type = String)]
    pub key_result_id: ID,
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub address: String,
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// In the unit of the key result; null before the first reading, and where there was no value.
    pub before: Option<Decimal>,
    pub after: Option<Decimal>,
    /// Whether the window was over when it was read before, so that late data changed it.
    pub is_restated: bool,
    /// Where the value stands; null where there is none, or a person measured that day.
    #[schema(value_type = Option<String>)]
    pub check_in_id: Option<ID>,
}

/// What came of reading a binding.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct BindingRefresh {
    pub binding: Binding,
    /// The windows that are told otherwise than before, in the order of their ends; empty where nothing moved.
    pub moved: Vec<Movement>,
}

impl From<Standing> for BindingReading {
    fn from(standing: Standing) -> Self {
        let Standing { reading, value, verdict, guardrail: _, missing, missing_answers } = standing;
        let reading::Reading {
            binding: _,
            binding_version: _,
            window,
            revision,
            is_partial,
            figure,
            guard,
            watermark,
            definition_version,
            check_in,
            taken_at,
        } = reading;
        Self {
            start: Date(window.start),
            end: Date(window.end),
            is_partial,
            value: value.map(Into::into),
            told: figure.into(),
            verdict: verdict.into(),
            guardrail: guard.map(Into::into),
            missing,
            missing_answers,
            check_in_id: check_in.map(|id| id.to_string().into()),
            revision,
            watermark,
            definition_version,
            taken_at: DateTime(taken_at),
        }
    }
}

impl From<reading::Guard> for GuardrailReading {
    fn from(guard: reading::Guard) -> Self {
        let reading::Guard { value, before, verdict } = guard;
        Self { verdict: verdict.into(), value: value.map(Decimal), before: before.map(Decimal) }
    }
}

impl From<application::Moved> for Movement {
    fn from(moved: application::Moved) -> Self {
        let application::Moved { key_result, address, window, before, after, is_restated, check_in } = moved;
        Self {
            key_result_id: key_result.to_string().into(),
            address,
            start: Date(window.start),
            end: Date(window.end),
            before: before.map(Into::into),
            after: after.map(Into::into),
            is_restated,
            check_in_id: check_in.map(|id| id.to_string().into()),
        }
    }
}

impl From<application::Refreshed> for BindingRefresh {
    fn from(refreshed: application::Refreshed) -> Self {
        let application::Refreshed { bound, moved } = refreshed;
        Self { binding: bound.into(), moved: moved.into_iter().map(Into::into).collect() }
    }
}
