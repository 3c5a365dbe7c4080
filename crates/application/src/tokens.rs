//! Tokens: given out once, kept as a hash, and taken back.

use std::fmt;

use chrono::TimeDelta;
use rand::distr::{Alphanumeric, SampleString};
use sha2::{Digest, Sha256};
use waymark_domain::actor::Actor;
use waymark_domain::authorization::{Permission, Role};
use waymark_domain::id::Id;
use waymark_domain::rejection::{Check, Code};
use waymark_domain::text;
use waymark_domain::token::{TOKEN_PREFIX, Token};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::Transaction;

use crate::app::{App, require};
use crate::clock::Clock;
use crate::error::{Error, Result};

/// Letters and digits of a secret: 43 of 62 hold more than 256 bits.
const SECRET_LENGTH: usize = 43;
/// Letters of the checksum, so that a mistyped token is told from a revoked one without the database.
const CHECK_LENGTH: usize = 6;

/// The text of a token, shown once. Its `Debug` tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    fn random() -> Self {
        let body = Alphanumeric.sample_string(&mut rand::rng(), SECRET_LENGTH);
        let check = checksum(&body);
        Self(format!("{TOKEN_PREFIX}{body}{check}"))
    }

    /// The text, where it has the form of a token.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(TOKEN_PREFIX)?;
        let (body, check) = rest.split_at_checked(SECRET_LENGTH)?;
        (checksum(body) == check).then(|| Self(text.to_owned()))
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// To be printed once, and never logged.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn checksum(body: &str) -> String {
    let digest = Sha256::digest(format!("{TOKEN_PREFIX}{body}").as_bytes());
    digest.iter().take(CHECK_LENGTH).map(|byte| char::from(b'a' + byte % 26)).collect()
}

impl App {
    pub async fn create_token(
        &self,
        actor: &Actor,
        name: String,
        role: Role,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<(Token, Secret)> {
        require(actor, Permission::ManageTokens)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let mut check = Check::new();
            check.field("role", actor.role.may_grant(role));
            let name = check.field("name", text::label(&name));
            if expires_at.is_some_and(|expiry| expiry <= tx.now()) {
                check.refuse("expiresAt", Code::OutOfRange, "the token would have expired already");
            }
            let issued = issue(&tx, &check.finish(name)?, role, expires_at).await?;
            tx.commit().await?;
            Ok(issued)
        })
        .await
    }

    /// As [`App::create_token`], for a lifetime that begins now.
    pub async fn create_token_for(&self, actor: &Actor, name: String, role: Role, lifetime: Option<TimeDelta>) -> Result<(Token, Secret)> {
        let expires_at = lifetime.and_then(|lifetime| self.clock.now().checked_add_signed(lifetime));
        self.create_token(actor, name, role, expires_at).await
    }

    /// The tokens of the workspace, newest first; their secrets are gone.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<Token>> {
        require(actor, Permission::ManageTokens)?;
        Ok(self.store.tokens(actor.scope).await?)
    }

    /// From now on the token opens nothing, in this process and every other.
    pub async fn revoke_token(&self, actor: &Actor, token: Id<Token>) -> Result<()> {
        require(actor, Permission::ManageTokens)?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            if !tx.revoke_token(token).await? {
                return Err(Error::not_found("token", token));
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}

pub(crate) async fn issue(tx: &Transaction, name: &str, role: Role, expires_at: Option<DateTime<Utc>>) -> Result<(Token, Secret)> {
    let secret = Secret::random();
    let token =
        Token { id: Clock::id(), name: name.to_owned(), role, created_at: tx.now(), expires_at, revoked_at: None, last_used_at: None };
    tx.insert_token(&token, &secret.hash()).await?;
    Ok((token, secret))
}
