//! Merges of members over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::graphql::context::{actor, app, optional};
use crate::graphql::mutation::{Version, outcome, payload};
use crate::resources::member::Member;
use crate::resources::merge::{MergePreview, UnmergePreview};

#[derive(Default)]
pub(crate) struct MergeQueries;

#[Object]
impl MergeQueries {
    /// What it would bring together to merge a member into another one, and which figures it would move; null when there is no
    /// such member. Refused as the merge itself would be.
    async fn merge_preview(&self, ctx: &Context<'_>, member: ID, into: ID) -> Result<Option<MergePreview>> {
        Ok(optional(app(ctx).merge_preview(actor(ctx), &member, &into).await)?.map(MergePreview::from))
    }

    /// What it would part to unmerge a member, and which figures it would move; null when there is no such member.
    async fn unmerge_preview(&self, ctx: &Context<'_>, member: ID) -> Result<Option<UnmergePreview>> {
        Ok(optional(app(ctx).unmerge_preview(actor(ctx), &member).await)?.map(UnmergePreview::from))
    }
}

/// Which member turned out to be which other one.
#[derive(InputObject)]
#[graphql(name = "MergeMemberInput")]
pub(crate) struct MergeMember {
    id: ID,
    /// The version that was read.
    version: Version,
    /// Id of the member that it is to be merged into.
    into: String,
}

/// Which member is to stand for itself again.
#[derive(InputObject)]
#[graphql(name = "UnmergeMemberInput")]
pub(crate) struct UnmergeMember {
    id: ID,
    /// The version that was read.
    version: Version,
}

payload!(MergeMemberPayload, member: Member);
payload!(UnmergeMemberPayload, member: Member);

#[derive(Default)]
pub(crate) struct MergeMutations;

#[Object]
impl MergeMutations {
    /// From now on the member counts as the other one, which may itself be merged into a third; only a loop is refused.
    /// Accounts and traits stay with the member, so that the merge can be undone.
    async fn merge_member(&self, ctx: &Context<'_>, input: MergeMember) -> Result<MergeMemberPayload> {
        let MergeMember { id, version, into } = input;
        Ok(outcome(app(ctx).merge_member(actor(ctx), id.0, Some(version.0), into).await, &["input"])?.into())
    }

    /// The member stands for itself again, with the members that were merged into it. Unchanged where it does already.
    async fn unmerge_member(&self, ctx: &Context<'_>, input: UnmergeMember) -> Result<UnmergeMemberPayload> {
        let UnmergeMember { id, version } = input;
        Ok(outcome(app(ctx).unmerge_member(actor(ctx), id.0, Some(version.0)).await, &["input"])?.into())
    }
}
