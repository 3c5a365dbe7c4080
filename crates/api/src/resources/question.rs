//! Questions of surveys on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::QuestionQuery;
use waymark_domain::question as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// A question of a survey.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    #[schema(value_type = String, example = "qst_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String, example = "srv_01h455vb4pex5vsknk084sn02q")]
    pub survey_id: ID,
    /// Given once: answers name their question by it within the survey.
    #[schema(example = "recommend")]
    pub key: String,
    pub text: String,
    pub kind: QuestionKind,
    /// The worst answer on its scale; answers are whole numbers from here to `highest`.
    pub lowest: u32,
    /// The best answer on its scale.
    pub highest: u32,
    /// The integrator's own id, unique among questions.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// What is asked, and so the metric that the answers feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::QuestionKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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

/// What questions are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::QuestionSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuestionSort {
    CreatedAt,
    UpdatedAt,
}

/// A new question of a survey, which has at most 100.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewQuestion {
    /// Id or key.
    #[schema(example = "reps-2017q1")]
    pub survey: String,
    /// Letters, digits, `-` and `_`; given once, unique in the survey.
    #[schema(example = "recommend")]
    pub key: String,
    /// At most 1,000 characters.
    #[schema(example = "How likely are you to recommend the programme to a friend?")]
    pub text: String,
    pub kind: QuestionKind,
    /// The worst answer; 0 where `kind` is `NPS`, 1 otherwise, when absent.
    pub lowest: Option<i64>,
    /// The best answer, above the worst; 10 when absent.
    pub highest: Option<i64>,
    /// The integrator's own id, unique among questions.
    pub external_id: Option<String>,
}

/// Changes of a question; what is absent stays, null clears. Its scale stays once there are answers.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct QuestionPatch {
    /// At most 1,000 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub text: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<QuestionKind>,
    /// The worst answer.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub lowest: Option<i64>,
    /// The best answer, above the worst.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub highest: Option<i64>,
    /// The integrator's own id, unique among questions.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which questions to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct QuestionFilter {
    /// Id or key of the survey.
    #[param(required = false, nullable = false, value_type = String)]
    pub survey: Option<String>,
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<QuestionKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<QuestionKind>>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Question> for Question {
    fn from(question: domain::Question) -> Self {
        let domain::Question { id, survey, key, text, kind, scale, external_id, stamp } = question;
        Self {
            id: id.to_string().into(),
            survey_id: survey.to_string().into(),
            key,
            text,
            kind: kind.into(),
            lowest: scale.lowest().into(),
            highest: scale.highest().into(),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewQuestion> for domain::QuestionDraft {
    fn from(new: NewQuestion) -> Self {
        let NewQuestion { survey, key, text, kind, lowest, highest, external_id } = new;
        Self { survey, key, text, kind: kind.into(), lowest, highest, external_id }
    }
}

impl From<QuestionFilter> for QuestionQuery {
    fn from(filter: QuestionFilter) -> Self {
        let QuestionFilter { survey, kind, updated_since, as_of } = filter;
        let filter = domain::QuestionFilter {
            kinds: kind.into_iter().flatten().map(Into::into).collect(),
            updated_since: updated_since.map(|instant| instant.0),
            ..domain::QuestionFilter::default()
        };
        Self { survey, filter, as_of: instant(as_of) }
    }
}

resource!(Question of domain::Question, at "/v1/questions");

impl Patch<domain::QuestionDraft> for QuestionPatch {
    fn apply(self, draft: &mut domain::QuestionDraft) {
        let Self { text, kind, lowest, highest, external_id } = self;
        replace(&mut draft.text, text);
        replace(&mut draft.kind, kind.map(Into::into));
        draft.lowest = lowest.or(draft.lowest);
        draft.highest = highest.or(draft.highest);
        clear(&mut draft.external_id, external_id);
    }
}
