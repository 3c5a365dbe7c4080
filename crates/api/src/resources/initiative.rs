//! Initiatives on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::InitiativeQuery;
use waymark_domain::initiative as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::linkage::Linkage;
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::{Date, DateTime};

/// Work that contributes to key results.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Initiative {
    #[schema(value_type = String, example = "ini_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    pub title: String,
    /// The team that does the work.
    #[schema(value_type = String, example = "team_01h455vb4pex5vsknk084sn02q")]
    pub team_id: ID,
    /// The person, or the team, who answers for it.
    #[schema(value_type = Option<String>)]
    pub owner_id: Option<ID>,
    pub status: InitiativeStatus,
    /// The first day of the work.
    pub start: Option<Date>,
    /// The last day of the work.
    pub end: Option<Date>,
    pub category: Category,
    /// The integrator's own id, unique among initiatives.
    pub external_id: Option<String>,
    /// Counts up with every change of the initiative itself; links to key results do not count.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// How far the work on an initiative is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::InitiativeStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InitiativeStatus {
    #[default]
    Planned,
    InProgress,
    Done,
    Cancelled,
}

/// The programme an initiative belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Category")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    Onboarding,
    Mentorship,
    Recognition,
    Event,
    Learning,
    Content,
    Advocacy,
    Support,
    Governance,
    Product,
    #[default]
    Other,
}

/// What initiatives are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::InitiativeSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InitiativeSort {
    CreatedAt,
    UpdatedAt,
    Title,
}

/// A new initiative. The key results it contributes to are linked on their own.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewInitiative {
    /// At most 1,000 characters.
    #[schema(example = "Mentors for first-time contributors")]
    pub title: String,
    /// Id or key of the team that does the work.
    #[schema(example = "devrel")]
    pub team: String,
    /// Id or key of the person, or the team, who answers for it.
    pub owner: Option<String>,
    #[serde(default)]
    #[graphql(default_with = "InitiativeStatus::Planned")]
    #[schema(default = "PLANNED")]
    pub status: InitiativeStatus,
    /// The first day of the work.
    pub start: Option<Date>,
    /// The last day of the work, not before the first.
    pub end: Option<Date>,
    #[serde(default)]
    #[graphql(default_with = "Category::Other")]
    #[schema(default = "OTHER")]
    pub category: Category,
    /// The integrator's own id, unique among initiatives.
    pub external_id: Option<String>,
}

/// Changes of an initiative; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InitiativePatch {
    /// At most 1,000 characters.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub title: Option<String>,
    /// Id or key of the team that does the work.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub team: Option<String>,
    /// Id or key of the person, or the team, who answers for it.
    #[schema(value_type = Option<String>)]
    pub owner: MaybeUndefined<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub status: Option<InitiativeStatus>,
    /// The first day of the work.
    #[schema(value_type = Option<Date>)]
    pub start: MaybeUndefined<Date>,
    /// The last day of the work, not before the first.
    #[schema(value_type = Option<Date>)]
    pub end: MaybeUndefined<Date>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub category: Option<Category>,
    /// The integrator's own id, unique among initiatives.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which initiatives to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InitiativeFilter {
    /// Id or key of the team that does the work.
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// Id or key of the owner.
    #[param(required = false, nullable = false, value_type = String)]
    pub owner: Option<String>,
    /// Id or address of a key result that they contribute to.
    #[param(required = false, nullable = false, value_type = String)]
    pub key_result: Option<String>,
    /// One or more statuses, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<InitiativeStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<InitiativeStatus>>,
    /// One or more categories, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<Category>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub category: Option<Vec<Category>>,
    /// How they stand to key results.
    #[param(required = false, nullable = false, value_type = Linkage)]
    pub linkage: Option<Linkage>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Initiative> for Initiative {
    fn from(initiative: domain::Initiative) -> Self {
        let domain::Initiative { id, title, team, owner, status, start, end, category, external_id, stamp } = initiative;
        Self {
            id: id.to_string().into(),
            title,
            team_id: team.to_string().into(),
            owner_id: owner.map(|owner| owner.to_string().into()),
            status: status.into(),
            start: start.map(Date),
            end: end.map(Date),
            category: category.into(),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewInitiative> for domain::InitiativeDraft {
    fn from(new: NewInitiative) -> Self {
        let NewInitiative { title, team, owner, status, start, end, category, external_id } = new;
        let (start, end) = (start.map(|day| day.0), end.map(|day| day.0));
        Self { title, team, owner, status: status.into(), start, end, category: category.into(), external_id }
    }
}

impl From<InitiativeFilter> for InitiativeQuery {
    fn from(filter: InitiativeFilter) -> Self {
        let InitiativeFilter { team, owner, key_result, status, category, linkage, updated_since, as_of } = filter;
        let filter = domain::InitiativeFilter {
            statuses: status.into_iter().flatten().map(Into::into).collect(),
            categories: category.into_iter().flatten().map(Into::into).collect(),
            linkage: linkage.map(Into::into),
            updated_since: updated_since.map(|instant| instant.0),
            ..domain::InitiativeFilter::default()
        };
        Self { team, owner, key_result, filter, as_of: instant(as_of) }
    }
}

resource!(Initiative of domain::Initiative, at "/v1/initiatives");

impl Patch<domain::InitiativeDraft> for InitiativePatch {
    fn apply(self, draft: &mut domain::InitiativeDraft) {
        let Self { title, team, owner, status, start, end, category, external_id } = self;
        replace(&mut draft.title, title);
        replace(&mut draft.team, team);
        clear(&mut draft.owner, owner);
        replace(&mut draft.status, status.map(Into::into));
        clear(&mut draft.start, start.map_value(|day| day.0));
        clear(&mut draft.end, end.map_value(|day| day.0));
        replace(&mut draft.category, category.map(Into::into));
        clear(&mut draft.external_id, external_id);
    }
}
