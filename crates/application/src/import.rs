//! Importing documents: one import is one transaction, and the same documents again change nothing.

mod check_ins;
mod cycles;
mod key_results;
mod objectives;
mod placed;
mod report;
mod teams;

use std::collections::{HashMap, HashSet};

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::check_in::CheckIn;
use waymark_domain::id::Id;
use waymark_domain::markdown::{self, Outline};
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::Objective;
use waymark_domain::rejection::{Check, Code};
use waymark_domain::team::Team;
use waymark_domain::text;
use waymark_persistence::Transaction;

use crate::app::{App, Today, accepted, require, today};
use crate::error::{Error, Result};
use crate::naming;
use cycles::KnownCycle;
use placed::{Placed, Stored};

pub use report::{DocumentReport, ImportReport, Line, Tally};

/// Largest document, in bytes.
pub const DOCUMENT_LIMIT: usize = 1 << 20;
/// Most documents of one import.
pub const DOCUMENT_COUNT: usize = 100;
/// Longest path of a document, in characters.
pub const PATH_LIMIT: usize = 4_096;

/// A document to import.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it comes from, for the report.
    pub path: String,
    pub text: String,
}

/// What to import, and where to.
#[derive(Clone, Debug, Default)]
pub struct Import {
    pub documents: Vec<Document>,
    /// The key of the cycle for objectives whose document names none; it is created where it is the key of a period
    /// such as `2026-Q4`.
    pub cycle: Option<String>,
    /// Id or key of the team for objectives without an owner.
    pub team: Option<String>,
    /// Do everything, report it, and keep nothing.
    pub dry_run: bool,
}

/// An import that is under way. A document is first understood as a whole, and then written with as many statements
/// as it takes for its rows, not for its items.
struct Importing<'a> {
    tx: &'a Transaction,
    today: Today,
    /// The team for what has no owner.
    team: Option<Team>,
    cycle: Option<String>,
    /// Teams by their keys, and by their names in lower case.
    teams: HashMap<String, Team>,
    /// Those of them that have still to be written.
    new_teams: Vec<Team>,
    /// Cycles by their keys.
    cycles: HashMap<String, KnownCycle>,
    /// How many objectives stand above each other up to this one.
    levels: HashMap<Id<Objective>, usize>,
    /// Those of the document at hand that have still to be written.
    steps: Vec<MilestoneStep>,
    check_ins: Vec<CheckIn>,
    /// The external ids of check-ins that were found in this import.
    recorded: HashSet<String>,
}

impl App {
    /// Imports documents, or tries to: see [`Import::dry_run`].
    pub async fn import(&self, actor: &Actor, import: Import) -> Result<ImportReport> {
        require(actor, Permission::Import)?;
        refuse_excess(&import)?;
        let texts: Vec<String> = import.documents.iter().map(|document| document.text.clone()).collect();
        // Reading a long document takes milliseconds that other requests should not wait for.
        let read = tokio::task::spawn_blocking(move || texts.iter().map(|text| markdown::read(text)).collect::<Vec<Outline>>());
        let outlines = read.await.map_err(|panic| Error::Internal(Box::new(panic)))?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            tx.lock_structure().await?;
            let today = today(&tx).await?;
            let mut importing = Importing::begin(&tx, today, &import).await?;
            let mut documents = Vec::with_capacity(outlines.len());
            for (document, outline) in import.documents.iter().zip(outlines) {
                documents.push(importing.document(document, outline).await?);
            }
            if !import.dry_run {
                tx.commit().await?;
            }
            Ok(ImportReport { dry_run: import.dry_run, documents })
        })
        .await
    }
}

fn refuse_excess(import: &Import) -> Result<()> {
    let mut check = Check::new();
    if import.documents.is_empty() || import.documents.len() > DOCUMENT_COUNT {
        check.refuse("documents", Code::OutOfRange, format!("an import has 1 to {DOCUMENT_COUNT} documents"));
    }
    if let Some(cycle) = &import.cycle {
        check.field("cycle", text::label(cycle));
    }
    for (index, document) in import.documents.iter().enumerate() {
        if document.path.chars().nth(PATH_LIMIT).is_some() {
            check.refuse(&format!("documents.{index}.path"), Code::TooLong, format!("a path has at most {PATH_LIMIT} characters"));
        }
        if document.text.len() > DOCUMENT_LIMIT {
            check.refuse(&format!("documents.{index}.text"), Code::TooLong, format!("a document has at most {DOCUMENT_LIMIT} bytes"));
        }
    }
    accepted(check, Some(()))
}

impl<'a> Importing<'a> {
    async fn begin(tx: &'a Transaction, today: Today, import: &Import) -> Result<Self> {
        let mut importing = Self {
            tx,
            today,
            team: None,
            cycle: import.cycle.clone(),
            teams: HashMap::new(),
            new_teams: Vec::new(),
            cycles: HashMap::new(),
            levels: HashMap::new(),
            steps: Vec::new(),
            check_ins: Vec::new(),
            recorded: HashSet::new(),
        };
        for team in tx.all_teams(tx.scope()).await? {
            importing.know(team);
        }
        if let Some(named) = &import.team {
            let mut check = Check::new();
            importing.team = naming::field(&mut check, "team", importing.team_named(named).await)?;
            accepted(check, Some(()))?;
        }
        Ok(importing)
    }

    async fn document(&mut self, document: &Document, outline: Outline) -> Result<DocumentReport> {
        let mut report = DocumentReport::new(document.path.clone(), &outline);
        self.declared_teams(&outline, &mut report).await?;
        let places = self.places(&outline, &mut report).await?;
        let stored = Stored::of(self.tx, &places).await?;
        let mut placed: Vec<Placed> = Vec::with_capacity(places.len());
        for (outlined, place) in outline.objectives.iter().zip(places) {
            let found = self.objective(outlined, &place, &placed, &stored, &mut report).await?;
            placed.push(found);
        }
        self.write(&mut placed).await?;
        for found in &placed {
            found.tell(&mut report);
        }
        self.supports(&outline, &placed, &mut report).await?;
        self.know_objectives(placed);
        report.finish();
        Ok(report)
    }
}
