//! Which objectives a list holds.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::IntoParams;
use waymark_application::ObjectiveQuery;
use waymark_domain::objective as domain;

use super::{ObjectiveKind, ObjectiveStatus};
use crate::resources::as_of::instant;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// Which objectives to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ObjectiveFilter {
    /// Id or key.
    #[param(required = false, nullable = false, value_type = String)]
    pub cycle: Option<String>,
    /// Id or key.
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// Id or key of the team that answers for it.
    #[param(required = false, nullable = false, value_type = String)]
    pub owner: Option<String>,
    /// Id or address of the objective or key result that is its parent.
    #[param(required = false, nullable = false, value_type = String)]
    pub supports: Option<String>,
    /// One or more states, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<ObjectiveStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<ObjectiveStatus>>,
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<ObjectiveKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<ObjectiveKind>>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<ObjectiveFilter> for ObjectiveQuery {
    fn from(filter: ObjectiveFilter) -> Self {
        let ObjectiveFilter { cycle, team, owner, supports, status, kind, updated_since, as_of } = filter;
        let statuses = status.into_iter().flatten().map(Into::into).collect();
        let kinds = kind.into_iter().flatten().map(Into::into).collect();
        let updated_since = updated_since.map(|instant| instant.0);
        let filter = domain::ObjectiveFilter { statuses, kinds, updated_since, ..domain::ObjectiveFilter::default() };
        Self { cycle, team, owner, supports, filter, as_of: instant(as_of) }
    }
}
