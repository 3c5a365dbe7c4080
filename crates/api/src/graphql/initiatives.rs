//! Initiatives over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::InitiativeQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::initiative as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, failure, id_of, load, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::TeamById;
use crate::graphql::loaders::contributions::ContributionsOf;
use crate::graphql::loaders::initiatives::ProgramOf;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::contribution::Contribution;
use crate::resources::initiative::{Initiative, InitiativeFilter, InitiativePatch, InitiativeSort, NewInitiative};
use crate::resources::linkage::InitiativeLinkage;
use crate::resources::program::Program;
use crate::resources::team::Team;
use crate::scalars::{Date, DateTime};

#[ComplexObject]
impl Initiative {
    /// The team that does the work.
    async fn team(&self, ctx: &Context<'_>) -> Result<Team> {
        load_present(ctx, self.as_of, id_of(&self.team_id).map(TeamById)).await
    }

    /// The person, or the team, who answers for it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        match self.owner_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, TeamById(id)).await,
            None => Ok(None),
        }
    }

    /// The key results it contributes to, in the order they were linked; at most 50.
    async fn contributions(&self, ctx: &Context<'_>) -> Result<Vec<Contribution>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, ContributionsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Who takes part in it, who comes to its end, and what it is worth to them, from a day up to another, which is not included:
    /// by default to today, and from 28 days before that.
    async fn program(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Result<Program> {
        let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
        load_present(ctx, self.as_of, id_of(&self.id).map(|initiative| ProgramOf { initiative, from, to })).await
    }

    /// Whether the caller may change this initiative.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditInitiatives)
    }

    /// Whether the caller may link this initiative to key results.
    async fn viewer_can_link(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::LinkInitiatives)
    }

    /// Every change, oldest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, self.as_of, Concept::Initiative, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct InitiativeQueries;

#[Object]
impl InitiativeQueries {
    /// An initiative by id; null when there is none.
    async fn initiative(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Initiative>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).initiative(actor(ctx), &id).await)?.map(Initiative::from).dated(as_of))
    }

    /// Initiatives, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn initiatives(
        &self,
        ctx: &Context<'_>,
        filter: Option<InitiativeFilter>,
        #[graphql(default_with = "InitiativeSort::CreatedAt")] sort: InitiativeSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Initiative>> {
        let query = InitiativeQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::InitiativeSort::from(sort), descending };
        let fetch =
            async |page| Ok(app(ctx).initiatives(actor(ctx), query.clone(), sort, page).await?.map(Initiative::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }

    /// How many initiatives contribute to key results, of the team with this id or key or of all.
    async fn initiative_linkage(&self, ctx: &Context<'_>, team: Option<String>, as_of: Option<DateTime>) -> Result<InitiativeLinkage> {
        let counts = app(ctx).at(instant(as_of)).initiative_linkage(actor(ctx), team.as_deref()).await;
        Ok(counts.map_err(|error| failure(&error))?.into())
    }
}

payload!(CreateInitiativePayload, initiative: Initiative);
payload!(UpdateInitiativePayload, initiative: Initiative);
payload!(PutInitiativePayload, initiative: Initiative);
payload!(DeleteInitiativePayload, initiative: Initiative);

#[derive(Default)]
pub(crate) struct InitiativeMutations;

#[Object]
impl InitiativeMutations {
    /// The key results it contributes to are linked on their own, by `linkInitiative`.
    async fn create_initiative(&self, ctx: &Context<'_>, input: NewInitiative) -> Result<CreateInitiativePayload> {
        Ok(create::<Initiative>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_initiative(&self, ctx: &Context<'_>, input: Update<InitiativePatch>) -> Result<UpdateInitiativePayload> {
        Ok(update::<Initiative, _>(ctx, input).await?.into())
    }

    /// Creates the initiative with this external id, or makes the one that has it equal to the value; links to key
    /// results stay.
    async fn put_initiative(&self, ctx: &Context<'_>, input: Put<NewInitiative>) -> Result<PutInitiativePayload> {
        Ok(put::<Initiative, _>(ctx, input).await?.into())
    }

    /// Deletes the initiative with its links to key results. The payload holds the initiative as it was.
    async fn delete_initiative(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteInitiativePayload> {
        Ok(delete::<Initiative>(ctx, input).await?.into())
    }
}
