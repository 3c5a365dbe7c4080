//! The workspace over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_domain::authorization::Permission;

use crate::graphql::context::{actor, app, failure};
use crate::graphql::mutation::{Update, Version, payload, update};
use crate::resources::workspace::{Workspace, WorkspacePatch};

#[ComplexObject]
impl Workspace {
    /// Whether the caller may change the workspace.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditWorkspace)
    }
}

#[derive(Default)]
pub(crate) struct WorkspaceQueries;

#[Object]
impl WorkspaceQueries {
    /// The workspace the caller's token belongs to.
    async fn workspace(&self, ctx: &Context<'_>) -> Result<Workspace> {
        Ok(app(ctx).workspace(actor(ctx)).await.map_err(|error| failure(&error))?.into())
    }
}

/// A change of the caller's own workspace.
#[derive(InputObject)]
pub(crate) struct UpdateWorkspaceInput {
    /// The version that was read.
    version: Version,
    changes: WorkspacePatch,
}

payload!(UpdateWorkspacePayload, workspace: Workspace);

#[derive(Default)]
pub(crate) struct WorkspaceMutations;

#[Object]
impl WorkspaceMutations {
    /// Changes the workspace the caller's token belongs to.
    async fn update_workspace(&self, ctx: &Context<'_>, input: UpdateWorkspaceInput) -> Result<UpdateWorkspacePayload> {
        let UpdateWorkspaceInput { version, changes } = input;
        Ok(update::<Workspace, _>(ctx, Update { id: ID::default(), version, changes }).await?.into())
    }
}
