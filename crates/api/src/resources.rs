//! What goes over the wire: each type once, for both doors.

pub mod change;
pub mod page;
pub(crate) mod patch;
pub mod score;
pub mod team;
pub mod vocabulary;

/// A thing as it is now, for a caller who saw an older version.
pub(crate) fn current(current: waymark_application::Current) -> Option<serde_json::Value> {
    use waymark_application::Current;
    match current {
        Current::Team(team) => serde_json::to_value(team::Team::from(team)).ok(),
        _ => None,
    }
}
