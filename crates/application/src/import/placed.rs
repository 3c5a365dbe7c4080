//! The objectives of a document with their places in the workspace, and how what is new of them is written.

use std::collections::HashMap;

use waymark_domain::address::{Address, Number};
use waymark_domain::cycle::Cycle;
use waymark_domain::grade::Grade;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::objective::Objective;
use waymark_domain::team::Team;
use waymark_persistence::Transaction;

use super::{DocumentReport, Importing};
use crate::error::Result;
use crate::key_result_writing::numbered;
use crate::known::Known;

/// Where an objective of a document belongs, and what it became in an earlier import.
pub(super) struct Place {
    pub(super) cycle: Cycle,
    pub(super) team: Team,
    pub(super) existing: Option<Objective>,
    /// The number it had where it comes from.
    pub(super) wished: Option<u32>,
}

/// An objective of a document with its place in the workspace. One that is new has its number only once it is written.
pub(super) struct Placed {
    pub(super) line: usize,
    pub(super) objective: Objective,
    /// The number it had where it comes from.
    pub(super) wished: Option<u32>,
    pub(super) is_new: bool,
    pub(super) key_results: Vec<PlacedKeyResult>,
}

/// A key result of a document with its place in the workspace.
pub(super) struct PlacedKeyResult {
    pub(super) line: usize,
    pub(super) key_result: KeyResult,
    /// The number it had where it comes from.
    pub(super) wished: Option<u32>,
    pub(super) is_new: bool,
    /// The grade it gets by this import.
    pub(super) grade: Option<Grade>,
}

/// What was stored of the objectives that were there already.
pub(super) struct Stored {
    key_results: HashMap<Id<Objective>, Vec<KeyResult>>,
    pub(super) known: Known,
}

impl Stored {
    pub(super) async fn of(tx: &Transaction, places: &[Place]) -> Result<Self> {
        let ids: Vec<Id<Objective>> = places.iter().filter_map(|place| place.existing.as_ref()).map(|objective| objective.id).collect();
        let key_results = if ids.is_empty() { Vec::new() } else { tx.key_results_of(tx.scope(), &ids).await? };
        let known = Known::of(tx, tx.scope(), &key_results).await?;
        let mut stored = Self { key_results: HashMap::new(), known };
        for key_result in key_results {
            stored.key_results.entry(key_result.objective).or_default().push(key_result);
        }
        Ok(stored)
    }

    pub(super) fn key_results(&self, objective: Id<Objective>) -> &[KeyResult] {
        self.key_results.get(&objective).map_or(&[], Vec::as_slice)
    }
}

impl Placed {
    /// Says which lines became what.
    pub(super) fn tell(&self, report: &mut DocumentReport) {
        report.place(self.line, self.objective.id.to_string(), &self.objective.address);
        for PlacedKeyResult { line, key_result, .. } in &self.key_results {
            report.place(*line, key_result.id.to_string(), &key_result.address);
        }
    }
}

impl Importing<'_> {
    /// Numbers and writes what is new.
    pub(super) async fn write(&mut self, placed: &mut [Placed]) -> Result<()> {
        self.write_teams().await?;
        self.write_objectives(placed).await?;
        self.write_key_results(placed).await?;
        let new: Vec<&Objective> = placed.iter().filter(|found| found.is_new).map(|found| &found.objective).collect();
        self.tx.insert_supports(&new).await?;
        self.tx.insert_steps(&std::mem::take(&mut self.steps)).await?;
        self.tx.insert_check_ins(&std::mem::take(&mut self.check_ins)).await?;
        let grade = |found: &PlacedKeyResult| {
            let grade = Some(found.grade.clone()?);
            let stamp = found.key_result.stamp.next(self.tx.now());
            Some(KeyResult { grade, stamp, ..found.key_result.clone() })
        };
        let graded: Vec<KeyResult> = placed.iter().flat_map(|found| &found.key_results).filter_map(grade).collect();
        Ok(self.tx.replace_key_results(&graded).await?)
    }

    async fn write_objectives(&self, placed: &mut [Placed]) -> Result<()> {
        let mut new: Vec<&mut Placed> = placed.iter_mut().filter(|found| found.is_new).collect();
        let places: Vec<_> = new.iter().map(|found| (found.objective.cycle, found.objective.team, found.wished)).collect();
        for (found, number) in new.iter_mut().zip(self.tx.next_objective_numbers(&places).await?) {
            let number = Number::objective(number);
            found.objective.address = Address { number, ..found.objective.address.clone() };
        }
        let objectives: Vec<&Objective> = new.iter().map(|found| &found.objective).collect();
        Ok(self.tx.insert_objectives(&objectives).await?)
    }

    async fn write_key_results(&self, placed: &mut [Placed]) -> Result<()> {
        let new =
            |found: &Placed| found.key_results.iter().filter(|key_result| key_result.is_new).map(|one| one.wished).collect::<Vec<_>>();
        let wished: Vec<_> = placed.iter().flat_map(|found| new(found).into_iter().map(|wished| (found.objective.id, wished))).collect();
        let mut numbers = self.tx.next_key_result_numbers(&wished).await?.into_iter();
        for Placed { objective, key_results, .. } in &mut *placed {
            for (found, number) in key_results.iter_mut().filter(|found| found.is_new).zip(&mut numbers) {
                found.key_result.address = numbered(objective, number);
            }
        }
        let pairs = placed.iter().flat_map(|Placed { objective, key_results, .. }| {
            key_results.iter().filter(|found| found.is_new).map(move |found| (&found.key_result, objective))
        });
        Ok(self.tx.insert_key_results(&pairs.collect::<Vec<_>>()).await?)
    }

    /// Objectives of this document may be named by the next.
    pub(super) fn know_objectives(&mut self, placed: Vec<Placed>) {
        for objective in placed.into_iter().filter(|found| found.is_new).map(|found| found.objective) {
            if let Some(known) = self.cycles.get_mut(&objective.address.cycle) {
                known.know(objective);
            }
        }
    }
}
