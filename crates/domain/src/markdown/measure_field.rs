//! The fields in which a measure, checkpoints, grades and check-ins are written out in full.

use super::field::Field;
use super::outline::{CheckInNote, StatedGrade};
use crate::key_result::Checkpoint;
use crate::measure::MeasureDraft;
use crate::unit::Unit;

pub(super) fn read(_text: &str) -> Option<(MeasureDraft, Unit)> {
    None
}
pub(super) fn checkpoints(_text: &str) -> Option<Vec<Checkpoint>> {
    None
}
pub(super) fn grade(_text: &str) -> Option<StatedGrade> {
    None
}
pub(super) fn check_in_day(_text: &str) -> Option<CheckInNote> {
    None
}
pub(super) fn say(_c: &mut CheckInNote, _f: Field, _s: &str) {}
