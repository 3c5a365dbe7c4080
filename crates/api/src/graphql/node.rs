//! Relay's `Node`: anything with an id, by its id alone.

use async_graphql::{Context, ID, Interface, Object, Result};

use crate::error_code::ErrorCode;
use crate::graphql::context::{coded, id_of, load_all};
use crate::graphql::loaders::{KeyResultById, MilestoneStepById, TeamById};
use crate::resources::key_result::KeyResult;
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::team::Team;

/// Most ids that are asked for at once.
const NODES_LIMIT: usize = 100;

/// Anything with an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID"))]
pub(crate) enum Node {
    KeyResult(KeyResult),
    MilestoneStep(MilestoneStep),
    Team(Team),
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
    let key_results = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(KeyResultById)).collect()).await?;
    let steps = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(MilestoneStepById)).collect()).await?;
    let teams = load_all(ctx, ids.iter().filter_map(|id| id_of(id).map(TeamById)).collect()).await?;
    let found = |id: &ID| {
        if let Some(key) = id_of(id) {
            return key_results.get(&KeyResultById(key)).cloned().map(Node::KeyResult);
        }
        if let Some(key) = id_of(id) {
            return steps.get(&MilestoneStepById(key)).cloned().map(Node::MilestoneStep);
        }
        if let Some(key) = id_of(id) {
            return teams.get(&TeamById(key)).cloned().map(Node::Team);
        }
        None
    };
    Ok(ids.iter().map(found).collect())
}
