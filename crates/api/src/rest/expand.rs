//! `expand`: what belongs to the items of a list, given with them, at most two levels deep and one query each.

use std::collections::HashMap;

use waymark_application::{App, Error};
use waymark_domain::actor::Actor;
use waymark_domain::id::{Id, Named};
use waymark_domain::page::Slice;
use waymark_domain::{initiative, key_result, objective};

use crate::resources::initiative::Initiative;
use crate::resources::key_result::KeyResult;
use crate::resources::objective::Objective;
use crate::resources::{grouped, id_of};

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
    let ids: Vec<Id<objective::Objective>> = slice.items.iter().filter_map(|placed| id_of(&placed.item.id)).collect();
    let mut groups: HashMap<_, Vec<KeyResult>> = grouped(app.key_results_of(actor, &ids).await?, |found| Some(found.objective));
    with_parts(app, actor, groups.values_mut().flatten().collect(), &inner).await?;
    for placed in &mut slice.items {
        placed.item.key_results = Some(taken(&mut groups, &placed.item.id));
    }
    Ok(())
}

pub(crate) async fn key_results(app: &App, actor: &Actor, slice: &mut Slice<KeyResult>, expand: &Expand) -> Result<(), Error> {
    with_parts(app, actor, slice.items.iter_mut().map(|placed| &mut placed.item).collect(), expand).await
}

async fn with_parts(app: &App, actor: &Actor, mut key_results: Vec<&mut KeyResult>, expand: &Expand) -> Result<(), Error> {
    let ids: Vec<Id<key_result::KeyResult>> = key_results.iter().filter_map(|key_result| id_of(&key_result.id)).collect();
    if expand.has("checkIns") {
        let mut groups = grouped(app.check_ins_of(actor, &ids).await?, |check_in| Some(check_in.key_result));
        key_results.iter_mut().for_each(|key_result| key_result.check_ins = Some(taken(&mut groups, &key_result.id)));
    }
    if expand.has("milestoneSteps") {
        let mut groups = grouped(app.milestone_steps_of(actor, &ids).await?, |step| Some(step.key_result));
        key_results.iter_mut().for_each(|key_result| key_result.milestone_steps = Some(taken(&mut groups, &key_result.id)));
    }
    if expand.has("initiatives") {
        let mut groups = initiatives(app, actor, &ids).await?;
        key_results.iter_mut().for_each(|key_result| key_result.initiatives = Some(taken(&mut groups, &key_result.id)));
    }
    Ok(())
}

type Contributing = HashMap<Id<key_result::KeyResult>, Vec<Initiative>>;

/// The initiatives that contribute to each key result.
async fn initiatives(app: &App, actor: &Actor, key_results: &[Id<key_result::KeyResult>]) -> Result<Contributing, Error> {
    let links = app.links_to(actor, key_results).await?;
    let ids: Vec<Id<initiative::Initiative>> = links.iter().map(|link| link.initiative).collect();
    let found = app.initiatives_by_id(actor, &ids).await?;
    let by_id: HashMap<Id<initiative::Initiative>, initiative::Initiative> =
        found.into_iter().map(|initiative| (initiative.id, initiative)).collect();
    let mut groups = Contributing::new();
    for link in links {
        if let (Some(key_result), Some(initiative)) = (link.key_result, by_id.get(&link.initiative)) {
            groups.entry(key_result).or_default().push(initiative.clone().into());
        }
    }
    Ok(groups)
}

/// What belongs to the resource with this id.
fn taken<T: Named, R>(groups: &mut HashMap<Id<T>, Vec<R>>, id: &str) -> Vec<R> {
    id_of(id).and_then(|id| groups.remove(&id)).unwrap_or_default()
}
