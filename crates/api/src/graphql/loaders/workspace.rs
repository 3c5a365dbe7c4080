//! The caller's workspace.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::workspace as domain;

use super::{Batches, Loaded, single};
use crate::resources::workspace::Workspace;

/// A workspace by its id: there is none but the caller's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WorkspaceById(pub(crate) Id<domain::Workspace>);

impl Loader<WorkspaceById> for Batches {
    type Value = Workspace;
    type Error = Arc<Error>;

    async fn load(&self, _: &[WorkspaceById]) -> Loaded<WorkspaceById, Workspace> {
        Ok(single(vec![self.app.workspace(&self.actor).await?], |workspace| WorkspaceById(workspace.id)))
    }
}
