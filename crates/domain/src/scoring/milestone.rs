//! `MILESTONE`: done or not, or the weight of the steps that are done.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::arithmetic::{add, div};
use super::explanation::StepShare;
use super::formula::shown;
use super::readings::Readings;
use super::score::{Facts, Reason};
use super::worked::{Standing, Worked};
use crate::milestone_step::MilestoneStep;

/// A milestone without steps: the newest reading is 0 or 1.
pub(super) fn worked_at_once(readings: &Readings<'_>) -> Worked {
    let Some(newest) = readings.newest() else {
        return Worked::no_check_in();
    };
    let standing = Standing::met_or_not(newest.amount, newest.amount == Decimal::ONE);
    Worked::of(standing, shown(newest.amount)).with_inputs(vec![newest.input()])
}

/// The weight of the steps done by `day` / the weight of all steps. There is always a value, without
/// any check-in. A step done after the due date came too late for the score, as any other measurement.
pub(super) fn worked_by_steps(facts: &Facts<'_>, day: NaiveDate) -> Worked {
    let mut steps: Vec<&MilestoneStep> = facts.steps.iter().collect();
    steps.sort_by_key(|step| (step.position, step.id));
    let due = facts.key_result.due;
    let shares: Vec<StepShare> = steps.into_iter().map(|step| share(step, day, due)).collect();
    let total = sum(shares.iter().map(|step| step.weight));
    let done = sum(shares.iter().filter(|step| step.is_counted).map(|step| step.weight));
    let Some(raw) = div(done, total) else {
        return Worked::not_counted(Reason::AllWeightsZero).with_steps(shares);
    };
    Worked::of(Standing::met_or_not(raw, done == total), format!("{} / {}", shown(done), shown(total))).with_steps(shares)
}

/// The weight of the steps that are due by `day` / the weight of all steps; nothing where a step has no
/// date or all weights are 0.
pub(super) fn due_by(steps: &[MilestoneStep], day: NaiveDate) -> Option<Decimal> {
    let dated: Option<Vec<(NaiveDate, Decimal)>> = steps.iter().map(|step| step.due.map(|due| (due, weight(step)))).collect();
    let dated = dated?;
    let due = sum(dated.iter().filter(|(due, _)| *due <= day).map(|(_, weight)| *weight));
    div(due, sum(dated.iter().map(|(_, weight)| *weight)))
}

fn share(step: &MilestoneStep, day: NaiveDate, due: NaiveDate) -> StepShare {
    let done_on = step.done_on.filter(|done_on| *done_on <= day);
    StepShare { step: step.id, weight: weight(step), due: step.due, done_on, is_counted: done_on.is_some_and(|done_on| done_on <= due) }
}

fn weight(step: &MilestoneStep) -> Decimal {
    step.weight.value().max(Decimal::ZERO)
}

fn sum(weights: impl Iterator<Item = Decimal>) -> Decimal {
    weights.fold(Decimal::ZERO, add)
}
