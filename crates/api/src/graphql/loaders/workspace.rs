//! The caller's workspace.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::workspace as domain;

use super::{Batch, Loaded, single};
use crate::resources::workspace::Workspace;

/// A workspace by its id: there is none but the caller's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WorkspaceById(pub(crate) Id<domain::Workspace>);

impl Batch for WorkspaceById {
    type Value = Workspace;

    async fn load(app: &App, actor: &Actor, _: &[Self]) -> Loaded<Self> {
        Ok(single(vec![app.workspace(actor).await?], |workspace| WorkspaceById(workspace.id)))
    }
}
