//! Which figures differ between two communities: one as it is, and the same with somebody merged, unmerged or gone.

use std::collections::BTreeSet;

use super::catalogue::{Family, MetricKey, Statistic};
use super::figure::Figure;
use super::window::Window;
use crate::id::Id;
use crate::question::Question;
use crate::response::Said;
use crate::survey::Survey;
use crate::wave::Wave;

/// Everything that is told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// In the order of the catalogue.
    pub metrics: Vec<MetricEffect>,
    pub surveys: Vec<SurveyEffect>,
}

/// A number of a metric, in the windows in which it is told otherwise; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricEffect {
    pub metric: MetricKey,
    pub statistic: Statistic,
    pub windows: Vec<Moved>,
}

/// A window whose figure differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub window: Window,
    pub is_partial: bool,
    /// None where two figures beside each other would tell what one person said.
    pub figures: Option<Difference>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub before: Figure,
    pub after: Figure,
}

/// A question whose results in a wave are told otherwise. By how much is not said: the difference would be an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyEffect {
    pub survey: Id<Survey>,
    pub wave: Id<Wave>,
    pub question: Id<Question>,
}

impl Moved {
    /// None where nothing moved.
    pub fn of(metric: MetricKey, statistic: Statistic, (window, is_partial): (Window, bool), figures: Difference) -> Option<Self> {
        let moved = figures.before != figures.after;
        moved.then(|| Self { window, is_partial, figures: (!is_of_opinions(metric, statistic)).then_some(figures) })
    }
}

/// Whether a number is made from what people say of something: then one person's part in it is what they said.
fn is_of_opinions(metric: MetricKey, statistic: Statistic) -> bool {
    metric.definition().family == Family::Survey || metric == MetricKey::ProgramSatisfaction || statistic == Statistic::SatisfiedShare
}

/// Where somebody has answered.
pub fn answered(said: &[Said]) -> BTreeSet<SurveyEffect> {
    said.iter().map(|Said { survey, wave, question, .. }| SurveyEffect { survey: *survey, wave: *wave, question: *question }).collect()
}

/// Where both have answered: of two members who are one person only one answer counts.
pub fn answered_by_both(one: &[Said], other: &[Said]) -> Vec<SurveyEffect> {
    answered(one).intersection(&answered(other)).copied().collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;

    fn moved(metric: MetricKey, statistic: Statistic, before: i64, after: i64) -> Option<Option<Difference>> {
        let window = Window { start: NaiveDate::MIN, end: NaiveDate::MAX };
        let figures = Difference { before: Figure::count(before), after: Figure::count(after) };
        Moved::of(metric, statistic, (window, false), figures).map(|moved| moved.figures)
    }

    fn said(wave: u128, question: u128) -> Said {
        let (survey, wave, question) =
            (Id::from_uuid(Uuid::nil()), Id::from_uuid(Uuid::from_u128(wave)), Id::from_uuid(Uuid::from_u128(question)));
        let submitted_at = chrono::DateTime::UNIX_EPOCH;
        Said { survey, wave, question, member: None, value: 9, submitted_at, source_id: String::new() }
    }

    #[test]
    fn what_stays_the_same_has_not_moved() {
        assert_eq!(moved(MetricKey::ActiveMembers, Statistic::Value, 4, 4), None);
    }

    #[test]
    fn what_moved_is_told_with_both_figures() {
        let figures = moved(MetricKey::ActiveMembers, Statistic::Value, 4, 3).flatten().unwrap();

        assert_eq!((figures.before, figures.after), (Figure::count(4), Figure::count(3)));
    }

    #[test]
    fn of_opinions_it_is_told_only_that_they_moved() {
        assert_eq!(moved(MetricKey::Nps, Statistic::Value, 40, 38), Some(None));
        assert_eq!(moved(MetricKey::PeerSupport, Statistic::SatisfiedShare, 90, 88), Some(None));
        assert!(matches!(moved(MetricKey::PeerSupport, Statistic::PeerShare, 90, 88), Some(Some(_))));
    }

    #[test]
    fn of_two_who_are_one_the_results_move_where_both_have_answered() {
        let both = answered_by_both(&[said(1, 1), said(1, 2)], &[said(1, 2), said(2, 2)]);

        assert_eq!(both, answered(&[said(1, 2)]).into_iter().collect::<Vec<_>>());
    }
}
