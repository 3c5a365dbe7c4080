//! Teams on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::TeamQuery;
use waymark_domain::team as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// A node in the team tree. A single person is a team of one, an `INDIVIDUAL`.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    #[schema(value_type = String, example = "team_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: it is a part of the addresses of the team's OKRs, such as `2026-Q4.devrel.O1-KR2`.
    #[schema(example = "devrel")]
    pub key: String,
    pub name: String,
    pub kind: TeamKind,
    /// The team above.
    #[schema(value_type = Option<String>)]
    pub parent_id: Option<ID>,
    /// The integrator's own id, unique among teams.
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

/// What a team is in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::TeamKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamKind {
    Company,
    Group,
    Team,
    Individual,
}

/// What teams are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::TeamSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new team.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTeam {
    /// Letters, digits, `-` and `_`, at most 63 of them. Never changes.
    #[schema(example = "devrel")]
    pub key: String,
    #[schema(example = "Developer Relations")]
    pub name: String,
    pub kind: TeamKind,
    /// Id or key of the team above.
    pub parent: Option<String>,
    /// The integrator's own id, unique among teams.
    pub external_id: Option<String>,
}

/// Changes of a team; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TeamPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<TeamKind>,
    /// Id or key of the team above.
    #[schema(value_type = Option<String>)]
    pub parent: MaybeUndefined<String>,
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which teams to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TeamFilter {
    /// Id or key of the team right above.
    #[param(required = false, nullable = false, value_type = String)]
    pub parent: Option<String>,
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<TeamKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<TeamKind>>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Team> for Team {
    fn from(team: domain::Team) -> Self {
        let domain::Team { id, key, name, kind, parent, external_id, stamp } = team;
        Self {
            id: id.to_string().into(),
            key,
            name,
            kind: kind.into(),
            parent_id: parent.map(|parent| parent.to_string().into()),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewTeam> for domain::TeamDraft {
    fn from(new: NewTeam) -> Self {
        let NewTeam { key, name, kind, parent, external_id } = new;
        Self { key, name, kind: kind.into(), parent, external_id }
    }
}

impl From<TeamFilter> for TeamQuery {
    fn from(filter: TeamFilter) -> Self {
        let TeamFilter { parent, kind, updated_since, as_of } = filter;
        let kinds = kind.into_iter().flatten().map(Into::into).collect();
        Self {
            parent,
            filter: domain::TeamFilter { parent: None, kinds, updated_since: updated_since.map(|instant| instant.0) },
            as_of: instant(as_of),
        }
    }
}

resource!(Team of domain::Team, at "/v1/teams");

impl Patch<domain::TeamDraft> for TeamPatch {
    fn apply(self, draft: &mut domain::TeamDraft) {
        let Self { name, kind, parent, external_id } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.kind, kind.map(Into::into));
        clear(&mut draft.parent, parent);
        clear(&mut draft.external_id, external_id);
    }
}
