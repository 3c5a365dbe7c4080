//! Outlined key results become key results with steps, check-ins and grades, or are found again.

use sha2::{Digest, Sha256};
use waymark_domain::check_in::{CheckInDraft, Provenance, Reading};
use waymark_domain::cycle::Cycle;
use waymark_domain::grade::Grade;
use waymark_domain::id::Id;
use waymark_domain::key_result::{KeyResult, KeyResultStatus, MeasurementPlan};
use waymark_domain::markdown::{CheckInNote, OutlinedKeyResult, Progress};
use waymark_domain::measure::Kind;
use waymark_domain::milestone_step::MilestoneStepDraft;
use waymark_domain::number::Quantity;
use waymark_domain::objective::Objective;
use waymark_domain::rejection::Rejection;
use waymark_domain::scoring::score::{self, Facts};
use waymark_domain::team::{Team, TeamKind};
use waymark_domain::{NaiveDate, check_in};

use super::report::FindingKind;
use super::{DocumentReport, Importing};
use crate::check_ins::{self, NewCheckIn};
use crate::error::Result;
use crate::key_result_writing::{self as writing, NewKeyResult};
use crate::milestone_steps;

impl Importing<'_> {
    #[expect(clippy::too_many_arguments, reason = "where a key result stands, and what its neighbours are")]
    pub(super) async fn key_result(
        &mut self,
        outlined: &OutlinedKeyResult,
        objective: &Objective,
        team: &Team,
        cycle: &Cycle,
        known: &[KeyResult],
        placed: &[Id<KeyResult>],
        report: &mut DocumentReport,
    ) -> Result<Id<KeyResult>> {
        let owner = self.owner_of_key_result(outlined, report).await?.filter(|owner| owner.id != team.id || outlined.is_measure_stated);
        let is_same = |key_result: &&KeyResult| key_result.title == outlined.title.trim() && !placed.contains(&key_result.id);
        let key_result = match known.iter().find(is_same) {
            Some(key_result) => {
                report.unchanged.key_results += 1;
                tell_what_differs(outlined, key_result, report);
                key_result.clone()
            }
            None => {
                tell_what_is_not_stored(outlined, report);
                let new = new_key_result(outlined, objective, owner.as_ref());
                report.created.key_results += 1;
                let key_result = writing::create_numbered(self.tx, new, outlined.number.filter(|_| outlined.is_measure_stated)).await?;
                for step in &outlined.steps {
                    let day = self.day_of_import(cycle);
                    let done_on = step.done_on.or_else(|| step.is_done.then_some(day));
                    let draft = MilestoneStepDraft { title: step.title.clone(), weight: step.weight, due: step.due, done_on };
                    milestone_steps::create(self.tx, &key_result, draft, self.today.date).await?;
                }
                key_result
            }
        };
        report.place(outlined.line, key_result.id.to_string(), &key_result.address);
        self.check_ins(outlined, &key_result, cycle, report).await?;
        self.grade(outlined, &key_result, cycle, report).await?;
        Ok(key_result.id)
    }

    async fn owner_of_key_result(&mut self, outlined: &OutlinedKeyResult, report: &mut DocumentReport) -> Result<Option<Team>> {
        Ok(match (outlined.people.first(), outlined.owner.as_deref()) {
            (Some(handle), _) => Some(self.team_of(handle, TeamKind::Individual, report).await?),
            (None, Some(written)) => Some(self.team_of(written, TeamKind::Team, report).await?),
            (None, None) => None,
        })
    }

    /// The check-ins of an export, and one for what the document states beside the key result.
    async fn check_ins(
        &mut self,
        outlined: &OutlinedKeyResult,
        key_result: &KeyResult,
        cycle: &Cycle,
        report: &mut DocumentReport,
    ) -> Result<()> {
        for note in &outlined.check_ins {
            self.check_in(outlined.line, key_result, note.on, draft_of(note), report).await?;
        }
        let draft = stated(outlined, key_result);
        let says_something = draft.value.is_some() || draft.confidence.is_some() || draft.evidence.is_some();
        if says_something {
            self.check_in(outlined.line, key_result, self.day_of_import(cycle), draft, report).await?;
        }
        Ok(())
    }

    async fn check_in(
        &mut self,
        line: usize,
        key_result: &KeyResult,
        on: NaiveDate,
        draft: CheckInDraft,
        report: &mut DocumentReport,
    ) -> Result<()> {
        report.check_ins += 1;
        // The day of an import changes from one import to the next; what the document says does not.
        let external_id = format!("import:{}", digest(key_result.id, &draft));
        if self.tx.check_in_by_external_id(self.tx.scope(), &external_id).await?.is_some() {
            report.unchanged.check_ins += 1;
            return Ok(());
        }
        if check_in::day(on, self.today.date).is_err() {
            report.check_ins -= 1;
            report.find(line, FindingKind::NotStored, on.to_string(), "a check-in cannot be dated after today");
            return Ok(());
        }
        let new = NewCheckIn { key_result: key_result.id.to_string(), on: Some(on), external_id: Some(external_id), draft };
        check_ins::record(self.tx, new, self.today.date, Provenance::Imported).await?;
        report.created.check_ins += 1;
        Ok(())
    }

    /// A stated score becomes the grade. One that differs from the computed score is kept, and reported.
    async fn grade(
        &mut self,
        outlined: &OutlinedKeyResult,
        key_result: &KeyResult,
        cycle: &Cycle,
        report: &mut DocumentReport,
    ) -> Result<()> {
        let (value, reason, text) = match (&outlined.grade, &outlined.score) {
            (Some(grade), _) => (Ok(grade.value), grade.reason.clone(), grade.value.to_string()),
            (None, Some(score)) => {
                (Quantity::new(score.value), Some(format!("stated as `{}` in an imported document", score.text)), score.text.clone())
            }
            (None, None) => return Ok(()),
        };
        let check_ins = self.tx.check_ins_of(self.tx.scope(), &[key_result.id]).await?;
        let steps = self.tx.steps_of(self.tx.scope(), &[key_result.id]).await?;
        let computed = score::of(&Facts { key_result, check_ins: &check_ins, steps: &steps }, self.today.date, self.today.week_start).value;
        let grade =
            value.map_err(Rejection::from).and_then(|value| Grade::new(value, reason, computed, Provenance::Imported, self.tx.now()))?;
        if outlined.grade.is_none() && computed != Some(grade.value.value()) {
            let shown = computed.map_or_else(|| "there is none".to_owned(), |computed| format!("it is {computed}"));
            let detail = format!("the stated score is kept as the grade; the computed score differs: {shown}");
            report.find(outlined.line, FindingKind::ScoreDiffers, text, detail);
        }
        if key_result.grade.is_some() {
            return Ok(());
        }
        cycle.take_changes()?;
        let graded = KeyResult { grade: Some(grade), stamp: key_result.stamp.next(self.tx.now()), ..key_result.clone() };
        Ok(self.tx.replace_key_result(&graded).await?)
    }

    /// The day that stands for "when this was written": today, or the cycle's last day once that is over.
    fn day_of_import(&self, cycle: &Cycle) -> NaiveDate {
        self.today.date.min(cycle.end)
    }
}

fn new_key_result(outlined: &OutlinedKeyResult, objective: &Objective, owner: Option<&Team>) -> NewKeyResult {
    let prose: Vec<&str> = [outlined.measurement.as_deref(), outlined.notes.as_deref()].into_iter().flatten().collect();
    NewKeyResult {
        objective: objective.id.to_string(),
        title: outlined.title.clone(),
        measure: outlined.measure.clone(),
        unit: outlined.unit.kind(),
        unit_label: outlined.unit.label().map(str::to_owned),
        start: outlined.start,
        due: outlined.due,
        indicator: outlined.indicator,
        weight: outlined.weight.unwrap_or(Quantity::ONE),
        owner: owner.map(|owner| owner.id.to_string()),
        measurement: MeasurementPlan { text: (!prose.is_empty()).then(|| prose.join("\n")), links: outlined.links.clone() },
        proxy_for: outlined.proxy_for.clone(),
        assumption: outlined.assumption.clone(),
        is_guardrail: outlined.is_guardrail.unwrap_or(false),
        checkpoints: outlined.checkpoints.clone(),
        status: outlined.status.unwrap_or(KeyResultStatus::Active),
        status_reason: outlined
            .status_reason
            .clone()
            .or_else(|| outlined.status.and(outlined.stated_status.as_ref()).map(|status| status.text.clone())),
        external_id: None,
    }
}

fn tell_what_is_not_stored(outlined: &OutlinedKeyResult, report: &mut DocumentReport) {
    if let Some(priority) = &outlined.priority {
        report.note(outlined.line, &format!("the priority {priority} is not stored"));
    }
    if outlined.people.len() > 1 {
        report.note(outlined.line, &format!("of {} the first is the owner", outlined.people.join(", ")));
    }
}

fn draft_of(note: &CheckInNote) -> CheckInDraft {
    let (value, zone, sample_size) = match note.reading {
        Some(Reading::Value(value)) => (Some(value), None, None),
        Some(Reading::Zone(zone)) => (None, Some(zone), None),
        Some(Reading::Sample { value, size }) => (Some(value), None, Some(size)),
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

/// What is stored has been worked on since the first import, so it is kept, and the difference is told.
fn tell_what_differs(outlined: &OutlinedKeyResult, key_result: &KeyResult, report: &mut DocumentReport) {
    let stored = key_result.measure.draft();
    let is_filled_in_since = outlined.measure.clone().check().is_ok_and(|measure| measure == key_result.measure);
    let contradicts = |said: Option<Quantity>, kept: Option<Quantity>| said.is_some() && said != kept;
    let numbers = [(outlined.measure.baseline, stored.baseline), (outlined.measure.target, stored.target)];
    if !is_filled_in_since && numbers.into_iter().any(|(said, kept)| contradicts(said, kept)) {
        let detail = "the document states other numbers than those that are stored: the stored ones were kept";
        report.find(outlined.line, FindingKind::KeptStored, &outlined.title, detail);
    }
}
