//! Merges of members on the wire.

use async_graphql::{ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::merge as domain;

use crate::resources::effect::Effect;
use crate::resources::identity::Identity;
use crate::resources::member_trait::MemberTrait;

/// What a merge would bring together. It moves nothing: what a member has counts for the survivor until it is unmerged.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergePreview {
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub member_id: ID,
    /// What the member would be merged into.
    #[schema(value_type = String)]
    pub into_id: ID,
    /// Whom it would count as: the same, unless that is merged into another one itself.
    #[schema(value_type = String)]
    pub survivor_id: ID,
    /// Accounts that would count for the survivor: those of the member, and of members merged into it.
    pub identities: Vec<Identity>,
    /// Traits that would count for the survivor: those of the member, and of members merged into it.
    pub traits: Vec<MemberTrait>,
    /// Those of the traits that contradict what the survivor has already.
    pub overruled: Vec<Overruled>,
    /// Which figures would be told otherwise.
    pub effect: Effect,
}

/// What it would part to unmerge a member.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnmergePreview {
    #[schema(value_type = String, example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub member_id: ID,
    /// Whom the member counts as now: itself, where it is not merged.
    #[schema(value_type = String)]
    pub survivor_id: ID,
    /// Accounts that would count for the member again: its own, and those of members merged into it.
    pub identities: Vec<Identity>,
    /// Traits that would count for the member again: its own, and those of members merged into it.
    pub traits: Vec<MemberTrait>,
    /// Which figures would be told otherwise; nothing where it is not merged.
    pub effect: Effect,
}

/// Two traits that cannot both be true. Of the days they share, the winner is believed.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct Overruled {
    /// Of the member that would be merged, or of one merged into it.
    pub loser: MemberTrait,
    /// Of the survivor, or of one merged into it.
    pub winner: MemberTrait,
}

/// Which member another one turned out to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMerge {
    /// Id of the member that it is to be merged into.
    #[schema(example = "mem_01h455vb4pex5vsknk084sn02q")]
    pub into: String,
}

/// Which merge to look at before it is made.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MergeParams {
    /// Id of the member that it would be merged into.
    pub(crate) into: String,
}

impl From<domain::MergePreview> for MergePreview {
    fn from(preview: domain::MergePreview) -> Self {
        let domain::MergePreview { member, into, survivor, identities, traits, overruled, effect } = preview;
        Self {
            member_id: member.to_string().into(),
            into_id: into.to_string().into(),
            survivor_id: survivor.to_string().into(),
            identities: identities.into_iter().map(Into::into).collect(),
            traits: traits.into_iter().map(Into::into).collect(),
            overruled: overruled.into_iter().map(Into::into).collect(),
            effect: effect.into(),
        }
    }
}

impl From<domain::UnmergePreview> for UnmergePreview {
    fn from(preview: domain::UnmergePreview) -> Self {
        let domain::UnmergePreview { member, survivor, identities, traits, effect } = preview;
        Self {
            member_id: member.to_string().into(),
            survivor_id: survivor.to_string().into(),
            identities: identities.into_iter().map(Into::into).collect(),
            traits: traits.into_iter().map(Into::into).collect(),
            effect: effect.into(),
        }
    }
}

impl From<domain::Overruled> for Overruled {
    fn from(overruled: domain::Overruled) -> Self {
        let domain::Overruled { loser, winner } = overruled;
        Self { loser: loser.into(), winner: winner.into() }
    }
}
