//! What was known of key results, fetched for many at once.

use std::collections::HashMap;

use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::Binding;
use waymark_domain::check_in::CheckIn;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::scoring::Guarded;
use waymark_persistence::Store;

use crate::error::Result;

/// The check-ins and steps of some key results, and what had to hold for those that metrics told.
pub(crate) struct Known {
    check_ins: HashMap<Id<KeyResult>, Vec<CheckIn>>,
    steps: HashMap<Id<KeyResult>, Vec<MilestoneStep>>,
    guarded: HashMap<Id<KeyResult>, Vec<Guarded>>,
}

impl Known {
    /// Four queries however many key results there are; two when none is a milestone or has a guardrail.
    pub(crate) async fn of(store: &Store, scope: WorkspaceScope, key_results: &[KeyResult]) -> Result<Self> {
        let ids: Vec<Id<KeyResult>> = key_results.iter().map(|key_result| key_result.id).collect();
        let milestones: Vec<Id<KeyResult>> =
            key_results.iter().filter(|key_result| key_result.measure.kind() == Kind::Milestone).map(|key_result| key_result.id).collect();
        let mut known = Self { check_ins: HashMap::new(), steps: HashMap::new(), guarded: HashMap::new() };
        if !ids.is_empty() {
            for check_in in store.check_ins_of(scope, &ids).await? {
                known.check_ins.entry(check_in.key_result).or_default().push(check_in);
            }
        }
        if !milestones.is_empty() {
            for step in store.steps_of(scope, &milestones).await? {
                known.steps.entry(step.key_result).or_default().push(step);
            }
        }
        known.guarded = if ids.is_empty() { HashMap::new() } else { guarded(store, scope, &ids).await? };
        Ok(known)
    }

    pub(crate) fn check_ins(&self, key_result: Id<KeyResult>) -> &[CheckIn] {
        self.check_ins.get(&key_result).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn steps(&self, key_result: Id<KeyResult>) -> &[MilestoneStep] {
        self.steps.get(&key_result).map_or(&[], Vec::as_slice)
    }
    /// What had to hold for check-ins of the key result.
    pub(crate) fn guarded(&self, key_result: Id<KeyResult>) -> &[Guarded] {
        self.guarded.get(&key_result).map_or(&[], Vec::as_slice)
    }
}

async fn guarded(store: &Store, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<HashMap<Id<KeyResult>, Vec<Guarded>>> {
    let bindings: Vec<Binding> = store.bindings_of(scope, key_results).await?.into_iter().filter(|one| one.guardrail.is_some()).collect();
    let bindings: HashMap<Id<Binding>, Binding> = bindings.into_iter().map(|binding| (binding.id, binding)).collect();
    let mut guarded: HashMap<Id<KeyResult>, Vec<Guarded>> = HashMap::new();
    for reading in store.readings_of(scope, &bindings.values().collect::<Vec<_>>()).await? {
        let Some(binding) = bindings.get(&reading.binding) else { continue };
        let told = binding.guardrail.clone().zip(reading.guard).zip(reading.check_in);
        let told = told.map(|((guardrail, guard), check_in)| Guarded { check_in, guardrail, guard });
        guarded.entry(binding.key_result).or_default().extend(told);
    }
    Ok(guarded)
}
