//! Assignments of members to layers, over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::LayerAssignmentQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::layer_assignment as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::layers::LayerById;
use crate::graphql::loaders::members::MemberById;
use crate::graphql::mutation::{Delete, Update, create, delete, payload, update};
use crate::resources::change::{Change, Concept};
use crate::resources::layer::Layer;
use crate::resources::layer_assignment::{
    LayerAssignment, LayerAssignmentFilter, LayerAssignmentPatch, LayerAssignmentSort, NewLayerAssignment,
};
use crate::resources::member::Member;

#[ComplexObject]
impl LayerAssignment {
    async fn member(&self, ctx: &Context<'_>) -> Result<Member> {
        load_present(ctx, None, id_of(&self.member_id).map(MemberById)).await
    }

    async fn layer(&self, ctx: &Context<'_>) -> Result<Layer> {
        load_present(ctx, None, id_of(&self.layer_id).map(LayerById)).await
    }

    /// Whether the caller may change or delete this assignment.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCommunity)
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
        history(ctx, None, Concept::LayerAssignment, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct LayerAssignmentQueries;

#[Object]
impl LayerAssignmentQueries {
    /// An assignment by id; null when there is none.
    async fn layer_assignment(&self, ctx: &Context<'_>, id: ID) -> Result<Option<LayerAssignment>> {
        Ok(optional(app(ctx).layer_assignment(actor(ctx), &id).await)?.map(LayerAssignment::from))
    }

    /// Assignments, those that ended too, in the order they were made unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn layer_assignments(
        &self,
        ctx: &Context<'_>,
        filter: Option<LayerAssignmentFilter>,
        #[graphql(default_with = "LayerAssignmentSort::CreatedAt")] sort: LayerAssignmentSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<LayerAssignment>> {
        let query = LayerAssignmentQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::LayerAssignmentSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).layer_assignments(actor(ctx), query.clone(), sort, page).await?.map(LayerAssignment::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(AssignLayerPayload, layer_assignment: LayerAssignment);
payload!(UpdateLayerAssignmentPayload, layer_assignment: LayerAssignment);
payload!(DeleteLayerAssignmentPayload, layer_assignment: LayerAssignment);

#[derive(Default)]
pub(crate) struct LayerAssignmentMutations;

#[Object]
impl LayerAssignmentMutations {
    /// By hand, which ends where the member was before. What rules have said of its days is forgotten.
    async fn assign_layer(&self, ctx: &Context<'_>, input: NewLayerAssignment) -> Result<AssignLayerPayload> {
        Ok(create::<LayerAssignment>(ctx, input).await?.into())
    }

    /// Only what was said by hand: what rules say ends by rules.
    async fn update_layer_assignment(
        &self,
        ctx: &Context<'_>,
        input: Update<LayerAssignmentPatch>,
    ) -> Result<UpdateLayerAssignmentPayload> {
        Ok(update::<LayerAssignment, _>(ctx, input).await?.into())
    }

    /// As if it had never been; what it ended stays ended. The payload holds the assignment as it was.
    async fn delete_layer_assignment(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteLayerAssignmentPayload> {
        Ok(delete::<LayerAssignment>(ctx, input).await?.into())
    }
}
