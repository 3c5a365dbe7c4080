//! Tokens: given out once, given a new secret, and taken back. Only those get at a token who may do all that it may.

use waymark_domain::TimeDelta;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::{Grant, Permission};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_domain::token::{self, Token, TokenDraft, TokenFilter, TokenSort};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::naming::Names;
use crate::secret::Secret;
use crate::writing::{Shared, seen};

impl App {
    pub async fn token(&self, actor: &Actor, named: &str) -> Result<Token> {
        require(actor, Permission::ManageTokens)?;
        Names { store: &self.store, scope: actor.scope }.token(named).await
    }

    pub async fn tokens_by_id(&self, actor: &Actor, ids: &[Id<Token>]) -> Result<Vec<Token>> {
        require(actor, Permission::ManageTokens)?;
        Ok(self.store.tokens_by_id(actor.scope, ids).await?)
    }

    /// The tokens of the workspace, revoked ones too.
    pub async fn tokens(&self, actor: &Actor, filter: TokenFilter, sort: Sort<TokenSort>, page: Page) -> Result<Slice<Token>> {
        require(actor, Permission::ManageTokens)?;
        Ok(self.store.tokens(actor.scope, &filter, sort, &page).await?)
    }

    pub async fn create_token(&self, actor: &Actor, draft: TokenDraft) -> Result<(Token, Secret)> {
        require(actor, Permission::ManageTokens)?;
        self.write(actor, move |tx| Box::pin(issue(tx, draft.clone()))).await
    }

    /// As [`App::create_token`], for a lifetime that begins now.
    pub async fn create_token_for(&self, actor: &Actor, draft: TokenDraft, lifetime: TimeDelta) -> Result<(Token, Secret)> {
        let expires_at = self.clock.now().checked_add_signed(lifetime);
        self.create_token(actor, TokenDraft { expires_at, ..draft }).await
    }

    /// Gives the token a new secret. Those before it work on for the grace, a day where none is named.
    pub async fn rotate_token(&self, actor: &Actor, named: String, grace: Option<TimeDelta>) -> Result<(Token, Secret)> {
        require(actor, Permission::ManageTokens)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                let token = Token::find(tx, tx.scope(), &named).await?;
                within_reach(tx.actor(), &token.grant)?;
                let grace = grace.unwrap_or(token::GRACE);
                let rotated = token.rotated(grace, tx.now())?;
                tx.replace_token(&rotated).await?;
                tx.end_token_secrets(token.id, tx.now() + grace).await?;
                let secret = new_secret(tx, token.id).await?;
                Ok((rotated, secret))
            })
        })
        .await
    }

    /// From now on the token opens nothing, in this process and every other. To revoke it again changes nothing.
    pub async fn revoke_token(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<Token> {
        require(actor, Permission::ManageTokens)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                let token = Token::find(tx, tx.scope(), &named).await?;
                within_reach(tx.actor(), &token.grant)?;
                let token = seen(version, token)?;
                if token.revoked_at.is_some() {
                    return Ok(token);
                }
                not_itself(tx.actor(), &token)?;
                let revoked = token.revoked(tx.now());
                tx.replace_token(&revoked).await?;
                tx.end_token_secrets(token.id, tx.now()).await?;
                Ok(revoked)
            })
        })
        .await
    }
}

impl Shared for Token {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Token(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.token(named).await
    }
}

/// A new token with its first secret.
pub(crate) async fn issue(tx: &Transaction, draft: TokenDraft) -> Result<(Token, Secret)> {
    let token = Token::new(Clock::id(), Stamp::first(tx.now()), draft)?;
    within_reach(tx.actor(), &token.grant)?;
    tx.insert_token(&token).await?;
    let secret = new_secret(tx, token.id).await?;
    Ok((token, secret))
}

async fn new_secret(tx: &Transaction, token: Id<Token>) -> Result<Secret> {
    let secret = Secret::random();
    tx.insert_token_secret(token, &secret.hash()).await?;
    Ok(secret)
}

/// Who could make, take over or take away a token that may do more would rise above their own.
fn within_reach(actor: &Actor, grant: &Grant) -> Result<()> {
    match actor.grant.lacks(grant) {
        Some(permission) => Err(Error::OutOfReach(permission)),
        None => Ok(()),
    }
}

/// An owner's token can be revoked by another owner's alone, so that one is always left.
fn not_itself(actor: &Actor, token: &Token) -> Result<()> {
    if actor.token != Some(token.id) {
        return Ok(());
    }
    let detail = "a token does not revoke itself, so that nobody is locked out: use another one, or rotate it with the grace `PT0S`";
    Err(Violation::new(Code::InvalidTransition, detail).into())
}
