//! Contributions by either end.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;

use super::{Batches, Loaded, grouped};
use crate::resources::contribution::Contribution;

/// The links of an initiative, in the order they were made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContributionsOf(pub(crate) Id<Initiative>);

/// The links to a key result, by the age of their initiatives.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContributionsTo(pub(crate) Id<KeyResult>);

impl Loader<ContributionsOf> for Batches {
    type Value = Vec<Contribution>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ContributionsOf]) -> Loaded<ContributionsOf, Vec<Contribution>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = self.app.contributions_of(&self.actor, &ids).await?;
        Ok(grouped(found, |link| Some(ContributionsOf(link.initiative))))
    }
}

impl Loader<ContributionsTo> for Batches {
    type Value = Vec<Contribution>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ContributionsTo]) -> Loaded<ContributionsTo, Vec<Contribution>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = self.app.contributions_to(&self.actor, &ids).await?;
        Ok(grouped(found, |link| link.key_result.map(ContributionsTo)))
    }
}
