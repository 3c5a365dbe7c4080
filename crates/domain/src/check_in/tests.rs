//! When a revision says something new.

use super::{CheckInDraft, Confidence, Provenance, REVISION_COUNT, Record, Revision};
use crate::measure::Kind;
use crate::number::Quantity;
use crate::rejection::Rejection;

fn revision(number: u32, draft: CheckInDraft) -> Result<Revision, Rejection> {
    let record = Record { number, provenance: Provenance::Entered, author: format!("token {number}"), at: chrono::DateTime::default() };
    Revision::new(draft, Kind::Reach, false, record)
}

#[test]
fn a_rerun_says_the_same_whoever_sends_it_and_why() {
    let draft = CheckInDraft { value: Some(Quantity::ONE), evidence: Some("a dashboard".to_owned()), ..CheckInDraft::default() };
    let first = revision(1, draft.clone()).unwrap();

    let rerun = revision(2, CheckInDraft { evidence: Some(" a dashboard\n".to_owned()), ..draft.clone() }).unwrap();
    let changed = revision(2, CheckInDraft { confidence: Some(Confidence::OnTrack), ..draft }).unwrap();

    assert!(rerun.says_the_same_as(&first));
    assert!(!changed.says_the_same_as(&first));
}

#[test]
fn a_check_in_is_not_corrected_without_end() {
    let draft = CheckInDraft { value: Some(Quantity::ONE), ..CheckInDraft::default() };

    assert!(revision(REVISION_COUNT, draft.clone()).is_ok());
    assert!(revision(REVISION_COUNT + 1, draft).is_err());
}
