//! Tokens on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{Current, Secret};
use waymark_domain::authorization::Grant;
use waymark_domain::token as domain;

use crate::resources::authorization::{Permission, Role};
use crate::resources::{Resource, Tagged};
use crate::rest::parameters::commas;
use crate::scalars::{DateTime, Duration};

/// Opens the workspace to a program: a service account, which belongs to nobody in person. Its secret is shown once,
/// where it was created or rotated, and never again.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    #[schema(value_type = String, example = "tok_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// What it is for; the author of what it writes. Several may have one name: history shows the id beside it.
    #[schema(example = "nightly sync")]
    pub name: String,
    pub role: Role,
    /// Of what the role may, it may these only, beside asking who it is; null where it may all of that.
    pub scopes: Option<Vec<Permission>>,
    /// From then on it opens nothing; null where it works until it is revoked.
    pub expires_at: Option<DateTime>,
    /// To the minute; null where it was never used.
    pub last_used_at: Option<DateTime>,
    /// When it was last given a new secret.
    pub rotated_at: Option<DateTime>,
    /// When the secrets before the last rotation stop, or have stopped.
    pub grace_until: Option<DateTime>,
    /// Since then it opens nothing.
    pub revoked_at: Option<DateTime>,
    /// Counts up when it is rotated or revoked; use does not count.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// A token with its new secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssuedToken {
    #[serde(flatten)]
    pub token: Token,
    /// Shown in this answer only: `Authorization: Bearer wmk_…`.
    #[serde(serialize_with = "revealed")]
    #[schema(value_type = String, example = "wmk_…")]
    pub secret: Secret,
}

/// What tokens are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::TokenSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TokenSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new token, which may do no more than the caller.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewToken {
    /// What it is for; the author of what it writes.
    #[schema(example = "nightly sync")]
    pub name: String,
    pub role: Role,
    /// Permissions of the role to which it is narrowed; all of them when absent.
    #[schema(min_items = 1)]
    pub scopes: Option<Vec<Permission>>,
    /// An instant to come, from which on it opens nothing; never when absent.
    pub expires_at: Option<DateTime>,
}

/// A new secret for a token.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRotation {
    /// How long the secrets before work on: `PT0S`, which is not at all, to `P7D`; `PT24H` when absent.
    pub grace: Option<Duration>,
}

/// Which tokens to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TokenFilter {
    /// One or more roles, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<Role>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub role: Option<Vec<Role>>,
    /// Only those that are revoked, or only those that are not.
    #[param(required = false, nullable = false, value_type = bool)]
    pub revoked: Option<bool>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

impl Token {
    /// What it allows.
    pub(crate) fn grant(&self) -> Grant {
        let scopes = self.scopes.as_ref().map(|scopes| scopes.iter().copied().map(Into::into).collect());
        Grant { role: self.role.into(), scopes }
    }
}

impl From<domain::Token> for Token {
    fn from(token: domain::Token) -> Self {
        let domain::Token { id, name, grant, expires_at, last_used_at, rotated_at, grace_until, revoked_at, stamp } = token;
        let Grant { role, scopes } = grant;
        Self {
            id: id.to_string().into(),
            name,
            role: role.into(),
            scopes: scopes.map(|scopes| scopes.into_iter().map(Into::into).collect()),
            expires_at: expires_at.map(DateTime),
            last_used_at: last_used_at.map(DateTime),
            rotated_at: rotated_at.map(DateTime),
            grace_until: grace_until.map(DateTime),
            revoked_at: revoked_at.map(DateTime),
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<(domain::Token, Secret)> for IssuedToken {
    fn from((token, secret): (domain::Token, Secret)) -> Self {
        Self { token: token.into(), secret }
    }
}

impl From<NewToken> for domain::TokenDraft {
    fn from(new: NewToken) -> Self {
        let NewToken { name, role, scopes, expires_at } = new;
        let scopes = scopes.map(|scopes| scopes.into_iter().map(Into::into).collect());
        Self { name, role: role.into(), scopes, expires_at: expires_at.map(|instant| instant.0) }
    }
}

impl From<TokenFilter> for domain::TokenFilter {
    fn from(filter: TokenFilter) -> Self {
        let TokenFilter { role, revoked, updated_since } = filter;
        let roles = role.into_iter().flatten().map(Into::into).collect();
        Self { roles, revoked, updated_since: updated_since.map(|instant| instant.0) }
    }
}

impl Resource for Token {
    type Of = domain::Token;
    const PATH: &'static str = "/v1/tokens";

    fn id(&self) -> &ID {
        &self.id
    }

    fn of(current: Current) -> Option<Self> {
        match current {
            Current::Token(token) => Some(token.into()),
            _ => None,
        }
    }
}

impl Tagged for Token {
    fn version(&self) -> u32 {
        self.version
    }

    /// Use is no change, and is seen all the same.
    fn state(&self) -> String {
        match &self.last_used_at {
            Some(used) => format!("{}-{}", self.version, used.0.timestamp()),
            None => self.version.to_string(),
        }
    }
}

impl Tagged for IssuedToken {
    fn version(&self) -> u32 {
        self.token.version
    }

    fn state(&self) -> String {
        self.token.state()
    }
}

fn revealed<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.reveal())
}
