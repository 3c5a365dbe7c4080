//! Key results in batches.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::key_result as key_results;
use waymark_domain::objective::Objective;

use super::{Batches, Loaded, grouped, single};
use crate::resources::key_result::KeyResult;

/// A key result by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultById(pub(crate) Id<key_results::KeyResult>);

/// The key results of an objective, in the order of their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyResultsOf(pub(crate) Id<Objective>);

impl Loader<KeyResultById> for Batches {
    type Value = KeyResult;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[KeyResultById]) -> Loaded<KeyResultById, KeyResult> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.key_results_by_id(&self.actor, &ids).await?, |key_result| KeyResultById(key_result.id)))
    }
}

impl Loader<KeyResultsOf> for Batches {
    type Value = Vec<KeyResult>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[KeyResultsOf]) -> Loaded<KeyResultsOf, Vec<KeyResult>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(self.app.key_results_of(&self.actor, &ids).await?, |key_result| Some(KeyResultsOf(key_result.objective))))
    }
}
