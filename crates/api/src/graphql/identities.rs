//! Identities, the accounts of members, over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};

use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::loaders::members::MemberById;
use crate::graphql::loaders::platforms::PlatformById;
use crate::graphql::mutation::{payload, plain};
use crate::resources::identity::{Identity, NewIdentity};
use crate::resources::member::Member;
use crate::resources::platform::Platform;

#[ComplexObject]
impl Identity {
    /// The member who has the account.
    async fn member(&self, ctx: &Context<'_>) -> Result<Member> {
        load_present(ctx, None, id_of(&self.member_id).map(MemberById)).await
    }

    /// The platform that knows the member by it.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Platform> {
        load_present(ctx, None, id_of(&self.platform_id).map(PlatformById)).await
    }
}

#[derive(Default)]
pub(crate) struct IdentityQueries;

#[Object]
impl IdentityQueries {
    /// An account of a member by id; null when there is none.
    async fn identity(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Identity>> {
        Ok(optional(app(ctx).identity(actor(ctx), &id).await)?.map(Identity::from))
    }
}

/// A new account of a member.
#[derive(InputObject)]
#[graphql(name = "AddIdentityInput")]
pub(crate) struct AddIdentity {
    member: ID,
    #[graphql(flatten)]
    identity: NewIdentity,
}

/// Which account to remove.
#[derive(InputObject)]
#[graphql(name = "RemoveIdentityInput")]
pub(crate) struct RemoveIdentity {
    id: ID,
}

payload!(AddIdentityPayload, identity: Identity);
payload!(RemoveIdentityPayload, identity: Identity);

#[derive(Default)]
pub(crate) struct IdentityMutations;

#[Object]
impl IdentityMutations {
    /// One that somebody has already is refused, and the message names that member.
    async fn add_identity(&self, ctx: &Context<'_>, input: AddIdentity) -> Result<AddIdentityPayload> {
        let AddIdentity { member, identity } = input;
        Ok(plain(app(ctx).add_identity(actor(ctx), member.0, identity.into()).await, &["input"])?.into())
    }

    /// Events that name it later make a member of their own. Needs no version, as an account never changes. The payload
    /// holds the account as it was.
    async fn remove_identity(&self, ctx: &Context<'_>, input: RemoveIdentity) -> Result<RemoveIdentityPayload> {
        Ok(plain(app(ctx).remove_identity(actor(ctx), input.id.0).await, &["input"])?.into())
    }
}
