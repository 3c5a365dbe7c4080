//! Channels over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::ChannelQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::channel as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::platforms::PlatformById;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::change::{Change, Concept};
use crate::resources::channel::{Channel, ChannelFilter, ChannelPatch, ChannelSort, NewChannel};
use crate::resources::platform::Platform;

#[ComplexObject]
impl Channel {
    /// The platform it is a room of.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Platform> {
        load_present(ctx, None, id_of(&self.platform_id).map(PlatformById)).await
    }

    /// Whether the caller may change this channel.
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
        history(ctx, None, Concept::Channel, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct ChannelQueries;

#[Object]
impl ChannelQueries {
    /// A channel by id, or by the key of its platform and its own, such as `forum/help`; null when there is none.
    async fn channel(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Channel>> {
        Ok(optional(app(ctx).channel(actor(ctx), &id).await)?.map(Channel::from))
    }

    /// Channels of all platforms or of one, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn channels(
        &self,
        ctx: &Context<'_>,
        filter: Option<ChannelFilter>,
        #[graphql(default_with = "ChannelSort::CreatedAt")] sort: ChannelSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Channel>> {
        let query = ChannelQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::ChannelSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).channels(actor(ctx), query.clone(), sort, page).await?.map(Channel::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateChannelPayload, channel: Channel);
payload!(UpdateChannelPayload, channel: Channel);
payload!(PutChannelPayload, channel: Channel);
payload!(DeleteChannelPayload, channel: Channel);

#[derive(Default)]
pub(crate) struct ChannelMutations;

#[Object]
impl ChannelMutations {
    /// The platform and the key are given once: events name their channel by both.
    async fn create_channel(&self, ctx: &Context<'_>, input: NewChannel) -> Result<CreateChannelPayload> {
        Ok(create::<Channel>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_channel(&self, ctx: &Context<'_>, input: Update<ChannelPatch>) -> Result<UpdateChannelPayload> {
        Ok(update::<Channel, _>(ctx, input).await?.into())
    }

    /// Creates the channel with this external id, or makes the one that has it equal to the value.
    async fn put_channel(&self, ctx: &Context<'_>, input: Put<NewChannel>) -> Result<PutChannelPayload> {
        Ok(put::<Channel, _>(ctx, input).await?.into())
    }

    /// Refused while events belong to it. The payload holds the channel as it was.
    async fn delete_channel(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteChannelPayload> {
        Ok(delete::<Channel>(ctx, input).await?.into())
    }
}
