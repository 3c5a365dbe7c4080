//! What is kept one row a revision, of which the last one counts: it is added to, and never written over.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, Query};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::{DateTime, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::store::Transaction;

/// A table with a row for each revision of something.
pub(crate) trait Revised: EntityTrait {
    const WORKSPACE: Self::Column;
    const ID: Self::Column;
    const REVISION: Self::Column;
    const RECORDED_AT: Self::Column;
    const IS_CURRENT: Self::Column;
}

pub(crate) fn within<E: Revised>(scope: WorkspaceScope) -> Select<E> {
    E::find().filter(E::WORKSPACE.eq(scope.workspace().uuid()))
}

/// The revisions that held at an instant, or hold now.
pub(crate) fn current<E: Revised>(scope: WorkspaceScope, at: Option<DateTime<Utc>>) -> Select<E> {
    let Some(instant) = at else { return within(scope).filter(E::IS_CURRENT.eq(true)) };
    let (later, said) = (Alias::new("later"), |column: E::Column| Expr::col((E::default(), column)));
    let of_later = |column: E::Column| Expr::col((later.clone(), column));
    let changed = Query::select()
        .expr(Expr::val(1))
        .from_as(E::default(), later.clone())
        .and_where(of_later(E::WORKSPACE).eq(said(E::WORKSPACE)))
        .and_where(of_later(E::ID).eq(said(E::ID)))
        .and_where(of_later(E::REVISION).gt(said(E::REVISION)))
        .and_where(of_later(E::RECORDED_AT).lte(instant))
        .to_owned();
    within(scope).filter(E::RECORDED_AT.lte(instant)).filter(Expr::exists(changed).not())
}

impl Transaction {
    /// Writes what is said now, each thing after what was said of it before: of one thing the last revision is current, which
    /// `row` is told.
    pub(crate) async fn write_revisions<E, T>(
        &self,
        said: &[T],
        named: impl Fn(&T) -> (Uuid, u32),
        row: impl Fn(&T, bool) -> E::ActiveModel,
    ) -> Result<(), Error>
    where
        E: Revised,
        E::ActiveModel: Send,
    {
        let newest: BTreeMap<Uuid, u32> = said.iter().map(&named).collect();
        let changed: Vec<Uuid> = said.iter().map(&named).filter(|(_, revision)| *revision > 1).map(|(id, _)| id).collect();
        for some in changed.chunks(AT_ONCE) {
            E::update_many()
                .col_expr(E::IS_CURRENT, Expr::val(false))
                .filter(E::WORKSPACE.eq(self.scope().workspace().uuid()))
                .filter(E::ID.is_in(some.iter().copied()))
                .filter(E::IS_CURRENT.eq(true))
                .exec(&self.db())
                .await?;
        }
        let is_current = |one: &T| {
            let (id, revision) = named(one);
            newest.get(&id) == Some(&revision)
        };
        self.insert_rows::<E>(said.iter().map(|one| row(one, is_current(one))).collect()).await
    }
}
