//! `expand`: what belongs to the items of a list, given with them, at most two levels deep and one query each.

use std::collections::HashMap;
use std::hash::Hash;

use waymark_application::{App, Error};
use waymark_domain::actor::Actor;
use waymark_domain::id::{Id, Named};
use waymark_domain::page::Slice;
use waymark_domain::{initiative, key_result, objective};

use crate::resources::check_in::CheckIn;
use crate::resources::initiative::Initiative;
use crate::resources::key_result::KeyResult;
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::objective::Objective;

/// Fields that are there only where `expand` asks for them; tables have no room for them.
pub(crate) const EXPANDED: [&str; 4] = ["keyResults", "checkIns", "initiatives", "milestoneSteps"];
/// What objectives can be given with.
pub(crate) const OF_OBJECTIVES: [&str; 4] = ["keyResults", "keyResults.checkIns", "keyResults.initiatives", "keyResults.milestoneSteps"];
/// What key results can be given with.
pub(crate) const OF_KEY_RESULTS: [&str; 3] = ["checkIns", "initiatives", "milestoneSteps"];

/// What the objectives of a list are given with.
#[derive(Clone, Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the OpenAPI document alone")]
pub(crate) struct ExpandObjectives {
    /// What to give with each, separated by commas: `keyResults`, and below it `keyResults.checkIns`,
    /// `keyResults.initiatives` and `keyResults.milestoneSteps`. Not in CSV.
    #[param(required = false, nullable = false, value_type = String)]
    expand: Option<String>,
}

/// What the key results of a list are given with.
#[derive(Clone, Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the OpenAPI document alone")]
pub(crate) struct ExpandKeyResults {
    /// What to give with each, separated by commas: `checkIns`, `initiatives`, `milestoneSteps`. Not in CSV.
    #[param(required = false, nullable = false, value_type = String)]
    expand: Option<String>,
}

/// The paths that were asked for, each known to the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expand(pub(crate) Vec<String>);

impl Expand {
    fn has(&self, path: &str) -> bool {
        self.0.iter().any(|asked| asked == path)
    }

    /// The paths below one, which is expanded itself where anything below it is.
    fn below(&self, path: &str) -> Option<Self> {
        let inner: Vec<String> = self.0.iter().filter_map(|asked| asked.strip_prefix(path)?.strip_prefix('.')).map(str::to_owned).collect();
        (self.has(path) || !inner.is_empty()).then_some(Self(inner))
    }
}

pub(crate) async fn objectives(app: &App, actor: &Actor, slice: &mut Slice<Objective>, expand: &Expand) -> Result<(), Error> {
    let Some(inner) = expand.below("keyResults") else { return Ok(()) };
    let ids: Vec<Id<objective::Objective>> = slice.items.iter().filter_map(|placed| parsed(&placed.item.id)).collect();
    let mut found: Vec<KeyResult> = app.key_results_of(actor, &ids).await?.into_iter().map(KeyResult::from).collect();
    with_parts(app, actor, found.iter_mut().collect(), &inner).await?;
    let mut groups = grouped(found, |key_result| key_result.objective_id.to_string());
    for placed in &mut slice.items {
        placed.item.key_results = Some(groups.remove(placed.item.id.as_str()).unwrap_or_default());
    }
    Ok(())
}

pub(crate) async fn key_results(app: &App, actor: &Actor, slice: &mut Slice<KeyResult>, expand: &Expand) -> Result<(), Error> {
    with_parts(app, actor, slice.items.iter_mut().map(|placed| &mut placed.item).collect(), expand).await
}

async fn with_parts(app: &App, actor: &Actor, mut key_results: Vec<&mut KeyResult>, expand: &Expand) -> Result<(), Error> {
    let ids: Vec<Id<key_result::KeyResult>> = key_results.iter().filter_map(|key_result| parsed(&key_result.id)).collect();
    if expand.has("checkIns") {
        let found = app.check_ins_of(actor, &ids).await?.into_iter().map(CheckIn::from).collect();
        let mut groups = grouped(found, |check_in: &CheckIn| check_in.key_result_id.to_string());
        for key_result in &mut key_results {
            key_result.check_ins = Some(groups.remove(key_result.id.as_str()).unwrap_or_default());
        }
    }
    if expand.has("milestoneSteps") {
        let found = app.milestone_steps_of(actor, &ids).await?.into_iter().map(MilestoneStep::from).collect();
        let mut groups = grouped(found, |step: &MilestoneStep| step.key_result_id.to_string());
        for key_result in &mut key_results {
            key_result.milestone_steps = Some(groups.remove(key_result.id.as_str()).unwrap_or_default());
        }
    }
    if expand.has("initiatives") {
        let mut groups = initiatives(app, actor, &ids).await?;
        for key_result in &mut key_results {
            key_result.initiatives = Some(groups.remove(key_result.id.as_str()).unwrap_or_default());
        }
    }
    Ok(())
}

/// The initiatives that contribute to each key result, by the key result's id.
async fn initiatives(
    app: &App,
    actor: &Actor,
    key_results: &[Id<key_result::KeyResult>],
) -> Result<HashMap<String, Vec<Initiative>>, Error> {
    let links = app.contributions_to(actor, key_results).await?;
    let ids: Vec<Id<initiative::Initiative>> = links.iter().map(|link| link.initiative).collect();
    let found = app.initiatives_by_id(actor, &ids).await?;
    let by_id: HashMap<Id<initiative::Initiative>, initiative::Initiative> =
        found.into_iter().map(|initiative| (initiative.id, initiative)).collect();
    let mut groups: HashMap<String, Vec<Initiative>> = HashMap::new();
    for link in links {
        if let (Some(key_result), Some(initiative)) = (link.key_result, by_id.get(&link.initiative)) {
            groups.entry(key_result.to_string()).or_default().push(initiative.clone().into());
        }
    }
    Ok(groups)
}

/// Ids that resources carry are always well-formed.
fn parsed<T: Named>(id: &str) -> Option<Id<T>> {
    id.parse().ok()
}

fn grouped<T, K: Eq + Hash>(things: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for thing in things {
        groups.entry(key(&thing)).or_default().push(thing);
    }
    groups
}
