//! The eight kinds of key result: which numbers each has, and which combinations make sense.

use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection};
use crate::text;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Policy {
    /// The newest value decides.
    Latest,
    /// The share of planned check-ins that met the threshold; a missed week did not.
    Share,
}

/// What one value of a `RATE` covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Period {
    Week,
    Month,
}

/// On which side of its target a threshold is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Side {
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

/// The flat form of a measure, as it is written on the wire and stored: a kind and the fields it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureDraft {
    pub kind: Kind,
    pub baseline: Option<Quantity>,
    /// The target; of a `TEST` its pass threshold.
    pub target: Option<Quantity>,
    pub lower: Option<Quantity>,
    pub upper: Option<Quantity>,
    pub commit: Option<Quantity>,
    pub stretch: Option<Quantity>,
    pub strict: Option<bool>,
    pub policy: Option<Policy>,
    pub period: Option<Period>,
    pub commit_words: Option<String>,
    pub target_words: Option<String>,
    pub stretch_words: Option<String>,
    pub sample_size: Option<u32>,
    /// Of a `TEST` only: the side of the threshold that passes, `AT_LEAST` when absent.
    pub pass_side: Option<Side>,
}

impl MeasureDraft {
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            baseline: None,
            target: None,
            lower: None,
            upper: None,
            commit: None,
            stretch: None,
            strict: None,
            policy: None,
            period: None,
            commit_words: None,
            target_words: None,
            stretch_words: None,
            sample_size: None,
            pass_side: None,
        }
    }

    /// The measure, or every field that does not fit the kind.
    pub fn check(self) -> Result<Measure, Rejection> {
        let mut check = Check::new();
        self.refuse_strangers(&mut check);
        self.refuse_wrong_order(&mut check);
        let words = |text: &Option<String>| text::prose(text.as_deref());
        let commit_words = check.field("commitWords", words(&self.commit_words)).flatten();
        let target_words = check.field("targetWords", words(&self.target_words)).flatten();
        let stretch_words = check.field("stretchWords", words(&self.stretch_words)).flatten();
        let zones = Zones { commit: self.commit, stretch: self.stretch };
        let strict = self.strict.unwrap_or(false);
        let policy = self.policy.unwrap_or(Policy::Latest);
        let threshold = |side| Measure::Threshold { side, target: self.target, strict, baseline: self.baseline, policy, zones };
        let measure = match self.kind {
            Kind::Reach => Measure::Reach { baseline: self.baseline, target: self.target, zones },
            Kind::AtLeast => threshold(Side::AtLeast),
            Kind::AtMost => threshold(Side::AtMost),
            Kind::Between => Measure::Between { lower: self.lower, upper: self.upper, baseline: self.baseline, policy },
            Kind::Rate => {
                Measure::Rate { baseline: self.baseline, target: self.target, period: self.period.unwrap_or(Period::Month), zones }
            }
            Kind::Milestone => Measure::Milestone,
            Kind::Ordinal => Measure::Ordinal { commit: commit_words, target: target_words, stretch: stretch_words },
            Kind::Test => Measure::Test {
                side: self.pass_side.unwrap_or(Side::AtLeast),
                threshold: self.target,
                strict,
                sample_size: self.sample_size,
            },
        };
        check.finish(Some(measure))
    }

    /// A field that the kind does not use would be stored and never looked at: it is refused.
    fn refuse_strangers(&self, check: &mut Check) {
        use Kind::{AtLeast, AtMost, Between, Ordinal, Rate, Reach, Test};
        let numeric: &[Kind] = &[Reach, AtLeast, AtMost, Rate];
        let given: [(&str, bool, &[Kind]); 14] = [
            ("baseline", self.baseline.is_some(), &[Reach, AtLeast, AtMost, Between, Rate]),
            ("target", self.target.is_some(), &[Reach, AtLeast, AtMost, Rate, Test]),
            ("lower", self.lower.is_some(), &[Between]),
            ("upper", self.upper.is_some(), &[Between]),
            ("commit", self.commit.is_some(), numeric),
            ("stretch", self.stretch.is_some(), numeric),
            ("strict", self.strict.is_some(), &[AtLeast, AtMost, Test]),
            ("policy", self.policy.is_some(), &[AtLeast, AtMost, Between]),
            ("period", self.period.is_some(), &[Rate]),
            ("commitWords", self.commit_words.is_some(), &[Ordinal]),
            ("targetWords", self.target_words.is_some(), &[Ordinal]),
            ("stretchWords", self.stretch_words.is_some(), &[Ordinal]),
            ("sampleSize", self.sample_size.is_some(), &[Test]),
            ("passSide", self.pass_side.is_some(), &[Test]),
        ];
        for (field, is_given, kinds) in given {
            if is_given && !kinds.contains(&self.kind) {
                check.refuse(
                    field,
                    Code::NotApplicable,
                    "a key result of this kind does not use this field: leave it out, or clear it with null",
                );
            }
        }
        if self.sample_size == Some(0) {
            check.refuse("sampleSize", Code::OutOfRange, "a test needs a sample of at least 1");
        }
    }

    fn refuse_wrong_order(&self, check: &mut Check) {
        if matches!(self.kind, Kind::Reach | Kind::Rate) && self.baseline.is_some() && self.baseline == self.target {
            let remedy = "baseline and target are the same: to keep a value where it is, use the kind AT_LEAST, AT_MOST or BETWEEN";
            check.refuse("target", Code::BaselineEqualsTarget, remedy);
        }
        if let (Some(lower), Some(upper)) = (self.lower, self.upper)
            && lower > upper
        {
            check.refuse("upper", Code::WrongOrder, "the upper bound is below the lower bound");
        }
        let Some(target) = self.target else { return };
        let Some(upward) = self.is_upward(target) else { return };
        let is_beyond = |value: Quantity, other: Quantity| if upward { value > other } else { value < other };
        if self.commit.is_some_and(|commit| is_beyond(commit, target)) {
            check.refuse("commit", Code::WrongOrder, "the commitment lies beyond the target");
        }
        if self.stretch.is_some_and(|stretch| is_beyond(target, stretch)) {
            check.refuse("stretch", Code::WrongOrder, "the stretch value falls short of the target");
        }
    }

    /// Whether more is better, where the numbers say so.
    fn is_upward(&self, target: Quantity) -> Option<bool> {
        match self.kind {
            Kind::Reach | Kind::Rate => self.baseline.filter(|baseline| *baseline != target).map(|baseline| target > baseline),
            Kind::AtLeast => Some(true),
            Kind::AtMost => Some(false),
            Kind::Between | Kind::Milestone | Kind::Ordinal | Kind::Test => None,
        }
    }
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
            Self::Test { side, threshold, strict, sample_size } => {
                MeasureDraft { target: threshold, strict: Some(strict), sample_size, pass_side: Some(side), ..draft }
            }
        }
    }
}
