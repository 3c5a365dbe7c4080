//! Batches of history.

use std::collections::HashMap;

use waymark_application::{App, Concept};
use waymark_domain::actor::Actor;

use super::{Batch, Loaded};
use crate::resources::change::Change;

/// The changes of a thing by its id, oldest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf(pub(crate) Concept, pub(crate) String);

impl Batch for HistoryOf {
    type Value = Vec<Change>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut by_concept: HashMap<Concept, Vec<String>> = HashMap::new();
        for HistoryOf(concept, id) in keys {
            by_concept.entry(*concept).or_default().push(id.clone());
        }
        let mut histories: HashMap<HistoryOf, Vec<Change>> = HashMap::new();
        for (concept, ids) in by_concept {
            for (id, change) in app.histories(actor, concept, &ids).await? {
                histories.entry(HistoryOf(concept, id)).or_default().push(change.into());
            }
        }
        Ok(histories)
    }
}
