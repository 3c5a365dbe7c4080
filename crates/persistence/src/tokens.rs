//! Tokens: found by the hash of a secret, which alone is stored.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, QueryOrder, QueryTrait};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::token::{Token, TokenFilter, TokenSort};
use waymark_domain::workspace::Workspace;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::token::{Column, Entity, Model};
use crate::rows::{spelled, token_secret as secret};
use crate::store::{Store, Transaction};

/// What a secret opens.
#[derive(Clone, Debug)]
pub struct Opened {
    pub workspace: Id<Workspace>,
    pub token: Token,
    /// When the secret stops, where a rotation has put another in its place.
    pub works_until: Option<DateTime<Utc>>,
}

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(owner(scope)))
}

impl Store {
    /// What the secret with this hash opens. The one query without a scope: it is how a scope is won.
    pub async fn token_by_secret(&self, hash: &[u8]) -> Result<Option<Opened>, Error> {
        let found = secret::Entity::find().filter(secret::Column::Hash.eq(hash)).find_also_related(Entity).one(&self.db()).await?;
        let Some((secret, Some(token))) = found else { return Ok(None) };
        Ok(Some(Opened { workspace: Id::from_uuid(secret.workspace_id), token: token.try_into()?, works_until: secret.works_until }))
    }

    pub async fn tokens_by_id(&self, scope: WorkspaceScope, ids: &[Id<Token>]) -> Result<Vec<Token>, Error> {
        let select = within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Token::try_from).collect()
    }

    pub async fn tokens(
        &self,
        scope: WorkspaceScope,
        filter: &TokenFilter,
        sort: Sort<TokenSort>,
        page: &Page,
    ) -> Result<Slice<Token>, Error> {
        let TokenFilter { roles, revoked, updated_since } = filter;
        let select = within(scope)
            .apply_if((!roles.is_empty()).then_some(roles), |select, roles| {
                select.filter(Column::Role.is_in(roles.iter().map(|role| spelled(*role))))
            })
            .apply_if(*revoked, |select, is_revoked| {
                select.filter(if is_revoked { Column::RevokedAt.is_not_null() } else { Column::RevokedAt.is_null() })
            })
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            TokenSort::CreatedAt => (Column::Id, Sorted::Id),
            TokenSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            TokenSort::Name => (Column::Name, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                TokenSort::CreatedAt => String::new(),
                TokenSort::UpdatedAt => row.updated_at.to_rfc3339(),
                TokenSort::Name => row.name.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
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
    pub async fn insert_token(&self, token: &Token) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), token)?).await
    }

    /// Leaves out the last use, which is written down meanwhile, outside of any version.
    pub async fn replace_token(&self, token: &Token) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), token)?, |row| row.last_used_at = NotSet).await
    }

    pub async fn insert_token_secret(&self, token: Id<Token>, hash: &[u8]) -> Result<(), Error> {
        let row = secret::ActiveModel {
            workspace_id: Set(owner(self.scope())),
            token_id: Set(token.uuid()),
            hash: Set(hash.to_vec()),
            works_until: Set(None),
        };
        secret::Entity::insert(row).exec_without_returning(&self.db()).await?;
        Ok(())
    }

    /// From `end` on, none of the token's secrets works that there are. One that stops sooner keeps to that, and those
    /// that have stopped are forgotten.
    pub async fn end_token_secrets(&self, token: Id<Token>, end: DateTime<Utc>) -> Result<(), Error> {
        let secrets = self.secrets_of(token);
        secret::Entity::update_many()
            .col_expr(secret::Column::WorksUntil, Expr::value(end))
            .filter(secrets.clone())
            .filter(secret::Column::WorksUntil.is_null().or(secret::Column::WorksUntil.gt(end)))
            .exec(&self.db())
            .await?;
        secret::Entity::delete_many().filter(secrets).filter(secret::Column::WorksUntil.lte(self.now())).exec(&self.db()).await?;
        Ok(())
    }

    fn secrets_of(&self, token: Id<Token>) -> Expr {
        secret::Column::WorkspaceId.eq(owner(self.scope())).and(secret::Column::TokenId.eq(token.uuid()))
    }
}

fn owner(scope: WorkspaceScope) -> Uuid {
    scope.workspace().uuid()
}
