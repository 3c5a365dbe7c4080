//! Teams.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::team::{self, Team, TeamDraft, TeamFilter, TeamSort};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which teams to list; teams are named by id or key.
#[derive(Clone, Debug, Default)]
pub struct TeamQuery {
    pub parent: Option<String>,
    /// Everything but the parent.
    pub filter: TeamFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

impl App {
    /// By id or key.
    pub async fn team(&self, actor: &Actor, named: &str) -> Result<Team> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.team(named).await
    }

    pub async fn teams_by_id(&self, actor: &Actor, ids: &[Id<Team>]) -> Result<Vec<Team>> {
        require(actor, Permission::Read)?;
        Ok(self.store.teams_by_id(actor.scope, ids).await?)
    }

    /// The teams these ids and keys name, each beside its name.
    pub async fn teams_named(&self, actor: &Actor, named: &[String]) -> Result<Vec<(String, Team)>> {
        require(actor, Permission::Read)?;
        let (ids, keys) = naming::ids_and_keys::<Team>(named);
        let mut found = Vec::new();
        if !ids.is_empty() {
            found.extend(self.store.teams_by_id(actor.scope, &ids).await?.into_iter().map(|team| (team.id.to_string(), team)));
        }
        if !keys.is_empty() {
            found.extend(self.store.teams_by_key(actor.scope, &keys).await?.into_iter().map(|team| (team.key.clone(), team)));
        }
        Ok(found)
    }

    /// The teams right below these.
    pub async fn teams_below(&self, actor: &Actor, parents: &[Id<Team>]) -> Result<Vec<Team>> {
        require(actor, Permission::Read)?;
        Ok(self.store.teams_below(actor.scope, parents).await?)
    }

    pub async fn teams(&self, actor: &Actor, query: TeamQuery, sort: Sort<TeamSort>, page: Page) -> Result<Slice<Team>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let parent = naming::optional(&mut check, "parent", query.parent.as_deref(), async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let filter = TeamFilter { parent: parent.map(|team| team.id), ..query.filter };
        Ok(app.store.teams(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Team {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Team(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.team(named).await
    }
}

impl Create for Team {
    type New = TeamDraft;
    const CREATE: Permission = Permission::EditTeams;

    async fn create(tx: &Transaction, new: TeamDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Team {
    type Draft = TeamDraft;
    const UPDATE: Permission = Permission::EditTeams;

    fn draft(&self) -> TeamDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: TeamDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Team {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.team_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut TeamDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: TeamDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while anything belongs to the team.
impl Delete for Team {
    const DELETE: Permission = Permission::EditTeams;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_team(self).await?)
    }
}

/// Checks and saves a new team, or the next version of an existing one.
pub(crate) async fn write(tx: &Transaction, existing: Option<&Team>, draft: TeamDraft) -> Result<Team> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let parent = naming::optional(&mut check, "parent", draft.parent.as_deref(), async |named| names.team(named).await).await?;
    let (id, stamp) = match existing {
        Some(team) => (team.id, team.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_some_and(|team| team.key != draft.key) {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as addresses are made of it: it cannot change");
    }
    if let Some(parent) = &parent
        && existing.is_none_or(|team| team.parent != Some(parent.id))
    {
        place_below(tx, &mut check, id, parent).await?;
    }
    let team = check.part(Team::new(id, stamp, draft, parent.map(|parent| parent.id)));
    let team = accepted(check, team)?;
    match existing {
        Some(before) if team.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_team(&team).await?,
        None => tx.insert_team(&team).await?,
    }
    Ok(team)
}

/// A team stands neither above itself nor too deep.
async fn place_below(tx: &Transaction, check: &mut Check, team: Id<Team>, parent: &Team) -> Result<()> {
    tx.lock_structure().await?;
    let all = tx.all_teams(tx.scope()).await?;
    let above = |id: Id<Team>| all.iter().find(|other| other.id == id).and_then(|other| other.parent);
    let line: Vec<Id<Team>> = std::iter::successors(Some(parent.id), |id| above(*id)).take(team::DEPTH_LIMIT + 1).collect();
    if line.contains(&team) {
        check.refuse("parent", Code::Loop, "the team would stand above itself");
    } else if line.len() + height(&all, team) > team::DEPTH_LIMIT {
        check.refuse("parent", Code::TooDeep, format!("teams stand at most {} levels deep", team::DEPTH_LIMIT));
    }
    Ok(())
}

/// The levels of teams from this one down.
fn height(all: &[Team], team: Id<Team>) -> usize {
    let mut level = vec![team];
    let mut levels = 0;
    while !level.is_empty() && levels <= team::DEPTH_LIMIT {
        levels += 1;
        level = all.iter().filter(|other| other.parent.is_some_and(|parent| level.contains(&parent))).map(|other| other.id).collect();
    }
    levels
}
