//! Tokens by their id.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::id::Id;
use waymark_domain::token as domain;

use super::{Batches, Loaded, single};
use crate::resources::token::Token;

/// A token by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenById(pub(crate) Id<domain::Token>);

impl Loader<TokenById> for Batches {
    type Value = Token;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TokenById]) -> Loaded<TokenById, Token> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.tokens_by_id(&self.actor, &ids).await?, |token| TokenById(token.id)))
    }
}
