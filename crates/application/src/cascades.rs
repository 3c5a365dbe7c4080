//! Scores of cascades: an objective with all that support it, directly or through others.

use std::collections::{HashMap, HashSet};

use waymark_domain::NaiveDate;
use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::objective::Objective;
use waymark_domain::scoring::group::{GroupPolicy, GroupScore};

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
    pub async fn cascade_standing(&self, actor: &Actor, objective: &str, policy: GroupPolicy) -> Result<CascadeStanding> {
        let top = self.objective(actor, objective).await?;
        let mut standings = self.cascade_standings(actor, &[top.id], policy).await?;
        standings.pop().ok_or_else(|| Error::not_found("objective", objective))
    }

    /// What the cascades below these objectives are worth; those that do not exist are left out.
    /// A constant number of queries, however many there are.
    pub async fn cascade_standings(&self, actor: &Actor, tops: &[Id<Objective>], policy: GroupPolicy) -> Result<Vec<CascadeStanding>> {
        require(actor, Permission::Read)?;
        let mut cascades: HashMap<Id<Objective>, Depths> = HashMap::new();
        for (top, id, depth) in self.store.cascades_below(actor.scope, tops).await? {
            cascades.entry(top).or_default().push((id, depth));
        }
        let ids: HashSet<Id<Objective>> = cascades.values().flatten().map(|(id, _)| *id).collect();
        let ids: Vec<Id<Objective>> = ids.into_iter().collect();
        let objectives = self.objectives_by_id(actor, &ids).await?;
        let today = self.day(actor).await?;
        let standings = self.objectives_worked(actor, objectives, today).await?;
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
}
