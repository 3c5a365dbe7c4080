//! Questions of surveys: what is asked, on which scale, and which metric the answers feed.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::metric::catalogue::MetricKey;
use crate::rejection::{Check, Code, Rejection};
use crate::stamp::Stamp;
use crate::survey::Survey;
use crate::survey::scale::Scale;
use crate::text;

/// Most questions of one survey.
pub const QUESTION_COUNT: usize = 100;

/// What is asked, and so the metric that the answers feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum QuestionKind {
    /// How likely somebody is to recommend it, from 0 to 10 and on no other scale.
    Nps,
    Satisfaction,
    Belonging,
    Learning,
    CareerImpact,
    Alignment,
    StakeholderSatisfaction,
    /// Feeds no metric of the catalogue; its results are shown all the same.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: Id<Question>,
    pub survey: Id<Survey>,
    /// Given once: answers name their question by it within the survey.
    pub key: String,
    pub text: String,
    pub kind: QuestionKind,
    /// Stays as it is once there are answers.
    pub scale: Scale,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Question {
    const PREFIX: &'static str = "qst";
    const WORD: &'static str = "question";
}

/// What is given to create or change a question.
#[derive(Clone, Debug)]
pub struct QuestionDraft {
    /// Id or key.
    pub survey: String,
    pub key: String,
    pub text: String,
    pub kind: QuestionKind,
    /// The kind's own scale begins here where it is absent: see [`QuestionKind::usual`].
    pub lowest: Option<i64>,
    pub highest: Option<i64>,
    pub external_id: Option<String>,
}

impl QuestionKind {
    /// The kind of question whose answers feed a metric; none for metrics that are not of surveys.
    pub fn feeding(metric: MetricKey) -> Option<Self> {
        Some(match metric {
            MetricKey::Nps => Self::Nps,
            MetricKey::Satisfaction => Self::Satisfaction,
            MetricKey::Belonging => Self::Belonging,
            MetricKey::Learning => Self::Learning,
            MetricKey::CareerImpact => Self::CareerImpact,
            MetricKey::Alignment => Self::Alignment,
            MetricKey::StakeholderSatisfaction => Self::StakeholderSatisfaction,
            _ => return None,
        })
    }

    /// The scale of a question for which none is stated: 0 to 10 of an `NPS`, 1 to 10 otherwise.
    pub fn usual(self) -> Scale {
        if self == Self::Nps { Scale::NPS } else { Scale::SATISFACTION }
    }
}

impl Question {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: QuestionDraft, survey: Id<Survey>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let QuestionDraft { survey: _, key, text, kind, lowest, highest, external_id } = draft;
        let key = check.field("key", text::key(&key));
        let text = check.field("text", text::title(&text));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let usual = kind.usual();
        let (lowest, highest) = (lowest.unwrap_or(usual.lowest().into()), highest.unwrap_or(usual.highest().into()));
        let scale = check.part(Scale::new(lowest, highest));
        if let Some(scale) = scale.filter(|scale| kind == QuestionKind::Nps && *scale != Scale::NPS) {
            let field = if scale.lowest() == Scale::NPS.lowest() { "highest" } else { "lowest" };
            check.refuse(
                field,
                Code::InvalidValue,
                "a question of the kind NPS has the scale from 0 to 10, as promoters and detractors are points of it",
            );
        }
        let parts = key.zip(text).zip(scale).zip(external_id);
        check.finish(parts.map(|(((key, text), scale), external_id)| Self { id, survey, key, text, kind, scale, external_id, stamp }))
    }

    pub fn draft(&self) -> QuestionDraft {
        let Self { key, text, kind, scale, external_id, .. } = self.clone();
        let (lowest, highest) = (Some(scale.lowest().into()), Some(scale.highest().into()));
        QuestionDraft { survey: self.survey.to_string(), key, text, kind, lowest, highest, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

/// Which questions a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct QuestionFilter {
    pub survey: Option<Id<Survey>>,
    pub kinds: Vec<QuestionKind>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What questions are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum QuestionSort {
    #[default]
    CreatedAt,
    UpdatedAt,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn asked(kind: QuestionKind, lowest: Option<i64>, highest: Option<i64>) -> Result<Question, Rejection> {
        let (key, text) = ("recommend".to_owned(), "Would you recommend us?".to_owned());
        let draft = QuestionDraft { survey: String::new(), key, text, kind, lowest, highest, external_id: None };
        Question::new(Id::from_uuid(Uuid::nil()), Stamp::first(DateTime::UNIX_EPOCH), draft, Id::from_uuid(Uuid::nil()))
    }

    fn refused(kind: QuestionKind, lowest: Option<i64>, highest: Option<i64>) -> Vec<(String, Code)> {
        let violations = asked(kind, lowest, highest).unwrap_err().into_violations();
        violations.into_iter().map(|violation| (violation.field, violation.code)).collect()
    }

    #[test]
    fn a_question_without_a_stated_scale_has_that_of_its_kind() {
        assert_eq!(asked(QuestionKind::Nps, None, None).unwrap().scale, Scale::NPS);
        assert_eq!(asked(QuestionKind::Belonging, None, None).unwrap().scale, Scale::SATISFACTION);
        assert_eq!(asked(QuestionKind::Belonging, None, Some(5)).unwrap().scale, Scale::new(1, 5).unwrap());
    }

    #[test]
    fn promoters_are_counted_from_0_to_10_only() {
        assert_eq!(refused(QuestionKind::Nps, Some(1), None), [("lowest".to_owned(), Code::InvalidValue)]);
        assert_eq!(refused(QuestionKind::Nps, None, Some(5)), [("highest".to_owned(), Code::InvalidValue)]);
        assert_eq!(refused(QuestionKind::Other, Some(5), Some(5)), [("highest".to_owned(), Code::WrongOrder)]);
    }
}
