//! What was known of key results, fetched for many at once.

use std::collections::HashMap;

use waymark_domain::actor::WorkspaceScope;
use waymark_domain::check_in::CheckIn;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_persistence::Store;

use crate::error::Result;

/// The check-ins and steps of some key results.
pub(crate) struct Known {
    check_ins: HashMap<Id<KeyResult>, Vec<CheckIn>>,
    steps: HashMap<Id<KeyResult>, Vec<MilestoneStep>>,
}

impl Known {
    /// Two queries however many key results there are; one when none is a milestone.
    pub(crate) async fn of(store: &Store, scope: WorkspaceScope, key_results: &[KeyResult]) -> Result<Self> {
        let ids: Vec<Id<KeyResult>> = key_results.iter().map(|key_result| key_result.id).collect();
        let milestones: Vec<Id<KeyResult>> =
            key_results.iter().filter(|key_result| key_result.measure.kind() == Kind::Milestone).map(|key_result| key_result.id).collect();
        let mut known = Self { check_ins: HashMap::new(), steps: HashMap::new() };
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
        Ok(known)
    }

    pub(crate) fn check_ins(&self, key_result: Id<KeyResult>) -> &[CheckIn] {
        self.check_ins.get(&key_result).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn steps(&self, key_result: Id<KeyResult>) -> &[MilestoneStep] {
        self.steps.get(&key_result).map_or(&[], Vec::as_slice)
    }
}
