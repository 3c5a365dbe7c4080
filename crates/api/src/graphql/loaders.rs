//! One query per relation and level of a request, whatever the fan-out.

pub(crate) mod activity_types;
pub(crate) mod bindings;
pub(crate) mod channels;
pub(crate) mod check_ins;
pub(crate) mod contributions;
pub(crate) mod cycles;
pub(crate) mod erasures;
pub(crate) mod events;
pub(crate) mod identities;
pub(crate) mod initiatives;
mod key_results;
pub(crate) mod layers;
pub(crate) mod member_traits;
pub(crate) mod members;
pub(crate) mod metrics;
mod milestone_steps;
pub(crate) mod objectives;
pub(crate) mod platforms;
pub(crate) mod surveys;
pub(crate) mod tokens;
pub(crate) mod workspace;

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::{App, Error};
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::team as teams;

pub(crate) use key_results::{KeyResultById, KeyResultsOf};
pub(crate) use milestone_steps::{MilestoneStepById, MilestoneStepsOf};

use crate::resources::as_of::{AsOf, Dated};
use crate::resources::grouped;
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

/// What is asked for, as it was known at an instant or is now.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct At<K> {
    pub(crate) key: K,
    pub(crate) as_of: AsOf,
}

/// A key whose things are read many at once.
pub(crate) trait Batch: Clone + Eq + Hash + Send + Sync + 'static {
    type Value: Dated + Clone + Send + Sync + 'static;

    fn load(app: &App, actor: &Actor, keys: &[Self]) -> impl Future<Output = Loaded<Self>> + Send;
}

type Loaded<K> = Result<HashMap<K, <K as Batch>::Value>, Arc<Error>>;

/// A document asks for few instants, mostly for one.
impl<K: Batch> Loader<At<K>> for Batches {
    type Value = K::Value;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[At<K>]) -> Result<HashMap<At<K>, K::Value>, Arc<Error>> {
        let mut all = HashMap::new();
        for (as_of, keys) in alike(keys.iter().map(|at| (at.as_of, at.key.clone()))) {
            let found = K::load(&self.app.at(as_of), &self.actor, &keys).await?;
            all.extend(found.into_iter().map(|(key, value)| (At { key, as_of }, value.dated(as_of))));
        }
        Ok(all)
    }
}

/// What is asked for in the same way; one request mostly asks in one way.
fn alike<K: Eq + Hash, T>(asked: impl Iterator<Item = (K, T)>) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (way, thing) in asked {
        groups.entry(way).or_default().push(thing);
    }
    groups
}

/// A team by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TeamById(pub(crate) Id<teams::Team>);

/// The teams right below one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TeamsBelow(pub(crate) Id<teams::Team>);

impl Batch for TeamById {
    type Value = Team;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.teams_by_id(actor, &ids).await?, |team| TeamById(team.id)))
    }
}

impl Batch for TeamsBelow {
    type Value = Vec<Team>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.teams_below(actor, &ids).await?, |team| team.parent.map(TeamsBelow)))
    }
}

/// Each thing under its key, as its resource.
pub(crate) fn single<K: Eq + Hash, D, R: From<D>>(things: Vec<D>, key: impl Fn(&D) -> K) -> HashMap<K, R> {
    things.into_iter().map(|thing| (key(&thing), thing.into())).collect()
}
