//! Batches of history.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::{Concept, Error};

use super::{Batches, Loaded};
use crate::resources::change::Change;

/// The changes of a thing by its id, oldest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf(pub(crate) Concept, pub(crate) String);

impl Loader<HistoryOf> for Batches {
    type Value = Vec<Change>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HistoryOf]) -> Loaded<HistoryOf, Vec<Change>> {
        let mut by_concept: HashMap<Concept, Vec<String>> = HashMap::new();
        for HistoryOf(concept, id) in keys {
            by_concept.entry(*concept).or_default().push(id.clone());
        }
        let mut histories: HashMap<HistoryOf, Vec<Change>> = HashMap::new();
        for (concept, ids) in by_concept {
            for (id, change) in self.app.histories(&self.actor, concept, &ids).await? {
                histories.entry(HistoryOf(concept, id)).or_default().push(change.into());
            }
        }
        Ok(histories)
    }
}
