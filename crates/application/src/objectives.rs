//! Objectives.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::objective::{Objective, ObjectiveDraft, ObjectiveFilter, ObjectiveSort, Support};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::team::Team;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::objective_writing::{self as writing, Place};
use crate::writing::{Create, Delete, Put, Shared, Update};

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
}

impl Shared for Objective {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Objective(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.objective(named).await
    }
}

impl Create for Objective {
    type New = NewObjective;
    const CREATE: Permission = Permission::EditOkrs;

    async fn create(tx: &Transaction, new: NewObjective) -> Result<Self> {
        writing::write(tx, Place::Named { cycle: new.cycle, team: new.team }, new.draft).await
    }
}

impl Update for Objective {
    type Draft = ObjectiveDraft;
    const UPDATE: Permission = Permission::EditOkrs;

    fn draft(&self) -> ObjectiveDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: ObjectiveDraft) -> Result<Self> {
        writing::write(tx, Place::Of(self), draft).await
    }
}

/// It is made equal where it stands.
impl Put for Objective {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.objective_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut NewObjective) -> &mut Option<String> {
        &mut new.draft.external_id
    }

    async fn equalise(self, tx: &Transaction, new: NewObjective) -> Result<Self> {
        writing::stays(tx, &self, &new).await?;
        self.update(tx, new.draft).await
    }
}

/// Takes the objective and its key results out of every list; their numbers are not given again. Refused while another
/// objective supports it.
impl Delete for Objective {
    const DELETE: Permission = Permission::EditOkrs;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        writing::remove(tx, self).await
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
