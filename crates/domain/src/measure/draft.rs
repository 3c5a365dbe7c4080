//! The flat form of a measure, and the rules that make a measure of it.

use super::{Kind, Measure, Period, Policy, Side, Zones};
use crate::number::Quantity;
use crate::rejection::{Check, Code, Rejection};
use crate::text;

/// Largest sample of a test: all clients and databases count that far.
pub const SAMPLE_LIMIT: u32 = 1_000_000_000;

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
    /// As it was entered; a measure has 1 to [`SAMPLE_LIMIT`].
    pub sample_size: Option<i64>,
    /// Of a `TEST` only: the side of the threshold that passes, `AT_LEAST` when absent.
    pub pass_side: Option<Side>,
}

/// The kinds that use a field which has a default.
const STRICT: &[Kind] = &[Kind::AtLeast, Kind::AtMost, Kind::Test];
const POLICY: &[Kind] = &[Kind::AtLeast, Kind::AtMost, Kind::Between];
const PERIOD: &[Kind] = &[Kind::Rate];
const PASS_SIDE: &[Kind] = &[Kind::Test];

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

    /// The same as another kind. Fields that only held their defaults, and that the new kind does not use, are left behind;
    /// what somebody chose stays, for them to clear.
    #[must_use]
    pub fn turned(self, kind: Kind) -> Self {
        Self {
            kind,
            strict: kept(self.strict, STRICT.contains(&kind)),
            policy: kept(self.policy, POLICY.contains(&kind)),
            period: kept(self.period, PERIOD.contains(&kind)),
            pass_side: kept(self.pass_side, PASS_SIDE.contains(&kind)),
            ..self
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
        let strict = self.strict.unwrap_or_default();
        let policy = self.policy.unwrap_or_default();
        let threshold = |side| Measure::Threshold { side, target: self.target, strict, baseline: self.baseline, policy, zones };
        let measure = match self.kind {
            Kind::Reach => Measure::Reach { baseline: self.baseline, target: self.target, zones },
            Kind::AtLeast => threshold(Side::AtLeast),
            Kind::AtMost => threshold(Side::AtMost),
            Kind::Between => Measure::Between { lower: self.lower, upper: self.upper, baseline: self.baseline, policy },
            Kind::Rate => Measure::Rate { baseline: self.baseline, target: self.target, period: self.period.unwrap_or_default(), zones },
            Kind::Milestone => Measure::Milestone,
            Kind::Ordinal => Measure::Ordinal { commit: commit_words, target: target_words, stretch: stretch_words },
            Kind::Test => {
                let sample_size = self.sample_size.and_then(|size| u32::try_from(size).ok());
                Measure::Test { side: self.pass_side.unwrap_or_default(), threshold: self.target, strict, sample_size }
            }
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
            ("strict", self.strict.is_some(), STRICT),
            ("policy", self.policy.is_some(), POLICY),
            ("period", self.period.is_some(), PERIOD),
            ("commitWords", self.commit_words.is_some(), &[Ordinal]),
            ("targetWords", self.target_words.is_some(), &[Ordinal]),
            ("stretchWords", self.stretch_words.is_some(), &[Ordinal]),
            ("sampleSize", self.sample_size.is_some(), &[Test]),
            ("passSide", self.pass_side.is_some(), PASS_SIDE),
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
        if self.sample_size.is_some_and(|size| !(1..=i64::from(SAMPLE_LIMIT)).contains(&size)) {
            check.refuse("sampleSize", Code::OutOfRange, format!("a test needs a sample of 1 to {SAMPLE_LIMIT}"));
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

/// A value, unless nothing uses it and it is only the default.
fn kept<T: Default + PartialEq>(value: Option<T>, is_used: bool) -> Option<T> {
    value.filter(|value| is_used || *value != T::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(draft: MeasureDraft) -> Vec<String> {
        let violations = draft.check().err().map(Rejection::into_violations).unwrap_or_default();
        violations.into_iter().map(|violation| violation.field).collect()
    }

    #[test]
    fn another_kind_leaves_mere_defaults_behind() {
        let of = |kind| MeasureDraft { target: Some(Quantity::ONE), ..MeasureDraft::of(kind) };
        let stored = |draft: MeasureDraft| draft.check().map(|measure| measure.draft()).unwrap_or(MeasureDraft::of(Kind::Milestone));

        for kind in [Kind::AtLeast, Kind::AtMost, Kind::Rate, Kind::Test] {
            assert_eq!(refused(stored(of(kind)).turned(Kind::Reach)), Vec::<String>::new(), "{kind:?}");
        }
    }

    #[test]
    fn another_kind_does_not_swallow_what_was_chosen() {
        let chosen = MeasureDraft { strict: Some(true), policy: Some(Policy::Share), ..MeasureDraft::of(Kind::AtLeast) };

        assert_eq!(refused(chosen.clone().turned(Kind::Reach)), ["strict", "policy"]);
        assert_eq!(refused(chosen.turned(Kind::AtMost)), Vec::<String>::new());
    }
}
