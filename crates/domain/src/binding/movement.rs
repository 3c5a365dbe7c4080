//! What becomes of a check-in when its window is read.

use crate::check_in::{CheckIn, Provenance, REVISION_COUNT, Reading};
use crate::number::Quantity;

/// What a reading does with the check-ins of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// There is nothing to say, or it is said already.
    Stands(Option<&'a CheckIn>),
    New,
    Corrects(&'a CheckIn),
}

/// `of_day` are all check-ins of the key result on the last day of the window.
///
/// What a person measured that day stands, and the metric says nothing beside it; so does what a person made of the metric's
/// own check-in. A confidence or a note alone is no measurement.
pub fn entry<'a>(of_day: &[&'a CheckIn], value: Option<Quantity>) -> Entry<'a> {
    let told = value.map(Reading::Value);
    let own = of_day.iter().copied().filter(|check_in| check_in.revision.provenance == Provenance::Metric).max_by_key(|own| own.id);
    match own {
        Some(own) if own.revision.reading == told => Entry::Stands(Some(own)),
        Some(own) if own.revision.number < REVISION_COUNT => Entry::Corrects(own),
        _ if told.is_none() || of_day.iter().any(|check_in| is_of_a_person(check_in)) => Entry::Stands(None),
        _ => Entry::New,
    }
}

fn is_of_a_person(check_in: &CheckIn) -> bool {
    check_in.revision.provenance != Provenance::Metric && check_in.revision.reading.is_some()
}
