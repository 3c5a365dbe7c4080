//! Relay's `Node`: anything with an id, by its id alone.

use async_graphql::{Context, ID, Interface, Object, Result};

use crate::error_code::ErrorCode;
use crate::graphql::context::{coded, id_of, load_all};
use crate::graphql::loaders::TeamById;
use crate::graphql::loaders::cycles::CycleById;
use crate::graphql::loaders::objectives::ObjectiveById;
use crate::graphql::loaders::workspace::WorkspaceById;
use crate::resources::cycle::Cycle;
use crate::resources::objective::Objective;
use crate::resources::team::Team;
use crate::resources::workspace::Workspace;

/// Most ids that are asked for at once.
const NODES_LIMIT: usize = 100;

/// Anything with an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID"))]
pub(crate) enum Node {
    Cycle(Cycle),
    Objective(Objective),
    Team(Team),
    Workspace(Workspace),
}

#[derive(Default)]
pub(crate) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// Anything by its id; null when there is no such thing in this workspace.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        Ok(nodes(ctx, &[id]).await?.pop().flatten())
    }

    /// Things by their ids, in the order of the ids; null for each that does not exist.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_LIMIT {
            return Err(coded(ErrorCode::TooMany, format!("at most {NODES_LIMIT} ids can be asked for at once")));
        }
        nodes(ctx, &ids).await
    }
}

/// One query for each kind of thing that is asked for.
async fn nodes(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    let cycles = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(CycleById)).collect()).await?;
    let objectives = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(ObjectiveById)).collect()).await?;
    let teams = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(TeamById)).collect()).await?;
    let workspaces = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(WorkspaceById)).collect()).await?;
    let found = |id: &ID| {
        if let Some(key) = id_of(id) {
            return cycles.get(&CycleById(key)).cloned().map(Node::Cycle);
        }
        if let Some(key) = id_of(id) {
            return objectives.get(&ObjectiveById(key)).cloned().map(Node::Objective);
        }
        if let Some(key) = id_of(id) {
            return teams.get(&TeamById(key)).cloned().map(Node::Team);
        }
        if let Some(key) = id_of(id) {
            return workspaces.get(&WorkspaceById(key)).cloned().map(Node::Workspace);
        }
        None
    };
    Ok(ids.iter().map(found).collect())
}
