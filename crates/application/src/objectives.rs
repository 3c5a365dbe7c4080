//! Objectives.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::objective::{Objective, ObjectiveDraft, ObjectiveFilter, ObjectiveSort, Support};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::team::Team;
use waymark_domain::{DateTime, Utc};

use crate::app::{App, accepted, require};
use crate::error::{Current, Result, seen};
use crate::naming::{self, Names};
use crate::objective_writing::{self as writing, Place};

/// Which objectives to list; what they are filtered by is named by id, key or address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ObjectiveQuery {
    pub cycle: Option<String>,
    pub team: Option<String>,
    pub owner: Option<String>,
    pub supports: Option<String>,
    /// Everything that is not named.
    pub filter: ObjectiveFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

/// A new objective: where it is to stand, and what it is.
#[derive(Clone, Debug)]
pub struct NewObjective {
    /// Id or key.
    pub cycle: String,
    /// Id or key.
    pub team: String,
    pub draft: ObjectiveDraft,
}

impl App {
    /// By id, or any address it ever had.
    pub async fn objective(&self, actor: &Actor, named: &str) -> Result<Objective> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.objective(named).await
    }

    pub async fn objectives_by_id(&self, actor: &Actor, ids: &[Id<Objective>]) -> Result<Vec<Objective>> {
        require(actor, Permission::Read)?;
        Ok(self.store.objectives_by_id(actor.scope, ids).await?)
    }

    /// The objectives of these cycles that fit the query, by address.
    pub async fn objectives_in(&self, actor: &Actor, cycles: &[Id<Cycle>], query: ObjectiveQuery) -> Result<Vec<Objective>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let filter = named_filter(Names { store: &app.store, scope: actor.scope }, query).await?;
        Ok(app.store.objectives_in(actor.scope, cycles, &filter).await?)
    }

    /// The objectives of these teams that fit the query, by address.
    pub async fn objectives_of(&self, actor: &Actor, teams: &[Id<Team>], query: ObjectiveQuery) -> Result<Vec<Objective>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let filter = named_filter(Names { store: &app.store, scope: actor.scope }, query).await?;
        Ok(app.store.objectives_of(actor.scope, teams, &filter).await?)
    }

    /// The objectives whose parent is one of these.
    pub async fn objectives_supporting(&self, actor: &Actor, parents: &[Support]) -> Result<Vec<Objective>> {
        require(actor, Permission::Read)?;
        Ok(self.store.objectives_supporting(actor.scope, parents).await?)
    }

    pub async fn objectives(
        &self,
        actor: &Actor,
        query: ObjectiveQuery,
        sort: Sort<ObjectiveSort>,
        page: Page,
    ) -> Result<Slice<Objective>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let filter = named_filter(Names { store: &app.store, scope: actor.scope }, query).await?;
        Ok(app.store.objectives(actor.scope, &filter, sort, &page).await?)
    }

    pub async fn create_objective(&self, actor: &Actor, new: NewObjective) -> Result<Objective> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let objective = writing::write(&tx, Place::Named { cycle: new.cycle, team: new.team }, new.draft).await?;
            tx.commit().await?;
            Ok(objective)
        })
        .await
    }

    pub async fn update_objective(
        &self,
        actor: &Actor,
        named: String,
        version: Option<u32>,
        change: impl FnOnce(&mut ObjectiveDraft) + Send + 'static,
    ) -> Result<Objective> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let objective = Names { store: &tx, scope: actor.scope }.objective(&named).await?;
            seen(version, objective.stamp.version, || Current::Objective(objective.clone()))?;
            let mut draft = objective.draft();
            change(&mut draft);
            let changed = writing::write(&tx, Place::Of(objective), draft).await?;
            tx.commit().await?;
            Ok(changed)
        })
        .await
    }

    /// Creates the objective with this external id, or makes the one that has it equal to the draft, where it stands.
    /// Tells whether it is new.
    pub async fn put_objective(
        &self,
        actor: &Actor,
        external_id: String,
        version: Option<u32>,
        new: NewObjective,
    ) -> Result<(Objective, bool)> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let external_id = naming::external_id(&external_id)?;
            let existing = tx.objective_by_external_id(actor.scope, &external_id).await?;
            let is_new = existing.is_none();
            let place = match existing {
                Some(objective) => {
                    seen(version, objective.stamp.version, || Current::Objective(objective.clone()))?;
                    writing::stays(&tx, &objective, &new).await?;
                    Place::Of(objective)
                }
                None => Place::Named { cycle: new.cycle, team: new.team },
            };
            let objective = writing::write(&tx, place, ObjectiveDraft { external_id: Some(external_id), ..new.draft }).await?;
            tx.commit().await?;
            Ok((objective, is_new))
        })
        .await
    }

    /// Takes the objective and its key results out of every list; their numbers are not given again. Refused while
    /// another objective supports it.
    pub async fn delete_objective(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<Objective> {
        require(actor, Permission::EditOkrs)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let objective = Names { store: &tx, scope: actor.scope }.objective(&named).await?;
            seen(version, objective.stamp.version, || Current::Objective(objective.clone()))?;
            writing::remove(&tx, &objective).await?;
            tx.commit().await?;
            Ok(objective)
        })
        .await
    }
}

/// The filter with what the query names found.
async fn named_filter(names: Names<'_>, query: ObjectiveQuery) -> Result<ObjectiveFilter> {
    let ObjectiveQuery { cycle, team, owner, supports, filter, as_of: _ } = query;
    let mut check = Check::new();
    let cycle = naming::optional(&mut check, "cycle", cycle.as_deref(), async |named| names.cycle(named).await).await?;
    let team = naming::optional(&mut check, "team", team.as_deref(), async |named| names.team(named).await).await?;
    let owner = naming::optional(&mut check, "owner", owner.as_deref(), async |named| names.team(named).await).await?;
    let supports = naming::optional(&mut check, "supports", supports.as_deref(), async |named| names.support(named).await).await?;
    accepted(check, Some(()))?;
    Ok(ObjectiveFilter {
        cycle: cycle.map(|cycle| cycle.id),
        team: team.map(|team| team.id),
        owner: owner.map(|team| team.id),
        supports,
        ..filter
    })
}
