//! Outlined key results become key results with steps, check-ins and grades, or are found again.

use waymark_domain::NaiveDate;
use waymark_domain::check_in::Provenance;
use waymark_domain::cycle::Cycle;
use waymark_domain::grade::Grade;
use waymark_domain::key_result::{KeyResult, KeyResultStatus, MeasurementPlan};
use waymark_domain::markdown::{FindingCode, OutlinedKeyResult};
use waymark_domain::milestone_step::{MilestoneStep, MilestoneStepDraft};
use waymark_domain::number::Quantity;
use waymark_domain::rejection::{Check, Rejection};
use waymark_domain::scoring::score::{self, Facts};
use waymark_domain::team::{Team, TeamKind};

use super::placed::{Place, Placed, PlacedKeyResult, Stored};
use super::{DocumentReport, Importing};
use crate::app::accepted;
use crate::error::Result;
use crate::key_result_writing::{self as writing, NewKeyResult};
use crate::milestone_steps;

impl Importing<'_> {
    pub(super) fn key_result(
        &mut self,
        outlined: &OutlinedKeyResult,
        above: &Placed,
        Place { cycle, team, .. }: &Place,
        stored: &Stored,
        report: &mut DocumentReport,
    ) -> Result<PlacedKeyResult> {
        let owner = self.owner_of_key_result(outlined, report)?.filter(|owner| owner.id != team.id || outlined.is_measure_stated);
        tell_what_is_not_stored(outlined, report);
        let known = stored.key_results(above.objective.id);
        let is_placed = |key_result: &KeyResult| above.key_results.iter().any(|other| other.key_result.id == key_result.id);
        let existing = known.iter().find(|key_result| key_result.title == outlined.title.trim() && !is_placed(key_result));
        let is_new = existing.is_none();
        let mut steps = existing.map_or_else(Vec::new, |key_result| stored.known.steps(key_result.id).to_vec());
        let key_result = match existing {
            Some(key_result) => {
                report.unchanged.key_results += 1;
                tell_what_differs(outlined, key_result, report);
                key_result.clone()
            }
            None => {
                report.created.key_results += 1;
                let others = known.len() + above.key_results.iter().filter(|other| other.is_new).count();
                let mut check = Check::new();
                let new = dated(new_key_result(outlined), outlined.line, cycle, report);
                let owner = owner.map(|owner| owner.id);
                let built = writing::unnumbered(self.tx, &mut check, (&above.objective, cycle), others, new, owner);
                let key_result = accepted(check, built)?.imported();
                steps = self.new_steps(outlined, &key_result, cycle)?;
                key_result
            }
        };
        let check_ins = self.check_ins(outlined, (&key_result, cycle), &steps, stored.known.check_ins(key_result.id), report)?;
        let guarded = stored.known.guarded(key_result.id);
        let facts = Facts { key_result: &key_result, check_ins: &check_ins, steps: &steps, guarded };
        let grade = self.grade(outlined, &facts, cycle, report)?;
        let wished = outlined.number.filter(|_| outlined.is_measure_stated);
        Ok(PlacedKeyResult { line: outlined.line, wished, is_new, grade, key_result })
    }

    fn owner_of_key_result(&mut self, outlined: &OutlinedKeyResult, report: &mut DocumentReport) -> Result<Option<Team>> {
        Ok(match (outlined.people.first(), outlined.owner.as_deref()) {
            (Some(handle), _) => Some(self.team_of(handle, TeamKind::Individual, report)?),
            (None, Some(written)) => Some(self.team_of(written, TeamKind::Team, report)?),
            (None, None) => None,
        })
    }

    fn new_steps(&mut self, outlined: &OutlinedKeyResult, key_result: &KeyResult, cycle: &Cycle) -> Result<Vec<MilestoneStep>> {
        let mut steps = Vec::with_capacity(outlined.steps.len());
        for step in &outlined.steps {
            let done_on = step.done_on.or_else(|| step.is_done.then_some(self.day_of_import(cycle)));
            let draft = MilestoneStepDraft { title: step.title.clone(), weight: step.weight, due: step.due, done_on };
            let step = milestone_steps::built(self.tx, (key_result, cycle), &steps, draft, self.today.date)?;
            steps.push(step);
        }
        self.steps.extend(steps.iter().cloned());
        Ok(steps)
    }

    /// A stated score becomes the grade, where there is none yet. One that differs from the computed score is kept, and
    /// reported.
    fn grade(&self, outlined: &OutlinedKeyResult, facts: &Facts<'_>, cycle: &Cycle, report: &mut DocumentReport) -> Result<Option<Grade>> {
        let (value, reason, text) = match (&outlined.grade, &outlined.score) {
            (Some(grade), _) => (Ok(grade.value), grade.reason.clone(), grade.value.to_string()),
            (None, Some(score)) => {
                (Quantity::new(score.value), Some(format!("stated as `{}` in an imported document", score.text)), score.text.clone())
            }
            (None, None) => return Ok(None),
        };
        let computed = score::of(facts, self.today.date, self.today.week_start).value;
        let grade =
            value.map_err(Rejection::from).and_then(|value| Grade::new(value, reason, computed, Provenance::Imported, self.tx.now()))?;
        if outlined.grade.is_none() && computed != Some(grade.value.value()) {
            let shown = computed.map_or_else(|| "there is none".to_owned(), |computed| format!("it is {computed}"));
            let detail = format!("the stated score is kept as the grade; the computed score differs: {shown}");
            report.find(outlined.line, FindingCode::ScoreDiffers, text, detail);
        }
        if facts.key_result.grade.is_some() {
            return Ok(None);
        }
        cycle.take_changes()?;
        Ok(Some(grade))
    }

    /// The day that stands for "when this was written": today, or the cycle's last day once that is over.
    pub(super) fn day_of_import(&self, cycle: &Cycle) -> NaiveDate {
        self.today.date.min(cycle.end)
    }
}

/// With the stated dates as far as a key result can have them. A document can be older than the cycle it is imported
/// into, or have its dates the wrong way round.
fn dated(mut new: NewKeyResult, line: usize, cycle: &Cycle, report: &mut DocumentReport) -> NewKeyResult {
    let (start, due) = (new.start.unwrap_or(cycle.start), new.due.unwrap_or(cycle.end));
    if start <= due {
        return new;
    }
    let day = new.due.unwrap_or(start);
    report.note(line, &format!("it would be due before it starts in {}: it starts and is due on {day}", cycle.key));
    // None of them could lie between.
    new.checkpoints.clear();
    NewKeyResult { start: Some(day), due: Some(day), ..new }
}

/// Its objective and owner are known already, and are not named again.
fn new_key_result(outlined: &OutlinedKeyResult) -> NewKeyResult {
    let prose: Vec<&str> = [outlined.measurement.as_deref(), outlined.notes.as_deref()].into_iter().flatten().collect();
    NewKeyResult {
        objective: String::new(),
        title: outlined.title.clone(),
        measure: outlined.measure.clone(),
        unit: outlined.unit.kind(),
        unit_label: outlined.unit.label().map(str::to_owned),
        start: outlined.start,
        due: outlined.due,
        indicator: outlined.indicator,
        weight: outlined.weight.unwrap_or(Quantity::ONE),
        owner: None,
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

/// What is stored has been worked on since the first import, so it is kept, and the difference is told.
fn tell_what_differs(outlined: &OutlinedKeyResult, key_result: &KeyResult, report: &mut DocumentReport) {
    let stored = key_result.measure.draft();
    let is_filled_in_since = outlined.measure.clone().check().is_ok_and(|measure| measure == key_result.measure);
    let contradicts = |said: Option<Quantity>, kept: Option<Quantity>| said.is_some() && said != kept;
    let numbers = [(outlined.measure.baseline, stored.baseline), (outlined.measure.target, stored.target)];
    if !is_filled_in_since && numbers.into_iter().any(|(said, kept)| contradicts(said, kept)) {
        let detail = "the document states other numbers than those that are stored: the stored ones were kept";
        report.find(outlined.line, FindingCode::KeptStored, &outlined.title, detail);
    }
}
