//! Which key results are listed, and in what order.

use async_graphql::{Enum, InputObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::KeyResultQuery;
use waymark_domain::key_result as domain;

use crate::resources::as_of::instant;
use crate::resources::confidence::Confidence;
use crate::resources::key_result::KeyResultStatus;
use crate::resources::measure::KeyResultKind;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// What key results are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::KeyResultSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultSort {
    CreatedAt,
    UpdatedAt,
    Title,
    Due,
}

/// Which key results to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeyResultFilter {
    /// Id or address of their objective.
    #[param(required = false, nullable = false, value_type = String)]
    pub objective: Option<String>,
    /// Id or key of the cycle their objective belongs to.
    #[param(required = false, nullable = false, value_type = String)]
    pub cycle: Option<String>,
    /// Id or key of the team their objective belongs to.
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// Id or key of the team that answers for them.
    #[param(required = false, nullable = false, value_type = String)]
    pub owner: Option<String>,
    /// One or more statuses, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<KeyResultStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<KeyResultStatus>>,
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<KeyResultKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<KeyResultKind>>,
    /// One or more confidences, separated by commas: the newest that a check-in stated.
    #[param(required = false, nullable = false, value_type = Vec<Confidence>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub confidence: Option<Vec<Confidence>>,
    /// True for those without a check-in for more than 7 days, or with none at all; false for the others.
    #[param(required = false, nullable = false, value_type = bool)]
    pub stale: Option<bool>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<KeyResultFilter> for KeyResultQuery {
    fn from(filter: KeyResultFilter) -> Self {
        let KeyResultFilter { objective, cycle, team, owner, status, kind, confidence, stale, updated_since, as_of } = filter;
        let filter = domain::KeyResultFilter {
            statuses: status.into_iter().flatten().map(Into::into).collect(),
            kinds: kind.into_iter().flatten().map(Into::into).collect(),
            confidences: confidence.into_iter().flatten().map(Into::into).collect(),
            updated_since: updated_since.map(|instant| instant.0),
            ..domain::KeyResultFilter::default()
        };
        Self { objective, cycle, team, owner, stale, filter, as_of: instant(as_of) }
    }
}
