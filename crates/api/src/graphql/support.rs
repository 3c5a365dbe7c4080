//! What objectives support: other objectives, or key results of them.

use async_graphql::{Context, ID, Result, Union};

use crate::graphql::context::{id_of, load_all};
use crate::graphql::loaders::KeyResultById;
use crate::graphql::loaders::objectives::ObjectiveById;
use crate::resources::as_of::AsOf;
use crate::resources::key_result::KeyResult;
use crate::resources::objective::Objective;

/// Something that an objective can support.
#[derive(Union)]
#[expect(clippy::large_enum_variant, reason = "the variants of a union are the resources themselves")]
pub(crate) enum Support {
    Objective(Objective),
    KeyResult(KeyResult),
}

/// What the ids name, in their order and with one query for each kind; what was deleted since is left out.
pub(crate) async fn supports(ctx: &Context<'_>, as_of: AsOf, ids: &[ID]) -> Result<Vec<Support>> {
    let objectives = load_all(ctx, as_of, ids.iter().filter_map(|id| id_of(id).map(ObjectiveById)).collect()).await?;
    let key_results = load_all(ctx, as_of, ids.iter().filter_map(|id| id_of(id).map(KeyResultById)).collect()).await?;
    let found = |id: &ID| {
        if let Some(key) = id_of(id) {
            return objectives.get(&ObjectiveById(key)).cloned().map(Support::Objective);
        }
        let key = id_of(id)?;
        key_results.get(&KeyResultById(key)).cloned().map(Support::KeyResult)
    };
    Ok(ids.iter().filter_map(found).collect())
}
