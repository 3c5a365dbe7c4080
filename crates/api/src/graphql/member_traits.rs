//! Traits of members over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_domain::authorization::Permission;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::members::MemberById;
use crate::graphql::mutation::{Delete, Update, create, delete, payload, update};
use crate::resources::change::{Change, Concept};
use crate::resources::member::Member;
use crate::resources::member_trait::{MemberTrait, MemberTraitPatch, NewMemberTrait};

#[ComplexObject]
impl MemberTrait {
    /// Of whom it is true.
    async fn member(&self, ctx: &Context<'_>) -> Result<Member> {
        load_present(ctx, None, id_of(&self.member_id).map(MemberById)).await
    }

    /// Whether the caller may change this trait.
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
        history(ctx, None, Concept::MemberTrait, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct MemberTraitQueries;

#[Object]
impl MemberTraitQueries {
    /// A trait of a member by id; null when there is none.
    async fn member_trait(&self, ctx: &Context<'_>, id: ID) -> Result<Option<MemberTrait>> {
        Ok(optional(app(ctx).member_trait(actor(ctx), &id).await)?.map(MemberTrait::from))
    }
}

/// A new trait of a member.
#[derive(InputObject)]
#[graphql(name = "CreateMemberTraitInput")]
pub(crate) struct CreateMemberTrait {
    member: ID,
    #[graphql(flatten)]
    of: NewMemberTrait,
}

payload!(CreateMemberTraitPayload, member_trait: MemberTrait);
payload!(UpdateMemberTraitPayload, member_trait: MemberTrait);
payload!(DeleteMemberTraitPayload, member_trait: MemberTrait);

#[derive(Default)]
pub(crate) struct MemberTraitMutations;

#[Object]
impl MemberTraitMutations {
    /// One that contradicts another trait of the same days is refused, and the message names that trait.
    async fn create_member_trait(&self, ctx: &Context<'_>, input: CreateMemberTrait) -> Result<CreateMemberTraitPayload> {
        let CreateMemberTrait { member, of } = input;
        Ok(create::<MemberTrait>(ctx, of.of(member.0)).await?.into())
    }

    /// What is absent from the changes stays, null clears. To end a trait, set `until`.
    async fn update_member_trait(&self, ctx: &Context<'_>, input: Update<MemberTraitPatch>) -> Result<UpdateMemberTraitPayload> {
        Ok(update::<MemberTrait, _>(ctx, input).await?.into())
    }

    /// As if it had never been true. The payload holds the trait as it was.
    async fn delete_member_trait(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteMemberTraitPayload> {
        Ok(delete::<MemberTrait>(ctx, input).await?.into())
    }
}
