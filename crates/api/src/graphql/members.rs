//! Members over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::MemberQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::member as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::identities::IdentitiesOf;
use crate::graphql::loaders::member_traits::TraitsOf;
use crate::graphql::loaders::members::{MemberById, MembersMergedInto};
use crate::graphql::mutation::{Put, Update, create, payload, put, update};
use crate::resources::change::{Change, Concept};
use crate::resources::identity::Identity;
use crate::resources::member::{Member, MemberFilter, MemberPatch, MemberSort, NewMember};
use crate::resources::member_trait::MemberTrait;

#[ComplexObject]
impl Member {
    /// The accounts of the member itself, in the order they were added; at most 50.
    async fn identities(&self, ctx: &Context<'_>) -> Result<Vec<Identity>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, None, IdentitiesOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The traits of the member itself, whenever they hold, in the order they were added; at most 200.
    async fn traits(&self, ctx: &Context<'_>) -> Result<Vec<MemberTrait>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, None, TraitsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The member this one turned out to be.
    async fn merged_into(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        match self.merged_into_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, None, MemberById(id)).await,
            None => Ok(None),
        }
    }

    /// The members that turned out to be this one; not those that are merged into them in turn.
    async fn merged_from(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, None, MembersMergedInto(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Whether the caller may change and merge this member, and its accounts and traits.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCommunity)
    }

    /// Every change of the member itself, oldest first. Its accounts are not among it.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, None, Concept::Member, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct MemberQueries;

#[Object]
impl MemberQueries {
    /// A member by id, also when it is merged into another one; null when there is none.
    async fn member(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Member>> {
        Ok(optional(app(ctx).member(actor(ctx), &id).await)?.map(Member::from))
    }

    /// Members, merged ones too, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        filter: Option<MemberFilter>,
        #[graphql(default_with = "MemberSort::CreatedAt")] sort: MemberSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Member>> {
        let query = MemberQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::MemberSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).members(actor(ctx), query.clone(), sort, page).await?.map(Member::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateMemberPayload, member: Member);
payload!(UpdateMemberPayload, member: Member);
payload!(PutMemberPayload, member: Member);

#[derive(Default)]
pub(crate) struct MemberMutations;

#[Object]
impl MemberMutations {
    /// With its accounts. One that another member has is refused, and the message names that member.
    async fn create_member(&self, ctx: &Context<'_>, input: NewMember) -> Result<CreateMemberPayload> {
        Ok(create::<Member>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears. Accounts and traits are added and removed on their own.
    async fn update_member(&self, ctx: &Context<'_>, input: Update<MemberPatch>) -> Result<UpdateMemberPayload> {
        Ok(update::<Member, _>(ctx, input).await?.into())
    }

    /// Creates the member with this external id, or makes the one that has it equal to the value. Accounts that are named
    /// and new are added; others stay.
    async fn put_member(&self, ctx: &Context<'_>, input: Put<NewMember>) -> Result<PutMemberPayload> {
        Ok(put::<Member, _>(ctx, input).await?.into())
    }
}
