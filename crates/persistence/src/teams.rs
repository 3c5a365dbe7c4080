//! Teams in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::team::{Team, TeamFilter, TeamSort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::team::{Column, Entity, Model};
use crate::rows::{spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn teams_by_id(&self, scope: WorkspaceScope, ids: &[Id<Team>]) -> Result<Vec<Team>, Error> {
        self.teams_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn teams_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<Team>, Error> {
        self.teams_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn team_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Team>, Error> {
        Ok(self.teams_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All teams right below these.
    pub async fn teams_below(&self, scope: WorkspaceScope, parents: &[Id<Team>]) -> Result<Vec<Team>, Error> {
        self.teams_where(within(scope).filter(Column::ParentId.is_in(parents.iter().map(|id| id.uuid())))).await
    }

    /// All teams of the workspace.
    pub async fn all_teams(&self, scope: WorkspaceScope) -> Result<Vec<Team>, Error> {
        self.teams_where(within(scope)).await
    }

    async fn teams_where(&self, select: Select<Entity>) -> Result<Vec<Team>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Team::try_from).collect()
    }

    pub async fn teams(&self, scope: WorkspaceScope, filter: &TeamFilter, sort: Sort<TeamSort>, page: &Page) -> Result<Slice<Team>, Error> {
        let TeamFilter { parent, kinds, updated_since } = filter;
        let select = within(scope)
            .apply_if(*parent, |select, parent| select.filter(Column::ParentId.eq(parent.uuid())))
            .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
                select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
            })
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            TeamSort::CreatedAt => (Column::Id, Sorted::Id),
            TeamSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            TeamSort::Name => (Column::Name, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                TeamSort::CreatedAt => String::new(),
                TeamSort::UpdatedAt => row.updated_at.to_rfc3339(),
                TeamSort::Name => row.name.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_team(&self, team: &Team) -> Result<(), Error> {
        self.insert_teams(std::slice::from_ref(team)).await
    }

    pub async fn insert_teams(&self, teams: &[Team]) -> Result<(), Error> {
        self.insert_all(teams.iter().map(|team| Model::of(self.scope(), team)).collect()).await
    }

    pub async fn replace_team(&self, team: &Team) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), team), |_| ()).await
    }

    /// Refused while anything belongs to the team.
    pub async fn remove_team(&self, team: &Team) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), team)).await
    }

    /// Changes to the trees of teams, cycles and objectives wait for each other, so that no two of them
    /// close a loop together.
    pub async fn lock_structure(&self) -> Result<(), Error> {
        use crate::rows::workspace;
        workspace::Entity::find_by_id(self.scope().workspace().uuid())
            .select_only()
            .column(workspace::Column::Id)
            .lock_exclusive()
            .into_tuple::<Uuid>()
            .one(&self.db())
            .await?;
        Ok(())
    }
}
