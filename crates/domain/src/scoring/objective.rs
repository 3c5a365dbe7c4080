//! The score of an objective: the weighted mean of its key results.

use rust_decimal::Decimal;

use super::arithmetic::{add, clamped_and_rounded, div, rounded};
use super::confidence::ConfidenceCounts;
use super::explanation::ROUNDING;
use super::mean::{self, Exclusion, Mean, Share, Weighted};
use super::score::{Reason, Score};
use crate::id::Id;
use crate::key_result::KeyResult;

/// A key result with its score on the day that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ScoredKeyResult<'a> {
    pub key_result: &'a KeyResult,
    pub score: &'a Score,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveScore {
    /// The mean before it is rounded, to 28 digits; never outside 0 to 1, as its parts are not.
    pub raw: Option<Decimal>,
    /// From 0 to 1, half up to 4 decimals.
    pub value: Option<Decimal>,
    /// Why there is no value.
    pub reason: Option<Reason>,
    /// The mean of the grades by the same weights, half up to 4 decimals, once every counted key result
    /// has one.
    pub grade: Option<Decimal>,
    /// Of the counted key results.
    pub confidence: ConfidenceCounts,
    pub explanation: Mean<Id<KeyResult>>,
}

/// The mean of the rounded scores of the key results that count.
///
/// Rounded, so that whoever averages the scores that are shown gets the score that is shown:
/// 1, 0.4, 0.24 and 0.37 make 0.5025. Weights that are all the same make the plain mean.
pub fn of(key_results: &[ScoredKeyResult<'_>]) -> ObjectiveScore {
    let mut included = Vec::new();
    let mut excluded = Vec::new();
    let mut confidence = ConfidenceCounts::default();
    let mut grades = Vec::new();
    for ScoredKeyResult { key_result, score } in key_results {
        let (id, weight) = (key_result.id, key_result.weight.value().max(Decimal::ZERO));
        match score.value {
            Some(value) => {
                included.push(Share { id, score: value, weight, share: None });
                grades.push(score.grade.map(|grade| (grade, weight)));
                confidence.add(score);
            }
            // A score without a value always says why; without a reason it would still be left out.
            None => excluded.push(Exclusion { id, reason: score.reason.unwrap_or(Reason::Excluded) }),
        }
    }
    let values: Vec<Weighted> = included.iter().map(|share| (share.score, share.weight)).collect();
    let raw = mean::weighted(values.iter().copied());
    let total = values.iter().fold(Decimal::ZERO, |total, (_, weight)| add(total, *weight));
    for share in &mut included {
        share.share = div(share.weight, total).map(rounded);
    }
    let reason = match raw {
        Some(_) => None,
        None if included.is_empty() => Some(Reason::NoKeyResult),
        None => Some(Reason::AllWeightsZero),
    };
    let grades: Option<Vec<Weighted>> = grades.into_iter().collect();
    ObjectiveScore {
        raw,
        value: raw.map(clamped_and_rounded),
        reason,
        grade: grades.and_then(|grades| mean::weighted(grades.into_iter())).map(rounded),
        confidence,
        explanation: Mean {
            formula: "Σ w·s / Σ w",
            filled: raw.and_then(|_| mean::filled(&values)),
            rounding: ROUNDING,
            included,
            excluded,
        },
    }
}
