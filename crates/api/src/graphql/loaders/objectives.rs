//! Objectives: by id, of cycles and teams, and of what they support.

use std::collections::HashMap;

use waymark_application::{App, ObjectiveQuery};
use waymark_domain::actor::Actor;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::objective::{self as domain, Support};
use waymark_domain::team::Team;

use super::{Batch, Loaded, alike, single};
use crate::resources::grouped;
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

impl Batch for ObjectiveById {
    type Value = Objective;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.objectives_by_id(actor, &ids).await?, |objective| ObjectiveById(objective.id)))
    }
}

impl Batch for ObjectivesIn {
    type Value = Vec<Objective>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut all = HashMap::new();
        for (query, cycles) in alike(keys.iter().map(|ObjectivesIn(cycle, query)| (query, *cycle))) {
            let objectives = app.objectives_in(actor, &cycles, query.clone()).await?;
            all.extend(grouped(objectives, |objective| Some(ObjectivesIn(objective.cycle, query.clone()))));
        }
        Ok(all)
    }
}

impl Batch for ObjectivesOf {
    type Value = Vec<Objective>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut all = HashMap::new();
        for (query, teams) in alike(keys.iter().map(|ObjectivesOf(team, query)| (query, *team))) {
            let objectives = app.objectives_of(actor, &teams, query.clone()).await?;
            all.extend(grouped(objectives, |objective| Some(ObjectivesOf(objective.team, query.clone()))));
        }
        Ok(all)
    }
}

impl Batch for ObjectivesSupporting {
    type Value = Vec<Objective>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let parents: Vec<_> = keys.iter().map(|key| key.0).collect();
        let objectives = app.objectives_supporting(actor, &parents).await?;
        Ok(grouped(objectives, |objective| objective.parent.map(ObjectivesSupporting)))
    }
}
