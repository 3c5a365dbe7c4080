//! What goes over the wire: each type once, for both doors.

pub(crate) mod as_of;
pub mod authorization;
pub mod change;
pub mod check_in;
pub mod check_in_revision;
pub mod confidence;
pub mod contribution;
pub mod cycle;
pub mod export;
pub mod grade;
pub mod import;
pub mod initiative;
pub mod key_result;
pub mod linkage;
pub mod me;
pub mod measure;
pub mod milestone_step;
pub mod objective;
pub mod page;
pub(crate) mod patch;
pub mod provenance;
pub mod score;
pub mod team;
pub mod workspace;
pub mod zone;

/// A thing as it is now, for a caller who saw an older version.
pub(crate) fn current(current: waymark_application::Current) -> Option<serde_json::Value> {
    use waymark_application::Current;
    match current {
        Current::Workspace(workspace) => serde_json::to_value(workspace::Workspace::from(workspace)).ok(),
        Current::Cycle(cycle) => serde_json::to_value(cycle::Cycle::from(cycle)).ok(),
        Current::Objective(objective) => serde_json::to_value(objective::Objective::from(objective)).ok(),
        Current::CheckIn(check_in) => serde_json::to_value(check_in::CheckIn::from(check_in)).ok(),
        Current::Initiative(initiative) => serde_json::to_value(initiative::Initiative::from(initiative)).ok(),
        Current::KeyResult(key_result) => serde_json::to_value(key_result::KeyResult::from(key_result)).ok(),
        Current::MilestoneStep(step) => serde_json::to_value(milestone_step::MilestoneStep::from(step)).ok(),
        Current::Team(team) => serde_json::to_value(team::Team::from(team)).ok(),
    }
}
