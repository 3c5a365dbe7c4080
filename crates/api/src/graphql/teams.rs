//! Teams over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::{ObjectiveQuery, TeamQuery};
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::team as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::objectives::ObjectivesOf;
use crate::graphql::loaders::{TeamById, TeamsBelow};
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::graphql::scores;
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::objective::{Objective, ObjectiveFilter};
use crate::resources::score::{GroupPolicy, GroupScore};
use crate::resources::team::{NewTeam, Team, TeamFilter, TeamPatch, TeamSort};
use crate::scalars::DateTime;

#[ComplexObject]
impl Team {
    /// The team above.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        match self.parent_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, TeamById(id)).await,
            None => Ok(None),
        }
    }

    /// The teams right below.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, TeamsBelow(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The objectives of this team itself, by address.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn objectives(
        &self,
        ctx: &Context<'_>,
        filter: Option<ObjectiveFilter>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Objective>> {
        let query = ObjectiveQuery::from(filter.unwrap_or_default());
        let all = match id_of(&self.id) {
            Some(id) => load(ctx, query.as_of.or(self.as_of), ObjectivesOf(id, query)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
    }

    /// What the team's objectives in a cycle (by id or key) are worth together; null when there is no such cycle.
    async fn score(
        &self,
        ctx: &Context<'_>,
        cycle: ID,
        #[graphql(default_with = "GroupPolicy::Equal")] policy: GroupPolicy,
        as_of: Option<DateTime>,
    ) -> Result<Option<GroupScore>> {
        scores::team_score(ctx, &self.id, cycle, policy, instant(as_of).or(self.as_of)).await
    }

    /// Every change of the team, oldest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, self.as_of, Concept::Team, &self.id, Paging { first, after, last, before }).await
    }

    /// Whether the caller may change this team.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditTeams)
    }
}

#[derive(Default)]
pub(crate) struct TeamQueries;

#[Object]
impl TeamQueries {
    /// A team by id or key; null when there is none.
    async fn team(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Team>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).team(actor(ctx), &id).await)?.map(Team::from).dated(as_of))
    }

    /// Teams, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn teams(
        &self,
        ctx: &Context<'_>,
        filter: Option<TeamFilter>,
        #[graphql(default_with = "TeamSort::CreatedAt")] sort: TeamSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Team>> {
        let query = TeamQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::TeamSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).teams(actor(ctx), query.clone(), sort, page).await?.map(Team::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateTeamPayload, team: Team);
payload!(UpdateTeamPayload, team: Team);
payload!(PutTeamPayload, team: Team);
payload!(DeleteTeamPayload, team: Team);

#[derive(Default)]
pub(crate) struct TeamMutations;

#[Object]
impl TeamMutations {
    async fn create_team(&self, ctx: &Context<'_>, input: NewTeam) -> Result<CreateTeamPayload> {
        Ok(create::<Team>(ctx, input).await?.into())
    }

    async fn update_team(&self, ctx: &Context<'_>, input: Update<TeamPatch>) -> Result<UpdateTeamPayload> {
        Ok(update::<Team, _>(ctx, input).await?.into())
    }

    /// Creates the team with this external id, or makes the one that has it equal to the value.
    async fn put_team(&self, ctx: &Context<'_>, input: Put<NewTeam>) -> Result<PutTeamPayload> {
        Ok(put::<Team, _>(ctx, input).await?.into())
    }

    /// Refused while objectives, initiatives or other teams belong to it. The payload holds the team as it was.
    async fn delete_team(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteTeamPayload> {
        Ok(delete::<Team>(ctx, input).await?.into())
    }
}
