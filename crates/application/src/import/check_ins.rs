//! What a document says of the progress of a key result becomes check-ins, each once.

use sha2::{Digest, Sha256};
use waymark_domain::NaiveDate;
use waymark_domain::check_in::{self, CheckIn, CheckInDraft, Provenance, Reading, Record, Revision};
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::markdown::{CheckInNote, FindingCode, OutlinedKeyResult, Progress};
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::number::Quantity;
use waymark_domain::rejection::Check;

use super::{DocumentReport, Importing};
use crate::app::accepted;
use crate::clock::Clock;
use crate::error::Result;

impl Importing<'_> {
    /// The check-ins of an export, and one for what the document states beside the key result; all that it has then.
    pub(super) fn check_ins(
        &mut self,
        outlined: &OutlinedKeyResult,
        (key_result, cycle): (&KeyResult, &Cycle),
        steps: &[MilestoneStep],
        stored: &[CheckIn],
        report: &mut DocumentReport,
    ) -> Result<Vec<CheckIn>> {
        let stated = stated(outlined, key_result);
        let says_something = stated.value.is_some() || stated.confidence.is_some() || stated.evidence.is_some();
        let stated = says_something.then(|| (self.day_of_import(cycle), stated));
        let mut all = stored.to_vec();
        for (on, draft) in outlined.check_ins.iter().map(|note| (note.on, draft_of(note))).chain(stated) {
            // The day of an import changes from one import to the next; what the document says does not.
            let external_id = format!("import:{}", digest(key_result.id, &draft));
            if !self.recorded.insert(external_id.clone())
                || stored.iter().any(|known| known.external_id.as_deref() == Some(external_id.as_str()))
            {
                report.check_ins += 1;
                report.unchanged.check_ins += 1;
                continue;
            }
            if check_in::day(on, self.today.date).is_err() {
                report.find(outlined.line, FindingCode::NotStored, on.to_string(), "a check-in cannot be dated after today");
                continue;
            }
            report.check_ins += 1;
            report.created.check_ins += 1;
            let check_in = self.check_in((key_result, cycle), !steps.is_empty(), on, external_id, draft)?;
            self.check_ins.push(check_in.clone());
            all.push(check_in);
        }
        all.sort_by_key(|check_in| (check_in.on, check_in.id));
        Ok(all)
    }

    fn check_in(
        &self,
        (key_result, cycle): (&KeyResult, &Cycle),
        has_steps: bool,
        on: NaiveDate,
        external_id: String,
        draft: CheckInDraft,
    ) -> Result<CheckIn> {
        let mut check = Check::new();
        check.field("keyResult", cycle.take_changes());
        let record = Record { number: 1, provenance: Provenance::Imported, author: self.tx.actor().name.clone(), at: self.tx.now() };
        let revision = check.part(Revision::new(draft, key_result.measure.kind(), has_steps, record));
        let revision = accepted(check, revision)?;
        let (id, created_at) = (Clock::id(), self.tx.now());
        Ok(CheckIn { id, key_result: key_result.id, on, external_id: Some(external_id), created_at, revision })
    }
}

fn draft_of(note: &CheckInNote) -> CheckInDraft {
    let (value, zone, sample_size) = match note.reading {
        Some(Reading::Value(value)) => (Some(value), None, None),
        Some(Reading::Zone(zone)) => (None, Some(zone), None),
        Some(Reading::Sample { value, size }) => (Some(value), None, Some(size.into())),
        None => (None, None, None),
    };
    CheckInDraft {
        value,
        zone,
        sample_size,
        confidence: note.confidence,
        evidence: note.evidence.clone(),
        risks: note.risks.clone(),
        blockers: note.blockers.clone(),
        next_actions: note.next_actions.clone(),
        correction: None,
    }
}

/// What a document states beside a key result: a current value, a result, a status word, a confidence.
fn stated(outlined: &OutlinedKeyResult, key_result: &KeyResult) -> CheckInDraft {
    let kind = key_result.measure.kind();
    let is_done = outlined.stated_status.as_ref().is_some_and(|status| status.progress == Progress::Done);
    let value = match kind {
        Kind::Reach | Kind::AtLeast | Kind::AtMost | Kind::Between | Kind::Rate => outlined.current,
        Kind::Milestone if outlined.steps.is_empty() && is_done => Some(Quantity::ONE),
        Kind::Milestone | Kind::Ordinal | Kind::Test => None,
    };
    let status = outlined.stated_status.as_ref().filter(|_| outlined.status.is_none()).map(|status| status.text.clone());
    let evidence: Vec<String> = status.into_iter().chain(outlined.result.clone()).collect();
    let evidence = (!evidence.is_empty()).then(|| evidence.join(": "));
    CheckInDraft { value, confidence: outlined.confidence, evidence, ..CheckInDraft::default() }
}

/// Names what a check-in says, so that the same one is found again.
fn digest(key_result: Id<KeyResult>, draft: &CheckInDraft) -> String {
    let hash = Sha256::digest(format!("{key_result} {draft:?}").as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
