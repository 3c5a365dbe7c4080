//! Changes of key results on the wire.

use async_graphql::{InputObject, MaybeUndefined};
use serde::Deserialize;
use utoipa::ToSchema;
use waymark_application::KeyResultChange;

use crate::resources::key_result::{Indicator, KeyResultStatus};
use crate::resources::measure::{Checkpoint, KeyResultKind, Period, Side, ThresholdPolicy, Unit};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::scalars::{Date, Decimal};

/// Changes of a key result; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeyResultPatch {
    /// Id or address of the objective to move it to. It gets a number there; its old addresses keep naming it.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub objective: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub title: Option<String>,
    /// Another kind: fields that it does not use have to be cleared by the same patch, mere defaults aside.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<KeyResultKind>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub unit: Option<Unit>,
    /// Which currency, duration or custom unit, or what is counted.
    #[schema(value_type = Option<String>)]
    pub unit_label: MaybeUndefined<String>,
    /// The value at the start: of `REACH` and `RATE`, and of thresholds and bands that have one.
    #[schema(value_type = Option<Decimal>)]
    pub baseline: MaybeUndefined<Decimal>,
    /// The value to be reached or kept; of a `TEST` the threshold.
    #[schema(value_type = Option<Decimal>)]
    pub target: MaybeUndefined<Decimal>,
    /// The lower bound of a `BETWEEN`, itself inside.
    #[schema(value_type = Option<Decimal>)]
    pub lower: MaybeUndefined<Decimal>,
    /// The upper bound of a `BETWEEN`, itself inside.
    #[schema(value_type = Option<Decimal>)]
    pub upper: MaybeUndefined<Decimal>,
    /// The value that is committed to, short of the target.
    #[schema(value_type = Option<Decimal>)]
    pub commit: MaybeUndefined<Decimal>,
    /// The value that is hoped for, beyond the target.
    #[schema(value_type = Option<Decimal>)]
    pub stretch: MaybeUndefined<Decimal>,
    /// Whether the target itself does not count as met; of thresholds and tests, where null means false.
    #[schema(value_type = Option<bool>)]
    pub strict: MaybeUndefined<bool>,
    /// Of thresholds and bands, where null means `LATEST`.
    #[schema(value_type = Option<ThresholdPolicy>)]
    pub policy: MaybeUndefined<ThresholdPolicy>,
    /// Of a `RATE`, where null means `MONTH`.
    #[schema(value_type = Option<Period>)]
    pub period: MaybeUndefined<Period>,
    /// What is committed to, of an `ORDINAL`.
    #[schema(value_type = Option<String>)]
    pub commit_words: MaybeUndefined<String>,
    /// What is to be reached, of an `ORDINAL`.
    #[schema(value_type = Option<String>)]
    pub target_words: MaybeUndefined<String>,
    /// What is hoped for, of an `ORDINAL`.
    #[schema(value_type = Option<String>)]
    pub stretch_words: MaybeUndefined<String>,
    /// How many are to be tried before a `TEST` is conclusive; 1 to 1000000000.
    #[schema(value_type = Option<i64>)]
    pub sample_size: MaybeUndefined<i64>,
    /// Of a `TEST`, where null means `AT_LEAST`.
    #[schema(value_type = Option<Side>)]
    pub pass_side: MaybeUndefined<Side>,
    /// The first day of the way to the target.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub start: Option<Date>,
    /// The last day of the way to the target.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub due: Option<Date>,
    #[schema(value_type = Option<Indicator>)]
    pub indicator: MaybeUndefined<Indicator>,
    /// Its share in the objective's score, beside the weights of the others; 0 to 1000000.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub weight: Option<Decimal>,
    /// Id or key of the team, often of one, that answers for it.
    #[schema(value_type = Option<String>)]
    pub owner: MaybeUndefined<String>,
    /// How it is measured: source and event definitions.
    #[schema(value_type = Option<String>)]
    pub measurement: MaybeUndefined<String>,
    /// All links, in place of those that were there; at most 20 web addresses.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub measurement_links: Option<Vec<String>>,
    /// The outcome it stands in for, where that cannot be measured yet.
    #[schema(value_type = Option<String>)]
    pub proxy_for: MaybeUndefined<String>,
    /// What has to be true for it to work.
    #[schema(value_type = Option<String>)]
    pub assumption: MaybeUndefined<String>,
    /// Whether it guards against reaching another key result at a cost that is too high.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub is_guardrail: Option<bool>,
    /// All checkpoints, in place of those that were there: at most 100, in the order of the days.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub checkpoints: Option<Vec<Checkpoint>>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub status: Option<KeyResultStatus>,
    #[schema(value_type = Option<String>)]
    pub status_reason: MaybeUndefined<String>,
    /// The integrator's own id, unique among key results.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

impl Patch<KeyResultChange> for KeyResultPatch {
    fn apply(self, change: &mut KeyResultChange) {
        let Self {
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
        } = self;
        let KeyResultChange { objective: home, draft } = change;
        replace(home, objective);
        replace(&mut draft.title, title);
        // First of all, so that what the same patch says about a field is not taken for a leftover.
        if let Some(kind) = kind {
            draft.measure = draft.measure.clone().turned(kind.into());
        }
        let measure = &mut draft.measure;
        clear(&mut measure.baseline, baseline.map_value(Decimal::entered));
        clear(&mut measure.target, target.map_value(Decimal::entered));
        clear(&mut measure.lower, lower.map_value(Decimal::entered));
        clear(&mut measure.upper, upper.map_value(Decimal::entered));
        clear(&mut measure.commit, commit.map_value(Decimal::entered));
        clear(&mut measure.stretch, stretch.map_value(Decimal::entered));
        clear(&mut measure.strict, strict);
        clear(&mut measure.policy, policy.map_value(Into::into));
        clear(&mut measure.period, period.map_value(Into::into));
        clear(&mut measure.commit_words, commit_words);
        clear(&mut measure.target_words, target_words);
        clear(&mut measure.stretch_words, stretch_words);
        clear(&mut measure.sample_size, sample_size);
        clear(&mut measure.pass_side, pass_side.map_value(Into::into));
        replace(&mut draft.unit, unit.map(Into::into));
        clear(&mut draft.unit_label, unit_label);
        replace(&mut draft.start, start.map(|day| day.0));
        replace(&mut draft.due, due.map(|day| day.0));
        clear(&mut draft.indicator, indicator.map_value(Into::into));
        replace(&mut draft.weight, weight.map(Decimal::entered));
        clear(&mut draft.owner, owner);
        clear(&mut draft.measurement.text, measurement);
        replace(&mut draft.measurement.links, measurement_links);
        clear(&mut draft.proxy_for, proxy_for);
        clear(&mut draft.assumption, assumption);
        replace(&mut draft.is_guardrail, is_guardrail);
        replace(&mut draft.checkpoints, checkpoints.map(|all| all.into_iter().map(Into::into).collect()));
        replace(&mut draft.status, status.map(Into::into));
        clear(&mut draft.status_reason, status_reason);
        clear(&mut draft.external_id, external_id);
    }
}
