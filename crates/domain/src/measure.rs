//! The eight kinds of key result: which numbers each has, and which combinations make sense.

mod draft;

pub use draft::{MeasureDraft, SAMPLE_LIMIT};

use crate::number::Quantity;
use crate::scoring::InputName;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// Move from the baseline to the target, up or down by their order.
    Reach,
    /// Keep the value at or above the target.
    AtLeast,
    /// Keep the value at or below the target.
    AtMost,
    /// Stay inside a band, bounds inclusive.
    Between,
    /// The average over the periods matters, not the end value.
    Rate,
    /// Done or not, or weighted steps with dates.
    Milestone,
    /// Commit, target and stretch described in words.
    Ordinal,
    /// An assumption, a sample size and a pass threshold.
    Test,
}

/// How a threshold kind turns its check-ins into a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Policy {
    /// The newest value decides.
    #[default]
    Latest,
    /// The share of planned check-ins that met the threshold; a missed week did not.
    Share,
}

/// What one value of a `RATE` covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Period {
    Week,
    #[default]
    Month,
}

/// On which side of its target a threshold is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Side {
    #[default]
    AtLeast,
    AtMost,
}

/// Values on the way that are named: a commitment below the target and a stretch beyond it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zones {
    pub commit: Option<Quantity>,
    pub stretch: Option<Quantity>,
}

/// A measure whose numbers fit its kind.
///
/// Numbers may still be missing, as they are in drafts and in imported documents with placeholders:
/// then there is no score, with a reason, until they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    Reach { baseline: Option<Quantity>, target: Option<Quantity>, zones: Zones },
    Threshold { side: Side, target: Option<Quantity>, strict: bool, baseline: Option<Quantity>, policy: Policy, zones: Zones },
    Between { lower: Option<Quantity>, upper: Option<Quantity>, baseline: Option<Quantity>, policy: Policy },
    Rate { baseline: Option<Quantity>, target: Option<Quantity>, period: Period, zones: Zones },
    Milestone,
    Ordinal { commit: Option<String>, target: Option<String>, stretch: Option<String> },
    Test { side: Side, threshold: Option<Quantity>, strict: bool, sample_size: Option<u32> },
}

impl Measure {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Reach { .. } => Kind::Reach,
            Self::Threshold { side: Side::AtLeast, .. } => Kind::AtLeast,
            Self::Threshold { side: Side::AtMost, .. } => Kind::AtMost,
            Self::Between { .. } => Kind::Between,
            Self::Rate { .. } => Kind::Rate,
            Self::Milestone => Kind::Milestone,
            Self::Ordinal { .. } => Kind::Ordinal,
            Self::Test { .. } => Kind::Test,
        }
    }

    /// The flat form, with the defaults that apply filled in.
    pub fn draft(&self) -> MeasureDraft {
        let draft = MeasureDraft::of(self.kind());
        match self.clone() {
            Self::Reach { baseline, target, zones } => {
                MeasureDraft { baseline, target, commit: zones.commit, stretch: zones.stretch, ..draft }
            }
            Self::Threshold { side: _, target, strict, baseline, policy, zones } => MeasureDraft {
                baseline,
                target,
                commit: zones.commit,
                stretch: zones.stretch,
                strict: Some(strict),
                policy: Some(policy),
                ..draft
            },
            Self::Between { lower, upper, baseline, policy } => MeasureDraft { lower, upper, baseline, policy: Some(policy), ..draft },
            Self::Rate { baseline, target, period, zones } => {
                MeasureDraft { baseline, target, commit: zones.commit, stretch: zones.stretch, period: Some(period), ..draft }
            }
            Self::Milestone => draft,
            Self::Ordinal { commit, target, stretch } => {
                MeasureDraft { commit_words: commit, target_words: target, stretch_words: stretch, ..draft }
            }
            Self::Test { side, threshold, strict, sample_size } => MeasureDraft {
                target: threshold,
                strict: Some(strict),
                sample_size: sample_size.map(i64::from),
                pass_side: Some(side),
                ..draft
            },
        }
    }

    /// Its numbers, the missing ones among them where its kind needs them.
    pub fn numbers(&self) -> Vec<(InputName, Option<Quantity>)> {
        use InputName::{Baseline, Commit, Lower, SampleSize, Stretch, Target, Upper};
        let numbers = match self {
            Self::Reach { baseline, target, zones: Zones { commit, stretch } }
            | Self::Rate { baseline, target, period: _, zones: Zones { commit, stretch } } => {
                vec![(Baseline, *baseline, true), (Target, *target, true), (Commit, *commit, false), (Stretch, *stretch, false)]
            }
            Self::Threshold { target, baseline, zones: Zones { commit, stretch }, side: _, strict: _, policy: _ } => {
                vec![(Baseline, *baseline, false), (Target, *target, true), (Commit, *commit, false), (Stretch, *stretch, false)]
            }
            Self::Between { lower, upper, baseline, policy: _ } => {
                vec![(Baseline, *baseline, false), (Lower, *lower, true), (Upper, *upper, true)]
            }
            Self::Test { threshold, sample_size, side: _, strict: _ } => {
                vec![(Target, *threshold, true), (SampleSize, sample_size.map(Quantity::from), true)]
            }
            Self::Milestone | Self::Ordinal { .. } => Vec::new(),
        };
        numbers
            .into_iter()
            .filter(|(_, number, is_needed)| number.is_some() || *is_needed)
            .map(|(name, number, _)| (name, number))
            .collect()
    }
}
