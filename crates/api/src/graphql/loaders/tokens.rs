//! Tokens by their id.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::token as domain;

use super::{Batch, Loaded, single};
use crate::resources::token::Token;

/// A token by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenById(pub(crate) Id<domain::Token>);

impl Batch for TokenById {
    type Value = Token;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.tokens_by_id(actor, &ids).await?, |token| TokenById(token.id)))
    }
}
