//! The caller over GraphQL.

use async_graphql::{ComplexObject, Context, Object, Result};

use crate::graphql::context::{actor, app, failure, id_of, load};
use crate::graphql::loaders::workspace::WorkspaceById;
use crate::resources::me::Me;
use crate::resources::workspace::Workspace;

#[ComplexObject]
impl Me {
    /// The workspace the token belongs to; null, with an error, for a role that may not read.
    async fn workspace(&self, ctx: &Context<'_>) -> Result<Option<Workspace>> {
        match id_of(&self.workspace_id) {
            Some(id) => load(ctx, None, WorkspaceById(id)).await,
            None => Ok(None),
        }
    }
}

#[derive(Default)]
pub(crate) struct MeQueries;

#[Object]
impl MeQueries {
    /// Who the caller's token is, and what it may do.
    async fn me(&self, ctx: &Context<'_>) -> Result<Me> {
        Ok(app(ctx).me(actor(ctx)).map_err(|error| failure(&error))?.into())
    }
}
