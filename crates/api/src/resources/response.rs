//! Answers to surveys on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{Item, ResponseQuery, SignedResponse, Submission};
use waymark_domain::rejection::Rejection;
use waymark_domain::response as domain;

use crate::resources::as_of::instant;
use crate::resources::batch::{BatchItem, BatchStatus, count};
use crate::scalars::{DateTime, Decimal};

/// A single answer. Only who may read answers sees it.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    #[schema(value_type = String, example = "rsp_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String)]
    pub survey_id: ID,
    #[schema(value_type = String)]
    pub wave_id: ID,
    #[schema(value_type = String)]
    pub question_id: ID,
    /// Who answered, as they were known then; null of an anonymous answer.
    #[schema(value_type = Option<String>)]
    pub member_id: Option<ID>,
    /// A point of the question's scale.
    pub value: u32,
    pub submitted_at: DateTime,
    /// The source's own id of it, unique in the survey.
    pub source_id: String,
    /// 1 when it was first sent, one more whenever it was sent with other content.
    pub revision: u32,
    /// When this content was first sent.
    pub recorded_at: DateTime,
    /// The name of the token that sent it.
    pub author: String,
}

/// What responses are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ResponseSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ResponseSort {
    SubmittedAt,
}

/// An answer to one question in one wave. Of a member's answers in a wave the last counts; anonymous ones each count.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewResponse {
    /// Id or key of the survey, which is open.
    #[schema(example = "reps-2017q1")]
    pub survey: String,
    /// Id of the wave, or its key within the survey.
    #[schema(example = "2017-01")]
    pub wave: String,
    /// Id of the question, or its key within the survey.
    #[schema(example = "recommend")]
    pub question: String,
    /// A whole number on the question's scale.
    #[schema(example = 9)]
    pub value: Decimal,
    /// Who answered; made known where nobody knew of them. Null or absent of an anonymous answer.
    pub member: Option<Respondent>,
    /// In 1980 or later, and at most 24 hours ahead of the server's clock.
    pub submitted_at: DateTime,
    /// The source's own id of it, unique in the survey: the same again with other content changes the answer.
    #[schema(example = "form-4711")]
    pub source_id: String,
}

/// Who answered: an account on a platform, or the id of a member.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Respondent {
    /// Id of the member; then nothing else is given.
    #[schema(example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub id: Option<String>,
    /// The key of the platform that knows the account.
    #[schema(example = "forum")]
    pub platform: Option<String>,
    /// `username`, `email`, `user_id` or `name`.
    #[serde(rename = "type")]
    #[graphql(name = "type")]
    #[schema(example = "username")]
    pub kind: Option<String>,
    #[schema(example = "ada")]
    pub value: Option<String>,
}

/// What became of a batch of answers.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResponseBatch {
    /// How many answers are new.
    pub created: u32,
    /// How many were sent before and said the same.
    pub unchanged: u32,
    /// How many were sent before and said something else.
    pub updated: u32,
    /// How many were not taken in.
    pub rejected: u32,
    /// One for each answer, in the order in which they were sent.
    pub items: Vec<BatchItem>,
}

/// Which answers of a survey to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ResponseFilter {
    /// Id of the question, or its key within the survey.
    #[param(required = false, nullable = false, value_type = String)]
    pub question: Option<String>,
    /// Id of the wave, or its key within the survey.
    #[param(required = false, nullable = false, value_type = String)]
    pub wave: Option<String>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl ResponseFilter {
    pub(crate) fn of(self, survey: String) -> ResponseQuery {
        let Self { question, wave, as_of } = self;
        ResponseQuery { survey, question, wave, as_of: instant(as_of) }
    }
}

impl From<SignedResponse> for Response {
    fn from(signed: SignedResponse) -> Self {
        let SignedResponse { response, member } = signed;
        let domain::Response { id, said, revision, recorded_at, author } = response;
        let domain::Said { survey, wave, question, member: _, value, submitted_at, source_id } = said;
        Self {
            id: id.to_string().into(),
            survey_id: survey.to_string().into(),
            wave_id: wave.to_string().into(),
            question_id: question.to_string().into(),
            member_id: member.map(|member| member.to_string().into()),
            value: value.into(),
            submitted_at: DateTime(submitted_at),
            source_id,
            revision,
            recorded_at: DateTime(recorded_at),
            author,
        }
    }
}

impl From<NewResponse> for domain::ResponseDraft {
    fn from(new: NewResponse) -> Self {
        let NewResponse { survey, wave, question, value, member, submitted_at, source_id } = new;
        Self { survey, wave, question, value: value.entered(), member: member.map(Into::into), submitted_at: submitted_at.0, source_id }
    }
}

impl From<Respondent> for domain::RespondentDraft {
    fn from(respondent: Respondent) -> Self {
        let Respondent { id, platform, kind, value } = respondent;
        Self { id, platform, kind, value }
    }
}

/// The answers as the application takes them in.
pub(crate) fn submission(responses: Vec<Result<NewResponse, Rejection>>, atomic: bool) -> Submission {
    Submission { responses: responses.into_iter().map(|response| response.map(Into::into)).collect(), atomic }
}

impl From<Vec<Item<domain::Response>>> for ResponseBatch {
    fn from(submitted: Vec<Item<domain::Response>>) -> Self {
        let items: Vec<BatchItem> =
            submitted.into_iter().enumerate().map(|(place, one)| BatchItem::of(place, one.id, one.outcome)).collect();
        Self {
            created: count(&items, BatchStatus::Created),
            unchanged: count(&items, BatchStatus::Unchanged),
            updated: count(&items, BatchStatus::Updated),
            rejected: count(&items, BatchStatus::Rejected),
            items,
        }
    }
}
