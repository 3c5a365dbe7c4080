//! Objectives: by id, of cycles and teams, and of what they support.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::{Error, ObjectiveQuery};
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::objective::{self as domain, Support};
use waymark_domain::team::Team;

use super::{Batches, Loaded, grouped, single};
use crate::resources::objective::Objective;

/// An objective by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectiveById(pub(crate) Id<domain::Objective>);

/// The objectives of a cycle that fit a query.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ObjectivesIn(pub(crate) Id<Cycle>, pub(crate) ObjectiveQuery);

/// The objectives of a team that fit a query.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ObjectivesOf(pub(crate) Id<Team>, pub(crate) ObjectiveQuery);

/// The objectives whose parent is this objective or key result.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectivesSupporting(pub(crate) Support);

impl Loader<ObjectiveById> for Batches {
    type Value = Objective;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ObjectiveById]) -> Loaded<ObjectiveById, Objective> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.objectives_by_id(&self.actor, &ids).await?, |objective| ObjectiveById(objective.id)))
    }
}

impl Loader<ObjectivesIn> for Batches {
    type Value = Vec<Objective>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ObjectivesIn]) -> Loaded<ObjectivesIn, Vec<Objective>> {
        let mut all = HashMap::new();
        for (query, cycles) in by_query(keys.iter().map(|ObjectivesIn(cycle, query)| (query, *cycle))) {
            let objectives = self.app.objectives_in(&self.actor, &cycles, query.clone()).await?;
            all.extend(grouped(objectives, |objective| Some(ObjectivesIn(objective.cycle, query.clone()))));
        }
        Ok(all)
    }
}

impl Loader<ObjectivesOf> for Batches {
    type Value = Vec<Objective>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ObjectivesOf]) -> Loaded<ObjectivesOf, Vec<Objective>> {
        let mut all = HashMap::new();
        for (query, teams) in by_query(keys.iter().map(|ObjectivesOf(team, query)| (query, *team))) {
            let objectives = self.app.objectives_of(&self.actor, &teams, query.clone()).await?;
            all.extend(grouped(objectives, |objective| Some(ObjectivesOf(objective.team, query.clone()))));
        }
        Ok(all)
    }
}

impl Loader<ObjectivesSupporting> for Batches {
    type Value = Vec<Objective>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ObjectivesSupporting]) -> Loaded<ObjectivesSupporting, Vec<Objective>> {
        let parents: Vec<_> = keys.iter().map(|key| key.0).collect();
        let objectives = self.app.objectives_supporting(&self.actor, &parents).await?;
        Ok(grouped(objectives, |objective| objective.parent.map(ObjectivesSupporting)))
    }
}

/// The parents of each query: a document has as many queries as places where it asks, not as many as parents.
fn by_query<'a, P>(keys: impl Iterator<Item = (&'a ObjectiveQuery, P)>) -> HashMap<&'a ObjectiveQuery, Vec<P>> {
    let mut parents: HashMap<_, Vec<P>> = HashMap::new();
    for (query, parent) in keys {
        parents.entry(query).or_default().push(parent);
    }
    parents
}
