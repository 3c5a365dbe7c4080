//! How objectives are checked and saved: numbered once, and never in a loop.

use waymark_domain::address::{Address, Number};
use waymark_domain::cycle::Cycle;
use waymark_domain::objective::{CASCADE_LIMIT, Objective, ObjectiveDraft, ObjectiveLinks, ObjectivePlace, Support};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_persistence::Transaction;

use crate::app::accepted;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::naming::{self, Names};
use crate::objectives::NewObjective;

/// Where an objective stands, or is to stand.
#[expect(clippy::large_enum_variant, reason = "one a request, and taken apart at once")]
pub(crate) enum Place {
    Of(Objective),
    Named { cycle: String, team: String },
}

/// Checks and saves a new objective, or the next version of an existing one.
pub(crate) async fn write(tx: &Transaction, place: Place, draft: ObjectiveDraft) -> Result<Objective> {
    let mut check = Check::new();
    let links = links(tx, &mut check, &draft).await?;
    match place {
        Place::Of(objective) => {
            check.field("cycle", cycle_of(tx, &objective).await?.take_changes());
            if links.parent != objective.parent
                && let Some(parent) = links.parent
            {
                stay_out_of_loops(tx, &mut check, Some(&objective), parent).await?;
            }
            let changed = check.part(objective.changed(tx.now(), draft, links));
            let changed = accepted(check, changed)?;
            if changed.is_as(&objective) {
                return Ok(objective);
            }
            tx.replace_objective(&changed).await?;
            Ok(changed)
        }
        Place::Named { cycle, team } => {
            let names = Names { store: tx, scope: tx.scope() };
            let cycle = naming::field(&mut check, "cycle", names.cycle(&cycle).await)?;
            let team = naming::field(&mut check, "team", names.team(&team).await)?;
            if let Some(parent) = links.parent {
                stay_out_of_loops(tx, &mut check, None, parent).await?;
            }
            let place = cycle.zip(team).and_then(|(cycle, team)| {
                check.field("cycle", cycle.take_changes())?;
                let address = Address { cycle: cycle.key, team: team.key, number: Number::objective(0) };
                Some(ObjectivePlace { cycle: cycle.id, team: team.id, address })
            });
            // Checked before a number is given, so that a refused objective uses none up, and also where the place is
            // refused, so that one answer names everything.
            let unnumbered = Objective::new(Clock::id(), Stamp::first(tx.now()), place.unwrap_or_else(nowhere), draft, links);
            let unnumbered = check.part(unnumbered);
            let mut objective = accepted(check, unnumbered)?;
            let number = tx.next_objective_numbers(&[(objective.cycle, objective.team, None)]).await?.pop();
            objective.address.number = Number::objective(number.unwrap_or_default());
            tx.insert_objective(&objective).await?;
            Ok(objective)
        }
    }
}

/// Stands in for a place that was refused; what stands there is never saved.
fn nowhere() -> ObjectivePlace {
    let address = Address { cycle: String::new(), team: String::new(), number: Number::objective(0) };
    ObjectivePlace { cycle: Clock::id(), team: Clock::id(), address }
}

async fn links(tx: &Transaction, check: &mut Check, draft: &ObjectiveDraft) -> Result<ObjectiveLinks> {
    let names = Names { store: tx, scope: tx.scope() };
    let owner = naming::optional(check, "owner", draft.owner.as_deref(), async |named| names.team(named).await).await?;
    let parent = naming::optional(check, "parent", draft.parent.as_deref(), async |named| names.support(named).await).await?;
    let mut alignments = Vec::new();
    for (index, named) in draft.alignments.iter().enumerate() {
        alignments.extend(naming::field(check, &format!("alignments.{index}"), names.support(named).await)?);
    }
    Ok(ObjectiveLinks { owner: owner.map(|team| team.id), parent, alignments })
}

/// A cascade neither closes a loop nor grows too deep, also when two changes come at once.
async fn stay_out_of_loops(tx: &Transaction, check: &mut Check, objective: Option<&Objective>, parent: Support) -> Result<()> {
    tx.lock_structure().await?;
    let holder = match parent {
        Support::Objective(id) => id,
        Support::KeyResult(id) => {
            tx.key_results_by_id(tx.scope(), &[id]).await?.pop().ok_or_else(|| Error::not_found("key result", id))?.objective
        }
    };
    let above = tx.cascade_above(tx.scope(), holder).await?;
    let below = match objective {
        Some(objective) => {
            tx.cascade_below(tx.scope(), objective.id).await?.into_iter().map(|(_, distance)| distance).max().unwrap_or_default()
        }
        None => 0,
    };
    if objective.is_some_and(|objective| above.contains(&objective.id)) {
        check.refuse("parent", Code::Loop, "the objective would support itself: follow the parents of the one that is named");
    } else {
        check.field("parent", not_too_deep(above.len() + below + 1));
    }
    Ok(())
}

/// Whether so many objectives may stand above each other.
pub(crate) fn not_too_deep(levels: usize) -> std::result::Result<(), Violation> {
    if levels > CASCADE_LIMIT {
        return Err(Violation::new(Code::TooDeep, format!("a cascade has at most {CASCADE_LIMIT} objectives above each other")));
    }
    Ok(())
}

/// A key result that moves to another objective must not take a part of a cascade into itself.
pub(crate) async fn may_hold(tx: &Transaction, check: &mut Check, key_result: Support, target: &Objective) -> Result<()> {
    tx.lock_structure().await?;
    let above: Vec<_> = tx.cascade_above(tx.scope(), target.id).await?;
    let supporting = tx.objectives_supporting(tx.scope(), &[key_result]).await?;
    if supporting.iter().any(|objective| above.contains(&objective.id)) {
        check.refuse("objective", Code::Loop, "an objective above the target supports this key result: it would support itself");
    }
    for objective in &supporting {
        let below = tx.cascade_below(tx.scope(), objective.id).await?.into_iter().map(|(_, distance)| distance).max().unwrap_or_default();
        if check.field("objective", not_too_deep(above.len() + below + 1)).is_none() {
            break;
        }
    }
    Ok(())
}

/// An objective's team and cycle are part of its address: a `PUT` that names others is a mistake, not a move.
pub(crate) async fn stays(tx: &Transaction, objective: &Objective, new: &NewObjective) -> Result<()> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let cycle = naming::field(&mut check, "cycle", names.cycle(&new.cycle).await)?;
    let team = naming::field(&mut check, "team", names.team(&new.team).await)?;
    for (field, moved) in
        [("cycle", cycle.is_some_and(|cycle| cycle.id != objective.cycle)), ("team", team.is_some_and(|team| team.id != objective.team))]
    {
        if moved {
            check.refuse(field, Code::InvalidTransition, format!("the objective stands at {} and stays there", objective.address));
        }
    }
    accepted(check, Some(()))
}

pub(crate) async fn remove(tx: &Transaction, objective: &Objective) -> Result<()> {
    cycle_of(tx, objective).await?.take_changes()?;
    let key_results = tx.key_results_of(tx.scope(), &[objective.id]).await?;
    let mut supports: Vec<Support> = key_results.iter().map(|key_result| Support::KeyResult(key_result.id)).collect();
    supports.push(Support::Objective(objective.id));
    refuse_when_supported(tx, &supports).await?;
    for key_result in &key_results {
        tx.remove_key_result(key_result).await?;
    }
    Ok(tx.remove_objective(objective).await?)
}

pub(crate) async fn refuse_when_supported(tx: &Transaction, supports: &[Support]) -> Result<()> {
    let supporting = tx.objectives_supporting(tx.scope(), supports).await?;
    match supporting.first() {
        Some(first) => {
            let detail =
                format!("{} objectives support it, {} among them: give them another parent first", supporting.len(), first.address);
            Err(Error::Conflict(Violation::new(Code::InUse, detail).into()))
        }
        None => Ok(()),
    }
}

pub(crate) async fn cycle_of(tx: &Transaction, objective: &Objective) -> Result<Cycle> {
    let cycle = tx.cycles_by_id(tx.scope(), &[objective.cycle]).await?.pop();
    cycle.ok_or_else(|| Error::not_found("cycle", objective.cycle))
}
