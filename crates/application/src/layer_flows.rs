//! Flows between layers in a window of days.

use std::collections::{BTreeMap, HashMap};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::layer::Layer;
use waymark_domain::layer_flow::{LayerFlow, Path, flows};
use waymark_domain::member::Member;
use waymark_domain::rejection::{Check, Code};
use waymark_domain::{Days, NaiveDate, cycle};

use crate::app::{App, accepted, require};
use crate::error::Result;
use crate::layer_evaluations::merges;

/// Days that are looked back on where nobody says how many: four whole weeks.
const USUAL_DAYS: Days = Days::new(28);

/// What happened between the layers in a window of days.
#[derive(Clone, Debug)]
pub struct LayerFlows {
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// From the core outwards.
    pub flows: Vec<(Layer, LayerFlow)>,
}

impl App {
    /// From a day up to another, which is not included: by default to today, and from 28 days before that. A constant number
    /// of queries.
    pub async fn layer_flows(&self, actor: &Actor, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<LayerFlows> {
        require(actor, Permission::Read)?;
        let to = match to {
            Some(day) => day,
            None => self.day(actor).await?.date,
        };
        let from = from.or_else(|| to.checked_sub_days(USUAL_DAYS)).unwrap_or(to);
        let mut check = Check::new();
        check.field("from", cycle::sensible(from));
        check.field("to", cycle::sensible(to));
        if to <= from {
            check.refuse("to", Code::WrongOrder, "`to` is the day after the last: it comes after `from`");
        }
        accepted(check, Some(()))?;
        let layers = self.store.all_layers(actor.scope).await?;
        let paths = self.paths(actor, from, to).await?;
        let told = flows(&layers, &paths, from, to);
        Ok(LayerFlows { from, to, flows: layers.into_iter().zip(told).collect() })
    }

    /// Where everybody was, by whom they count as.
    async fn paths(&self, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<Id<Member>, Path>> {
        let merges = merges(&self.store, actor.scope).await?;
        let assignments = self.store.layer_assignments_between(actor.scope, from, Some(to)).await?;
        let mut ids: HashMap<u32, Id<Member>> = assignments.iter().map(|(number, assignment)| (*number, assignment.member)).collect();
        let unknown = assignments.iter().map(|(number, _)| merges.person(*number)).filter(|person| !ids.contains_key(person));
        let unknown: Vec<u32> = unknown.collect();
        if !unknown.is_empty() {
            ids.extend(self.store.members_numbered(actor.scope, &unknown).await?);
        }
        let mut paths: BTreeMap<Id<Member>, Path> = BTreeMap::new();
        for (number, assignment) in assignments {
            let person = ids.get(&merges.person(number)).copied().unwrap_or(assignment.member);
            paths.entry(person).or_default().assignments.push(assignment);
        }
        Ok(paths)
    }
}
