//! Outlined objectives become objectives, or are found again where they already are.

use std::collections::HashSet;

use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::markdown::{Outline, OutlinedObjective};
use waymark_domain::number::Quantity;
use waymark_domain::objective::{Objective, ObjectiveDraft, ObjectiveKind, ObjectiveStatus};
use waymark_domain::team::{Team, TeamKind};

use super::report::FindingKind;
use super::{DocumentReport, Importing};
use crate::error::{Error, Result};
use crate::naming::Names;
use crate::objective_writing::{self as writing, Place};

/// An objective of a document with its place in the workspace.
pub(super) struct Placed {
    pub(super) objective: Objective,
    pub(super) key_results: Vec<Id<waymark_domain::key_result::KeyResult>>,
    pub(super) is_new: bool,
}

impl Importing<'_> {
    pub(super) async fn objective(
        &mut self,
        outline: &Outline,
        index: usize,
        placed: &[Placed],
        report: &mut DocumentReport,
    ) -> Result<Placed> {
        let Some(outlined) = outline.objectives.get(index) else { return Err(Error::not_found("objective", index)) };
        let cycle = self.cycle_of(outlined.cycle.as_ref().or(outline.cycle.as_ref()), report).await?;
        let team = self.team_of_objective(outlined, report).await?;
        let existing = self.same(outlined, &cycle, &team, placed);
        let is_new = existing.is_none();
        let objective = match existing {
            Some(objective) => {
                report.unchanged.objectives += 1;
                objective
            }
            None => {
                let draft = self.draft(outlined, &team, placed, report).await?;
                let place = Place::Named { cycle: cycle.id.to_string(), team: team.id.to_string() };
                report.created.objectives += 1;
                writing::write_numbered(self.tx, place, draft, self.stated_number(outline, outlined)).await?
            }
        };
        report.place(outlined.line, objective.id.to_string(), &objective.address);
        tell_what_is_not_stored(outlined, report);
        let mut key_results = Vec::with_capacity(outlined.key_results.len());
        let known = if is_new { Vec::new() } else { self.tx.key_results_of(self.tx.scope(), &[objective.id]).await? };
        for key_result in &outlined.key_results {
            let place = self.key_result(key_result, &objective, &team, &cycle, &known, &key_results, report).await?;
            key_results.push(place);
        }
        Ok(Placed { objective, key_results, is_new })
    }

    /// Only an export states numbers that mean addresses; elsewhere `1.` is just the first item of a list.
    fn stated_number(&self, outline: &Outline, outlined: &OutlinedObjective) -> Option<u32> {
        outlined.number.filter(|_| !outline.teams.is_empty())
    }

    async fn team_of_objective(&mut self, outlined: &OutlinedObjective, report: &mut DocumentReport) -> Result<Team> {
        match outlined.team.as_deref().or(outlined.owner.as_deref()) {
            Some(written) => self.team_of(written, TeamKind::Team, report).await,
            None => self.team_of_nobody(report).await,
        }
    }

    /// The objective that this one became in an earlier import: the one of the same team, cycle and title that no
    /// other objective of this document is, in the order of numbers.
    fn same(&self, outlined: &OutlinedObjective, cycle: &Cycle, team: &Team, placed: &[Placed]) -> Option<Objective> {
        let (_, objectives) = self.cycles.get(&cycle.key)?;
        let taken: HashSet<Id<Objective>> = placed.iter().map(|other| other.objective.id).collect();
        let is_it = |objective: &&Objective| {
            objective.team == team.id && objective.title == outlined.title.trim() && !taken.contains(&objective.id)
        };
        objectives.iter().find(is_it).cloned()
    }

    async fn draft(
        &mut self,
        outlined: &OutlinedObjective,
        team: &Team,
        placed: &[Placed],
        report: &mut DocumentReport,
    ) -> Result<ObjectiveDraft> {
        let owner = match (outlined.owner.as_deref(), outlined.people.first()) {
            (Some(written), _) if outlined.team.is_some() => Some(self.team_of(written, TeamKind::Team, report).await?),
            (_, Some(handle)) => Some(self.team_of(handle, TeamKind::Individual, report).await?),
            _ => None,
        };
        let above = outlined.parent.and_then(|index| placed.get(index));
        let parent = above.map(|above| match outlined.parent_key_result.and_then(|index| above.key_results.get(index)) {
            Some(key_result) => key_result.to_string(),
            None => above.objective.id.to_string(),
        });
        Ok(ObjectiveDraft {
            title: outlined.title.clone(),
            kind: outlined.kind.unwrap_or(ObjectiveKind::Impact),
            status: outlined.status.unwrap_or(ObjectiveStatus::Published),
            why_now: outlined.why_now.clone().or_else(|| outlined.notes.clone()),
            pillar: outlined.pillar.clone(),
            owner: owner.filter(|owner| owner.id != team.id || outlined.team.is_some()).map(|owner| owner.id.to_string()),
            weight: outlined.weight.unwrap_or(Quantity::ONE),
            parent,
            alignments: Vec::new(),
            external_id: None,
        })
    }

    /// What new objectives support by address, once everything of the document has one.
    pub(super) async fn supports(&mut self, outline: &Outline, placed: &[Placed], report: &mut DocumentReport) -> Result<()> {
        let names = Names { store: self.tx, scope: self.tx.scope() };
        for (outlined, Placed { objective, is_new, .. }) in outline.objectives.iter().zip(placed) {
            if !is_new || outlined.supports.is_none() && outlined.alignments.is_empty() {
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
                        report.find(outlined.line, FindingKind::NotStored, named, "there is no such objective or key result to support")
                    }
                    Err(error) => return Err(error),
                }
            }
            writing::write(self.tx, Place::Of(objective.clone()), draft).await?;
        }
        Ok(())
    }
}

/// What a document may state of an objective and Waymark keeps elsewhere or computes.
fn tell_what_is_not_stored(outlined: &OutlinedObjective, report: &mut DocumentReport) {
    if let Some(score) = &outlined.score {
        let detail = "the score of an objective is computed from its key results: the stated one is reported here, not stored";
        report.find(outlined.line, FindingKind::NotStored, &score.text, detail);
    }
    if let Some(result) = &outlined.result {
        report.find(
            outlined.line,
            FindingKind::NotStored,
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
