//! Tokens: found by the hash of their secret, which alone is stored.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::token::Token;
use waymark_domain::workspace::Workspace;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::rows::spelled;
use crate::rows::token::{ActiveModel, Column, Entity};
use crate::store::{Store, Transaction};

impl Store {
    /// The token with this secret, and the workspace it opens. The one query without a scope: it is how a scope is won.
    pub async fn token_by_secret(&self, secret_hash: &[u8]) -> Result<Option<(Id<Workspace>, Token)>, Error> {
        let row = Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(&self.db()).await?;
        row.map(|row| Ok((Id::from_uuid(row.workspace_id), row.try_into()?))).transpose()
    }

    /// The tokens of a workspace, newest first.
    pub async fn tokens(&self, scope: WorkspaceScope) -> Result<Vec<Token>, Error> {
        let rows = Entity::find().filter(Column::WorkspaceId.eq(owner(scope))).order_by_desc(Column::Id).all(&self.db()).await?;
        rows.into_iter().map(Token::try_from).collect()
    }

    pub async fn token_was_used(&self, scope: WorkspaceScope, token: Id<Token>, at: DateTime<Utc>) -> Result<(), Error> {
        Entity::update_many()
            .col_expr(Column::LastUsedAt, Expr::value(at))
            .filter(Column::WorkspaceId.eq(owner(scope)))
            .filter(Column::Id.eq(token.uuid()))
            .exec(self.writer())
            .await?;
        Ok(())
    }
}

impl Transaction {
    pub async fn insert_token(&self, token: &Token, secret_hash: &[u8]) -> Result<(), Error> {
        let Token { id, name, role, created_at, expires_at, revoked_at, last_used_at } = token.clone();
        let row = ActiveModel {
            workspace_id: Set(owner(self.scope())),
            id: Set(id.uuid()),
            name: Set(name),
            role: Set(spelled(role)),
            secret_hash: Set(secret_hash.to_vec()),
            created_at: Set(created_at),
            expires_at: Set(expires_at),
            revoked_at: Set(revoked_at),
            last_used_at: Set(last_used_at),
        };
        Entity::insert(row).exec_without_returning(&self.db()).await?;
        Ok(())
    }

    /// Whether there was such a token that still worked.
    pub async fn revoke_token(&self, token: Id<Token>) -> Result<bool, Error> {
        let updated = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(self.now()))
            .filter(Column::WorkspaceId.eq(owner(self.scope())))
            .filter(Column::Id.eq(token.uuid()))
            .filter(Column::RevokedAt.is_null())
            .exec(&self.db())
            .await?;
        Ok(updated.rows_affected == 1)
    }
}

fn owner(scope: WorkspaceScope) -> Uuid {
    scope.workspace().uuid()
}
