//! The OKRs of a cycle as Markdown that imports to the same OKRs.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use waymark_domain::actor::Actor;
use waymark_domain::address::Address;
use waymark_domain::authorization::Permission;
use waymark_domain::check_in::CheckIn;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;
use waymark_domain::markdown::{
    self, CheckInNote, Export, ExportedCycle, ExportedKeyResult, ExportedObjective, ExportedTeam, StatedGrade, Step,
};
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::{Objective, ObjectiveFilter, Support};
use waymark_domain::team::Team;

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::naming::Names;

/// Everything of a cycle.
#[derive(Clone, Debug)]
pub struct CycleOkrs {
    pub cycle: Cycle,
    /// The teams of its OKRs and of their owners, with all teams above them, by key.
    pub teams: Vec<Team>,
    /// By team and number.
    pub objectives: Vec<Objective>,
    pub key_results: Vec<KeyResult>,
    pub milestone_steps: Vec<MilestoneStep>,
    /// Of each key result, oldest day first.
    pub check_ins: Vec<CheckIn>,
}

impl App {
    /// Everything of a cycle, named by id or key.
    pub async fn cycle_okrs(&self, actor: &Actor, cycle: &str) -> Result<CycleOkrs> {
        require(actor, Permission::Read)?;
        let cycle = Names { store: &self.store, scope: actor.scope }.cycle(cycle).await?;
        let objectives = self.store.objectives_in(actor.scope, &[cycle.id], &ObjectiveFilter::default()).await?;
        let ids: Vec<Id<Objective>> = objectives.iter().map(|objective| objective.id).collect();
        let mut key_results = self.store.key_results_of(actor.scope, &ids).await?;
        key_results.sort_by(|a, b| a.address.cmp(&b.address));
        let ids: Vec<Id<KeyResult>> = key_results.iter().map(|key_result| key_result.id).collect();
        let milestone_steps = self.store.steps_of(actor.scope, &ids).await?;
        let check_ins = self.store.check_ins_of(actor.scope, &ids).await?;
        let all = self.store.all_teams(actor.scope).await?;
        let teams = teams_with(&all, &objectives, &key_results);
        Ok(CycleOkrs { cycle, teams, objectives, key_results, milestone_steps, check_ins })
    }

    /// The cycle as Markdown, from which the same OKRs can be imported.
    pub async fn cycle_markdown(&self, actor: &Actor, cycle: &str) -> Result<String> {
        let okrs = self.cycle_okrs(actor, cycle).await?;
        let elsewhere = self.addresses_elsewhere(actor, &okrs.objectives, &okrs.key_results).await?;
        let written = tokio::task::spawn_blocking(move || markdown::write(&document(&okrs, elsewhere)));
        written.await.map_err(|panic| Error::Internal(Box::new(panic)))
    }

    /// The addresses of what these objectives support in other cycles.
    async fn addresses_elsewhere(&self, actor: &Actor, objectives: &[Objective], own: &[KeyResult]) -> Result<HashMap<Support, Address>> {
        let (mut others, mut key_results) = (Vec::new(), Vec::new());
        for support in objectives.iter().flat_map(|objective| objective.parent.iter().chain(&objective.alignments)) {
            match support {
                Support::Objective(id) if !objectives.iter().any(|objective| objective.id == *id) => others.push(*id),
                Support::KeyResult(id) if !own.iter().any(|key_result| key_result.id == *id) => key_results.push(*id),
                Support::Objective(_) | Support::KeyResult(_) => {}
            }
        }
        let mut found = HashMap::new();
        if !others.is_empty() {
            let objectives = self.store.objectives_by_id(actor.scope, &others).await?;
            found.extend(objectives.into_iter().map(|objective| (Support::Objective(objective.id), objective.address)));
        }
        if !key_results.is_empty() {
            let key_results = self.store.key_results_by_id(actor.scope, &key_results).await?;
            found.extend(key_results.into_iter().map(|key_result| (Support::KeyResult(key_result.id), key_result.address)));
        }
        Ok(found)
    }
}

/// The teams that are named, with all teams above them, by key.
fn teams_with(all: &[Team], objectives: &[Objective], key_results: &[KeyResult]) -> Vec<Team> {
    let by_id: HashMap<Id<Team>, &Team> = all.iter().map(|team| (team.id, team)).collect();
    let named = objectives.iter().flat_map(|objective| [Some(objective.team), objective.owner]);
    let named = named.chain(key_results.iter().map(|key_result| key_result.owner)).flatten();
    let mut teams: BTreeMap<&str, &Team> = BTreeMap::new();
    for id in named {
        let mut next = by_id.get(&id);
        while let Some(team) = next {
            if teams.insert(&team.key, team).is_some() {
                break;
            }
            next = team.parent.and_then(|parent| by_id.get(&parent));
        }
    }
    teams.into_values().cloned().collect()
}

fn document(okrs: &CycleOkrs, elsewhere: HashMap<Support, Address>) -> Export {
    let objectives = okrs.objectives.iter().map(|objective| (Support::Objective(objective.id), objective.address.clone()));
    let key_results = okrs.key_results.iter().map(|key_result| (Support::KeyResult(key_result.id), key_result.address.clone()));
    let book = Book {
        teams: okrs.teams.iter().map(|team| (team.id, team)).collect(),
        addresses: objectives.chain(key_results).chain(elsewhere).collect(),
        steps: grouped(&okrs.milestone_steps, |step| step.key_result),
        check_ins: grouped(&okrs.check_ins, |check_in| check_in.key_result),
        key_results: grouped(&okrs.key_results, |key_result| key_result.objective),
    };
    let of_team = grouped(&okrs.objectives, |objective| objective.team);
    let team = |team: &Team| ExportedTeam {
        key: team.key.clone(),
        name: team.name.clone(),
        kind: team.kind,
        parent: team.parent.and_then(|parent| book.key(parent)),
        objectives: of_team.get(&team.id).into_iter().flatten().map(|objective| book.objective(objective)).collect(),
    };
    let Cycle { key, name, start, end, .. } = okrs.cycle.clone();
    Export { cycle: ExportedCycle { key, name, start, end }, teams: okrs.teams.iter().map(team).collect() }
}

fn grouped<T, K: Eq + Hash>(things: &[T], key: impl Fn(&T) -> K) -> HashMap<K, Vec<&T>> {
    let mut groups: HashMap<K, Vec<&T>> = HashMap::new();
    for thing in things {
        groups.entry(key(thing)).or_default().push(thing);
    }
    groups
}

/// What an export looks things up in.
struct Book<'a> {
    teams: HashMap<Id<Team>, &'a Team>,
    addresses: HashMap<Support, Address>,
    key_results: HashMap<Id<Objective>, Vec<&'a KeyResult>>,
    steps: HashMap<Id<KeyResult>, Vec<&'a MilestoneStep>>,
    check_ins: HashMap<Id<KeyResult>, Vec<&'a CheckIn>>,
}

impl Book<'_> {
    fn key(&self, team: Id<Team>) -> Option<String> {
        self.teams.get(&team).map(|team| team.key.clone())
    }

    fn objective(&self, objective: &Objective) -> ExportedObjective {
        let address = |support: &Support| self.addresses.get(support).cloned();
        ExportedObjective {
            number: objective.address.number.objective,
            title: objective.title.clone(),
            kind: objective.kind,
            status: objective.status,
            owner: objective.owner.and_then(|owner| self.key(owner)),
            pillar: objective.pillar.clone(),
            why_now: objective.why_now.clone(),
            weight: objective.weight,
            parent: objective.parent.as_ref().and_then(address),
            alignments: objective.alignments.iter().filter_map(address).collect(),
            key_results: self.key_results.get(&objective.id).into_iter().flatten().map(|key_result| self.key_result(key_result)).collect(),
        }
    }

    fn key_result(&self, key_result: &KeyResult) -> ExportedKeyResult {
        ExportedKeyResult {
            number: key_result.address.number.key_result.unwrap_or_default(),
            title: key_result.title.clone(),
            measure: key_result.measure.clone(),
            unit: key_result.unit.clone(),
            start: key_result.start,
            due: key_result.due,
            weight: key_result.weight,
            owner: key_result.owner.and_then(|owner| self.key(owner)),
            indicator: key_result.indicator,
            measurement: key_result.measurement.clone(),
            proxy_for: key_result.proxy_for.clone(),
            assumption: key_result.assumption.clone(),
            is_guardrail: key_result.is_guardrail,
            status: key_result.status,
            status_reason: key_result.status_reason.clone(),
            checkpoints: key_result.checkpoints.clone(),
            steps: self.steps.get(&key_result.id).into_iter().flatten().copied().map(step).collect(),
            grade: key_result.grade.as_ref().map(|grade| StatedGrade { value: grade.value, reason: grade.reason.clone() }),
            check_ins: self.check_ins.get(&key_result.id).into_iter().flatten().copied().map(note).collect(),
        }
    }
}

fn step(step: &MilestoneStep) -> Step {
    Step { title: step.title.clone(), weight: step.weight, due: step.due, done_on: step.done_on, is_done: step.done_on.is_some() }
}

fn note(check_in: &CheckIn) -> CheckInNote {
    let revision = check_in.revision.clone();
    CheckInNote {
        on: check_in.on,
        reading: revision.reading,
        confidence: revision.confidence,
        evidence: revision.evidence,
        risks: revision.risks,
        blockers: revision.blockers,
        next_actions: revision.next_actions,
    }
}
