//! Outlined objectives become objectives, or are found again where they already are.

use std::collections::HashMap;

use waymark_domain::address::{Address, Number};
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::markdown::{FindingCode, Outline, OutlinedObjective};
use waymark_domain::number::Quantity;
use waymark_domain::objective::{Objective, ObjectiveDraft, ObjectiveKind, ObjectiveLinks, ObjectivePlace, ObjectiveStatus, Support};
use waymark_domain::rejection::Check;
use waymark_domain::stamp::Stamp;
use waymark_domain::team::{Team, TeamKind};

use super::placed::{Place, Placed, Stored};
use super::{DocumentReport, Importing};
use crate::app::accepted;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::naming::Names;
use crate::objective_writing::{self as writing, not_too_deep};

impl Importing<'_> {
    /// Where the objectives of a document belong. Each of those that are there already is found once.
    pub(super) async fn places(&mut self, outline: &Outline, report: &mut DocumentReport) -> Result<Vec<Place>> {
        let mut places = Vec::with_capacity(outline.objectives.len());
        let mut found: HashMap<(Id<Cycle>, Id<Team>, &str), usize> = HashMap::new();
        for outlined in &outline.objectives {
            let cycle = self.cycle_of(outlined.cycle.as_ref().or(outline.cycle.as_ref()), report).await?;
            let team = self.team_of_objective(outlined, report)?;
            let title = outlined.title.trim();
            // The objective that this one became in an earlier import: the next of the same team, cycle and title.
            let of_title = self.cycles.get(&cycle.key).and_then(|known| known.objectives.get(&(team.id, title.to_owned())));
            let taken = found.entry((cycle.id, team.id, title)).or_default();
            let existing = of_title.and_then(|objectives| objectives.get(*taken)).cloned();
            *taken += 1;
            places.push(Place { cycle, team, existing, wished: stated_number(outline, outlined) });
        }
        Ok(places)
    }

    pub(super) async fn objective(
        &mut self,
        outlined: &OutlinedObjective,
        place: &Place,
        placed: &[Placed],
        stored: &Stored,
        report: &mut DocumentReport,
    ) -> Result<Placed> {
        let Place { cycle, team, existing, wished } = place;
        let is_new = existing.is_none();
        let objective = match existing {
            Some(objective) => {
                report.unchanged.objectives += 1;
                objective.clone()
            }
            None => {
                report.created.objectives += 1;
                self.new_objective(outlined, cycle, team, placed, report).await?
            }
        };
        tell_what_is_not_stored(outlined, report);
        let mut found = Placed { line: outlined.line, wished: *wished, objective, is_new, key_results: Vec::new() };
        for key_result in &outlined.key_results {
            let placed = self.key_result(key_result, &found, place, stored, report)?;
            found.key_results.push(placed);
        }
        Ok(found)
    }

    async fn new_objective(
        &mut self,
        outlined: &OutlinedObjective,
        cycle: &Cycle,
        team: &Team,
        placed: &[Placed],
        report: &mut DocumentReport,
    ) -> Result<Objective> {
        let owner = match (outlined.owner.as_deref(), outlined.people.first()) {
            (Some(written), _) if outlined.team.is_some() => Some(self.team_of(written, TeamKind::Team, report)?),
            (_, Some(handle)) => Some(self.team_of(handle, TeamKind::Individual, report)?),
            _ => None,
        };
        let owner = owner.filter(|owner| owner.id != team.id || outlined.team.is_some()).map(|owner| owner.id);
        let above = outlined.parent.and_then(|index| placed.get(index));
        let parent = above.map(|above| match outlined.parent_key_result.and_then(|index| above.key_results.get(index)) {
            Some(found) => Support::KeyResult(found.key_result.id),
            None => Support::Objective(above.objective.id),
        });
        let mut check = Check::new();
        let levels = match above {
            Some(above) => self.levels_up_to(&above.objective).await? + 1,
            None => 1,
        };
        check.field("parent", not_too_deep(levels));
        check.field("cycle", cycle.take_changes());
        let address = Address { cycle: cycle.key.clone(), team: team.key.clone(), number: Number::objective(0) };
        let place = ObjectivePlace { cycle: cycle.id, team: team.id, address };
        let links = ObjectiveLinks { owner, parent, alignments: Vec::new() };
        let objective = check.part(Objective::new(Clock::id(), Stamp::first(self.tx.now()), place, draft(outlined), links));
        let objective = accepted(check, objective)?;
        self.levels.insert(objective.id, levels);
        Ok(objective)
    }

    async fn levels_up_to(&mut self, objective: &Objective) -> Result<usize> {
        if let Some(levels) = self.levels.get(&objective.id) {
            return Ok(*levels);
        }
        let levels = self.tx.cascade_above(self.tx.scope(), objective.id).await?.len();
        self.levels.insert(objective.id, levels);
        Ok(levels)
    }

    fn team_of_objective(&mut self, outlined: &OutlinedObjective, report: &mut DocumentReport) -> Result<Team> {
        match outlined.team.as_deref().or(outlined.owner.as_deref()) {
            Some(written) => self.team_of(written, TeamKind::Team, report),
            None => self.team_of_nobody(report),
        }
    }

    /// What new objectives support by address, once everything of the document has one.
    pub(super) async fn supports(&mut self, outline: &Outline, placed: &[Placed], report: &mut DocumentReport) -> Result<()> {
        let names = Names { store: self.tx, scope: self.tx.scope() };
        for (outlined, Placed { objective, is_new, .. }) in outline.objectives.iter().zip(placed) {
            if outlined.supports.is_none() && outlined.alignments.is_empty() {
                continue;
            }
            let mut draft = objective.draft();
            for (named, is_parent) in
                outlined.supports.iter().map(|named| (named, true)).chain(outlined.alignments.iter().map(|named| (named, false)))
            {
                match names.support(named).await {
                    Ok(support) if is_parent => draft.parent = Some(support.to_string()),
                    Ok(support) => draft.alignments.push(support.to_string()),
                    Err(Error::NotFound { .. }) => {
                        report.find(outlined.line, FindingCode::NotStored, named, "there is no such objective or key result to support")
                    }
                    Err(error) => return Err(error),
                }
            }
            if *is_new {
                writing::write(self.tx, writing::Place::Of(objective.clone()), draft).await?;
            }
        }
        Ok(())
    }
}

/// Only an export states numbers that mean addresses; elsewhere `1.` is just the first item of a list.
fn stated_number(outline: &Outline, outlined: &OutlinedObjective) -> Option<u32> {
    outlined.number.filter(|_| !outline.teams.is_empty())
}

fn draft(outlined: &OutlinedObjective) -> ObjectiveDraft {
    ObjectiveDraft {
        title: outlined.title.clone(),
        kind: outlined.kind.unwrap_or(ObjectiveKind::Impact),
        status: outlined.status.unwrap_or(ObjectiveStatus::Published),
        why_now: outlined.why_now.clone().or_else(|| outlined.notes.clone()),
        pillar: outlined.pillar.clone(),
        owner: None,
        weight: outlined.weight.unwrap_or(Quantity::ONE),
        parent: None,
        alignments: Vec::new(),
        external_id: None,
    }
}

/// What a document may state of an objective and Waymark keeps elsewhere or computes.
fn tell_what_is_not_stored(outlined: &OutlinedObjective, report: &mut DocumentReport) {
    if let Some(score) = &outlined.score {
        let detail = "the score of an objective is computed from its key results: the stated one is reported here, not stored";
        report.find(outlined.line, FindingCode::NotStored, &score.text, detail);
    }
    if let Some(result) = &outlined.result {
        report.find(
            outlined.line,
            FindingCode::NotStored,
            result,
            "results are stored with key results: this one stands with an objective",
        );
    }
    if let Some(priority) = &outlined.priority {
        report.note(outlined.line, &format!("the priority {priority} is not stored"));
    }
    if outlined.people.len() > 1 {
        report.note(outlined.line, &format!("of {} the first is the owner", outlined.people.join(", ")));
    }
}
