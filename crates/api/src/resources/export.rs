//! Everything of a cycle on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use waymark_application::CycleOkrs;

use crate::resources::check_in::CheckIn;
use crate::resources::cycle::Cycle;
use crate::resources::key_result::KeyResult;
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::objective::Objective;
use crate::resources::team::Team;

/// A cycle with all its OKRs and everything that was measured.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CycleExport {
    pub cycle: Cycle,
    /// The teams of its OKRs and of their owners, with all teams above them, by key.
    pub teams: Vec<Team>,
    /// By team and number.
    pub objectives: Vec<Objective>,
    /// By address.
    pub key_results: Vec<KeyResult>,
    pub milestone_steps: Vec<MilestoneStep>,
    /// Of each key result, oldest day first.
    pub check_ins: Vec<CheckIn>,
}

impl From<CycleOkrs> for CycleExport {
    fn from(okrs: CycleOkrs) -> Self {
        let CycleOkrs { cycle, teams, objectives, key_results, milestone_steps, check_ins } = okrs;
        Self {
            cycle: cycle.into(),
            teams: teams.into_iter().map(Team::from).collect(),
            objectives: objectives.into_iter().map(Objective::from).collect(),
            key_results: key_results.into_iter().map(KeyResult::from).collect(),
            milestone_steps: milestone_steps.into_iter().map(MilestoneStep::from).collect(),
            check_ins: check_ins.into_iter().map(CheckIn::from).collect(),
        }
    }
}
