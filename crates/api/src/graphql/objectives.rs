//! Objectives over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::ObjectiveQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::objective as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::KeyResultsOf;
use crate::graphql::loaders::TeamById;
use crate::graphql::loaders::cycles::CycleById;
use crate::graphql::loaders::objectives::ObjectivesSupporting;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::graphql::scores::{cascade, objective_score};
use crate::graphql::support::{Support, supports};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::cycle::Cycle;
use crate::resources::key_result::KeyResult;
use crate::resources::objective::{NewObjective, Objective, ObjectiveFilter, ObjectivePatch, ObjectiveSort};
use crate::resources::score::{CascadeScore, GroupPolicy, ObjectiveScore};
use crate::resources::team::Team;
use crate::scalars::DateTime;

#[ComplexObject]
impl Objective {
    /// The cycle it is set for.
    async fn cycle(&self, ctx: &Context<'_>) -> Result<Cycle> {
        load_present(ctx, self.as_of, id_of(&self.cycle_id).map(CycleById)).await
    }

    /// The team it belongs to.
    async fn team(&self, ctx: &Context<'_>) -> Result<Team> {
        load_present(ctx, self.as_of, id_of(&self.team_id).map(TeamById)).await
    }

    /// The team, often of one, that answers for it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        match self.owner_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, TeamById(id)).await,
            None => Ok(None),
        }
    }

    /// The objective or key result it supports.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Support>> {
        Ok(supports(ctx, self.as_of, self.parent_id.as_slice()).await?.pop())
    }

    /// More objectives and key results it contributes to; those that were deleted since are left out.
    async fn alignments(&self, ctx: &Context<'_>) -> Result<Vec<Support>> {
        supports(ctx, self.as_of, &self.alignment_ids).await
    }

    /// The objectives whose parent is this one, by address.
    async fn supported_by(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Objective>> {
        let all = match id_of(&self.id).map(domain::Support::Objective) {
            Some(parent) => load(ctx, self.as_of, ObjectivesSupporting(parent)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
    }

    /// Whether the caller may change this objective.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditOkrs)
    }

    /// Its key results, in the order of their numbers.
    async fn key_results(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<KeyResult>> {
        let all = match id_of(&self.id) {
            Some(id) => load(ctx, self.as_of, KeyResultsOf(id)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
    }

    /// What it is worth now, or was at an instant; null where it did not exist then.
    async fn score(&self, ctx: &Context<'_>, as_of: Option<DateTime>) -> Result<Option<ObjectiveScore>> {
        match id_of(&self.id) {
            Some(id) => objective_score(ctx, id, instant(as_of).or(self.as_of)).await,
            None => Ok(None),
        }
    }

    /// What it and all that support it, directly or through others, are worth together.
    async fn cascade(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "GroupPolicy::Equal")] policy: GroupPolicy,
        as_of: Option<DateTime>,
    ) -> Result<Option<CascadeScore>> {
        match id_of(&self.id) {
            Some(id) => cascade(ctx, id, policy, instant(as_of).or(self.as_of)).await,
            None => Ok(None),
        }
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
        history(ctx, self.as_of, Concept::Objective, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct ObjectiveQueries;

#[Object]
impl ObjectiveQueries {
    /// An objective by id, or by any address it ever had; null when there is none. `asOf` gives it, and all that is
    /// reached from it, as it was known at that instant.
    async fn objective(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Objective>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).objective(actor(ctx), &id).await)?.map(Objective::from).dated(as_of))
    }

    /// Objectives, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn objectives(
        &self,
        ctx: &Context<'_>,
        filter: Option<ObjectiveFilter>,
        #[graphql(default_with = "ObjectiveSort::CreatedAt")] sort: ObjectiveSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Objective>> {
        let query = ObjectiveQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::ObjectiveSort::from(sort), descending };
        let fetch =
            async |page| Ok(app(ctx).objectives(actor(ctx), query.clone(), sort, page).await?.map(Objective::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateObjectivePayload, objective: Objective);
payload!(UpdateObjectivePayload, objective: Objective);
payload!(PutObjectivePayload, objective: Objective);
payload!(DeleteObjectivePayload, objective: Objective);

#[derive(Default)]
pub(crate) struct ObjectiveMutations;

#[Object]
impl ObjectiveMutations {
    /// The objective gets the next number of its team and cycle. Refused in a closed cycle.
    async fn create_objective(&self, ctx: &Context<'_>, input: NewObjective) -> Result<CreateObjectivePayload> {
        Ok(create::<Objective>(ctx, input).await?.into())
    }

    /// Cycle, team and number stay. Refused in a closed cycle.
    async fn update_objective(&self, ctx: &Context<'_>, input: Update<ObjectivePatch>) -> Result<UpdateObjectivePayload> {
        Ok(update::<Objective, _>(ctx, input).await?.into())
    }

    /// Creates the objective with this external id, or makes the one that has it equal to the value; what is absent
    /// takes its default. The cycle and team of an objective that is there already must be the ones it has.
    async fn put_objective(&self, ctx: &Context<'_>, input: Put<NewObjective>) -> Result<PutObjectivePayload> {
        Ok(put::<Objective, _>(ctx, input).await?.into())
    }

    /// Deletes the objective with its key results; their numbers are not given again. Refused while another
    /// objective supports one of them, and in a closed cycle. The payload holds the objective as it was.
    async fn delete_objective(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteObjectivePayload> {
        Ok(delete::<Objective>(ctx, input).await?.into())
    }
}
