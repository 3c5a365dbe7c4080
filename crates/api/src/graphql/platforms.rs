//! Platforms over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::platform as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::channels::ChannelsOf;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::change::{Change, Concept};
use crate::resources::channel::Channel;
use crate::resources::platform::{NewPlatform, Platform, PlatformFilter, PlatformPatch, PlatformSort};

#[ComplexObject]
impl Platform {
    /// Its rooms, in the order they were created.
    async fn channels(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Channel>> {
        let all = match id_of(&self.id) {
            Some(id) => load(ctx, None, ChannelsOf(id)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
    }

    /// Whether the caller may change this platform.
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
        history(ctx, None, Concept::Platform, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct PlatformQueries;

#[Object]
impl PlatformQueries {
    /// A platform by id or key; null when there is none.
    async fn platform(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Platform>> {
        Ok(optional(app(ctx).platform(actor(ctx), &id).await)?.map(Platform::from))
    }

    /// Platforms, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn platforms(
        &self,
        ctx: &Context<'_>,
        filter: Option<PlatformFilter>,
        #[graphql(default_with = "PlatformSort::CreatedAt")] sort: PlatformSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Platform>> {
        let query = domain::PlatformFilter::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::PlatformSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).platforms(actor(ctx), query.clone(), sort, page).await?.map(Platform::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreatePlatformPayload, platform: Platform);
payload!(UpdatePlatformPayload, platform: Platform);
payload!(PutPlatformPayload, platform: Platform);
payload!(DeletePlatformPayload, platform: Platform);

#[derive(Default)]
pub(crate) struct PlatformMutations;

#[Object]
impl PlatformMutations {
    /// The key is given once: events name their platform by it.
    async fn create_platform(&self, ctx: &Context<'_>, input: NewPlatform) -> Result<CreatePlatformPayload> {
        Ok(create::<Platform>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_platform(&self, ctx: &Context<'_>, input: Update<PlatformPatch>) -> Result<UpdatePlatformPayload> {
        Ok(update::<Platform, _>(ctx, input).await?.into())
    }

    /// Creates the platform with this external id, or makes the one that has it equal to the value.
    async fn put_platform(&self, ctx: &Context<'_>, input: Put<NewPlatform>) -> Result<PutPlatformPayload> {
        Ok(put::<Platform, _>(ctx, input).await?.into())
    }

    /// Refused while channels, identities or events belong to it. The payload holds the platform as it was.
    async fn delete_platform(&self, ctx: &Context<'_>, input: Delete) -> Result<DeletePlatformPayload> {
        Ok(delete::<Platform>(ctx, input).await?.into())
    }
}
