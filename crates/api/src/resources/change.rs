//! Changes on the wire: who changed what, when, and on which request.

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application as application;

use crate::scalars::{DateTime, Json};

/// One change of one thing. The changes of a thing are all that ever happened to it, also when it was deleted since.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The version the thing had from then on.
    pub version: u32,
    pub action: ChangeAction,
    pub at: DateTime,
    /// The name of the token that made the change.
    pub author: String,
    /// Null for an operator at the command line.
    #[schema(value_type = Option<String>)]
    pub token_id: Option<ID>,
    /// The request that made the change, as it stood in `X-Request-Id`.
    pub request_id: Option<String>,
    /// What is different from the version before, by the names of the fields.
    pub changes: Vec<FieldChange>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "application::Action")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeAction {
    Created,
    Updated,
    Deleted,
}

/// A field before and after.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    #[schema(example = "target")]
    pub field: String,
    /// Null where there was nothing.
    #[schema(value_type = Json)]
    pub before: Json,
    /// Null where there is nothing any more.
    #[schema(value_type = Json)]
    pub after: Json,
}

/// What has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "application::Concept")]
pub enum Concept {
    Workspace,
    Team,
    Cycle,
    Objective,
    KeyResult,
    MilestoneStep,
    Initiative,
    Token,
    Platform,
    Channel,
    ActivityType,
    Member,
    MemberTrait,
    Layer,
    LayerAssignment,
    Survey,
    Question,
    Wave,
    Binding,
    CustomMetric,
    MetricTarget,
}

impl From<application::Change> for Change {
    fn from(change: application::Change) -> Self {
        let application::Change { version, action, at, author, token, request, fields } = change;
        Self {
            version,
            action: action.into(),
            at: DateTime(at),
            author,
            token_id: token.map(|token| token.to_string().into()),
            request_id: request,
            changes: fields.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<application::FieldChange> for FieldChange {
    fn from(change: application::FieldChange) -> Self {
        let application::FieldChange { field, before, after } = change;
        Self { field, before: Json(before), after: Json(after) }
    }
}
