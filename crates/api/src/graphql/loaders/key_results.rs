//! Key results in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::key_result as key_results;
use waymark_domain::objective::Objective;

use super::{Batch, Loaded, single};
use crate::resources::grouped;
use crate::resources::key_result::KeyResult;

/// A key result by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultById(pub(crate) Id<key_results::KeyResult>);

/// The key results of an objective, in the order of their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultsOf(pub(crate) Id<Objective>);

impl Batch for KeyResultById {
    type Value = KeyResult;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.key_results_by_id(actor, &ids).await?, |key_result| KeyResultById(key_result.id)))
    }
}

impl Batch for KeyResultsOf {
    type Value = Vec<KeyResult>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.key_results_of(actor, &ids).await?, |key_result| Some(KeyResultsOf(key_result.objective))))
    }
}
