//! The workspace on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::workspace as domain;

use crate::resources::patch::{Patch, given, replace};
use crate::resources::resource;
use crate::scalars::DateTime;

/// The tenant: everything a token can see belongs to its workspace.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    #[schema(value_type = String, example = "ws_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    pub name: String,
    /// The IANA time zone in which days begin and end.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// The first day of the weeks that check-ins are counted by.
    pub week_start: Weekday,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_domain::Weekday")]
pub enum Weekday {
    #[graphql(name = "MONDAY")]
    #[serde(rename = "MONDAY")]
    Mon,
    #[graphql(name = "TUESDAY")]
    #[serde(rename = "TUESDAY")]
    Tue,
    #[graphql(name = "WEDNESDAY")]
    #[serde(rename = "WEDNESDAY")]
    Wed,
    #[graphql(name = "THURSDAY")]
    #[serde(rename = "THURSDAY")]
    Thu,
    #[graphql(name = "FRIDAY")]
    #[serde(rename = "FRIDAY")]
    Fri,
    #[graphql(name = "SATURDAY")]
    #[serde(rename = "SATURDAY")]
    Sat,
    #[graphql(name = "SUNDAY")]
    #[serde(rename = "SUNDAY")]
    Sun,
}

/// Changes of the workspace; what is absent stays.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WorkspacePatch {
    /// At most 200 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    /// An IANA time zone.
    #[schema(nullable = false, example = "Europe/Berlin")]
    #[serde(deserialize_with = "given")]
    pub time_zone: Option<String>,
    /// The first day of the weeks that check-ins are counted by.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub week_start: Option<Weekday>,
}

impl From<domain::Workspace> for Workspace {
    fn from(workspace: domain::Workspace) -> Self {
        let domain::Workspace { id, name, time_zone, week_start, stamp } = workspace;
        Self {
            id: id.to_string().into(),
            name,
            time_zone: time_zone.name().to_owned(),
            week_start: week_start.into(),
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

resource!(Workspace of domain::Workspace, at "/v1/workspace");

impl Patch<domain::WorkspaceDraft> for WorkspacePatch {
    fn apply(self, draft: &mut domain::WorkspaceDraft) {
        let Self { name, time_zone, week_start } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.time_zone, time_zone);
        replace(&mut draft.week_start, week_start.map(Into::into));
    }
}
