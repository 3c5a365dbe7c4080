//! Measures as titles state them.

use super::field::Field;
use super::outline::{FindingCode, OutlinedKeyResult};
use crate::measure::{Kind, MeasureDraft};
use crate::unit::{Unit, UnitKind};

pub(super) struct Found {
    pub(super) measure: MeasureDraft,
    pub(super) unit: Unit,
    pub(super) code: FindingCode,
    pub(super) note: Option<String>,
}

pub(super) fn measure(_title: &str) -> Found {
    Found { measure: MeasureDraft::of(Kind::Milestone), unit: Unit::plain(UnitKind::Number), code: FindingCode::Ambiguous, note: None }
}

pub(super) fn state(_k: &mut OutlinedKeyResult, _f: Field, _s: &str) -> Option<String> {
    None
}
