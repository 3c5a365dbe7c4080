//! Scores of cascades: an objective with all that support it, directly or through others.

use std::collections::{HashMap, HashSet};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::objective::{CASCADE_LIMIT, Objective, Support};
use waymark_domain::scoring::group::{GroupPolicy, GroupScore};
use waymark_domain::{DateTime, NaiveDate, Utc};

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::scores::{ObjectiveStanding, together};

/// A cascade with what its objectives are worth together.
#[derive(Clone, Debug)]
pub struct CascadeStanding {
    pub top: Objective,
    pub score: GroupScore,
    /// From the top down, the top included.
    pub objectives: Vec<ObjectiveStanding>,
    pub day: NaiveDate,
}

/// The objectives of a cascade with their distance from its top, nearest first.
type Depths = Vec<(Id<Objective>, usize)>;

impl App {
    pub async fn cascade_standing(
        &self,
        actor: &Actor,
        objective: &str,
        policy: GroupPolicy,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<CascadeStanding> {
        let top = self.objective_as_of(actor, objective, as_of).await?;
        let mut standings = self.cascade_standings(actor, &[top.id], policy, as_of).await?;
        standings.pop().ok_or_else(|| Error::not_found("objective", objective))
    }

    /// What the cascades below these objectives are worth; those that do not exist, or did not then, are left out.
    /// A constant number of queries, however many there are.
    pub async fn cascade_standings(
        &self,
        actor: &Actor,
        tops: &[Id<Objective>],
        policy: GroupPolicy,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Vec<CascadeStanding>> {
        require(actor, Permission::Read)?;
        let cascades = match as_of {
            None => self.cascades_now(actor, tops).await?,
            Some(instant) => self.cascades_then(actor, tops, instant).await?,
        };
        let ids: HashSet<Id<Objective>> = cascades.values().flatten().map(|(id, _)| *id).collect();
        let ids: Vec<Id<Objective>> = ids.into_iter().collect();
        let objectives = self.objectives_by_id_as_of(actor, &ids, as_of).await?;
        let today = self.day(actor, as_of).await?;
        let standings = self.objectives_worked(actor, objectives, as_of, today).await?;
        let cascade = |top: &Id<Objective>| {
            let depths: HashMap<Id<Objective>, usize> = cascades.get(top)?.iter().copied().collect();
            let within = |standing: &ObjectiveStanding| {
                let depth = *depths.get(&standing.objective.id)?;
                Some(ObjectiveStanding { depth, ..standing.clone() })
            };
            let mut objectives: Vec<ObjectiveStanding> = standings.iter().filter_map(within).collect();
            objectives.sort_by(|one, other| (one.depth, &one.objective.address).cmp(&(other.depth, &other.objective.address)));
            let top = objectives.first().filter(|first| first.objective.id == *top)?.objective.clone();
            Some(CascadeStanding { top, score: together(&objectives, policy), objectives, day: today.date })
        };
        Ok(tops.iter().filter_map(cascade).collect())
    }

    async fn cascades_now(&self, actor: &Actor, tops: &[Id<Objective>]) -> Result<HashMap<Id<Objective>, Depths>> {
        let mut cascades: HashMap<Id<Objective>, Depths> = HashMap::new();
        for (top, id, depth) in self.store.cascades_below(actor.scope, tops).await? {
            cascades.entry(top).or_default().push((id, depth));
        }
        Ok(cascades)
    }

    /// What supported what at an instant stands in the states objectives had then.
    async fn cascades_then(&self, actor: &Actor, tops: &[Id<Objective>], at: DateTime<Utc>) -> Result<HashMap<Id<Objective>, Depths>> {
        let objectives = self.store.objectives_as_of(actor.scope, at).await?;
        let through: Vec<Id<KeyResult>> = objectives
            .iter()
            .filter_map(|objective| match objective.parent {
                Some(Support::KeyResult(id)) => Some(id),
                _ => None,
            })
            .collect();
        let key_results = self.store.key_results_by_id_as_of(actor.scope, &through, at).await?;
        let homes: HashMap<Id<KeyResult>, Id<Objective>> =
            key_results.into_iter().map(|key_result| (key_result.id, key_result.objective)).collect();
        let mut below: HashMap<Id<Objective>, Vec<Id<Objective>>> = HashMap::new();
        for objective in &objectives {
            let above = match objective.parent {
                Some(Support::Objective(id)) => Some(id),
                Some(Support::KeyResult(id)) => homes.get(&id).copied(),
                None => None,
            };
            if let Some(above) = above {
                below.entry(above).or_default().push(objective.id);
            }
        }
        Ok(tops.iter().map(|top| (*top, walked(*top, &below))).collect())
    }
}

fn walked(top: Id<Objective>, below: &HashMap<Id<Objective>, Vec<Id<Objective>>>) -> Depths {
    let mut found = vec![(top, 0)];
    let mut seen = HashSet::from([top]);
    let mut level = vec![top];
    for depth in 1..=CASCADE_LIMIT {
        level = level.iter().filter_map(|id| below.get(id)).flatten().copied().filter(|id| seen.insert(*id)).collect();
        found.extend(level.iter().map(|id| (*id, depth)));
    }
    found
}
