//! What goes over the wire: each type once, for both doors.

pub mod confidence;
pub mod grade;
pub mod key_result;
pub mod measure;
pub mod milestone_step;
pub mod page;
pub(crate) mod patch;
pub mod provenance;
pub mod team;

/// A thing as it is now, for a caller who saw an older version.
pub(crate) fn current(current: waymark_application::Current) -> Option<serde_json::Value> {
    use waymark_application::Current;
    match current {
        Current::KeyResult(key_result) => serde_json::to_value(key_result::KeyResult::from(key_result)).ok(),
        Current::MilestoneStep(step) => serde_json::to_value(milestone_step::MilestoneStep::from(step)).ok(),
        Current::Team(team) => serde_json::to_value(team::Team::from(team)).ok(),
        _ => None,
    }
}
