//! Layers, their evaluation and the flows between them, over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_domain::authorization::Permission;
use waymark_domain::layer as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, failure, optional};
use crate::graphql::history::history;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, plain, put, update};
use crate::resources::change::{Change, Concept};
use crate::resources::layer::{Layer, LayerFilter, LayerPatch, LayerSet, LayerSort, NewLayer};
use crate::resources::layer_evaluation::{LayerEvaluation, NewLayerEvaluation};
use crate::resources::layer_flow::LayerFlows;
use crate::scalars::Date;

#[ComplexObject]
impl Layer {
    /// Whether the caller may change this layer.
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
        history(ctx, None, Concept::Layer, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct LayerQueries;

#[Object]
impl LayerQueries {
    /// A layer by id or key; null when there is none.
    async fn layer(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Layer>> {
        Ok(optional(app(ctx).layer(actor(ctx), &id).await)?.map(Layer::from))
    }

    /// Layers, from the core outwards unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn layers(
        &self,
        ctx: &Context<'_>,
        filter: Option<LayerFilter>,
        #[graphql(default_with = "LayerSort::Position")] sort: LayerSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Layer>> {
        let query = domain::LayerFilter::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::LayerSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).layers(actor(ctx), query.clone(), sort, page).await?.map(Layer::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }

    /// Who came into each layer and who went from it, and which way, from a day up to another, which is not included: by
    /// default to today, and from 28 days before that.
    async fn layer_flows(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Result<LayerFlows> {
        let flows = app(ctx).layer_flows(actor(ctx), from.map(|day| day.0), to.map(|day| day.0)).await;
        Ok(flows.map_err(|error| failure(&error))?.into())
    }
}

payload!(CreateLayerPayload, layer: Layer);
payload!(UpdateLayerPayload, layer: Layer);
payload!(PutLayerPayload, layer: Layer);
payload!(DeleteLayerPayload, layer: Layer);
payload!(CreateDefaultLayersPayload, set: LayerSet);
payload!(EvaluateLayersPayload, evaluation: LayerEvaluation);

#[derive(Default)]
pub(crate) struct LayerMutations;

#[Object]
impl LayerMutations {
    /// The key is given once.
    async fn create_layer(&self, ctx: &Context<'_>, input: NewLayer) -> Result<CreateLayerPayload> {
        Ok(create::<Layer>(ctx, input).await?.into())
    }

    /// The four layers that developer communities are often seen in, with the sizes they have in good health and without
    /// rules. Refused where one of their keys or positions is taken.
    async fn create_default_layers(&self, ctx: &Context<'_>) -> Result<CreateDefaultLayersPayload> {
        Ok(plain(app(ctx).create_default_layers(actor(ctx)).await, &[])?.into())
    }

    /// What is absent from the changes stays, null clears. Whom a rule has brought is moved by the next evaluation.
    async fn update_layer(&self, ctx: &Context<'_>, input: Update<LayerPatch>) -> Result<UpdateLayerPayload> {
        Ok(update::<Layer, _>(ctx, input).await?.into())
    }

    /// Creates the layer with this external id, or makes the one that has it equal to the value.
    async fn put_layer(&self, ctx: &Context<'_>, input: Put<NewLayer>) -> Result<PutLayerPayload> {
        Ok(put::<Layer, _>(ctx, input).await?.into())
    }

    /// Refused while anybody is in it, or once was. The payload holds the layer as it was.
    async fn delete_layer(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteLayerPayload> {
        Ok(delete::<Layer>(ctx, input).await?.into())
    }

    /// Applies the rules of the layers as of a day: the innermost layer whose rule is met is where a member belongs, unless
    /// somebody said otherwise by hand. A second evaluation of a day changes what has become different since.
    async fn evaluate_layers(&self, ctx: &Context<'_>, input: NewLayerEvaluation) -> Result<EvaluateLayersPayload> {
        Ok(plain(app(ctx).evaluate_layers(actor(ctx), input.on.map(|day| day.0)).await, &["input"])?.into())
    }
}
