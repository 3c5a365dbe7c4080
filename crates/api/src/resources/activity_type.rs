//! Activity types on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::activity as domain;

use crate::resources::activity_class::{ActivityClass, Knowledge};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// What an event can say that somebody did: built in, or of the workspace's own.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct ActivityType {
    /// Of what is built in, the same in every workspace.
    #[schema(value_type = String, example = "act_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: events name their type by it.
    #[schema(example = "bug_triaged")]
    pub key: String,
    pub name: String,
    /// Whether every workspace has it, so that it can be neither changed nor deleted.
    pub built_in: bool,
    /// How deep the activity goes; null where an event says nothing of what its member does in the community. Metrics look
    /// it up when they answer: a change of it restates them, back to the first event of the type.
    pub class: Option<ActivityClass>,
    /// What it does with knowledge, if anything. A change of it restates metrics as one of the class does.
    pub knowledge: Option<Knowledge>,
    /// What an event of the type does beside counting.
    pub role: ActivityRole,
    /// Whether an event of the type has a member.
    pub member: Need,
    /// Whether an event of the type has a parent, the event it is about.
    pub parent: Need,
    /// Whether an event of the type has a value.
    pub value: Need,
    /// The integrator's own id, unique among activity types.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from. What is built in stays at 1.
    pub version: u32,
    /// Null where it is built in.
    pub created_at: Option<DateTime>,
    /// Null where it is built in.
    pub updated_at: Option<DateTime>,
}

/// What an event of a type does beside counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Role")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActivityRole {
    /// Something was done.
    Deed,
    /// A spell of membership begins.
    Joins,
    /// A spell of membership ends.
    Leaves,
    /// Opens a question.
    Asks,
    /// Answers the question that is its parent.
    Answers,
    /// Says of the answer that is its parent that it helped.
    Accepts,
    /// Settles the question that is its parent.
    Resolves,
    /// Opens the question that is its parent again.
    Reopens,
    /// Says what the answer or question that is its parent was worth, from 1 to 10.
    Rates,
    /// Says what the programme that it belongs to was worth, from 1 to 10.
    RatesProgram,
    /// Takes back the published content that is its parent.
    Retracts,
    /// Takes back the event that is its parent, as if it had never been.
    Undoes,
}

/// Whether an event of a type has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Need")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Need {
    Required,
    Optional,
    Forbidden,
}

/// What activity types are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ActivityTypeSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActivityTypeSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new activity type of the workspace's own, of which there are at most 200. An event of it is a deed of a member.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewActivityType {
    /// Letters, digits, `-` and `_`, at most 63 of them, and no key that is built in. Never changes.
    #[schema(example = "bug_triaged")]
    pub key: String,
    #[schema(example = "Bug triaged")]
    pub name: String,
    /// How deep the activity goes.
    pub class: ActivityClass,
    /// What it does with knowledge; nothing when absent.
    pub knowledge: Option<Knowledge>,
    /// The integrator's own id, unique among activity types.
    pub external_id: Option<String>,
}

/// Changes of an activity type of the workspace's own; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ActivityTypePatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    /// Restates metrics, back to the first event of the type.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub class: Option<ActivityClass>,
    /// Restates metrics, back to the first event of the type.
    #[schema(value_type = Option<Knowledge>)]
    pub knowledge: MaybeUndefined<Knowledge>,
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which activity types to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ActivityTypeFilter {
    /// One or more classes, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<ActivityClass>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub class: Option<Vec<ActivityClass>>,
    /// Only those that are built in, or only the workspace's own.
    #[param(required = false, nullable = false, value_type = bool)]
    pub built_in: Option<bool>,
    /// Changed at this instant or later, as what is built in never is.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

impl From<domain::Entry> for ActivityType {
    fn from(entry: domain::Entry) -> Self {
        let (class, knowledge) = (entry.class().map(Into::into), entry.knowledge().map(Into::into));
        let (id, role) = (entry.id().to_string().into(), entry.role().into());
        let (member, parent, value) = entry.needs();
        let (member, parent, value) = (member.into(), parent.into(), value.into());
        match entry {
            domain::Entry::BuiltIn(domain::BuiltIn { key, name, .. }) => {
                let (key, name) = ((*key).to_owned(), (*name).to_owned());
                let (external_id, version, created_at, updated_at) = (None, 1, None, None);
                let built_in = true;
                Self {
                    id,
                    key,
                    name,
                    built_in,
                    class,
                    knowledge,
                    role,
                    member,
                    parent,
                    value,
                    external_id,
                    version,
                    created_at,
                    updated_at,
                }
            }
            domain::Entry::Own(own) => {
                let domain::ActivityType { id: _, key, name, class: _, knowledge: _, external_id, stamp } = own;
                let (created_at, updated_at) = (Some(DateTime(stamp.created_at)), Some(DateTime(stamp.updated_at)));
                let (built_in, version) = (false, stamp.version);
                Self {
                    id,
                    key,
                    name,
                    built_in,
                    class,
                    knowledge,
                    role,
                    member,
                    parent,
                    value,
                    external_id,
                    version,
                    created_at,
                    updated_at,
                }
            }
        }
    }
}

impl From<domain::ActivityType> for ActivityType {
    fn from(own: domain::ActivityType) -> Self {
        domain::Entry::Own(own).into()
    }
}

impl From<NewActivityType> for domain::ActivityTypeDraft {
    fn from(new: NewActivityType) -> Self {
        let NewActivityType { key, name, class, knowledge, external_id } = new;
        Self { key, name, class: class.into(), knowledge: knowledge.map(Into::into), external_id }
    }
}

impl From<ActivityTypeFilter> for domain::ActivityTypeFilter {
    fn from(filter: ActivityTypeFilter) -> Self {
        let ActivityTypeFilter { class, built_in, updated_since } = filter;
        let classes = class.into_iter().flatten().map(Into::into).collect();
        Self { classes, built_in, updated_since: updated_since.map(|instant| instant.0) }
    }
}

resource!(ActivityType of domain::ActivityType, at "/v1/activity-types");

impl Patch<domain::ActivityTypeDraft> for ActivityTypePatch {
    fn apply(self, draft: &mut domain::ActivityTypeDraft) {
        let Self { name, class, knowledge, external_id } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.class, class.map(Into::into));
        clear(&mut draft.knowledge, knowledge.map_value(Into::into));
        clear(&mut draft.external_id, external_id);
    }
}
