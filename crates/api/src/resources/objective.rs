//! Objectives on the wire.

mod filter;

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::number::Quantity;
use waymark_domain::objective as domain;

use crate::resources::as_of::AsOf;
use crate::resources::key_result::KeyResult;
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::{DateTime, Decimal};

pub use filter::ObjectiveFilter;

/// What a team wants to achieve in a cycle, in words; its key results measure it.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Objective {
    #[schema(value_type = String, example = "obj_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Cycle, team and number: names the objective for ever, also after it is deleted.
    #[schema(example = "2026-Q4.devrel.O1")]
    pub address: String,
    /// Given once within the team and cycle, and never again.
    #[schema(example = "O1")]
    pub number: String,
    #[schema(value_type = String)]
    pub cycle_id: ID,
    #[schema(value_type = String)]
    pub team_id: ID,
    #[schema(example = "Developers succeed with our API on their first day")]
    pub title: String,
    pub kind: ObjectiveKind,
    pub status: ObjectiveStatus,
    /// Why it matters in this cycle rather than in another.
    pub why_now: Option<String>,
    /// The strategic pillar it belongs to.
    pub pillar: Option<String>,
    /// The team, often of one, that answers for it.
    #[schema(value_type = Option<String>)]
    pub owner_id: Option<ID>,
    /// Its share in scores by the `WEIGHTED` policy: 0 to 1,000,000.
    pub weight: Decimal,
    /// The objective or key result it supports.
    #[schema(value_type = Option<String>)]
    pub parent_id: Option<ID>,
    /// More objectives and key results it contributes to: at most 20.
    #[schema(value_type = Vec<String>)]
    pub alignment_ids: Vec<ID>,
    /// The integrator's own id, unique among objectives.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// Its key results, where `expand=keyResults` asks for them.
    #[graphql(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub key_results: Option<Vec<KeyResult>>,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// What an objective is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ObjectiveKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveKind {
    /// Moves a core business metric.
    #[default]
    Impact,
    /// Unlocks future impact: platform, data quality, compliance.
    Enabler,
}

/// Where an objective is in its life. Only `PUBLISHED` and `CLOSED` ones count in scores of teams and cycles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ObjectiveStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveStatus {
    #[default]
    Draft,
    Published,
    /// On the "not now" list.
    Parked,
    Cancelled,
    Closed,
}

/// What objectives are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ObjectiveSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ObjectiveSort {
    CreatedAt,
    UpdatedAt,
    Title,
}

/// A new objective. Its number and address are given by the server.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewObjective {
    /// Id or key. Never changes, and must not be closed.
    #[schema(example = "2026-Q4")]
    pub cycle: String,
    /// Id or key. Never changes.
    #[schema(example = "devrel")]
    pub team: String,
    /// At most 1,000 characters.
    #[schema(example = "Developers succeed with our API on their first day")]
    pub title: String,
    /// `IMPACT` when absent.
    #[graphql(default)]
    #[serde(default)]
    pub kind: ObjectiveKind,
    /// `DRAFT` when absent.
    #[graphql(default)]
    #[serde(default)]
    pub status: ObjectiveStatus,
    /// Why it matters in this cycle rather than in another; at most 20,000 characters.
    pub why_now: Option<String>,
    /// The strategic pillar it belongs to.
    pub pillar: Option<String>,
    /// Id or key of the team, often of one, that answers for it.
    pub owner: Option<String>,
    /// Its share in scores by the `WEIGHTED` policy: 0 to 1,000,000, and 1 when absent.
    #[graphql(default_with = "one()")]
    #[serde(default = "one")]
    #[schema(default = 1)]
    pub weight: Decimal,
    /// Id or address of the objective or key result it supports.
    pub parent: Option<String>,
    /// Ids or addresses of more objectives and key results it contributes to: at most 20.
    #[graphql(default)]
    #[serde(default)]
    pub alignments: Vec<String>,
    /// The integrator's own id, unique among objectives.
    pub external_id: Option<String>,
}

/// Changes of an objective; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ObjectivePatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub title: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<ObjectiveKind>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub status: Option<ObjectiveStatus>,
    /// Why it matters in this cycle rather than in another.
    #[schema(value_type = Option<String>)]
    pub why_now: MaybeUndefined<String>,
    /// The strategic pillar it belongs to.
    #[schema(value_type = Option<String>)]
    pub pillar: MaybeUndefined<String>,
    /// Id or key of the team, often of one, that answers for it.
    #[schema(value_type = Option<String>)]
    pub owner: MaybeUndefined<String>,
    /// Its share in scores by the `WEIGHTED` policy: 0 to 1,000,000.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub weight: Option<Decimal>,
    /// Id or address of the objective or key result it supports.
    #[schema(value_type = Option<String>)]
    pub parent: MaybeUndefined<String>,
    /// All ids or addresses of more objectives and key results it contributes to; an empty list clears.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub alignments: Option<Vec<String>>,
    /// The integrator's own id, unique among objectives.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

fn one() -> Decimal {
    Quantity::ONE.into()
}

impl From<domain::Objective> for Objective {
    fn from(objective: domain::Objective) -> Self {
        let domain::Objective {
            id,
            cycle,
            team,
            address,
            title,
            kind,
            status,
            why_now,
            pillar,
            owner,
            weight,
            parent,
            alignments,
            external_id,
            stamp,
        } = objective;
        Self {
            id: id.to_string().into(),
            number: address.number.to_string(),
            address: address.to_string(),
            cycle_id: cycle.to_string().into(),
            team_id: team.to_string().into(),
            title,
            kind: kind.into(),
            status: status.into(),
            why_now,
            pillar,
            owner_id: owner.map(|owner| owner.to_string().into()),
            weight: weight.into(),
            parent_id: parent.map(|parent| parent.to_string().into()),
            alignment_ids: alignments.into_iter().map(|support| support.to_string().into()).collect(),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            key_results: None,
            as_of: None,
        }
    }
}

impl From<NewObjective> for application::NewObjective {
    fn from(new: NewObjective) -> Self {
        let NewObjective { cycle, team, title, kind, status, why_now, pillar, owner, weight, parent, alignments, external_id } = new;
        let (kind, status, weight) = (kind.into(), status.into(), weight.entered());
        let draft = domain::ObjectiveDraft { title, kind, status, why_now, pillar, owner, weight, parent, alignments, external_id };
        Self { cycle, team, draft }
    }
}

resource!(Objective of domain::Objective, at "/v1/objectives");

impl Patch<domain::ObjectiveDraft> for ObjectivePatch {
    fn apply(self, draft: &mut domain::ObjectiveDraft) {
        let Self { title, kind, status, why_now, pillar, owner, weight, parent, alignments, external_id } = self;
        replace(&mut draft.title, title);
        replace(&mut draft.kind, kind.map(Into::into));
        replace(&mut draft.status, status.map(Into::into));
        clear(&mut draft.why_now, why_now);
        clear(&mut draft.pillar, pillar);
        clear(&mut draft.owner, owner);
        replace(&mut draft.weight, weight.map(Decimal::entered));
        clear(&mut draft.parent, parent);
        replace(&mut draft.alignments, alignments);
        clear(&mut draft.external_id, external_id);
    }
}
