//! Waves of surveys on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::WaveQuery;
use waymark_domain::wave as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::{Date, DateTime};

/// One time a survey is put to people. Which answers belong to it, each answer says.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Wave {
    #[schema(value_type = String, example = "wav_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String, example = "srv_01h455vb4pex5vsknk084sn02q")]
    pub survey_id: ID,
    /// Given once: answers name their wave by it within the survey.
    #[schema(example = "2017-01")]
    pub key: String,
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// How many people it was put to, from which the response rate is made.
    pub population: Option<u32>,
    /// The integrator's own id, unique among waves.
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

/// What waves are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::WaveSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WaveSort {
    CreatedAt,
    UpdatedAt,
    Start,
}

/// A new wave of a survey, which has at most 500.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewWave {
    /// Id or key.
    #[schema(example = "reps-2017q1")]
    pub survey: String,
    /// Letters, digits, `-` and `_`; given once, unique in the survey.
    #[schema(example = "2017-01")]
    pub key: String,
    pub start: Date,
    /// The last day, not before the first.
    pub end: Date,
    /// How many people it was put to.
    pub population: Option<i64>,
    /// The integrator's own id, unique among waves.
    pub external_id: Option<String>,
}

/// Changes of a wave; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WavePatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub start: Option<Date>,
    /// The last day, not before the first.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub end: Option<Date>,
    /// How many people it was put to.
    #[schema(value_type = Option<i64>)]
    pub population: MaybeUndefined<i64>,
    /// The integrator's own id, unique among waves.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which waves to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WaveFilter {
    /// Id or key of the survey.
    #[param(required = false, nullable = false, value_type = String)]
    pub survey: Option<String>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Wave> for Wave {
    fn from(wave: domain::Wave) -> Self {
        let domain::Wave { id, survey, key, start, end, population, external_id, stamp } = wave;
        Self {
            id: id.to_string().into(),
            survey_id: survey.to_string().into(),
            key,
            start: Date(start),
            end: Date(end),
            population,
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewWave> for domain::WaveDraft {
    fn from(new: NewWave) -> Self {
        let NewWave { survey, key, start, end, population, external_id } = new;
        Self { survey, key, start: start.0, end: end.0, population, external_id }
    }
}

impl From<WaveFilter> for WaveQuery {
    fn from(filter: WaveFilter) -> Self {
        let WaveFilter { survey, updated_since, as_of } = filter;
        let filter = domain::WaveFilter { survey: None, updated_since: updated_since.map(|instant| instant.0) };
        Self { survey, filter, as_of: instant(as_of) }
    }
}

resource!(Wave of domain::Wave, at "/v1/waves");

impl Patch<domain::WaveDraft> for WavePatch {
    fn apply(self, draft: &mut domain::WaveDraft) {
        let Self { start, end, population, external_id } = self;
        replace(&mut draft.start, start.map(|day| day.0));
        replace(&mut draft.end, end.map(|day| day.0));
        clear(&mut draft.population, population);
        clear(&mut draft.external_id, external_id);
    }
}
