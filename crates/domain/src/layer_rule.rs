//! The rules by which members come to a layer, and go from it.

use std::ops::RangeInclusive;

use crate::activity_class::Class;
use crate::layer_assignment::AssignedBy;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::text;

/// Most roles of one rule.
pub const ROLE_COUNT: usize = 50;
/// The longest window of a rule, in days: a year.
pub const WINDOW_LIMIT: u32 = 366;
/// The largest number of activities that a rule can ask for.
pub const ACTIVITY_LIMIT: u32 = 1_000_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerRule {
    /// Whoever has one of these roles on the day.
    Roles(Vec<String>),
    Threshold(Threshold),
}

/// Whoever was active enough in the days before. It takes more to come in than to stay, so that nobody swings to and fro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Activities of this class or a higher one count.
    pub class: Class,
    /// In so many whole days before the day, 1 to [`WINDOW_LIMIT`].
    pub days: u32,
    /// So many are needed to come in, 1 to [`ACTIVITY_LIMIT`].
    pub enter: u32,
    /// So many to stay, 1 to `enter`.
    pub stay: u32,
}

/// What is given to make a rule: roles or a threshold, and not both.
#[derive(Clone, Debug, Default)]
pub struct LayerRuleDraft {
    pub roles: Option<Vec<String>>,
    pub threshold: Option<ThresholdDraft>,
}

/// What is given to make a threshold.
#[derive(Clone, Copy, Debug)]
pub struct ThresholdDraft {
    pub class: Class,
    pub days: i64,
    pub enter: i64,
    /// As many as to come in where it is absent.
    pub stay: Option<i64>,
}

impl LayerRule {
    /// Fields are named as parts of `rule`.
    pub fn new(draft: LayerRuleDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        if draft.roles.is_some() == draft.threshold.is_some() {
            check.refuse("rule", Code::InvalidValue, "a rule goes by `roles` or by `threshold`: give one of them");
        }
        let roles = draft.roles.and_then(|roles| roles_of(&mut check, &roles)).map(Self::Roles);
        let threshold = draft.threshold.and_then(|threshold| check.part(Threshold::new(threshold))).map(Self::Threshold);
        let built = roles.or(threshold);
        check.finish(built)
    }

    pub fn draft(&self) -> LayerRuleDraft {
        match self {
            Self::Roles(roles) => LayerRuleDraft { roles: Some(roles.clone()), threshold: None },
            Self::Threshold(Threshold { class, days, enter, stay }) => {
                let (days, enter, stay) = ((*days).into(), (*enter).into(), Some((*stay).into()));
                let threshold = ThresholdDraft { class: *class, days, enter, stay };
                LayerRuleDraft { roles: None, threshold: Some(threshold) }
            }
        }
    }

    /// What it says of itself in the assignments it makes.
    pub fn assigns_by(&self) -> AssignedBy {
        match self {
            Self::Roles(_) => AssignedBy::Role,
            Self::Threshold(_) => AssignedBy::Threshold,
        }
    }
}

impl Threshold {
    fn new(draft: ThresholdDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let ThresholdDraft { class, days, enter, stay } = draft;
        let days = check.field("rule.threshold.days", counted(days, 1..=WINDOW_LIMIT));
        let stay = check.field("rule.threshold.stay", counted(stay.unwrap_or(enter), 1..=ACTIVITY_LIMIT));
        let enter = check.field("rule.threshold.enter", counted(enter, 1..=ACTIVITY_LIMIT));
        if enter.zip(stay).is_some_and(|(enter, stay)| stay > enter) {
            check.refuse("rule.threshold.stay", Code::WrongOrder, "it takes no more activities to stay than to come in");
        }
        check.finish(days.zip(enter).zip(stay).map(|((days, enter), stay)| Self { class, days, enter, stay }))
    }

    /// Whether so many activities are enough, for somebody who is inside already or is not.
    pub fn is_met(&self, activities: u64, is_inside: bool) -> bool {
        activities >= u64::from(if is_inside { self.stay } else { self.enter })
    }
}

/// A whole number that lies in a range.
pub(crate) fn counted(number: i64, range: RangeInclusive<u32>) -> Result<u32, Violation> {
    let found = u32::try_from(number).ok().filter(|number| range.contains(number));
    found.ok_or_else(|| Violation::new(Code::OutOfRange, format!("a whole number from {} to {}", range.start(), range.end())))
}

/// The roles, each once and in order.
fn roles_of(check: &mut Check, roles: &[String]) -> Option<Vec<String>> {
    if roles.is_empty() {
        check.refuse("rule.roles", Code::Required, "name at least one role, such as `champion`");
    }
    if roles.len() > ROLE_COUNT {
        check.refuse("rule.roles", Code::TooMany, format!("a rule names at most {ROLE_COUNT} roles"));
    }
    let each =
        roles.iter().take(ROLE_COUNT).zip(0_usize..).map(|(role, index)| check.field(&format!("rule.roles.{index}"), text::label(role)));
    let mut named: Vec<String> = each.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    named.sort_unstable();
    named.dedup();
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threshold(days: i64, enter: i64, stay: Option<i64>) -> Result<LayerRule, Rejection> {
        let threshold = ThresholdDraft { class: Class::Contribution, days, enter, stay };
        LayerRule::new(LayerRuleDraft { roles: None, threshold: Some(threshold) })
    }

    fn roles(names: &[&str]) -> Result<LayerRule, Rejection> {
        LayerRule::new(LayerRuleDraft { roles: Some(names.iter().map(|name| (*name).to_owned()).collect()), threshold: None })
    }

    fn refused(result: Result<LayerRule, Rejection>) -> Vec<(String, Code)> {
        result.unwrap_err().into_violations().into_iter().map(|violation| (violation.field, violation.code)).collect()
    }

    #[test]
    fn it_takes_more_to_come_in_than_to_stay() {
        let Ok(LayerRule::Threshold(threshold)) = threshold(90, 5, Some(2)) else { panic!("it is a threshold") };

        assert_eq!([threshold.is_met(5, false), threshold.is_met(4, false)], [true, false]);
        assert_eq!([threshold.is_met(2, true), threshold.is_met(1, true)], [true, false]);
    }

    #[test]
    fn what_is_not_said_of_staying_is_as_for_coming_in() {
        let Ok(LayerRule::Threshold(threshold)) = threshold(1, 3, None) else { panic!("it is a threshold") };

        assert_eq!(threshold.stay, 3);
    }

    #[test]
    fn a_threshold_that_cannot_be_is_refused_in_all_its_fields() {
        let field = |name: &str| format!("rule.threshold.{name}");

        assert_eq!(
            refused(threshold(0, -1, Some(1_000_001))),
            [(field("days"), Code::OutOfRange), (field("stay"), Code::OutOfRange), (field("enter"), Code::OutOfRange)]
        );
        assert_eq!(refused(threshold(1, 2, Some(3))), [(field("stay"), Code::WrongOrder)]);
    }

    #[test]
    fn roles_are_named_once_each() {
        assert_eq!(
            roles(&["champion", " moderator", "champion"]),
            Ok(LayerRule::Roles(vec!["champion".to_owned(), "moderator".to_owned()]))
        );
        assert_eq!(refused(roles(&[])), [("rule.roles".to_owned(), Code::Required)]);
        assert_eq!(refused(roles(&["champion", " "])), [("rule.roles.1".to_owned(), Code::Required)]);
    }

    #[test]
    fn a_rule_goes_by_one_thing() {
        assert_eq!(refused(LayerRule::new(LayerRuleDraft::default())), [("rule".to_owned(), Code::InvalidValue)]);
    }
}
