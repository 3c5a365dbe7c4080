//! The cycle an imported objective belongs to.

use waymark_domain::cycle::{Cycle, CycleDraft, CycleStatus};
use waymark_domain::markdown::{self, CycleName};
use waymark_domain::rejection::{Code, Violation};

use super::{DocumentReport, Importing};
use crate::cycles;
use crate::error::Result;

impl Importing<'_> {
    /// The cycle that was named for the import, or the one the document names; made where there is none yet.
    pub(super) async fn cycle_of(&mut self, named: Option<&CycleName>, report: &mut DocumentReport) -> Result<Cycle> {
        let key = match (&self.cycle, named) {
            (Some(key), _) => key.clone(),
            (None, Some(cycle)) => cycle.key.clone(),
            (None, None) => {
                let detail = format!("`{}` names no cycle: name one for the import, such as `2026-Q4`", report.path);
                return Err(Violation::new(Code::Required, detail).at("cycle").into());
            }
        };
        report.cycle.get_or_insert_with(|| key.clone());
        if self.cycle.is_some() {
            report.cycle = Some(key.clone());
        }
        if let Some(cycle) = self.tx.cycles_by_key(self.tx.scope(), &[&key]).await?.pop() {
            return Ok(cycle);
        }
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
        let draft = CycleDraft { key, name: period.name, start: period.start, end: period.end, status, parent: None, external_id: None };
        let cycle = cycles::write(self.tx, None, draft).await?;
        report.created.cycles += 1;
        Ok(cycle)
    }
}
