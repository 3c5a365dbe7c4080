//! Activity types over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_domain::activity as domain;
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, optional};
use crate::graphql::history::history;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::activity_type::{ActivityType, ActivityTypeFilter, ActivityTypePatch, ActivityTypeSort, NewActivityType};
use crate::resources::change::{Change, Concept};

#[ComplexObject]
impl ActivityType {
    /// Whether the caller may change this activity type: nobody may change what is built in.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        !self.built_in && actor(ctx).may(Permission::EditCommunity)
    }

    /// Every change, oldest first; of what is built in there is none.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, None, Concept::ActivityType, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct ActivityTypeQueries;

#[Object]
impl ActivityTypeQueries {
    /// An activity type by id or key, built in or not; null when there is none.
    async fn activity_type(&self, ctx: &Context<'_>, id: ID) -> Result<Option<ActivityType>> {
        Ok(optional(app(ctx).activity_type(actor(ctx), &id).await)?.map(ActivityType::from))
    }

    /// Activity types: what is built in, then the workspace's own in the order they were created, unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn activity_types(
        &self,
        ctx: &Context<'_>,
        filter: Option<ActivityTypeFilter>,
        #[graphql(default_with = "ActivityTypeSort::CreatedAt")] sort: ActivityTypeSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<ActivityType>> {
        let query = domain::ActivityTypeFilter::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::ActivityTypeSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).activity_types(actor(ctx), query.clone(), sort, page).await?.map(ActivityType::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateActivityTypePayload, activity_type: ActivityType);
payload!(UpdateActivityTypePayload, activity_type: ActivityType);
payload!(PutActivityTypePayload, activity_type: ActivityType);
payload!(DeleteActivityTypePayload, activity_type: ActivityType);

#[derive(Default)]
pub(crate) struct ActivityTypeMutations;

#[Object]
impl ActivityTypeMutations {
    /// Of the workspace's own, at most 200. The key is given once: events name their type by it.
    async fn create_activity_type(&self, ctx: &Context<'_>, input: NewActivityType) -> Result<CreateActivityTypePayload> {
        Ok(create::<ActivityType>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears. Another class or knowledge restates metrics, back to the first
    /// event of the type. What is built in cannot be changed.
    async fn update_activity_type(&self, ctx: &Context<'_>, input: Update<ActivityTypePatch>) -> Result<UpdateActivityTypePayload> {
        Ok(update::<ActivityType, _>(ctx, input).await?.into())
    }

    /// Creates the activity type with this external id, or makes the one that has it equal to the value.
    async fn put_activity_type(&self, ctx: &Context<'_>, input: Put<NewActivityType>) -> Result<PutActivityTypePayload> {
        Ok(put::<ActivityType, _>(ctx, input).await?.into())
    }

    /// What is built in cannot be deleted. The payload holds the activity type as it was.
    async fn delete_activity_type(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteActivityTypePayload> {
        Ok(delete::<ActivityType>(ctx, input).await?.into())
    }
}
