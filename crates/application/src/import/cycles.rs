//! The cycle an imported objective belongs to.

use std::collections::HashMap;

use chrono::Datelike;
use waymark_domain::cycle::{Cycle, CycleDraft, CycleFilter, CycleSort, CycleStatus};
use waymark_domain::id::Id;
use waymark_domain::markdown::{self, CycleName, FindingCode};
use waymark_domain::objective::{Objective, ObjectiveFilter};
use waymark_domain::page::{LIMIT, Page, Sort};
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::team::Team;

use super::{DocumentReport, Importing};
use crate::cycles;
use crate::error::Result;

/// A cycle with its objectives by team and title, those of one title in the order of their numbers.
pub(super) struct KnownCycle {
    pub(super) cycle: Cycle,
    pub(super) objectives: HashMap<(Id<Team>, String), Vec<Objective>>,
}

impl KnownCycle {
    pub(super) fn know(&mut self, objective: Objective) {
        self.objectives.entry((objective.team, objective.title.clone())).or_default().push(objective);
    }
}

impl Importing<'_> {
    /// The cycle that was named for the import, or the one the document names; made where there is none yet.
    pub(super) async fn cycle_of(&mut self, named: Option<&CycleName>, report: &mut DocumentReport) -> Result<Cycle> {
        let key = match (&self.cycle, named) {
            (Some(key), _) => key.clone(),
            (None, Some(cycle)) => cycle.key.clone(),
            (None, None) => self.present_cycle(report).await?,
        };
        report.cycle.get_or_insert_with(|| key.clone());
        if self.cycle.is_some() {
            report.cycle = Some(key.clone());
        }
        if let Some(known) = self.cycles.get(&key) {
            return Ok(known.cycle.clone());
        }
        let (cycle, mut objectives) = match self.tx.cycles_by_key(self.tx.scope(), &[&key]).await?.pop() {
            Some(cycle) => {
                let objectives = self.tx.objectives_in(self.tx.scope(), &[cycle.id], &ObjectiveFilter::default()).await?;
                (cycle, objectives)
            }
            None => (self.new_cycle(&key, named, report).await?, Vec::new()),
        };
        objectives.sort_by_key(|objective| objective.address.number);
        let mut known = KnownCycle { cycle: cycle.clone(), objectives: HashMap::new() };
        objectives.into_iter().for_each(|objective| known.know(objective));
        self.cycles.insert(key, known);
        Ok(cycle)
    }

    async fn new_cycle(&self, key: &str, named: Option<&CycleName>, report: &mut DocumentReport) -> Result<Cycle> {
        let period = match named {
            Some(cycle) if cycle.key == key => Some(cycle.clone()),
            _ => markdown::read(&format!("# {key}")).cycle,
        };
        let Some(period) = period else {
            let detail = format!("there is no cycle `{key}`, and its key is not the name of a period such as `2026-Q4`: create it first");
            return Err(Violation::new(Code::NotFound, detail).at("cycle").into());
        };
        // A period that lies ahead is being planned.
        let status = if self.today.date < period.start { CycleStatus::Planning } else { CycleStatus::Active };
        let draft = CycleDraft {
            key: key.to_owned(),
            name: period.name,
            start: period.start,
            end: period.end,
            status,
            parent: None,
            external_id: None,
        };
        let cycle = cycles::write(self.tx, None, draft).await?;
        report.created.cycles += 1;
        Ok(cycle)
    }

    /// For a document that names no cycle: the shortest one that is under way, or else the present quarter. Said once
    /// in the findings, as it is an assumption.
    async fn present_cycle(&mut self, report: &mut DocumentReport) -> Result<String> {
        let filter = CycleFilter { on: Some(self.today.date), ..CycleFilter::default() };
        let sort = Sort { key: CycleSort::Start, descending: true };
        let under_way = self.tx.cycles(self.tx.scope(), &filter, sort, &Page::first(LIMIT)).await?;
        let is_open = |cycle: &Cycle| cycle.status != CycleStatus::Closed;
        let shortest = under_way.items.into_iter().map(|placed| placed.item).filter(is_open).min_by_key(|cycle| cycle.end - cycle.start);
        let key = match shortest {
            Some(cycle) => cycle.key,
            None => format!("{}-Q{}", self.today.date.year(), self.today.date.month0() / 3 + 1),
        };
        if report.cycle.is_none() {
            let detail = format!(
                "the document names no cycle: `{key}` is assumed, as it is under way; name another for the import if that is wrong"
            );
            report.find(1, FindingCode::CycleAssumed, String::new(), detail);
        }
        Ok(key)
    }
}
