//! One query per relation and level of a request, whatever the fan-out.

pub(crate) mod check_ins;
pub(crate) mod contributions;
pub(crate) mod cycles;
pub(crate) mod initiatives;
mod key_results;
mod milestone_steps;
pub(crate) mod objectives;
pub(crate) mod tokens;
pub(crate) mod workspace;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::{App, Error};
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::team as teams;

pub(crate) use key_results::{KeyResultById, KeyResultsOf};
pub(crate) use milestone_steps::{MilestoneStepById, MilestoneStepsOf};

use crate::resources::team::Team;

mod history;
mod scores;

pub(crate) use history::HistoryOf;
pub(crate) use scores::{CascadeScoreOf, CycleNamed, GroupScoreOf, KeyResultScoreOf, ObjectiveScoreOf, TeamNamed};

/// The batches of one request: they see what its caller may see.
pub(crate) struct Batches {
    pub(crate) app: App,
    pub(crate) actor: Actor,
}

type Loaded<K, V> = Result<HashMap<K, V>, Arc<Error>>;

/// A team by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TeamById(pub(crate) Id<teams::Team>);

/// The teams right below one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TeamsBelow(pub(crate) Id<teams::Team>);

impl Loader<TeamById> for Batches {
    type Value = Team;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TeamById]) -> Loaded<TeamById, Team> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.teams_by_id(&self.actor, &ids).await?, |team| TeamById(team.id)))
    }
}

impl Loader<TeamsBelow> for Batches {
    type Value = Vec<Team>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TeamsBelow]) -> Loaded<TeamsBelow, Vec<Team>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(self.app.teams_below(&self.actor, &ids).await?, |team| team.parent.map(TeamsBelow)))
    }
}

/// Each thing under its key, as its resource.
pub(crate) fn single<K: Eq + Hash, D, R: From<D>>(things: Vec<D>, key: impl Fn(&D) -> K) -> HashMap<K, R> {
    things.into_iter().map(|thing| (key(&thing), thing.into())).collect()
}

/// All things that share a key, in their order, as their resource.
pub(crate) fn grouped<K: Eq + Hash, D, R: From<D>>(things: Vec<D>, key: impl Fn(&D) -> Option<K>) -> HashMap<K, Vec<R>> {
    let mut groups: HashMap<K, Vec<R>> = HashMap::new();
    for thing in things {
        if let Some(key) = key(&thing) {
            groups.entry(key).or_default().push(thing.into());
        }
    }
    groups
}
