//! Scores of teams, cycles and cascades: what their objectives are worth together.

use rust_decimal::Decimal;

use super::arithmetic::{add, clamped_and_rounded, div, rounded};
use super::confidence::ConfidenceCounts;
use super::explanation::ROUNDING;
use super::formula::shown;
use super::mean::{self, Exclusion, Mean, Share, Weighted};
use super::objective::ObjectiveScore;
use super::score::Reason;
use crate::id::Id;
use crate::objective::{Objective, ObjectiveStatus};

/// How the scores of objectives become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum GroupPolicy {
    /// The plain mean: every objective counts the same, whatever its weight.
    Equal,
    /// The mean by the objectives' weights.
    Weighted,
    /// The lowest score: a group is as far as the objective that is furthest behind.
    Weakest,
}

/// An objective with its score on the day that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ScoredObjective<'a> {
    pub objective: &'a Objective,
    pub score: &'a ObjectiveScore,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupScore {
    pub policy: GroupPolicy,
    /// Before it is rounded, to 28 digits.
    pub raw: Option<Decimal>,
    /// From 0 to 1, half up to 4 decimals.
    pub value: Option<Decimal>,
    /// Why there is no value.
    pub reason: Option<Reason>,
    /// Of the counted key results of the objectives that count.
    pub confidence: ConfidenceCounts,
    pub explanation: Mean<Id<Objective>>,
}

/// The score of a team, a cycle or a cascade. Drafts, parked and cancelled objectives do not count,
/// nor do objectives without a score; each is listed with its reason.
pub fn of(objectives: &[ScoredObjective<'_>], policy: GroupPolicy) -> GroupScore {
    let mut included = Vec::new();
    let mut excluded = Vec::new();
    let mut confidence = ConfidenceCounts::default();
    for ScoredObjective { objective, score } in objectives {
        match counted(objective, score) {
            Ok(value) => {
                let weight = if policy == GroupPolicy::Weighted { objective.weight.value().max(Decimal::ZERO) } else { Decimal::ONE };
                included.push(Share { id: objective.id, score: value, weight, share: None });
                confidence.merge(&score.confidence);
            }
            Err(reason) => excluded.push(Exclusion { id: objective.id, reason }),
        }
    }
    let values: Vec<Weighted> = included.iter().map(|share| (share.score, share.weight)).collect();
    let raw = match policy {
        GroupPolicy::Equal | GroupPolicy::Weighted => mean::weighted(values.iter().copied()),
        GroupPolicy::Weakest => values.iter().map(|(value, _)| *value).min(),
    };
    share_out(&mut included, policy, raw);
    let reason = match raw {
        Some(_) => None,
        None if included.is_empty() => Some(Reason::NoObjective),
        None => Some(Reason::AllWeightsZero),
    };
    let (formula, filled) = written(policy, &values);
    GroupScore {
        policy,
        raw,
        value: raw.map(clamped_and_rounded),
        reason,
        confidence,
        explanation: Mean { formula, filled: raw.and(filled), rounding: ROUNDING, included, excluded },
    }
}

fn counted(objective: &Objective, score: &ObjectiveScore) -> Result<Decimal, Reason> {
    match objective.status {
        ObjectiveStatus::Draft => Err(Reason::Draft),
        ObjectiveStatus::Parked => Err(Reason::Parked),
        ObjectiveStatus::Cancelled => Err(Reason::Cancelled),
        ObjectiveStatus::Published | ObjectiveStatus::Closed => score.value.ok_or(score.reason.unwrap_or(Reason::NoKeyResult)),
    }
}

/// What each objective adds to the result; by the weakest, the first of the lowest decides alone.
fn share_out(included: &mut [Share<Id<Objective>>], policy: GroupPolicy, raw: Option<Decimal>) {
    if policy == GroupPolicy::Weakest {
        let mut is_decided = false;
        for share in included {
            let decides = !is_decided && Some(share.score) == raw;
            is_decided |= decides;
            share.share = Some(if decides { Decimal::ONE } else { Decimal::ZERO });
        }
        return;
    }
    let total = included.iter().fold(Decimal::ZERO, |total, share| add(total, share.weight));
    for share in included {
        share.share = div(share.weight, total).map(rounded);
    }
}

fn written(policy: GroupPolicy, values: &[Weighted]) -> (&'static str, Option<String>) {
    match policy {
        GroupPolicy::Equal => ("Σ s / n", mean::filled(values)),
        GroupPolicy::Weighted => ("Σ w·s / Σ w", mean::filled(values)),
        GroupPolicy::Weakest => {
            let lowest = values.iter().map(|(value, _)| *value).min();
            ("min s", lowest.map(|lowest| format!("min of {} = {}", values.len(), shown(lowest))))
        }
    }
}
