//! Tokens over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::token as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, optional};
use crate::graphql::history::history;
use crate::graphql::mutation::{Delete, Outcome, UserError, outcome, payload, plain};
use crate::resources::change::{Change, Concept};
use crate::resources::token::{IssuedToken, NewRotation, NewToken, Token, TokenFilter, TokenSort};

#[ComplexObject]
impl Token {
    /// Every change, oldest first. Secrets are not among it.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, None, Concept::Token, &self.id, Paging { first, after, last, before }).await
    }

    /// Whether the caller may rotate this token, and revoke it where it is another one than the caller's own.
    async fn viewer_can_manage(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::ManageTokens) && actor(ctx).grant.lacks(&self.grant()).is_none()
    }
}

#[derive(Default)]
pub(crate) struct TokenQueries;

#[Object]
impl TokenQueries {
    /// A token by id; null when there is none.
    async fn token(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Token>> {
        Ok(optional(app(ctx).token(actor(ctx), &id).await)?.map(Token::from))
    }

    /// Tokens, revoked and expired ones too, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn tokens(
        &self,
        ctx: &Context<'_>,
        filter: Option<TokenFilter>,
        #[graphql(default_with = "TokenSort::CreatedAt")] sort: TokenSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Token>> {
        let query = domain::TokenFilter::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::TokenSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).tokens(actor(ctx), query.clone(), sort, page).await?.map(Token::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

/// A new secret for a token.
#[derive(InputObject)]
#[graphql(name = "RotateTokenInput")]
pub(crate) struct RotateToken {
    id: ID,
    #[graphql(flatten)]
    rotation: NewRotation,
}

/// As `payload!`, with the secret, which is shown here only.
macro_rules! secret_payload {
    ($name:ident) => {
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// The token as it is now; absent where it could not be had.
            token: Option<Token>,
            /// The new secret, in this answer only: `Authorization: Bearer wmk_…`.
            secret: Option<String>,
            /// What was wrong with the input; empty on success.
            user_errors: Vec<UserError>,
        }

        impl From<Outcome<IssuedToken>> for $name {
            fn from((issued, user_errors): Outcome<IssuedToken>) -> Self {
                let (token, secret) = issued.map(|IssuedToken { token, secret }| (token, secret.reveal().to_owned())).unzip();
                Self { token, secret, user_errors }
            }
        }
    };
}

secret_payload!(CreateTokenPayload);
secret_payload!(RotateTokenPayload);
payload!(RevokeTokenPayload, token: Token);

#[derive(Default)]
pub(crate) struct TokenMutations;

#[Object]
impl TokenMutations {
    /// The token may do no more than who creates it.
    async fn create_token(&self, ctx: &Context<'_>, input: NewToken) -> Result<CreateTokenPayload> {
        Ok(plain(app(ctx).create_token(actor(ctx), input.into()).await, &["input"])?.into())
    }

    /// Gives the token a new secret; those before it work on for the grace. Needs no version, as it overwrites nothing.
    /// Only who may do all that the token may can rotate it.
    async fn rotate_token(&self, ctx: &Context<'_>, input: RotateToken) -> Result<RotateTokenPayload> {
        let RotateToken { id, rotation } = input;
        Ok(plain(app(ctx).rotate_token(actor(ctx), id.0, rotation.grace.map(|grace| grace.0)).await, &["input"])?.into())
    }

    /// From now on the token opens nothing; it stays to be seen. Only who may do all that the token may can revoke it,
    /// and no token revokes itself.
    async fn revoke_token(&self, ctx: &Context<'_>, input: Delete) -> Result<RevokeTokenPayload> {
        Ok(outcome(app(ctx).revoke_token(actor(ctx), input.id.0, Some(input.version.0)).await, &["input"])?.into())
    }
}
