//! Surveys on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::SurveyQuery;
use waymark_domain::survey as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// Questions that are put to people again from wave to wave.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Survey {
    #[schema(value_type = String, example = "srv_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: answers name their survey by it.
    #[schema(example = "reps-2017q1")]
    pub key: String,
    pub title: String,
    pub status: SurveyStatus,
    /// The integrator's own id, unique among surveys.
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

/// Whether a survey takes answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::SurveyStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SurveyStatus {
    #[default]
    Open,
    /// New answers and changed ones are refused.
    Closed,
}

/// What surveys are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::SurveySort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SurveySort {
    CreatedAt,
    UpdatedAt,
    Title,
}

/// A new survey. Its questions and waves are made on their own.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSurvey {
    /// Letters, digits, `-` and `_`; given once, unique among surveys.
    #[schema(example = "reps-2017q1")]
    pub key: String,
    /// At most 1,000 characters.
    #[schema(example = "How are the Reps?")]
    pub title: String,
    #[serde(default)]
    #[graphql(default_with = "SurveyStatus::Open")]
    #[schema(default = "OPEN")]
    pub status: SurveyStatus,
    /// The integrator's own id, unique among surveys.
    pub external_id: Option<String>,
}

/// Changes of a survey; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SurveyPatch {
    /// At most 1,000 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub title: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub status: Option<SurveyStatus>,
    /// The integrator's own id, unique among surveys.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which surveys to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SurveyFilter {
    /// One or more statuses, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<SurveyStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<SurveyStatus>>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Survey> for Survey {
    fn from(survey: domain::Survey) -> Self {
        let domain::Survey { id, key, title, status, external_id, stamp } = survey;
        Self {
            id: id.to_string().into(),
            key,
            title,
            status: status.into(),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewSurvey> for domain::SurveyDraft {
    fn from(new: NewSurvey) -> Self {
        let NewSurvey { key, title, status, external_id } = new;
        Self { key, title, status: status.into(), external_id }
    }
}

impl From<SurveyFilter> for SurveyQuery {
    fn from(filter: SurveyFilter) -> Self {
        let SurveyFilter { status, updated_since, as_of } = filter;
        let filter = domain::SurveyFilter {
            statuses: status.into_iter().flatten().map(Into::into).collect(),
            updated_since: updated_since.map(|instant| instant.0),
        };
        Self { filter, as_of: instant(as_of) }
    }
}

resource!(Survey of domain::Survey, at "/v1/surveys");

impl Patch<domain::SurveyDraft> for SurveyPatch {
    fn apply(self, draft: &mut domain::SurveyDraft) {
        let Self { title, status, external_id } = self;
        replace(&mut draft.title, title);
        replace(&mut draft.status, status.map(Into::into));
        clear(&mut draft.external_id, external_id);
    }
}
