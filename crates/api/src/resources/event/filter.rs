//! Which events to list.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::IntoParams;
use waymark_application::EventQuery;
use waymark_domain::event as domain;

use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// Which events to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EventFilter {
    /// Id or key of the platform.
    #[param(required = false, nullable = false, value_type = String)]
    pub platform: Option<String>,
    /// The platform's own id of the event; needs `platform` beside it.
    #[param(required = false, nullable = false, value_type = String)]
    pub source_id: Option<String>,
    /// Id of the channel, or the keys of its platform and its own, such as `forum/help`.
    #[param(required = false, nullable = false, value_type = String)]
    pub channel: Option<String>,
    /// Id of the member who did it; with what was done by those who are merged into that one.
    #[param(required = false, nullable = false, value_type = String)]
    pub member: Option<String>,
    /// Id or external id of the initiative they belong to.
    #[param(required = false, nullable = false, value_type = String)]
    pub initiative: Option<String>,
    /// Id of the event they are about, or, with `platform` beside it, the platform's own id of that.
    #[param(required = false, nullable = false, value_type = String)]
    pub parent: Option<String>,
    /// One or more keys of activity types, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<String>, style = Form, explode = false)]
    #[serde(rename = "type", deserialize_with = "commas")]
    #[graphql(name = "type")]
    pub activity: Option<Vec<String>>,
    /// Happened at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub since: Option<DateTime>,
    /// Happened before this instant.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub before: Option<DateTime>,
    /// Those that were taken back, or those that were not; both when absent.
    #[param(required = false, nullable = false, value_type = bool)]
    pub retracted: Option<bool>,
}

impl From<EventFilter> for EventQuery {
    fn from(filter: EventFilter) -> Self {
        let EventFilter { platform, source_id, channel, member, initiative, parent, activity, since, before, retracted } = filter;
        let filter = domain::EventFilter {
            activities: activity.unwrap_or_default(),
            since: since.map(|instant| instant.0),
            before: before.map(|instant| instant.0),
            retracted,
            ..domain::EventFilter::default()
        };
        Self { platform, channel, member, initiative, parent, source_id, filter }
    }
}
