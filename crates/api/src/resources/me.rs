//! The caller on the wire.

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::actor::Actor;

use crate::resources::authorization::{Permission, Role};

/// Who the caller's token is, and what it may do.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The token's name: the author of what it writes.
    #[schema(example = "nightly sync")]
    pub name: String,
    pub role: Role,
    /// The token itself; null for a caller without one.
    #[schema(value_type = Option<String>, example = "tok_01h455vb4pex5vsknk084sn02q")]
    pub token_id: Option<ID>,
    /// The workspace the token belongs to.
    #[schema(value_type = String, example = "ws_01h455vb4pex5vsknk084sn02q")]
    pub workspace_id: ID,
    /// Everything the caller may do: what the role may, within the scopes of the token.
    pub permissions: Vec<Permission>,
}

impl From<Actor> for Me {
    fn from(actor: Actor) -> Self {
        let Actor { scope, grant, name, token, request: _ } = actor;
        Self {
            name,
            role: grant.role.into(),
            token_id: token.map(|token| token.to_string().into()),
            workspace_id: scope.workspace().to_string().into(),
            permissions: grant.permissions().map(Into::into).collect(),
        }
    }
}
