//! Cycles over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::{CycleQuery, ObjectiveQuery};
use waymark_domain::authorization::Permission;
use waymark_domain::cycle as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::cycles::{CycleById, CyclesInside};
use crate::graphql::loaders::objectives::ObjectivesIn;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::graphql::scores;
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::cycle::{Cycle, CycleFilter, CyclePatch, CycleSort, NewCycle};
use crate::resources::objective::{Objective, ObjectiveFilter};
use crate::resources::score::{GroupPolicy, GroupScore};
use crate::scalars::DateTime;

#[ComplexObject]
impl Cycle {
    /// The cycle around this one.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Cycle>> {
        match self.parent_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, CycleById(id)).await,
            None => Ok(None),
        }
    }

    /// The cycles right inside.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Cycle>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, CyclesInside(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The objectives of this cycle itself, by address.
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
            Some(id) => load(ctx, query.as_of.or(self.as_of), ObjectivesIn(id, query)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
    }

    /// Whether the caller may change this cycle.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCycles)
    }

    /// What its objectives, of one team (by id or key) or of all, are worth together; null when there is no such team.
    async fn score(
        &self,
        ctx: &Context<'_>,
        team: Option<ID>,
        #[graphql(default_with = "GroupPolicy::Equal")] policy: GroupPolicy,
        as_of: Option<DateTime>,
    ) -> Result<Option<GroupScore>> {
        scores::score_of_cycle(ctx, &self.id, team, policy, instant(as_of).or(self.as_of)).await
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
        history(ctx, self.as_of, Concept::Cycle, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct CycleQueries;

#[Object]
impl CycleQueries {
    /// A cycle by id or key; null when there is none.
    async fn cycle(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Cycle>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).cycle(actor(ctx), &id).await)?.map(Cycle::from).dated(as_of))
    }

    /// Cycles, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn cycles(
        &self,
        ctx: &Context<'_>,
        filter: Option<CycleFilter>,
        #[graphql(default_with = "CycleSort::CreatedAt")] sort: CycleSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Cycle>> {
        let query = CycleQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::CycleSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).cycles(actor(ctx), query.clone(), sort, page).await?.map(Cycle::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateCyclePayload, cycle: Cycle);
payload!(UpdateCyclePayload, cycle: Cycle);
payload!(PutCyclePayload, cycle: Cycle);
payload!(DeleteCyclePayload, cycle: Cycle);

#[derive(Default)]
pub(crate) struct CycleMutations;

#[Object]
impl CycleMutations {
    /// The key is given once and becomes a part of the addresses of the cycle's OKRs.
    async fn create_cycle(&self, ctx: &Context<'_>, input: NewCycle) -> Result<CreateCyclePayload> {
        Ok(create::<Cycle>(ctx, input).await?.into())
    }

    /// The status stays or goes on by one step. A cycle that is `CLOSED` takes no more changes to its OKRs.
    async fn update_cycle(&self, ctx: &Context<'_>, input: Update<CyclePatch>) -> Result<UpdateCyclePayload> {
        Ok(update::<Cycle, _>(ctx, input).await?.into())
    }

    /// Creates the cycle with this external id, or makes the one that has it equal to the value. An absent status
    /// means `PLANNING`, which is refused where the cycle has gone on from there.
    async fn put_cycle(&self, ctx: &Context<'_>, input: Put<NewCycle>) -> Result<PutCyclePayload> {
        Ok(put::<Cycle, _>(ctx, input).await?.into())
    }

    /// Refused while objectives or other cycles belong to it. The payload holds the cycle as it was.
    async fn delete_cycle(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteCyclePayload> {
        Ok(delete::<Cycle>(ctx, input).await?.into())
    }
}
